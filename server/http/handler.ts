/** What a route's handler is given and gives back; all of it typed by the route's declaration. */
import type { Selectable } from 'kysely';
import type * as v from 'valibot';
import type { ConsoleNeed, RouteAnswer, RouteName, routes } from '../../lib/api/routes.ts';
import type { ConsoleRights } from '../../lib/decide/console.ts';
import type { Authenticated } from '../auth/authenticator.ts';
import type { Connector } from '../connector/connectors.ts';
import type { Trx } from '../db/connect.ts';
import type { Db } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import type { Head } from '../session/heads.ts';

type RouteOf<N extends RouteName> = (typeof routes)[N];
type Output<S> = S extends v.GenericSchema ? v.InferOutput<S> : undefined;
type Needs<N extends RouteName> = RouteOf<N>['needs'];

/** The names after the colons of a path. */
type ParameterNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterNames<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

export type OpenSession = Selectable<Database['session']>;

export interface Call<N extends RouteName = RouteName> {
  readonly route: N;
  readonly params: Readonly<Record<ParameterNames<RouteOf<N>['path']>, string>>;
  readonly query: RouteOf<N> extends { query: infer Q } ? Output<Q> : undefined;
  /** Validated. */
  readonly body: RouteOf<N> extends { body: infer B } ? Output<B> : undefined;
  /** The person of the token. */
  readonly person: Needs<N> extends 'none' | 'connector' ? null : Authenticated;
  /** The connector of the token. */
  readonly connector: Needs<N> extends 'connector' ? Connector : null;
  /**
   * What that person may do in the Maker. That they may use the route, and what its `:id` names, is decided already; what
   * it lists, what else it names and what it would grant is for the handler.
   */
  readonly console: Needs<N> extends ConsoleNeed ? ConsoleRights : null;
  /** The open session of that person, as it was when the request began. */
  readonly session: Needs<N> extends 'session' ? OpenSession : null;
  /** The session that the browser says it opened; null where it does not say. */
  readonly ownSession: string | null;
  /**
   * For a read the pool; for a write the one transaction that the whole handler runs in: it commits when the handler
   * returns and rolls back when it throws. The idempotency key is kept in it, so a handler need not think of it.
   */
  readonly db: Needs<N> extends never ? never : RouteOf<N>['method'] extends 'GET' ? Db : Trx;
  /** Runs after the commit, before the answer; not run when nothing is committed, as with a replay. */
  afterCommit(run: () => void | Promise<void>): void;
  /** The ETag that If-Match names, without quotes; there where the route is guarded by it, else null. */
  readonly ifMatch: RouteOf<N> extends { guard: 'ifMatch' } ? string : string | null;
  /** The ETags that If-None-Match names, without quotes; serve.ts answers 304 where the reply's is one of them. */
  readonly ifNoneMatch: readonly string[];
  readonly log: Logger;
}

export type Reply<N extends RouteName = RouteName> = (RouteAnswer<N> extends undefined
  ? { readonly answer?: undefined }
  : { readonly answer: RouteAnswer<N> }) & {
  /** Without quotes. */
  readonly etag?: string;
  /** What the ETag was made of: as long as that is so, the same request is answered 304 without another look. */
  readonly head?: Head;
  /**
   * The answer is the snapshot of this session. Of such a write only that it was done is kept under its key: a repetition
   * is answered with how things are then.
   */
  readonly ofSession?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** @throws {ProblemError} to refuse; anything else thrown is answered `hub.failed` and logged */
export type Handler<N extends RouteName> = (call: Call<N>) => Promise<Reply<N>>;
export type Handlers = { readonly [N in RouteName]: Handler<N> };
