/** The one state that all frames see: held, told to listeners, and mirrored for frames that open later. */
import type { ClientState } from '../session/client-state.ts';
import { createMirror, type SessionArea } from './mirror.ts';

export interface StateStore {
  /** @throws {RangeError} before `begin` */
  get(): ClientState;
  /** The first state, once what was kept has been read. */
  begin(state: ClientState): void;
  /** Changes all of these at once; listeners hear of it where something is really another value. */
  set(change: Partial<ClientState>): void;
  /** Calls back at once where there is a state, then with every later one. Returns how to stop. */
  subscribe(listener: (state: ClientState) => void): () => void;
  /** Resolves once the state held now is mirrored, or cannot be: frames open without it too, only later. */
  mirrored(): Promise<void>;
}

export function createStateStore(area: Pick<SessionArea, 'set'>): StateStore {
  const listeners = new Set<(state: ClientState) => void>();
  let held: ClientState | null = null;
  const mirror = createMirror(area);
  let mirrored: Promise<unknown> = Promise.resolve();
  const get = (): ClientState => {
    if (!held) throw new RangeError('no state yet');
    return held;
  };
  const publish = (next: ClientState) => {
    held = next;
    mirrored = Promise.all([mirrored, mirror(next)]);
    for (const listener of listeners) listener(next);
  };
  return {
    get,
    begin: publish,
    set(change) {
      const before = get();
      const keys = Object.keys(change) as (keyof ClientState)[];
      if (keys.some((key) => !Object.is(before[key], change[key]))) publish({ ...before, ...change });
    },
    subscribe(listener) {
      listeners.add(listener);
      if (held) listener(held);
      return () => listeners.delete(listener);
    },
    mirrored: () => mirrored.then(() => {}),
  };
}

export const signedOutState = (hub: string, now: number): ClientState => ({
  hub,
  phase: 'signedOut',
  ended: null,
  elsewhere: null,
  problem: null,
  connection: { state: 'signedOut', since: now, asOf: null, nextTryAt: null },
  snapshot: null,
  confirmed: false,
  clockOffset: 0,
  pending: [],
});
