/** Columns, fields and verbs as the declarations of the panels write them: a label's key follows from the id. */
import { type ControlId, type TabId, tabById } from '../catalogue/index.ts';
import type { Column, ColumnType, FormField, Panel, Verb } from './types.ts';

const labelOf = (id: string): string => `modules.column.${id}`;

export const column = (id: string, type: ColumnType, more: Omit<Column, 'id' | 'label' | 'type'> = {}): Column => ({ id, label: labelOf(id), type, ...more });

export const field = (id: string, type: FormField['type'], more: Omit<FormField, 'id' | 'label' | 'type'> = {}): FormField => ({
  id,
  label: labelOf(id),
  type,
  ...more,
});

/** Both are named after what stands in the tab: a queue, a grid. */
const nameOf = (tab: TabId) => ({ label: `resource.${tabById.get(tab)?.resource}` });
/** The resource that a row belongs to, by its name. */
export const resourceColumn = (tab: TabId): Column => ({ ...column('resource', 'text'), ...nameOf(tab) });
/** Which resource of a tab of the profile the row is to belong to. */
export const resourceField = (tab: TabId): FormField => ({ ...field('resourceId', 'row', { tab, required: true }), ...nameOf(tab) });

export const verb = (control: ControlId, does: Verb['does'], on: Verb['on'], more: Omit<Verb, 'control' | 'does' | 'on' | 'label'> & { readonly name?: string } = {}): Verb => {
  const { name, ...rest } = more;
  return { control, does, on, ...(name === undefined ? {} : { label: `modules.verb.${name}` }), ...rest };
};

/** Rows that come by themselves, the newest first. */
export const NEWEST: Panel['order'] = { by: 'at', descending: true };

/** The channels an interaction goes by, as a column. */
export const channel = column('channel', 'choice', { choices: ['voice', 'email', 'messages'], filters: true });

export const customer = column('customer', 'text', { personal: 'name', sorts: true });
export const phone = column('phone', 'phone', { personal: 'phone' });
export const email = column('email', 'email', { personal: 'email', detail: true });
export const owner = column('owner', 'person');
/** When it was or is to be. */
export const at = column('at', 'instant', { sorts: true });
export const note = column('note', 'longText', { detail: true });
