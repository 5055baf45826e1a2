/** One field on the page: its own signals, so that a change of it draws nothing else. */
import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Field } from '../../catalogue/index.ts';
import type { ConsoleRights } from '../../decide/console.ts';
import { widenedBy } from '../../decide/grants.ts';
import type { Finding } from '../../profile/lint.ts';
import { isSameValue, settingField, settingOf } from '../../profile/value.ts';
import { COUNTRIES } from './country-codes.ts';
import type { Editor } from './editor-types.ts';
import { missingNeed, type Need } from './settings-needs.ts';

/** Why a field cannot be changed now. */
export type Lock =
  | { readonly why: 'needs'; readonly need: Need }
  /** One cannot grant what one does not have. */
  | { readonly why: 'grant' };

export interface FieldModel {
  readonly field: Field;
  readonly value: ReadonlySignal<unknown>;
  /** What undoing goes back to. */
  readonly was: ReadonlySignal<unknown>;
  readonly changed: ReadonlySignal<boolean>;
  /** What is missing for it to mean anything, whether or not it can be changed. */
  readonly need: ReadonlySignal<Need | null>;
  readonly lock: ReadonlySignal<Lock | null>;
  /** Whether one has oneself what this value would give more than the present one. */
  mayBe(value: unknown): boolean;
  /** What the linter says of it. */
  readonly findings: ReadonlySignal<readonly Finding[]>;
  /** The hub did not take it: the name is taken, or it was not for this person to grant. */
  readonly refused: ReadonlySignal<'grant' | 'nameTaken' | null>;
  set(value: unknown): void;
  undo(): void;
}

export interface FieldEdges {
  readonly editor: Pick<Editor, 'document' | 'base' | 'problem' | 'setField' | 'undoField'>;
  readonly rights: ReadonlySignal<ConsoleRights>;
  /** By the ids of fields. */
  readonly findings: ReadonlySignal<ReadonlyMap<string, readonly Finding[]>>;
}

const NONE: readonly Finding[] = [];

/** The same model for the same id. @throws {RangeError} for an id that no catalogue has */
export function createFields(edges: FieldEdges): (id: string) => FieldModel {
  const made = new Map<string, FieldModel>();
  return (id) => {
    const held = made.get(id);
    if (held) return held;
    const field = settingField(id);
    if (!field) throw new RangeError(`no field ${id}`);
    const model = createField(field, edges);
    made.set(id, model);
    return model;
  };
}

function createField(field: Field, { editor, rights, findings }: FieldEdges): FieldModel {
  const { id } = field;
  const value = computed(() => settingOf(editor.document.value, id));
  const was = computed(() => settingOf(editor.base.value, id));
  const need = computed(() => missingNeed(field, editor.document.value));
  const mayBe = (next: unknown): boolean => {
    const added = widenedBy(field, value.value, next);
    return added === null || rights.value.mayGrant(id, added);
  };
  const lock = computed((): Lock | null => {
    // What is on already can always be taken away.
    if (field.type === 'boolean' && (value.value === true) !== (field.hides === true)) return null;
    const others = othersOf(field, value.value);
    if (others.length > 0 && !others.some(mayBe)) return { why: 'grant' };
    // A missing row is mended elsewhere, in whatever order one likes: it is said and keeps nobody.
    return need.value?.on === 'fields' ? { why: 'needs', need: need.value } : null;
  });
  return {
    field,
    value,
    was,
    changed: computed(() => !isSameValue(field, value.value, was.value)),
    need,
    lock,
    mayBe,
    findings: computed(() => findings.value.get(id) ?? NONE),
    refused: computed(() => {
      const problem = editor.problem.value;
      if (problem?.code === 'grant.refused' && problem.fields?.includes(id)) return 'grant';
      return problem?.code === 'profile.nameTaken' && id === 'general.name' ? 'nameTaken' : null;
    }),
    set: (next) => editor.setField(id, next),
    undo: () => editor.undoField(id),
  };
}

/** What else it could be, of a field whose value may be more than one may give: where none of it is, it is locked. */
function othersOf(field: Field, value: unknown): readonly unknown[] {
  if (field.type === 'boolean') return [value !== true];
  if (field.type === 'choice') return field.choices.filter((choice) => choice !== value);
  if (field.type !== 'countries') return [];
  // One could be left out.
  return value === 'all' || (Array.isArray(value) && value.length > 0) ? [] : ['all', ...COUNTRIES.map((code) => [code])];
}
