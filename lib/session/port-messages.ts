/** What travels between the background and a frame. Structured clones: no tokens, and parts only when they changed. */
import type { Part } from '../api/parts.ts';
import type { Snapshot } from '../api/snapshot.ts';
import type { Answer, ClientState, ClientVerb } from './client-state.ts';

export const CLIENT_PORT = 'pennon.client';
/** Open while a panel is: the background says in it which module's rows have changed, by its id. */
export const ROWS_PORT = 'pennon.rows';

export interface FrameMessage {
  readonly type: 'call';
  /** Made by the frame: the same call sent again after a lost port has the same, and is done once. */
  readonly id: string;
  readonly verb: ClientVerb;
  readonly args: readonly unknown[];
}

/** A snapshot without the parts that the frame has been sent before. */
export type SnapshotDelta = Omit<Snapshot, Part> & Partial<Pick<Snapshot, Part>>;

export type BackgroundMessage =
  | { readonly type: 'state'; readonly state: Omit<ClientState, 'snapshot'>; readonly snapshot: SnapshotDelta | null }
  | { readonly type: 'answer'; readonly id: string; readonly answer: Answer<unknown> };

/** What to send of a snapshot to a frame that was sent `before`. */
export function deltaOf(before: Snapshot | null, now: Snapshot | null): SnapshotDelta | null {
  if (!now) return null;
  const { profile, person, situation, ...envelope } = now;
  return {
    ...envelope,
    ...(before?.profile === profile ? {} : { profile }),
    ...(before?.person === person ? {} : { person }),
    ...(before?.situation === situation ? {} : { situation }),
  };
}

/** What `deltaOf` was made from. A part that did not change stays the same object. */
export function withDelta(before: Snapshot | null, delta: SnapshotDelta | null): Snapshot | null {
  if (!delta) return null;
  const { profile = before?.profile, person = before?.person, situation = before?.situation } = delta;
  return profile && person && situation ? { ...delta, profile, person, situation } : before;
}

/** The part of a `runtime.Port` used here. */
export interface Port {
  readonly name: string;
  readonly sender?: { readonly id?: string; readonly url?: string; readonly origin?: string } | undefined;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
  postMessage(message: unknown): void;
  disconnect(): void;
}
