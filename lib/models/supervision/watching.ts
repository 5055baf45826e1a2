/** What a supervisor has before them: the people in reach, live, and the queues they have open as tabs. */
import { batch, computed, createModel, effect, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { AwayPerson, GrantSpan, SupervisionWatch, WatchedAsk, WatchedCampaign, WatchedPerson, WatchedQueue } from '../../api/shapes-supervision.ts';
import type { Channel, ControlId } from '../../catalogue/index.ts';
import type { Client } from '../../session/client-state.ts';
import { createSupervisionHub } from '../../supervision/hub.ts';
import type { Clock } from '../clock.ts';
import { matchesSearch } from '../missing.ts';
import { createPoll } from './poll.ts';

/** A queue, or a campaign: which one, what it says tells. */
export type Group = WatchedQueue | WatchedCampaign;

/** A supervisor has so many queues open at once, campaigns among them. */
export const MOST_TABS = 5;
/** There is nothing to answer any more. */
const TOO_LATE: ReadonlySet<string> = new Set(['ask.over', 'ask.withdrawn']);
/** Seconds that a poll waits: under the ten after which a call is given up. */
const WAIT_S = '8';

export interface WatchingEdges {
  readonly client: Pick<Client, 'call'>;
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
}

/** What is on its way for a person, or was refused. */
export interface Doing {
  readonly control: ControlId;
  readonly problem: Problem | null;
}

export const Watching = createModel(({ client, clock, random }: WatchingEdges) => {
  const hub = createSupervisionHub(client);
  /** The last that the hub said; kept while it cannot be reached. */
  const state = signal<SupervisionWatch | null>(null);
  /** Why the last question was not answered. */
  const problem = signal<Problem | null>(null);
  const on = signal(false);
  /** Null until the person opens or closes one: then the first few there are. */
  const chosen = signal<readonly string[] | null>(null);
  const shownTab = signal<string | null>(null);
  const search = signal('');
  const doing = signal<ReadonlyMap<string, Doing>>(new Map());
  /** Asks whose answer came too late: kept with the reason until that was read, though nobody asks for them any more. */
  const late = signal<readonly WatchedAsk[]>([]);

  /** What there may be a tab of: the queues that one supervises, then the campaigns. */
  const groups = computed<readonly Group[]>(() => [...(state.value?.queues ?? []), ...(state.value?.campaigns ?? [])]);
  const tabs = computed(() => {
    const open = chosen.value ?? groups.value.slice(0, MOST_TABS).map(({ id }) => id);
    return open.flatMap((id) => groups.value.find((group) => group.id === id) ?? []);
  });
  /** Those that could be opened, none where as many as may be are. */
  const closed = computed(() => (tabs.value.length >= MOST_TABS ? [] : groups.value.filter(({ id }) => !tabs.value.some((tab) => tab.id === id))));
  /** What the tab in front is of; null for everyone. */
  const front = computed(() => tabs.value.find(({ id }) => id === shownTab.value) ?? null);
  const shown = <P extends WatchedPerson | AwayPerson>(all: readonly P[]): readonly P[] => {
    const id = front.value?.id;
    const here = id === undefined ? all : all.filter((person) => person.queues.includes(id) || ('campaigns' in person && person.campaigns.includes(id)));
    return here.filter((person) => matchesSearch(wordsOf(person), search.value));
  };
  const people = computed(() => shown(state.value?.people ?? []));
  /** Of the same tab and the same search, those who are not signed in. */
  const away = computed(() => shown(state.value?.away ?? []));

  const poll = createPoll({
    ask: (tag) => hub.ask('watchSupervision', { query: tag === null ? {} : { tag, wait: WAIT_S } }),
    heard: (next) => batch(() => ((state.value = next), (problem.value = null))),
    failed: (why) => {
      // Without the right what was seen before is nobody's business any more.
      if (why.code === 'control.refused' || why.code.startsWith('session.')) state.value = null;
      problem.value = why;
    },
    clock,
    random,
  });
  effect(() => (on.value ? poll.start() : undefined));

  const put = (key: string, is: Doing | null) => {
    const next = new Map(doing.peek());
    if (is) next.set(key, is);
    else next.delete(key);
    doing.value = next;
  };
  /** @param key a person's id, or an ask's: one thing at a time for each. @returns whether it was done */
  const once = async (key: string, control: ControlId, run: () => Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: Problem }>): Promise<boolean> => {
    if (doing.peek().get(key)?.problem === null) return false;
    put(key, { control, problem: null });
    const answer = await run();
    put(key, answer.ok ? null : { control, problem: answer.problem });
    if (answer.ok) poll.hurry();
    return answer.ok;
  };
  const command = (control: `sup.${string}` & ControlId, personId: string, body: object, why: string) =>
    once(personId, control, () => client.call('command', control, { personId, ...body, ...(why.trim() ? { why: why.trim() } : {}) }));

  return {
    state,
    problem,
    groups,
    tabs,
    closed,
    front,
    people,
    away,
    search,
    doing,
    watch: () => void (on.value = true),
    rest: () => void (on.value = false),
    retry: () => poll.hurry(),
    showTab: (id: string | null) => void (shownTab.value = id),
    openTab: (id: string) =>
      batch(() => {
        if (tabs.peek().length >= MOST_TABS) return;
        chosen.value = [...tabs.peek().map((tab) => tab.id), id];
        shownTab.value = id;
      }),
    closeTab: (id: string) =>
      batch(() => {
        chosen.value = tabs.peek().map((tab) => tab.id).filter((each) => each !== id);
        if (shownTab.peek() === id) shownTab.value = null;
      }),
    toggleFlow: (personId: string, channel: Channel, turnOn: boolean, why: string) => command('sup.toggleFlow', personId, { channel, on: turnOn }, why),
    changeProfile: (personId: string, profileId: string, why: string) => command('sup.changeProfile', personId, { profileId }, why),
    changeActivity: (personId: string, activityId: string, why: string) => command('sup.changeActivity', personId, { activityId }, why),
    disconnect: (personId: string, why: string) => command('sup.disconnect', personId, {}, why),
    listen: (personId: string, turnOn: boolean, why: string) => command('sup.listen', personId, { on: turnOn }, why),
    record: (personId: string, turnOn: boolean, why: string) => command('sup.record', personId, { on: turnOn }, why),
    /** What waits for an answer, and before it what was answered too late. */
    asks: computed(() => {
      const waiting = state.value?.asks ?? [];
      return { waiting, late: late.value.filter(({ id }) => !waiting.some((ask) => ask.id === id)) };
    }),
    async answer(askId: string, grant: GrantSpan | null, note: string): Promise<boolean> {
      const ask = state.peek()?.asks.find(({ id }) => id === askId);
      const done = await once(askId, 'mod.supervision', () =>
        hub.ask('answerAsk', { params: { id: askId }, body: { grant, ...(note.trim() ? { note: note.trim() } : {}) } }),
      );
      if (ask && TOO_LATE.has(doing.peek().get(askId)?.problem?.code ?? '')) late.value = [...late.peek().filter(({ id }) => id !== askId), ask];
      return done;
    },
    noted: (askId: string) =>
      batch(() => {
        put(askId, null);
        late.value = late.peek().filter(({ id }) => id !== askId);
      }),
  };
});
export type Supervising = InstanceType<typeof Watching>;

const wordsOf = ({ name, profile, ...more }: WatchedPerson | AwayPerson): string => [name, profile?.name, 'activity' in more ? more.activity?.name : ''].join(' ');
