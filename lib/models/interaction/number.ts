/**
 * A telephone number, looked at while it is typed. The hub looks: it has the whole numbering plans, premium rates included,
 * knows the country of the centre and decides in the end, so what is said here is what will be done.
 */
import { createModel, effect, signal } from '@preact/signals-core';
import type { Answer } from '../../session/client-state.ts';
import type { Clock } from '../clock.ts';

/** What the hub says of a number. */
export interface Looked {
  readonly number: { readonly e164: string; readonly country: string | null; readonly shown: string } | null;
  readonly problem: 'number.invalid' | 'number.country' | 'number.premium' | null;
}

export type Checked =
  | { readonly is: 'wrong' }
  | { readonly is: 'country'; readonly country: string | null }
  | { readonly is: 'premium' }
  | { readonly is: 'good'; readonly e164: string; readonly country: string | null; readonly shown: string };

/** Between two keys of somebody who types on. */
export const TYPING_MS = 250;
/** Shorter than this nothing is a number yet. */
const LEAST = 4;

export const NumberCheck = createModel((look: (typed: string) => Promise<Answer<Looked>>, clock: Clock) => {
  /** Null while nothing is known: too short, still typed, or the hub cannot be asked. Then the hub says when it is sent. */
  const checked = signal<Checked | null>(null);
  let callOff = () => {};
  let asked = 0;

  const type = (typed: string) => {
    callOff();
    asked += 1;
    checked.value = null;
    const mine = asked;
    if (typed.trim().length < LEAST) return;
    callOff = clock.after(TYPING_MS, async () => {
      const answer = await look(typed.trim());
      if (mine === asked && answer.ok) checked.value = checkedOf(answer.value);
    });
  };
  effect(() => () => {
    callOff();
    asked += 1;
  });
  return { checked, type };
});

function checkedOf({ number, problem }: Looked): Checked {
  if (number === null || problem === 'number.invalid') return { is: 'wrong' };
  if (problem === 'number.country') return { is: 'country', country: number.country };
  return problem === 'number.premium' ? { is: 'premium' } : { is: 'good', ...number };
}

/** Whether it may be sent: what is not known yet is for the hub to refuse. */
export const maySend = (checked: Checked | null): boolean => checked === null || checked.is === 'good';
/** What is sent of what was typed. */
export const numberToSend = (checked: Checked | null, typed: string): string => (checked?.is === 'good' ? checked.e164 : typed.trim());
