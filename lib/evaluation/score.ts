/**
 * What answers on a grid come to. The banner works it out while one answers and the hub again before it keeps them, both
 * by this: whole numbers to the last step, so that no two machines differ.
 */
import type { CriteriaSection, Criterion } from '../catalogue/index.ts';
import { type Answers, givenTo, wrongOf } from './answers.ts';
import { criteriaIn, type Grid } from './grid.ts';

export interface Outcome {
  /** 0 to 100, of what is answered and applies; null while nothing is. */
  readonly score: number | null;
  /** Critical criteria without a point: they fail the evaluation and leave the score, which still says how the rest went. */
  readonly failing: readonly string[];
  /** How many criteria have an answer, those that do not apply too. */
  readonly answered: number;
  readonly of: number;
  readonly passed: boolean;
}

/** The least number that every scale up to ten points divides. */
const COMMON = 2520;

export function outcomeOf({ sections, passScore }: Grid, answers: Answers): Outcome {
  const criteria = criteriaIn(sections);
  const valid = criteria.filter((criterion) => wrongOf(criterion, valueOf(answers, criterion)) === null);
  const failing = valid.filter((criterion) => criterion.critical && valueOf(answers, criterion) === 0).map(({ id }) => id);
  const score = scoreOf(criteria, answers);
  return { score, failing, answered: valid.length, of: criteria.length, passed: score !== null && score >= passScore && failing.length === 0 };
}

/** Of one section alone. */
export const sectionScore = ({ criteria }: CriteriaSection, answers: Answers): number | null => scoreOf(criteria, answers);

function scoreOf(criteria: readonly Criterion[], answers: Answers): number | null {
  let [points, most] = [0, 0];
  for (const criterion of criteria) {
    const value = valueOf(answers, criterion);
    if (value == null || wrongOf(criterion, value) !== null) continue;
    points += criterion.weight * value * (COMMON / criterion.max);
    most += criterion.weight * COMMON;
  }
  return most === 0 ? null : Math.round((100 * points) / most);
}

const valueOf = (answers: Answers, { id }: Criterion): number | null | undefined => givenTo(answers, id)?.value;
