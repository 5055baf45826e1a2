/** A record as somebody sees it: only the panel's values, hidden where the profile says so, with what they may do. */
import type { ModuleRow } from '../../lib/api/routes-modules.ts';
import type { Values } from '../../lib/modules/check.ts';
import { isMasked, masked, type Masks } from '../../lib/modules/mask.ts';
import type { Column, Panel, Verb } from '../../lib/modules/types.ts';
import { formatNumber } from '../../lib/numbers/hub.ts';
import type { Asker } from './asker.ts';
import type { Names } from './names.ts';
import type { StoredRecord } from './records.ts';
import { rulesOf } from './rules.ts';

/** @param whole with what is shown only where a row is opened */
export function rowOf(panel: Panel, asker: Asker, record: StoredRecord, names: Names, now: number, whole: boolean, country: string): ModuleRow {
  const shown = { ...record.values, ...rulesOf(panel.module).shown?.(record, names, asker.personId) } as Values;
  const columns = panel.columns.filter(({ detail }) => whole || !detail);
  const values = Object.fromEntries(columns.map((column) => [column.id, valueOf(column, shown, record, names, asker.masks)]));
  return {
    id: record.id,
    revision: record.revision,
    ...numbersShown(columns, values, country),
    values: { ...values, ...(record.resourceId === null ? {} : { resourceId: record.resourceId }), ...(whole ? Object.fromEntries(BESIDE.flatMap((id) => (shown[id] === undefined ? [] : [[id, shown[id]]]))) : {}) },
    may: mayOf(panel, asker, record, now),
  };
}

/** What an opened row says that stands in no column: what was written in a conversation, how an evaluation was answered. */
const BESIDE = ['messages', 'sections', 'passScore', 'answers'];

/** Made of the values as they leave the hub, masked or not, so that it says no more than they do. */
function numbersShown(columns: readonly Column[], values: Values, country: string): Pick<ModuleRow, 'shown'> {
  const shown = columns.flatMap(({ id, type }): [string, string][] => {
    const value = values[id];
    const text = type === 'phone' && typeof value === 'string' ? formatNumber(value, country) : value;
    return typeof text === 'string' && text !== value ? [[id, text]] : [];
  });
  return shown.length === 0 ? {} : { shown: Object.fromEntries(shown) };
}

function valueOf(column: Column, shown: Values, record: StoredRecord, names: Names, masks: Masks): unknown {
  if (column.id === 'resource') return (record.resourceId && names.resources.get(record.resourceId)) ?? null;
  const value = column.id === 'owner' ? record.ownerId : (shown[column.id] ?? null);
  if (column.type === 'person') return typeof value === 'string' ? { id: value, name: names.people.get(value) ?? '' } : null;
  return isMasked(column, masks) ? masked(column.personal!, value) : value;
}

/** The controls that apply to a row and that the asker may use now. */
const mayOf = (panel: Panel, asker: Asker, record: StoredRecord, now: number): string[] => [
  ...new Set(panel.verbs.filter((verb) => verb.on !== 'module' && appliesTo(panel, asker, verb, record, now)).map(({ control }) => control as string)),
];

function appliesTo(panel: Panel, asker: Asker, verb: Verb, { values, resourceId }: StoredRecord, now: number): boolean {
  const resources = asker.resourcesFor(panel, verb.control);
  return (
    asker.may(verb.control) &&
    isIn(verb, values) &&
    (resources === null || (resourceId !== null && resources.has(resourceId))) &&
    !rulesOf(panel.module).refuses?.(verb, values, now)
  );
}

/** Whether a row has the values that a verb is for. */
export const isIn = ({ where = {} }: Verb, values: Values): boolean => Object.entries(where).every(([column, allowed]) => allowed.includes(String(values[column] as string)));
