/**
 * What one part of a document says of another so that it cannot stand: a draft may be saved with these amiss, a profile
 * not published. They are the errors of the linter too: nothing else stops a publish.
 */
import { CHANNELS, type Field, type ProfileDocument, rowsOf, sections, type Tab, tabById, type TabId, tabs } from '../catalogue/index.ts';
import type { DocumentIssue } from './schema.ts';

/** Read as the message `lint.<code>`. */
export type CheckCode = 'nameMissing' | 'required' | 'referenceNotHere' | 'defaultNotHere' | 'refuseInstant';

export interface CheckIssue extends DocumentIssue {
  readonly code: CheckCode;
  readonly at: { readonly field?: string; readonly tab?: TabId };
  /** Message keys of what the sentence names as `$1`. */
  readonly names: readonly string[];
}

const fields = sections.flatMap((section): readonly Field[] => section.fields);

/** Everything that keeps a valid document from being published; the hub alone knows whether its name is taken. */
export function checkDocument(document: ProfileDocument): readonly CheckIssue[] {
  return [
    ...checkName(document),
    ...fields.flatMap((field) => checkReference(document, field)),
    ...checkDefaults(document),
    ...checkRefusal(document),
  ];
}

const atField = (code: CheckCode, field: string, message: string, names: readonly string[] = []): CheckIssue => ({
  code,
  at: { field },
  path: ['settings', field],
  message,
  names,
});

function checkName({ settings }: ProfileDocument): CheckIssue[] {
  return settings['general.name']?.trim() ? [] : [atField('nameMissing', 'general.name', 'a profile must have a name')];
}

/** A reference names a row of the profile's own tab, and is there where another field requires it. */
function checkReference(document: ProfileDocument, field: Field): CheckIssue[] {
  if (field.type !== 'reference') return [];
  const settings = document.settings as Readonly<Record<string, unknown>>;
  const value = settings[field.id] ?? null;
  if (value === null) {
    const required = field.requiredWith !== undefined && (settings[field.requiredWith] ?? null) !== null;
    const asking = fields.find(({ id }) => id === field.requiredWith)?.label;
    return required ? [atField('required', field.id, `must be set once ${field.requiredWith} is`, asking ? [asking] : [])] : [];
  }
  if (rowsOf(document, field.tab as TabId).some(({ id }) => id === value)) return [];
  return [atField('referenceNotHere', field.id, `must be a row of the tab ${field.tab}`, [tabById.get(field.tab)!.label])];
}

function checkDefaults(document: ProfileDocument): CheckIssue[] {
  return (tabs as readonly Tab<TabId>[]).filter(({ choosesDefault }) => choosesDefault).flatMap(({ id, label }): CheckIssue[] => {
    const chosen = (document.configuration as Record<string, { default?: string | null } | undefined>)[id]?.default ?? null;
    if (chosen === null || rowsOf(document, id).some((row) => row.id === chosen)) return [];
    const path = ['configuration', id, 'default'];
    return [{ code: 'defaultNotHere', at: { tab: id }, path, message: 'must be a row of this tab', names: [label] }];
  });
}

/** Who may refuse needs a moment to do it in. */
function checkRefusal({ settings }: ProfileDocument): CheckIssue[] {
  return CHANNELS.filter(
    (channel) =>
      settings[`flow.${channel}.manage.canRefuse`] === true &&
      settings[`flow.${channel}.manage.autoAccept`] === true &&
      settings[`flow.${channel}.manage.autoAcceptSec`] === 0,
  ).map((channel) =>
    atField('refuseInstant', `flow.${channel}.manage.canRefuse`, 'cannot be refused when it is accepted at once', [`channel.${channel}`]),
  );
}
