/** What two people made of the same thing, in words. */
import { consoleModuleById } from '../../../lib/catalogue/console.ts';
import { type Resources, tabById } from '../../../lib/catalogue/index.ts';
import { settingPath } from '../../../lib/decide/index.ts';
import type { ConflictPlace } from '../../../lib/models/maker/editor-conflict.ts';
import { settingField } from '../../../lib/profile/value.ts';
import { names, t } from '../../ui/text.ts';
import { labelOf, valueText } from './words.ts';

type Bag = Readonly<Record<string, unknown>>;

const rowName = (id: string, resources: Resources): string => resources[id]?.name ?? t('makerSettings.unknownRow');

export function conflictName(place: ConflictPlace, resources: Resources): string {
  if (place.kind === 'tab') return t(`tab.${place.tab}`);
  if (place.kind === 'row') return t('makerProfile.conflict.row', t(`tab.${place.tab}`), rowName(place.row, resources));
  const [console, module] = place.field.split('.');
  const owner = console === 'console' ? consoleModuleById.get(module ?? '') : undefined;
  if (owner) return t('makerRights.cell', t(owner.label), labelOf(place.field));
  return settingPath(place.field, (key, substitutions = []) => t(key, ...substitutions));
}

export function conflictValue(place: ConflictPlace, value: unknown, resources: Resources): string {
  if (place.kind === 'field') {
    const field = settingField(place.field);
    return field ? valueText(field, value === undefined ? field.default : value, resources) : JSON.stringify(value);
  }
  if (value === null || value === undefined) return t('makerProfile.conflict.missing');
  return place.kind === 'tab' ? headText(value as Bag, resources) : rowText(place.tab, value as Bag, resources);
}

function headText({ enabled, default: chosen, order }: Bag, resources: Resources): string {
  const parts = [
    ...(enabled === undefined ? [] : [t(enabled === true ? 'makerProfile.conflict.on' : 'makerProfile.conflict.off')]),
    ...(chosen == null ? [] : [t('makerProfile.conflict.default', rowName(String(chosen), resources))]),
    ...(Array.isArray(order) ? [t('makerProfile.conflict.sameOrder', names(order.map((id) => rowName(String(id), resources)), 6))] : []),
  ];
  return parts.length > 0 ? names(parts, 9) : t('makerProfile.conflict.off');
}

function rowText(tab: string, row: Bag, resources: Resources): string {
  const parts = tabById.get(tab)!.attributes.flatMap((attribute) => {
    const value = row[attribute.id];
    if (value === undefined || value === attribute.default) return [];
    if (attribute.type === 'boolean') return [t(attribute.label)];
    const text = attribute.type === 'scores' ? String(Object.keys(value as Bag).length) : valueText(attribute, value, resources);
    return [t('makerProfile.conflict.row', t(attribute.label), text)];
  });
  return parts.length > 0 ? names(parts, 12) : t('makerProfile.conflict.nothing');
}
