/**
 * What the background must find again after the browser suspended it: in `storage.session` alone, which is memory, is
 * gone with the browser and cannot be read by content scripts. The only place where tokens are kept.
 */
import type { SessionArea } from './mirror.ts';

export const KEPT_KEY = 'pennon.kept';
export const HEARD_KEY = 'pennon.heard';

export interface Tokens {
  readonly access: string;
  /** When to get a new one, and when this one runs out; milliseconds since the epoch on this machine. */
  readonly renewAt: number;
  readonly expiresAt: number;
  readonly refresh: string | null;
  /** Whom to ask for the next. */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string | null;
  readonly clientId: string;
  readonly resource: string | null;
}

export interface Kept {
  /** The hub that all of this is about. */
  readonly hub: string | null;
  readonly tokens: Tokens | null;
  /** The session this browser opened. */
  readonly sessionId: string | null;
  /** The ETag of the snapshot last read whole. */
  readonly etag: string | null;
  /** What a frame has painted and what the hub has been told of it, as `profile@version`. */
  readonly painted: string | null;
  readonly said: { readonly delivered: string | null; readonly outcome: string | null };
}

export const NOTHING_KEPT: Kept = {
  hub: null,
  tokens: null,
  sessionId: null,
  etag: null,
  painted: null,
  said: { delivered: null, outcome: null },
};

export interface KeptStore {
  get(): Kept;
  /** Resolves when it is stored: what must not be lost is awaited. */
  save(change: Partial<Kept>): Promise<void>;
  /** Reads what an earlier life of the background kept. Called once, before anything else. */
  load(): Promise<Kept>;
  /**
   * Notes the moment of the last sign of life. Called for each message of the link: in Firefox only a call of the
   * extension API keeps the background from being suspended, a message of a socket does not.
   */
  heard(at: number): void;
  heardAt(): Promise<number | null>;
}

export function createKept(area: SessionArea): KeptStore {
  let kept = NOTHING_KEPT;
  return {
    get: () => kept,
    async save(change) {
      kept = { ...kept, ...change };
      await area.set({ [KEPT_KEY]: kept });
    },
    async load() {
      const stored = (await area.get(KEPT_KEY))[KEPT_KEY];
      kept = stored !== null && typeof stored === 'object' ? { ...NOTHING_KEPT, ...stored } : NOTHING_KEPT;
      return kept;
    },
    heard(at) {
      void area.set({ [HEARD_KEY]: at }).catch(() => {});
    },
    async heardAt() {
      const at = (await area.get(HEARD_KEY))[HEARD_KEY];
      return typeof at === 'number' ? at : null;
    },
  };
}
