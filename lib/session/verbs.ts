/** What a frame may ask: each call of the hub pending until the hub has answered, and never done here before. */
import { clientProblem } from '../api/client-problem.ts';
import type { AnyReply, Refused } from '../api/client-call.ts';
import type { Snapshot } from '../api/snapshot.ts';
import type { Answer, ClientVerb, ClientVerbs, HubAsk } from './client-state.ts';
import { type Context, DONE, refuse } from './context.ts';
import type { Ending } from './ending.ts';
import type { Opening } from './opening.ts';
import type { Polling } from './polling.ts';
import type { Receipts } from './receipts.ts';

type Perform = {
  readonly [V in ClientVerb]: (
    key: string,
    ...args: Parameters<ClientVerbs[V]>
  ) => Promise<Answer<ReturnType<ClientVerbs[V]>>>;
};

interface Asking {
  readonly key: string;
  readonly signal: AbortSignal;
}
type Asked<T> = { readonly ok: true; readonly notModified: false; readonly value: T } | Refused;

export interface VerbsDependencies {
  readonly opening: Opening;
  readonly ending: Ending;
  readonly polling: Polling;
  readonly receipts: Receipts;
  readonly askHub: (call: HubAsk, asking: Asking) => Promise<AnyReply>;
}

export function createVerbs(context: Context, { opening, ending, polling, receipts, askHub }: VerbsDependencies): Perform {
  const { state, holding, hub, link, life } = context;

  /** Asks and, where the hub had let the session go for want of a sign of life, asks again in a new one. */
  const inSession = async <T>(key: string, ask: (asking: Asking) => Promise<Asked<T>>): Promise<Asked<T>> => {
    if (state.get().phase !== 'open') return refuse(clientProblem('client.signedOut'));
    const signal = life.signal();
    const first = await ask({ key, signal });
    if (first.ok || signal.aborted) return first;
    if (!(await polling.mend(first.problem)) || signal.aborted) return first;
    return ask({ key, signal });
  };

  const without = (control: string): string[] => {
    const { pending } = state.get();
    const at = pending.indexOf(control);
    return pending.filter((_each, index) => index !== at);
  };

  /** Pending from the call to the snapshot that confirms it, or the problem: both gone in the same state. */
  const command = async (
    control: string,
    key: string,
    ask: (asking: Asking) => Promise<Asked<Snapshot | undefined>>,
  ): Promise<Answer<void>> => {
    const signal = life.signal();
    holding.change({ pending: [...state.get().pending, control] });
    const reply = await inSession(key, ask);
    if (signal.aborted) return refuse(reply.ok ? clientProblem('client.interrupted') : reply.problem);
    const pending = without(control);
    if (reply.ok && reply.value) holding.take(reply.value, {}, { pending });
    else holding.change({ pending });
    return reply.ok ? DONE : refuse(reply.problem);
  };

  return {
    async signIn() {
      // A change of the settings may not have been told yet.
      await context.followSettings();
      return opening.signIn();
    },
    takeOver: () => opening.takeOver(),
    signOut: () => ending.signOut(),
    switchProfile: (key, profileId) => command('core.profile', key, (asking) => hub.switchProfile({ body: { profileId }, ...asking })),
    setActivity: (key, activityId) => command('core.activity', key, (asking) => hub.setActivity({ body: { activityId }, ...asking })),
    setStatus: (key, status) => command('core.status', key, (asking) => hub.setStatus({ body: { status }, ...asking })),
    setFlow: (key, channel, on) =>
      command(`flow.${channel}`, key, (asking) => hub.setFlow({ params: { channel }, body: { on }, ...asking })),
    command: (key, control, body) => command(control, key, (asking) => hub.command({ params: { control }, body, ...asking })),
    async previewProfile(key, profileId) {
      const reply = await inSession(key, ({ signal }) => hub.previewProfile({ params: { id: profileId }, signal }));
      return reply.ok ? { ok: true, value: reply.value } : refuse(reply.problem);
    },
    async refresh() {
      link.hurry();
      return polling.poll();
    },
    async ask(key, call) {
      // The token goes to the hub's own API, whatever a page says.
      if (typeof call?.path !== 'string' || !call.path.startsWith('/api/')) return refuse(clientProblem('client.failed', 'not a route of the hub'));
      const reply = await askHub(call, { key, signal: life.signal() });
      if (!reply.ok) return refuse(reply.problem);
      const { etag, notModified } = reply;
      return { ok: true, value: { value: notModified ? null : (reply.value ?? null), etag, notModified } };
    },
    painted(_key, profileId, version) {
      receipts.painted(profileId, version, state.get().confirmed ? state.get().snapshot : null);
      return Promise.resolve(DONE);
    },
  };
}
