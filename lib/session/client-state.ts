/**
 * What the background tells every frame (banner, side panel, popup, options) through its port, and what a frame may
 * ask of it. A frame never sees a token.
 */
import type { Problem } from '../api/problem.ts';
import type { ProfileView, Snapshot, Status } from '../api/snapshot.ts';
import type { Route } from '../api/route.ts';
import type { Channel, ControlId } from '../catalogue/index.ts';
import type { ConnectionState } from '../decide/index.ts';

/** Where the person stands on the way from signed out to an open session. */
export type Phase = 'signedOut' | 'signingIn' | 'opening' | 'elsewhere' | 'open';

export interface ClientState {
  /** Address of the hub, without a trailing slash. */
  readonly hub: string;
  readonly phase: Phase;
  /** Why the last session ended, where it ended by itself. */
  readonly ended: 'takenOver' | 'disconnected' | 'expired' | null;
  /** With phase `elsewhere`: the browser that has the session, and since when. */
  readonly elsewhere: { readonly browser: string; readonly since: number } | null;
  /**
   * What went wrong with signing in or opening the session or, in an open one, with what the hub said last; null once it
   * goes well. What went wrong with a call is its answer.
   */
  readonly problem: Problem | null;
  readonly connection: {
    readonly state: ConnectionState;
    /** Since when it is in this state, and when the hub last confirmed the snapshot; this machine's clock. */
    readonly since: number;
    readonly asOf: number | null;
    readonly nextTryAt: number | null;
  };
  /** The last snapshot, kept when the link is lost; null when signed out. */
  readonly snapshot: Snapshot | null;
  /** False for a snapshot painted from the cache that the hub has not confirmed yet. */
  readonly confirmed: boolean;
  /** The hub's clock minus this machine's, in milliseconds. */
  readonly clockOffset: number;
  /** Controls whose command is on its way. */
  readonly pending: readonly string[];
}

/** What a frame may ask. Each answers once, with a value or a problem. */
export interface ClientVerbs {
  signIn(): void;
  takeOver(): void;
  signOut(): void;
  switchProfile(profileId: string): void;
  previewProfile(profileId: string): ProfileView;
  setActivity(activityId: string): void;
  setStatus(status: Status): void;
  setFlow(channel: Channel, on: boolean): void;
  command(control: ControlId | `${ControlId}.${string}`, body: Record<string, unknown>): void;
  /** Asks the hub now whether anything is newer; answers when it has said. */
  refresh(): void;
  /** Asks the hub what an administrator asks of it. */
  ask(call: HubAsk): HubAsked;
  /** A frame has painted this version of the active profile: the receipt *applied*. */
  painted(profileId: string, version: number): void;
}
export type ClientVerb = keyof ClientVerbs;

/**
 * A call of the hub for one of the extension's own pages, which knows the route and checks the answer by it
 * (`lib/console/hub.ts`): the background carries neither the Maker's routes nor their schemas.
 */
export interface HubAsk {
  readonly method: Route['method'];
  /** Filled in, with its query. */
  readonly path: `/api/${string}`;
  readonly guard?: Route['guard'];
  /** Whether the answer has a body. */
  readonly answers: boolean;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string | null;
}
export interface HubAsked {
  /** Null where the answer has no body, or what `ifNoneMatch` names still holds. */
  readonly value: unknown;
  readonly etag: string | null;
  readonly notModified: boolean;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** The background as a frame sees it; made over a port, or by hand in tests. */
export interface Client {
  /** Calls back at once with the state held, then with every later one. Returns how to stop. */
  subscribe(listener: (state: ClientState) => void): () => void;
  call<V extends ClientVerb>(verb: V, ...args: Parameters<ClientVerbs[V]>): Promise<Answer<ReturnType<ClientVerbs[V]>>>;
}
