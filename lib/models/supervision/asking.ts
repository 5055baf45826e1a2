/** "Ask for this": what the person may ask a supervisor for, and what has become of what they asked. */
import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { OwnAsk } from '../../api/shapes-supervision.ts';
import { fieldsAsked } from '../../supervision/asking.ts';
import type { Answer } from '../../session/client-state.ts';
import type { SupervisionHub } from '../../supervision/hub.ts';
import type { View } from '../view.ts';

export type AskState =
  /** Nothing that a supervisor could grant. */
  | { readonly kind: 'none' }
  | { readonly kind: 'open'; readonly declinedAt: number | null }
  | { readonly kind: 'sending' }
  | { readonly kind: 'waiting'; readonly since: number; readonly id: string; readonly leaving: boolean };

export interface AskingEdges {
  readonly hub: SupervisionHub;
  readonly view: ReadonlySignal<View>;
  /** Where the person is: there the day ends that something is granted for. */
  readonly timeZone: () => string;
}

export const Asking = createModel(({ hub, view, timeZone }: AskingEdges) => {
  /** Controls that are being asked for, or withdrawn. */
  const sending = signal<ReadonlySet<string>>(new Set());
  const problem = signal<{ readonly control: string; readonly problem: Problem } | null>(null);

  /** Of a control that is locked or not there. A function that is another whenever it would say something else. */
  const stateOf = computed(() => {
    const { profile, person, situation, decisions, snapshot } = view.value;
    const onTheirWay = sending.value;
    const asks: readonly OwnAsk[] = snapshot?.situation.asks ?? [];
    return (control: string): AskState => {
      const last = asks.find((ask) => ask.control === control);
      if (last?.answer === null) return { kind: 'waiting', since: last.at, id: last.id, leaving: onTheirWay.has(control) };
      if (onTheirWay.has(control)) return { kind: 'sending' };
      if (!decisions.of(control).reason?.askable || !fieldsAsked(control, profile, person, situation)) return { kind: 'none' };
      return { kind: 'open', declinedAt: last?.answer === 'declined' ? last.at : null };
    };
  });

  const once = async (control: string, send: () => Promise<Answer<unknown>>): Promise<boolean> => {
    if (sending.peek().has(control)) return false;
    problem.value = null;
    sending.value = new Set([...sending.peek(), control]);
    const answer = await send();
    sending.value = new Set([...sending.peek()].filter((each) => each !== control));
    if (!answer.ok) problem.value = { control, problem: answer.problem };
    return answer.ok;
  };
  return {
    stateOf,
    problem,
    /** What waits for an answer, the newest first. */
    waiting: computed(() => (view.value.snapshot?.situation.asks ?? []).filter(({ answer }) => answer === null)),
    /** @returns whether a supervisor now has it */
    ask: (control: string, note: string) => once(control, () => hub.ask('makeAsk', { body: { control, note, timeZone: timeZone() } })),
    /** @returns whether it is asked of nobody any more */
    withdraw: ({ id, control }: Pick<OwnAsk, 'id' | 'control'>) => once(control, () => hub.ask('withdrawAsk', { params: { id } })),
  };
});
