/**
 * The preview of a profile: a background of its own for the real banner, which knows no hub. Whatever is pressed there
 * changes the situation thought up here, or is only named as what would be asked.
 */
import { batch, computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import { clientProblem } from '../../api/client-problem.ts';
import type { ProfileView, Snapshot } from '../../api/snapshot.ts';
import type { AccountOption, Channel } from '../../catalogue/index.ts';
import type { Client, ClientState, ClientVerb } from '../../session/client-state.ts';
import type { Clock } from '../clock.ts';
import { groupMissing, missingControls } from '../missing.ts';
import { createViewOf } from '../view.ts';
import { type PreviewNames, type PreviewPerson, type PreviewPhase, type PreviewSituation, previewState } from './preview-snapshot.ts';

export interface PreviewEdges {
  readonly clock: Clock;
  /** The draft as if it were published; null until its resources are known. */
  readonly profile: ReadonlySignal<ProfileView | null>;
  readonly options: readonly AccountOption[];
  readonly names: PreviewNames;
}

/** How long the hub that is not there takes to confirm a flow, in milliseconds: long enough to see *pending*. */
const CONFIRMS_MS = 600;

const NOBODY_YET: PreviewPerson = { id: null, licence: 'smart', type: 'agent', allow: [], deny: [] };
const AT_REST: PreviewSituation = { phase: 'idle', since: 0, channel: 'voice', activity: null, flows: {}, status: 'connected' };

export const PreviewModel = createModel(({ clock, profile, options, names }: PreviewEdges) => {
  const person = signal<PreviewPerson>(NOBODY_YET);
  const situation = signal<PreviewSituation>(AT_REST);
  const pending = signal<readonly Channel[]>([]);
  /** The control pressed last that the hub would have been asked for: its id. */
  const pressed = signal<string | null>(null);

  const numberProfile = createNumbering<ProfileView>();
  const numberPerson = createNumbering<PreviewPerson>();
  const state = computed<ClientState | null>(() => {
    const view = profile.value;
    if (!view) return null;
    return previewState({
      profile: view,
      profileSeq: numberProfile(view),
      person: person.value,
      personSeq: numberPerson(person.value),
      situation: situation.value,
      options,
      names,
      pending: pending.value,
      now: clock.now(),
    });
  });
  const viewOf = createViewOf();
  const view = computed(() => viewOf(state.value, clock.now()));

  const change = (more: Partial<PreviewSituation>) => {
    pressed.value = null;
    const other = more.phase !== undefined || more.channel !== undefined;
    situation.value = { ...situation.peek(), ...(other ? { since: clock.now() } : {}), ...more };
  };
  const switchFlow = async (channel: Channel, on: boolean): Promise<void> => {
    pending.value = [...pending.peek(), channel];
    await new Promise<void>((confirmed) => clock.after(CONFIRMS_MS, confirmed));
    batch(() => {
      pending.value = pending.peek().filter((each) => each !== channel);
      change({ flows: { ...situation.peek().flows, [channel]: on } });
    });
  };
  /** Uses a control of an interaction: what begins, goes on or ends it does so here. */
  const use = (control: string) => {
    const next = NEXT_PHASE[control];
    if (next) change({ phase: next });
    else pressed.value = control;
  };

  // An offer that accepts itself, a wrap-up that is over: as the profile says, if nobody is quicker.
  effect(() => {
    const [interaction] = state.value?.snapshot?.situation.interactions ?? [];
    const { phase, acceptAt, until } = interaction ?? { phase: null, acceptAt: null, until: null };
    const at = phase === 'offered' ? acceptAt : until;
    if (at === null) return undefined;
    return clock.after(Math.max(0, at - clock.now()), () => use(phase === 'offered' ? 'offer.accept' : 'int.wrapup.finish'));
  });

  const verbs: { readonly [V in ClientVerb]?: (...args: never[]) => void | Promise<void> } = {
    setActivity: (activity: string) => change({ activity, flows: {} }),
    setStatus: (status: Snapshot['situation']['status']) => change({ status }),
    setFlow: switchFlow,
    command: use,
    refresh: () => {},
    painted: () => {},
  };
  const client: Client = {
    subscribe: (listener) =>
      effect(() => {
        // As over a port: a copy, of which nothing reaches back.
        if (state.value) listener(structuredClone(state.value));
      }),
    call: async (verb, ...args) => {
      const perform = verbs[verb];
      if (!perform) return { ok: false, problem: clientProblem('client.preview', verb) };
      await perform(...(args as never[]));
      return { ok: true, value: undefined as never };
    },
  };

  return {
    person,
    situation,
    pressed,
    state,
    view,
    client,
    use,
    missing: computed(() => groupMissing(missingControls(view.value.decisions))),
    setPhase: (phase: PreviewPhase) => change({ phase }),
    setChannel: (channel: Channel) => change({ channel }),
    setPerson(next: PreviewPerson) {
      pressed.value = null;
      person.value = next;
    },
    /** Says of a thing that it is not done in a preview: a page that would open. */
    name(what: string) {
      pressed.value = what;
    },
  };
});
export type Preview = InstanceType<typeof PreviewModel>;

const NEXT_PHASE: Readonly<Record<string, PreviewPhase>> = {
  'offer.accept': 'live',
  'offer.refuse': 'idle',
  'int.hangup': 'wrapup',
  'int.wrapup.finish': 'idle',
};

/** A number for each thing met, another one for another thing. */
function createNumbering<T>(): (thing: T) => number {
  let last: T | undefined;
  let number = 0;
  return (thing) => {
    if (thing !== last) number += 1;
    last = thing;
    return number;
  };
}
