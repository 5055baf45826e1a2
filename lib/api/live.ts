/**
 * The messages of the live link, over a WebSocket (`pennon.v1` at `/api/live`) or, from the hub only, as server-sent
 * events. State, not events: what is pushed is always whole documents. What is too much to be pushed, the rows of the
 * modules, is only said to have changed.
 */
import * as v from 'valibot';
import { instant, seq } from './numbers.ts';
import { snapshotUpdate } from './snapshot.ts';

export const LIVE_PROTOCOL = 'pennon.v1';
/** Both ends say something at least this often. */
export const HEARTBEAT_MS = 20_000;
/** Silence for this long is a lost link. */
export const STALL_MS = 45_000;

/** What the client holds of each document: the hub answers with what is newer. */
export const cursor = v.object({ epoch: seq, profile: seq, person: seq, situation: seq });
export type Cursor = v.InferOutput<typeof cursor>;

/**
 * The event stream is `GET /api/live` with `Accept: text/event-stream`, each event one message of the hub as `data`. What
 * `hello` says over a WebSocket stands in headers: `Authorization`, `Pennon-Session` and this one, left out by a client
 * that holds nothing.
 */
export const HOLDS_HEADER = 'Pennon-Holds';

/** `epoch.profile.person.situation` */
export const formatCursor = ({ epoch, profile, person, situation }: Cursor): string =>
  [epoch, profile, person, situation].join('.');

/** Reads what `formatCursor` wrote; null for anything else. */
export function parseCursor(text: string): Cursor | null {
  const match = /^(\d{1,15})\.(\d{1,15})\.(\d{1,15})\.(\d{1,15})$/.exec(text);
  if (!match) return null;
  const [epoch, profile, person, situation] = match.slice(1).map(Number) as [number, number, number, number];
  return { epoch, profile, person, situation };
}

export const RECEIPT_STATES = ['delivered', 'applied', 'leased', 'failed'] as const;
export const receipt = v.object({
  profileId: v.string(),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  state: v.picklist(RECEIPT_STATES),
});
export type Receipt = v.InferOutput<typeof receipt>;

export const clientMessage = v.variant('type', [
  /** Must be the first. The token never stands in an address. */
  v.object({
    type: v.literal('hello'),
    token: v.string(),
    holds: v.nullable(cursor),
    /** The session this browser opened: one taken over by another browser must not find itself in that one's. */
    sessionId: v.optional(v.string()),
  }),
  /** A new access token for the same session, before the old one runs out. */
  v.object({ type: v.literal('token'), token: v.string() }),
  v.object({ type: v.literal('beat') }),
  v.object({ type: v.literal('receipt'), ...receipt.entries }),
]);
export type ClientMessage = v.InferOutput<typeof clientMessage>;

/** Why the hub closes: after all but `stopping` and `tokenExpired` the client must not come back by itself. */
export const BYE_CODES = ['signedOut', 'takenOver', 'disconnected', 'tokenExpired', 'stopping', 'refused'] as const;

export const hubMessage = v.variant('type', [
  v.object({ type: v.literal('welcome'), sessionId: v.string(), now: instant }),
  v.object({ type: v.literal('snapshot'), ...snapshotUpdate.entries }),
  v.object({ type: v.literal('beat'), now: instant }),
  /** Rows of a module that the person sees are others than when they read its list last. Said once, until they read it again. */
  v.object({ type: v.literal('changed'), now: instant, module: v.string() }),
  v.object({
    type: v.literal('bye'),
    code: v.picklist(BYE_CODES),
    /** Come back after this many milliseconds: a spread the hub chooses, so that not all come at once. */
    retryAfterMs: v.optional(v.number()),
  }),
]);
export type HubMessage = v.InferOutput<typeof hubMessage>;
