/** Changes to a grid while it is edited, each to a new value. What is not there is left as it is. */
import type { CriteriaSection, Criterion } from '../catalogue/index.ts';

export type Sections = readonly CriteriaSection[];

export const newCriterion = (id: string): Criterion => ({ id, name: '', help: '', kind: 'scale', max: 5, weight: 10, notApplicable: false, critical: false });
export const newSection = (id: string, criterionId: string): CriteriaSection => ({ id, name: '', criteria: [newCriterion(criterionId)] });

export const changeSection = (sections: Sections, id: string, change: Partial<Omit<CriteriaSection, 'id'>>): Sections =>
  sections.map((section) => (section.id === id ? { ...section, ...change } : section));

/** Yes or no has one point; a scale that was none begins with five. */
export const changeCriterion = (sections: Sections, id: string, change: Partial<Omit<Criterion, 'id'>>): Sections =>
  sections.map((section) => ({
    ...section,
    criteria: section.criteria.map((criterion) => (criterion.id === id ? ofKind({ ...criterion, ...change }, criterion.kind) : criterion)),
  }));

const ofKind = (criterion: Criterion, before: Criterion['kind']): Criterion =>
  criterion.kind === before ? criterion : { ...criterion, max: criterion.kind === 'yesNo' ? 1 : 5 };

export const addCriterion = (sections: Sections, sectionId: string, criterion: Criterion): Sections =>
  sections.map((section) => (section.id === sectionId ? { ...section, criteria: [...section.criteria, criterion] } : section));

/** A section, or a criterion of one. */
export const remove = (sections: Sections, id: string): Sections =>
  sections.filter((section) => section.id !== id).map((section) => ({ ...section, criteria: section.criteria.filter((criterion) => criterion.id !== id) }));

export function moveSection(sections: Sections, id: string, by: 1 | -1): Sections {
  const at = sections.findIndex((section) => section.id === id);
  return at < 0 ? sections : swapped(sections, at, at + by);
}

/** One place on; past the end of its section to the beginning of the next, and before its beginning to the end of the one before. */
export function moveCriterion(sections: Sections, id: string, by: 1 | -1): Sections {
  const at = sections.findIndex(({ criteria }) => criteria.some((criterion) => criterion.id === id));
  const { criteria = [] } = sections[at] ?? {};
  const place = criteria.findIndex((criterion) => criterion.id === id);
  const next = sections[at + by];
  if (place < 0) return sections;
  if (place + by >= 0 && place + by < criteria.length) return changeSection(sections, sections[at]!.id, { criteria: swapped(criteria, place, place + by) });
  if (!next) return sections;
  const moved = criteria[place]!;
  const left = changeSection(sections, sections[at]!.id, { criteria: criteria.filter((criterion) => criterion.id !== id) });
  return changeSection(left, next.id, { criteria: by > 0 ? [moved, ...next.criteria] : [...next.criteria, moved] });
}

function swapped<T>(list: readonly T[], a: number, b: number): readonly T[] {
  if (b < 0 || b >= list.length) return list;
  const next = [...list];
  [next[a], next[b]] = [list[b]!, list[a]!];
  return next;
}
