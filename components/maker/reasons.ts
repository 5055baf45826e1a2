/** Why one may not do a thing in the Maker, in a sentence. */
import type { ConsoleAnswer } from '../../lib/decide/console.ts';
import { explainConsole } from '../../lib/decide/explain-console.ts';
import type { Text } from '../../lib/decide/index.ts';
import { t } from '../ui/text.ts';
import { useMaker } from './context.ts';

export const text: Text = (key, substitutions = []) => t(key, ...substitutions);

/** @param profile name of the active profile; empty where there is none */
export const rightReason = (answer: ConsoleAnswer, profile: string): string => explainConsole(answer, profile || null, text);

/** For a button: why it cannot be pressed, or null where it can. */
export const refusalOf = (answer: ConsoleAnswer, profile: string): string | null => (answer.allowed ? null : rightReason(answer, profile));

/** The same for a component, which need not know one's own profile. */
export function useWhyNot(): (answer: ConsoleAnswer) => string | null {
  const { state } = useMaker();
  const profile = state.value?.snapshot?.profile.active?.name ?? '';
  return (answer) => refusalOf(answer, profile);
}
