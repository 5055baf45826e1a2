import type { Problem } from '../../../../lib/api/problem.ts';
import { settingWords } from '../../../../lib/profile/words.ts';
import { problemText } from '../../../ui/problem.ts';
import { names, t } from '../../../ui/text.ts';
import { text } from '../../reasons.ts';

/** Where a right stands, in words; its id where this catalogue does not know it. */
export const rightPath = (field: string): string => settingWords(field, text);

/** What was refused, and which rights it was that one lacks oneself. */
export function refusalText(problem: Problem): string {
  const lacking = problem.code === 'grant.refused' ? (problem.fields ?? []) : [];
  return lacking.length === 0 ? problemText(problem) : t('makerResources.form.lacking', problemText(problem), names([...new Set(lacking.map(rightPath))], 6));
}
