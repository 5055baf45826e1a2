/** The 20 sections of a profile as the Settings tab shows them. */
import { computed, type ReadonlySignal, signal } from '@preact/signals-core';
import { type Channel, type Field, fieldById, type Section, sectionOf, sections } from '../../catalogue/index.ts';
import type { ConsoleRights } from '../../decide/console.ts';
import type { Text } from '../../decide/index.ts';
import type { Finding } from '../../profile/lint.ts';
import type { Editor } from './editor-types.ts';
import { createFields } from './settings-field.ts';
import { fieldsMatching, haystackOf } from './settings-search.ts';

export interface SettingsEdges {
  readonly editor: Editor;
  readonly rights: ReadonlySignal<ConsoleRights>;
  readonly findings: ReadonlySignal<readonly Finding[]>;
  readonly text: Text;
  readonly help: (id: string) => string | null;
}

/** What the table of contents says of a section. */
export interface SectionMark {
  readonly changes: number;
  readonly errors: number;
  readonly warnings: number;
}

const NO_MARK: SectionMark = { changes: 0, errors: 0, warnings: 0 };

/** Not a model of `createModel`: its verbs are untracked, and what a page asks here it must be drawn anew for. */
export function createSettings({ editor, rights, findings, text, help }: SettingsEdges) {
  const query = signal('');
  const haystack = haystackOf(text, help);
  const byField = computed(() => Map.groupBy(findings.value.filter(({ at }) => at.field !== undefined), ({ at }) => at.field!));
  const fieldOf = createFields({ editor, rights, findings: byField });
  const changed = computed(() => editor.changes.value.settings.filter(({ id }) => fieldById.has(id)).map(({ id }) => id));
  const found = computed(() => fieldsMatching(query.value, haystack));
  const marks = computed((): ReadonlyMap<string, SectionMark> => {
    const all = new Map<string, SectionMark>();
    const add = (field: string, more: Partial<SectionMark>) => {
      const section = sectionOf.get(field)?.id;
      if (section === undefined) return;
      const mark = all.get(section) ?? NO_MARK;
      all.set(section, {
        changes: mark.changes + (more.changes ?? 0),
        errors: mark.errors + (more.errors ?? 0),
        warnings: mark.warnings + (more.warnings ?? 0),
      });
    };
    for (const id of changed.value) add(id, { changes: 1 });
    for (const [id, those] of byField.value) {
      for (const { severity } of those) add(id, severity === 'error' ? { errors: 1 } : { warnings: 1 });
    }
    return all;
  });
  /** As text, so that the same mark is no change. */
  const marksOf = new Map(sections.map(({ id }) => [id as string, computed(() => JSON.stringify(marks.value.get(id) ?? NO_MARK))]));
  const shownOf = new Map(
    (sections as readonly Section[]).map(({ id, fields }) => [id, computed(() => found.value === null || fields.some((field) => found.value!.has(field.id)))]),
  );
  return {
    query,
    fieldOf,
    /** Ids of the fields of all sections that are not as published. */
    changed,
    /** Ids of what the search finds; null where nothing is searched for. */
    found,
    /** Of one section: it draws anew only if this is another. */
    markOf: (section: string): SectionMark => JSON.parse(marksOf.get(section)!.value) as SectionMark,
    isShown: (section: string): boolean => shownOf.get(section)!.value,
    /** Of one section, or of all. Returns how to put back what was undone. */
    undo(section?: string): () => void {
      const ids = changed.peek().filter((id) => section === undefined || sectionOf.get(id)?.id === section);
      const values = ids.map((id) => [id, fieldOf(id).value.peek()] as const);
      for (const id of ids) editor.undoField(id);
      return () => {
        for (const [id, value] of values) editor.setField(id, value);
      };
    },
  };
}
export type Settings = ReturnType<typeof createSettings>;

/** A row of a section in columns: the same thing for each channel that has it. */
export interface ColumnRow {
  /** Message key; the same for all its fields. */
  readonly label: string;
  readonly fields: Partial<Readonly<Record<Channel, Field>>>;
}
export interface ColumnGroup {
  readonly label: string;
  readonly rows: readonly ColumnRow[];
}

/** The rows of a section in columns, in the order in which the catalogue first names them. */
export function columnGroups({ fields }: Pick<Section, 'fields'>): readonly ColumnGroup[] {
  const groups = Map.groupBy(fields, (field) => field.group ?? '');
  return [...groups].map(([label, members]) => ({
    label,
    rows: [...Map.groupBy(members, (field) => field.label)].map(([rowLabel, row]) => ({
      label: rowLabel,
      fields: Object.fromEntries(row.map((field) => [field.column!, field])),
    })),
  }));
}
