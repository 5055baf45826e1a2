/** Entries of the audit in words. */
import { choiceLabel, controlById, type Criterion, fieldById, LICENCES, PERSON_TYPES, tabById } from '../../../lib/catalogue/index.ts';
import { resourceByKind } from '../../../lib/catalogue/resources.ts';
import { consoleFieldById } from '../../../lib/catalogue/console.ts';
import type { AuditEntry } from '../../../lib/api/routes.ts';
import { AUDIT_ACTIONS, type AuditGroup } from '../../../lib/models/maker/audit.ts';
import type { AuditValue } from '../../../lib/models/maker/audit-changes.ts';
import { formatNumber, formatTime } from '../../ui/format.ts';
import { names, t } from '../../ui/text.ts';
import { fieldPath } from '../field-path.ts';

export type NameOf = (id: string) => string | null;

const isKnown = (action: string): boolean => {
  const [group = '', verb = ''] = action.split('.');
  return Object.hasOwn(AUDIT_ACTIONS, group) && (AUDIT_ACTIONS[group as AuditGroup] as readonly string[]).includes(verb);
};

/** What was done, after the name of who did it: “published version 3 of “Inbound advisor””. */
export function deedText({ action, subject, before, after }: AuditEntry, nameOf: NameOf): string {
  const name = subject?.name ?? t('makerAudit.gone');
  const used = controlById.get(action);
  if (used) return t('modules.audit.used', t(used.label), name);
  if (!isKnown(action)) return t('makerAudit.unknownAction', action, name);
  const [was, is] = [before, after] as readonly (Readonly<Record<string, unknown>> | null)[];
  const said = is ?? was ?? {};
  const more = (() => {
    switch (action) {
      case 'profile.publish':
      case 'profile.rollBack':
      case 'profile.refresh':
        return String(said['version'] ?? '');
      case 'profile.assign':
      case 'profile.unassign':
        return nameOf(String(said['personId'])) ?? t('makerAudit.somebody');
      case 'profile.duplicate':
        return (said['from'] as { name?: string } | undefined)?.name ?? '';
      case 'resource.create':
      case 'resource.update':
      case 'resource.archive':
      case 'resource.unarchive':
      case 'resource.delete':
        return kindText(subject?.kind ?? '');
      default:
        return '';
    }
  })();
  return t(`makerAudit.did.${action}`, name, more);
}

const kindText = (kind: string): string => (resourceByKind.has(kind) ? t(`resource.${kind}`) : '');

export const actionText = (action: string): string => (isKnown(action) ? t(`makerAudit.action.${action}`) : t(controlById.get(action)?.label ?? action));

/** What a value is of: “Licence”, “Attributes → Voice”. */
export function pathText({ path }: AuditValue, kind: string): string {
  const [key = '', inner] = path;
  if (inner === undefined) return known(`makerAudit.key.${key}`) ?? known(`modules.column.${key}`) ?? known(`modules.audit.${key}`) ?? key;
  const attribute = key === 'attributes' ? resourceByKind.get(kind)?.attributes.find(({ id }) => id === inner) : undefined;
  return attribute ? t(attribute.label) : `${known(`makerAudit.key.${key}`) ?? key} · ${inner}`;
}

const known = (key: string): string | null => {
  const text = t(key);
  return text === key ? null : text;
};

const CHOICES = new Set<string>([...LICENCES, ...PERSON_TYPES]);
const isTime = (key: string, value: unknown): value is number => typeof value === 'number' && (key === 'at' || key === 'until') && value > 1e11;

export function valueText(value: unknown, key: string, nameOf: NameOf): string {
  if (value === null || value === undefined || value === '') return t('makerAudit.nothing');
  if (typeof value === 'boolean') return t(value ? 'makerAudit.yes' : 'makerAudit.no');
  if (isTime(key, value)) return formatTime(value);
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return wordOf(value, nameOf);
  if (Array.isArray(value)) return value.length === 0 ? t('makerAudit.nothing') : names(value.map((each) => itemText(each, nameOf)), 12);
  return itemText(value, nameOf);
}

const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function wordOf(text: string, nameOf: NameOf): string {
  if (ISO_INSTANT.test(text)) return formatTime(Date.parse(text));
  if (CHOICES.has(text)) return t(choiceLabel(text));
  if (fieldById.has(text) || consoleFieldById.has(text) || tabById.has(text)) return fieldPath(text);
  return known(`makerAudit.value.${text}`) ?? nameOf(text) ?? text;
}

/** One of a list: a member of a team, a team of a person, a field. */
function itemText(item: unknown, nameOf: NameOf): string {
  if (typeof item === 'string') return wordOf(item, nameOf);
  if (typeof item !== 'object' || item === null) return String(item);
  const { id, personId, name, manages, criteria } = item as { id?: string; personId?: string; name?: string; manages?: boolean; criteria?: readonly Pick<Criterion, 'name' | 'weight'>[] };
  // A section of a grid: what is asked in it, each with its weight.
  if (Array.isArray(criteria)) return `${name}: ${names(criteria.map((each) => `${each.name} (${formatNumber(each.weight)})`), 12)}`;
  const called = name ?? nameOf(id ?? personId ?? '') ?? id ?? personId;
  if (called === undefined) return JSON.stringify(item);
  return manages ? t('makerAudit.manages', called) : called;
}
