/** The banner's model: what it draws, derived from what the background says, and what a person can ask for. */
import { batch, computed, createModel, effect, signal } from '@preact/signals-core';
import type { Problem } from '../api/problem.ts';
import type { Status } from '../api/snapshot.ts';
import type { Channel, ControlId } from '../catalogue/index.ts';
import type { Answer, Client, ClientState, ClientVerb, ClientVerbs } from '../session/client-state.ts';
import { Arrangement } from './arrangement.ts';
import type { Clock } from './clock.ts';
import { lazyHub } from './interaction/lazy-hub.ts';
import type { BarItem } from './items.ts';
import { newsBetween, type Seen, seenOf } from './news.ts';
import type { SpokenFor } from './modules/script-for.ts';
import { Notices } from './notices.ts';
import { Switching } from './switching.ts';
import { createViewOf } from './view.ts';

/**
 * What can be open over or below the bar, one at a time: a menu, or by its control's id the panel of a module, the form
 * of what one starts, a pool, or something about the interaction that the card shows.
 */
export type Surface = 'profile' | 'activity' | 'status' | 'more' | 'why' | 'connection' | 'interactions' | `${'mod' | 'out' | 'pool' | 'int'}.${string}`;

/** Menus close on a press elsewhere; what one reads beside the page, or types into, stays until it is closed. */
export const stays = (surface: Surface | null): boolean =>
  surface !== null && /^(?:mod|out|pool|int)\./.test(surface) && surface !== 'int.transfer' && surface !== 'int.more';

/** What a telephone link opens, the first that the profile has. */
export const CALLS = ['out.voice.direct', 'out.voice.smart'] as const satisfies readonly ControlId[];

export const BannerModel = createModel((client: Client, clock: Clock, openPage: (address: string) => void) => {
  const state = signal<ClientState | null>(null);
  /** This machine's clock at the last change of anything: what is decided by. */
  const moment = signal(clock.now());
  const surface = signal<Surface | null>(null);
  /** Verbs asked and not answered, by name and argument. */
  const asking = signal<ReadonlySet<string>>(new Set());
  /** The control whose absence or lock "why" was opened for; null where it was opened for all of them. */
  const explained = signal<string | null>(null);
  /** Counts the wishes to have the keyboard in the bar. */
  const focusWishes = signal(0);
  /** The number of a link that was pressed on the page: what a form opens with. */
  const dialled = signal('');
  /** For what a panel of scripts was opened: it opens with the script of that queue, in that language. */
  const spokenFor = signal<SpokenFor | null>(null);

  effect(() =>
    client.subscribe((next) =>
      batch(() => {
        state.value = next;
        moment.value = clock.now();
      }),
    ),
  );
  effect(() => wakeAtBoundaries(state.value, clock, (now) => (moment.value = now)));

  const viewOf = createViewOf();
  const view = computed(() => viewOf(state.value, moment.value));
  const items = computed(() => view.value.items);
  /** Controls whose command is on its way, and custom buttons whose workflow or web service is. */
  const running = computed<ReadonlySet<string>>(() => {
    const { situation, snapshot } = view.value;
    const runs = snapshot?.situation.runs ?? [];
    return new Set([...situation.pending, ...runs.flatMap(({ state, control }) => (state === 'pending' ? control : []))]);
  });
  const tick = tickOf(clock);
  /** The hub's clock, in milliseconds; moves every second while something shows it. */
  const hubNow = computed(() => tick.value + (state.value?.clockOffset ?? 0));

  /** The profile that this frame asked to switch to, and how to close what it was asked in. */
  let asked: string | null = null;
  let closeAsked = () => {};
  /** How often anything was opened or closed: tells one opening from another. */
  let openings = 0;
  const notices = new Notices(clock);
  const switching = new Switching(client, view);
  const arrangement = new Arrangement(items, () => asked !== null && view.peek().active?.id === asked, clock);

  let seen: Seen | null = null;
  effect(() => {
    const next = view.value;
    const after = seenOf(next);
    const news = newsBetween(seen, after, next, asked);
    if (asked !== null && asked === after?.profileId) {
      asked = null;
      // With the bar itself, and not once more for it.
      closeAsked();
    }
    // Between two sessions there is nothing to compare: who signs in again starts afresh.
    if (after || next.phase === 'signedOut') seen = after;
    if (news) notices.say(news);
  });
  // What was said of a lost link is over once the link is back, and nothing is said beside a bar that says it itself.
  effect(() => {
    const now = state.value;
    const said = notices.current.peek();
    if (!now || said?.kind !== 'problem') return;
    const linkIsBack = now.connection.state === 'live' && said.problem.code.startsWith('client.');
    if (linkIsBack || barSays(now, said.problem)) notices.dismiss();
  });

  async function ask<V extends ClientVerb>(key: string, verb: V, ...args: Parameters<ClientVerbs[V]>): Promise<Answer<ReturnType<ClientVerbs[V]>> | null> {
    if (asking.peek().has(key)) return null;
    asking.value = new Set([...asking.peek(), key]);
    const answer = await client.call(verb, ...args);
    asking.value = new Set([...asking.peek()].filter((other) => other !== key));
    if (!answer.ok && !barSays(state.peek(), answer.problem)) notices.say({ kind: 'problem', problem: answer.problem });
    return answer;
  }

  const open = (next: Surface | null) => {
    openings += 1;
    if (next === 'profile') {
      switching.forget();
      const active = view.peek().active;
      if (active) void switching.choose(active.id);
    }
    // What was said has been seen, and what opens would stand half over it.
    if (next !== null) notices.dismiss();
    dialled.value = '';
    spokenFor.value = null;
    if (next !== 'why') explained.value = null;
    surface.value = next;
  };

  /** How to close what is open now: it does nothing where that was closed meanwhile, be the same open anew. */
  const closer = (): (() => void) => {
    const mine = openings;
    return () => {
      if (openings === mine) open(null);
    };
  };

  const verbs = {
    toggle: (which: Surface) => open(surface.peek() === which ? null : which),
    close: () => open(null),
    closer,
    /** From the card of an interaction: what one is to say to that customer. */
    openScript(wanted: SpokenFor) {
      const closes = surface.peek() === 'mod.scripts';
      open(closes ? null : 'mod.scripts');
      if (!closes) spokenFor.value = wanted;
    },
    /** Says why a control is locked, and offers to ask for it. */
    explain(id: string) {
      explained.value = id;
      open('why');
    },
    signIn: () => ask('signIn', 'signIn'),
    takeOver: () => ask('takeOver', 'takeOver'),
    signOut: () => ask('signOut', 'signOut').then(() => open(null)),
    openSwitcher: () => open('profile'),
    focusBar: () => void (focusWishes.value += 1),
    /** A telephone link was pressed on the page: opens the form of a call, filled in. It is the person who calls. */
    dial(number: string) {
      const way = CALLS.find((id) => view.peek().decisions.of(id).shown);
      if (!way) return;
      open(way);
      dialled.value = number;
    },
    async switchTo(profileId: string) {
      asked = profileId;
      const close = (closeAsked = closer());
      const answer = await ask('switch', 'switchProfile', profileId);
      const waits = view.peek().snapshot?.situation.next?.profileId === profileId;
      if (!answer?.ok || waits) asked = null;
      // One that waits for the end of an interaction stands in the list, to be withdrawn.
      if (answer?.ok && !waits) close();
    },
    /** Stays on the active profile after all. */
    async withdrawNext() {
      if (asking.peek().has('withdrawNext')) return;
      asking.value = new Set([...asking.peek(), 'withdrawNext']);
      const answer = await lazyHub(client).withdrawNext();
      asking.value = new Set([...asking.peek()].filter((other) => other !== 'withdrawNext'));
      if (!answer.ok) notices.say({ kind: 'problem', problem: answer.problem });
    },
    setActivity(activityId: string) {
      open(null);
      return ask('activity', 'setActivity', activityId);
    },
    setStatus(status: Status) {
      open(null);
      return ask('status', 'setStatus', status);
    },
    toggleFlow(channel: Channel) {
      const on = view.peek().situation.flows[channel].on;
      return ask(`flow.${channel}`, 'setFlow', channel, !on);
    },
    async refresh() {
      const version = view.peek().active?.version ?? null;
      const close = closer();
      const answer = await ask('refresh', 'refresh');
      const { active } = view.peek();
      close();
      if (answer?.ok && (active?.version ?? null) === version) {
        notices.say({ kind: 'upToDate', name: active?.name ?? null, version, at: clock.now() });
      }
    },
    /** Uses a control that is a command. */
    command: (id: BarItem['id']) => ask(`command.${id}`, 'command', id as Parameters<ClientVerbs['command']>[0], {}),
    /** Opens the page of a custom button; a workflow or web service is a command, one at a time. */
    custom(item: BarItem) {
      const address = pageOf(item);
      if (address) openPage(address);
      else if (!running.peek().has(item.id)) void verbs.command(item.id);
    },
    painted(profileId: string, version: number) {
      void client.call('painted', profileId, version);
    },
  };

  /** For what is loaded later and asks by itself. */
  const call: Client['call'] = (verb, ...args) => client.call(verb, ...args);

  return { state, view, surface, explained, asking, running, focusWishes, dialled, spokenFor, hubNow, notices, switching, arrangement, clock, call, openPage, ...verbs };
});
export type Banner = InstanceType<typeof BannerModel>;

/** Whether the bar itself, there being no session, already says what is wrong. */
export function barSays(state: ClientState | null, { code }: Pick<Problem, 'code'>): boolean {
  if (!state || state.phase === 'open') return false;
  return state.problem?.code === code || (state.phase === 'elsewhere' && code === 'session.elsewhere');
}

/** The address a custom button opens: only a web page, and only where it is a well-formed address. */
export function pageOf({ resource }: Pick<BarItem, 'resource'>): string | null {
  const { opens, target } = resource?.attributes ?? {};
  if (opens !== 'url' || typeof target !== 'string' || !URL.canParse(target)) return null;
  return /^https?:$/.test(new URL(target).protocol) ? target : null;
}

/** Wakes at each instant that changes a decision by itself: the end of a pause, the expiry of the snapshot. */
function wakeAtBoundaries(state: ClientState | null, clock: Clock, wake: (now: number) => void): () => void {
  const snapshot = state?.snapshot;
  if (!snapshot) return () => {};
  const { pauses } = snapshot.situation;
  const instants = [snapshot.expiresAt, pauses.inboundUntil, pauses.outboundUntil].map((at) => at - state.clockOffset);
  let callOff = () => {};
  const arm = () => {
    const now = clock.now();
    const next = Math.min(...instants.filter((at) => at > now));
    if (!Number.isFinite(next)) return;
    callOff = clock.after(next - now, () => {
      wake(clock.now());
      arm();
    });
  };
  arm();
  return () => callOff();
}

/** This machine's clock, moving every second only while somebody watches. */
function tickOf(clock: Clock) {
  let callOff = () => {};
  const tick = signal(clock.now(), {
    watched() {
      const beat = () => {
        tick.value = clock.now();
        callOff = clock.after(1000 - (clock.now() % 1000), beat);
      };
      beat();
    },
    unwatched: () => callOff(),
  });
  return tick;
}
