/** A script as it is spoken: step by step, an empty line between two, with what is known of the customer filled in. */
import { IN_BRACES, type Variable, variableNamed } from './variables.ts';

export const stepsOf = (text: string): readonly string[] => text.split(/\n[^\S\n]*\n/).map((step) => step.trim()).filter(Boolean);

/** A piece of a step: as it is written, or what stands for a variable. */
export type Spoken = { readonly said: string } | { readonly variable: Variable; readonly value: string | null };

/** @param valueOf empty for what is not known; null where there is nobody to speak to. A name that is no variable stays as it is written. */
export function spokenIn(step: string, valueOf: ((variable: Variable) => string) | null): readonly Spoken[] {
  const pieces: Spoken[] = [];
  let from = 0;
  for (const match of step.matchAll(IN_BRACES)) {
    const variable = variableNamed(match[1]!);
    if (!variable) continue;
    if (match.index > from) pieces.push({ said: step.slice(from, match.index) });
    pieces.push({ variable, value: valueOf?.(variable) || null });
    from = match.index + match[0].length;
  }
  if (from < step.length) pieces.push({ said: step.slice(from) });
  return pieces;
}
