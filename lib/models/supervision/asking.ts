/** "Ask for this": what the person may ask a supervisor for, and what has become of what they asked. */
import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { OwnAsk } from '../../api/shapes-supervision.ts';
import { fieldsAsked } from '../../supervision/asking.ts';
import type { SupervisionHub } from '../../supervision/hub.ts';
import type { View } from '../view.ts';

export type AskState =
  /** Nothing that a supervisor could grant. */
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly declinedAt: number | null }
  | { readonly kind: 'sending' }
  | { readonly kind: 'waiting'; readonly since: number };

export const Asking = createModel((hub: SupervisionHub, view: ReadonlySignal<View>) => {
  const sending = signal<ReadonlySet<string>>(new Set());
  const problem = signal<{ readonly control: string; readonly problem: Problem } | null>(null);

  /** Of a control that is locked or not there. A function that is another whenever it would say something else. */
  const stateOf = computed(() => {
    const { profile, person, situation, decisions, snapshot } = view.value;
    const onTheirWay = sending.value;
    const asks: readonly OwnAsk[] = snapshot?.situation.asks ?? [];
    return (control: string): AskState => {
      if (onTheirWay.has(control)) return { kind: 'sending' };
      const last = asks.find((ask) => ask.control === control);
      if (last?.answer === null) return { kind: 'waiting', since: last.at };
      if (!decisions.of(control).reason?.askable || !fieldsAsked(control, profile, person, situation)) return { kind: 'none' };
      return { kind: 'open', declinedAt: last?.answer === 'declined' ? last.at : null };
    };
  });

  /** @returns whether a supervisor now has it */
  const ask = async (control: string, note: string): Promise<boolean> => {
    if (sending.peek().has(control)) return false;
    problem.value = null;
    sending.value = new Set([...sending.peek(), control]);
    const answer = await hub.ask('makeAsk', { body: { control, note } });
    sending.value = new Set([...sending.peek()].filter((each) => each !== control));
    if (!answer.ok) problem.value = { control, problem: answer.problem };
    return answer.ok;
  };
  return { stateOf, ask, problem };
});
