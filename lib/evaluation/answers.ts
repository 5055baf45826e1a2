/** The answers of an evaluation, by criterion, held against the grid that they are about. */
import type { CriteriaSection, Criterion } from '../catalogue/index.ts';
import { criteriaIn, MOST_CRITERIA } from './grid.ts';

export const COMMENT_MAX = 1000;

export interface Given {
  /** Points; null: it does not apply. Absent while nothing but a comment is given. */
  readonly value?: number | null;
  readonly comment?: string;
}
export type Answers = Readonly<Record<string, Given>>;

export interface AnswerMistake {
  /** Of the criterion, and of what of it. */
  readonly path: readonly string[];
  readonly message: string;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether it can be read as answers at all, whatever the grid is. */
export const areAnswers = (value: unknown): value is Answers =>
  isObject(value) && Object.keys(value).length <= MOST_CRITERIA && Object.values(value).every((given) => isObject(given) && Object.entries(given).every(isPart));

const isPart = ([key, value]: [string, unknown]): boolean =>
  key === 'value' ? value === null || Number.isInteger(value) : key === 'comment' && typeof value === 'string' && value.length <= COMMENT_MAX;

/** @returns everything wrong with them; with nothing wrong every criterion has an answer that it takes, and one of them counts */
export function answerMistakes(sections: readonly CriteriaSection[], answers: Answers): readonly AnswerMistake[] {
  const criteria = criteriaIn(sections);
  const ids = new Set(criteria.map(({ id }) => id));
  const strange = Object.keys(answers).filter((id) => !ids.has(id)).map((id) => ({ path: [id], message: 'no criterion of this grid' }));
  const wrong = criteria.flatMap((criterion) => {
    const message = wrongOf(criterion, givenTo(answers, criterion.id)?.value);
    return message === null ? [] : [{ path: [criterion.id], message }];
  });
  if (strange.length + wrong.length > 0) return [...strange, ...wrong];
  return criteria.every(({ id }) => answers[id]?.value === null) ? [{ path: [], message: 'one criterion at least has to apply' }] : [];
}

/** Only what was said of the criterion itself: `constructor` is an id like any other. */
export const givenTo = (answers: Answers, id: string): Given | undefined => (Object.hasOwn(answers, id) ? answers[id] : undefined);

export function wrongOf({ max, notApplicable }: Criterion, value: number | null | undefined): string | null {
  if (value === undefined) return 'not answered';
  if (value === null) return notApplicable ? null : 'applies always';
  return Number.isInteger(value) && value >= 0 && value <= max ? null : `not from 0 to ${max}`;
}

/** In the one form that all of the same meaning have: in the grid's order, comments trimmed, nothing that says nothing. */
export const tidied = (sections: readonly CriteriaSection[], answers: Answers): Answers =>
  Object.fromEntries(
    criteriaIn(sections).flatMap(({ id }) => {
      const { value, comment = '' } = givenTo(answers, id) ?? {};
      const said = comment.trim();
      return value === undefined && said === '' ? [] : [[id, { ...(value === undefined ? {} : { value }), ...(said === '' ? {} : { comment: said }) }]];
    }),
  );
