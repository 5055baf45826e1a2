import type { Problem } from '../../../../lib/api/problem.ts';
import { problemText } from '../../../ui/problem.ts';
import { names, t } from '../../../ui/text.ts';
import { fieldPath } from '../../field-path.ts';

/** What was refused, and which rights it was that one lacks oneself. */
export function refusalText(problem: Problem): string {
  const lacking = problem.code === 'grant.refused' ? (problem.fields ?? []) : [];
  return lacking.length === 0 ? problemText(problem) : t('makerResources.form.lacking', problemText(problem), names([...new Set(lacking.map(fieldPath))], 6));
}
