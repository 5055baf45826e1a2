/** Evaluations: answered on the criteria of a grid, which each keeps as they were, or with a score alone. */
import { answerMistakes, type Answers, tidied } from '../../lib/evaluation/answers.ts';
import { type Grid, gridIn } from '../../lib/evaluation/grid.ts';
import { outcomeOf } from '../../lib/evaluation/score.ts';
import type { Values } from '../../lib/modules/check.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { ModuleRules } from './rules.ts';

export const evaluations: ModuleRules = {
  async complete(trx, { resourceId, values, given }, before) {
    const grid = before && before['sections'] !== undefined ? gridIn(before) : await gridOf(trx, resourceId);
    // One that was made with a score alone keeps to that, whatever its grid has become.
    const answered = grid.sections.length > 0 && (!before || before['sections'] !== undefined);
    return answered ? byAnswers(grid, values, given) : byHand(grid, values, given);
  },
  shown: ({ values: { sections, passScore, answers } }) => (sections === undefined ? {} : { sections, passScore, answers }),
};

async function gridOf(trx: Trx, resourceId: string | null): Promise<Grid> {
  const row = resourceId === null ? undefined : await trx.selectFrom('resource').select('attributes').where('id', '=', resourceId).executeTakeFirst();
  return gridIn(row?.attributes ?? {});
}

/** With the criteria it was made on: what becomes of the grid later does not touch it. */
function byAnswers(grid: Grid, values: Values, given: Values): Values {
  if (given['score'] != null) throw invalid(['score'], 'follows from the answers');
  const answers = tidied(grid.sections, (values['answers'] as Answers | null | undefined) ?? {});
  const [mistake, ...others] = answerMistakes(grid.sections, (values['answers'] as Answers | null | undefined) ?? {});
  if (mistake) throw new ProblemError('request.invalid', { issues: [mistake, ...others].map(({ path, message }) => ({ path: ['values', 'answers', ...path], message })) });
  const { score, passed } = outcomeOf(grid, answers);
  return { ...values, ...grid, answers, score, passed: passed ? 'yes' : 'no' };
}

function byHand({ passScore }: Grid, values: Values, given: Values): Values {
  if (given['answers'] != null) throw invalid(['answers'], 'there are no criteria to answer');
  const { answers: _none, ...rest } = values;
  if (rest['score'] == null) throw invalid(['score'], 'required');
  return { ...rest, passed: (rest['score'] as number) >= passScore ? 'yes' : 'no' };
}

const invalid = (path: readonly string[], message: string) => new ProblemError('request.invalid', { issues: [{ path: ['values', ...path], message }] });
