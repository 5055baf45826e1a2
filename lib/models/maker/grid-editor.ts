/** The criteria of a grid while they are edited: each change can be taken back, and what is wrong is said where it is. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { CriteriaSection, Criterion } from '../../catalogue/index.ts';
import { addCriterion, changeCriterion, changeSection, moveCriterion, moveSection, newCriterion, newSection, remove, type Sections } from '../../evaluation/edit.ts';
import { criteriaIn, type GridMistakeKind, gridMistakes } from '../../evaluation/grid.ts';

/** What was done last, to be said: nobody sees a thing move who hears the page. */
export type Told =
  | { readonly did: 'moved'; readonly name: string; readonly place: number; readonly of: number; readonly section: string | null }
  | { readonly did: 'removed'; readonly name: string }
  | { readonly did: 'undone' | 'redone' };

export interface GridEdges {
  readonly sections: ReadonlySignal<Sections>;
  readonly set: (sections: Sections) => void;
  readonly newId: () => string;
}

/** Steps that are kept. */
const MOST_STEPS = 100;

export function createGridEditor({ sections, set, newId }: GridEdges) {
  const past = signal<readonly Sections[]>([]);
  const future = signal<readonly Sections[]>([]);
  /** As this editor left it: once it is another, somebody else saved or undid everything, and these steps lead nowhere. */
  const left = signal<Sections | null>(null);
  const opened = signal<ReadonlySet<string>>(new Set());
  const told = signal<Told | null>(null);
  /** Typing in one field is one step. */
  let typing: string | null = null;

  const known = computed(() => left.value === sections.value);
  const put = (next: Sections) =>
    batch(() => {
      left.value = next;
      set(next);
    });
  const change = (next: Sections, field: string | null = null, said: Told | null = null) => {
    const now = sections.peek();
    if (next === now || JSON.stringify(next) === JSON.stringify(now)) return;
    batch(() => {
      const going = known.peek();
      const steps = going ? past.peek() : [];
      if (!going || field === null || field !== typing) past.value = [...steps, now].slice(-MOST_STEPS);
      future.value = [];
      told.value = said;
      typing = field;
      put(next);
    });
  };
  const step = (from: typeof past, to: typeof past, did: 'undone' | 'redone') => {
    const next = known.peek() ? from.peek().at(-1) : undefined;
    if (next === undefined) return;
    batch(() => {
      from.value = from.peek().slice(0, -1);
      to.value = [...to.peek(), sections.peek()];
      told.value = { did };
      typing = null;
      put(next);
    });
  };
  const open = (id: string, on: boolean) => {
    const ids = new Set(opened.peek());
    if (on) ids.add(id);
    else ids.delete(id);
    opened.value = ids;
  };
  const nameOf = (id: string): string => [...sections.peek(), ...criteriaIn(sections.peek())].find((each) => each.id === id)?.name ?? '';
  const placeOf = (all: Sections, id: string): Told => {
    const at = all.findIndex((section) => section.id === id);
    if (at >= 0) return { did: 'moved', name: all[at]!.name, place: at + 1, of: all.length, section: null };
    const section = all.find(({ criteria }) => criteria.some((criterion) => criterion.id === id))!;
    return { did: 'moved', name: nameOf(id), place: section.criteria.findIndex((criterion) => criterion.id === id) + 1, of: section.criteria.length, section: section.name };
  };

  return {
    sections,
    opened,
    told,
    canUndo: computed(() => known.value && past.value.length > 0),
    canRedo: computed(() => known.value && future.value.length > 0),
    weight: computed(() => criteriaIn(sections.value).reduce((sum, { weight }) => sum + weight, 0)),
    /** By `id.field`, of a section or a criterion. */
    mistakes: computed(() => mistakesById(sections.value)),
    open,
    /** Returns the id of what is to have the keyboard. */
    addSection(): string {
      const [id, criterionId] = [newId(), newId()];
      change([...sections.peek(), newSection(id, criterionId)]);
      open(criterionId, true);
      return id;
    },
    addCriterion(sectionId: string): string {
      const id = newId();
      change(addCriterion(sections.peek(), sectionId, newCriterion(id)));
      open(id, true);
      return id;
    },
    remove: (id: string) => change(remove(sections.peek(), id), null, { did: 'removed', name: nameOf(id) }),
    /** Whether there is anywhere to go. */
    mayMove: (id: string, by: 1 | -1): boolean => moved(sections.value, id, by) !== sections.value,
    move(id: string, by: 1 | -1) {
      const next = moved(sections.peek(), id, by);
      if (next !== sections.peek()) change(next, null, placeOf(next, id));
    },
    section: (id: string, more: Partial<Omit<CriteriaSection, 'id'>>) => change(changeSection(sections.peek(), id, more), `${id} ${Object.keys(more).join(' ')}`),
    criterion: (id: string, more: Partial<Omit<Criterion, 'id'>>) => change(changeCriterion(sections.peek(), id, more), `${id} ${Object.keys(more).join(' ')}`),
    undo: () => step(past, future, 'undone'),
    redo: () => step(future, past, 'redone'),
  };
}
export type GridEditor = ReturnType<typeof createGridEditor>;

const moved = (sections: Sections, id: string, by: 1 | -1): Sections =>
  sections.some((section) => section.id === id) ? moveSection(sections, id, by) : moveCriterion(sections, id, by);

function mistakesById(sections: Sections): ReadonlyMap<string, GridMistakeKind> {
  return new Map(
    gridMistakes(sections).flatMap(({ path, kind }) => {
      const section = sections[path[0] as number];
      const criterion = path[1] === 'criteria' && path.length > 2 ? section?.criteria[path[2] as number] : undefined;
      const thing = criterion ?? section;
      return thing ? [[`${thing.id}.${String(path.at(-1))}`, kind] as const] : [];
    }),
  );
}
