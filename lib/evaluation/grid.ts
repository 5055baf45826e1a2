/** An evaluation grid: sections of criteria, what may stand in them, and how they are read from what is kept. */
import type { CriteriaSection, Criterion } from '../catalogue/index.ts';

export const MOST_SECTIONS = 12;
export const MOST_CRITERIA = 60;
export const NAME_MAX = 120;
export const HELP_MAX = 300;
export const WEIGHT_MAX = 100;
/** Points that a scale has at most: as many as can stand side by side in a banner. */
export const SCALE_MAX = 10;
/** Of a grid that does not say. */
export const PASS_SCORE = 70;

/** What an evaluation is made on. Without sections it has a score alone, given by hand. */
export interface Grid {
  readonly sections: readonly CriteriaSection[];
  readonly passScore: number;
}

export const criteriaIn = (sections: readonly CriteriaSection[]): readonly Criterion[] => sections.flatMap(({ criteria }) => criteria);

/** A grid as a resource, or an evaluation that was made on it, keeps it. What cannot be read as criteria is none. */
export const gridIn = ({ sections, passScore }: Readonly<Record<string, unknown>>): Grid => ({
  sections: sections !== undefined && gridMistakes(sections).length === 0 ? (sections as readonly CriteriaSection[]) : [],
  passScore: typeof passScore === 'number' ? passScore : PASS_SCORE,
});

export type GridMistakeKind = 'shape' | 'name' | 'nameLong' | 'helpLong' | 'weight' | 'points' | 'twice' | 'empty' | 'sections' | 'criteria';
/** Where in the list of sections, and what. */
export interface GridMistake {
  readonly path: readonly (string | number)[];
  readonly kind: GridMistakeKind;
}

/** Everything wrong with sections, whatever they are. */
export function gridMistakes(sections: unknown): readonly GridMistake[] {
  if (!Array.isArray(sections)) return [{ path: [], kind: 'shape' }];
  const found = sections.flatMap((section, at) => sectionMistakes(section).map(({ path, kind }) => ({ path: [at, ...path], kind })));
  if (found.some(({ kind }) => kind === 'shape')) return found;
  const known = sections as readonly CriteriaSection[];
  const ids = [...known, ...criteriaIn(known)].map(({ id }) => id);
  return [
    ...found,
    ...(new Set(ids).size < ids.length ? [{ path: [], kind: 'twice' } as const] : []),
    ...(known.length > MOST_SECTIONS ? [{ path: [], kind: 'sections' } as const] : []),
    ...(criteriaIn(known).length > MOST_CRITERIA ? [{ path: [], kind: 'criteria' } as const] : []),
  ];
}

type Loose = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value: unknown): boolean => typeof value === 'string' && /^[\w-]{1,40}$/.test(value) && value !== '__proto__';
const SHAPE: readonly GridMistake[] = [{ path: [], kind: 'shape' }];

function sectionMistakes(section: unknown): readonly GridMistake[] {
  if (!isObject(section) || !isId(section['id']) || typeof section['name'] !== 'string' || !Array.isArray(section['criteria'])) return SHAPE;
  return [
    ...nameMistakes(section['name']),
    ...(section['criteria'].length === 0 ? [{ path: ['criteria'], kind: 'empty' } as const] : []),
    ...section['criteria'].flatMap((criterion, at) => criterionMistakes(criterion).map(({ path, kind }) => ({ path: ['criteria', at, ...path], kind }))),
  ];
}

function criterionMistakes(criterion: unknown): readonly GridMistake[] {
  if (!isObject(criterion) || !isShaped(criterion)) return SHAPE;
  const { name, help, kind, max, weight } = criterion;
  return [
    ...nameMistakes(name),
    ...(help.length > HELP_MAX ? [{ path: ['help'], kind: 'helpLong' } as const] : []),
    ...(isWhole(weight, 1, WEIGHT_MAX) ? [] : [{ path: ['weight'], kind: 'weight' } as const]),
    ...(isWhole(max, 1, kind === 'yesNo' ? 1 : SCALE_MAX) ? [] : [{ path: ['max'], kind: 'points' } as const]),
  ];
}

const isShaped = (criterion: Loose): criterion is Loose & Criterion =>
  isId(criterion['id']) &&
  typeof criterion['name'] === 'string' &&
  typeof criterion['help'] === 'string' &&
  (criterion['kind'] === 'scale' || criterion['kind'] === 'yesNo') &&
  typeof criterion['notApplicable'] === 'boolean' &&
  typeof criterion['critical'] === 'boolean';

const isWhole = (value: unknown, min: number, max: number): boolean => Number.isInteger(value) && (value as number) >= min && (value as number) <= max;

function nameMistakes(name: string): readonly GridMistake[] {
  if (name.trim() === '') return [{ path: ['name'], kind: 'name' }];
  return name.length > NAME_MAX ? [{ path: ['name'], kind: 'nameLong' }] : [];
}
