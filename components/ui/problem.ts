import type { Problem } from '../../lib/api/problem.ts';
import { t } from './text.ts';

/** What went wrong and what to do about it, in a sentence. */
export function problemText({ code }: Pick<Problem, 'code'>): string {
  const key = `problem.${code}`;
  const text = t(key);
  return text === key ? t('problem.unknown', code) : text;
}
