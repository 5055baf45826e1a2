/** Words of a profile's settings, as the reader's language has them. */
import { choiceLabel, type Field, type Resources } from '../../../lib/catalogue/index.ts';
import { changeCount as changesOfTab } from '../../../lib/models/maker/configuration-rows.ts';
import type { Lock } from '../../../lib/models/maker/settings-field.ts';
import type { Need } from '../../../lib/models/maker/settings-needs.ts';
import type { DocumentDiff } from '../../../lib/profile/diff.ts';
import { settingField } from '../../../lib/profile/value.ts';
import { countryName, formatNumber } from '../../ui/format.ts';
import { names, t } from '../../ui/text.ts';

/** Of a tab each row counts, as in the list of tabs. */
export const changeCount = ({ settings, tabs, unknownTabs }: DocumentDiff): number =>
  settings.length + tabs.reduce((sum, change) => sum + changesOfTab(change), 0) + unknownTabs.length;

/** One line of help, where there is more to say than the label does. Shared by the fields that share a label. */
export function helpOf(field: Field): string | null {
  const key = field.label.replace(/^field\./, 'help.');
  const text = t(key);
  return key === field.label || text === key ? null : text;
}

export const unitOf = (field: Field): string | undefined => {
  if (field.type !== 'integer' || (field.unit !== 'seconds' && field.unit !== 'percent')) return undefined;
  return t(`makerSettings.unit.${field.unit}`);
};

/** A value as it is read, short: beside “was”, or in the place of its control. */
export function valueText(field: Field, value: unknown, resources: Resources): string {
  switch (field.type) {
    case 'boolean':
      return t(value === true ? 'makerSettings.isOn' : 'makerSettings.isOff');
    case 'integer':
      if (value === null) return t('makerSettings.noLimit');
      return [formatNumber(Number(value)), unitOf(field)].filter(Boolean).join(' ');
    case 'choice':
      return t(choiceLabel(String(value)));
    case 'countries':
      if (value === 'all') return t('makerSettings.countries.all');
      return (value as readonly string[]).length === 0 ? t('makerSettings.countries.none') : names((value as readonly string[]).map(countryName), 6);
    case 'reference':
      return value === null ? t('makerSettings.no') : (resources[String(value)]?.name ?? t('makerSettings.unknownRow'));
    case 'elements':
      if (value === 'all') return t('makerRights.elements.all');
      return (value as readonly string[]).length === 0
        ? t('makerRights.elements.none')
        : names((value as readonly string[]).map((id) => resources[id]?.name ?? t('makerRights.elements.removed')), 6);
    default:
      return value === '' || value === null || value === undefined ? t('makerSettings.no') : String(value);
  }
}

export const labelOf = (id: string): string => {
  const field = settingField(id);
  return field ? t(field.label) : id;
};

export function needText(need: Need): string {
  if (need.on === 'row') {
    const tab = t(`tab.${need.tab}`);
    if (need.where.length === 0) return t('makerSettings.needsRow', tab);
    return t('makerSettings.needsRowWhere', tab, names(need.where.map((attribute) => t(`row.${need.tab}.${attribute}`))));
  }
  const [first, second] = need.fields.map(labelOf);
  return t('makerSettings.needs', second === undefined ? (first ?? '') : t('makerSettings.or', first ?? '', second));
}

export const lockText = (lock: Lock | null): string | null =>
  lock === null ? null : lock.why === 'grant' ? t('makerSettings.grant') : needText(lock.need);
