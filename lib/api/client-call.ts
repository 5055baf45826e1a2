/** What a call of the hub takes and gives, route by route, derived from the routes themselves. */
import type { Problem } from './problem.ts';
import type { Route } from './route.ts';
import type { RouteAnswer, RouteBody, RouteName, routes } from './routes.ts';
import type * as v from 'valibot';

type ParameterNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterNames<Rest>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;

type Of<N extends RouteName> = (typeof routes)[N];
type Parameters_<N extends RouteName> = [ParameterNames<Of<N>['path']>] extends [never]
  ? unknown
  : { readonly params: Readonly<Record<ParameterNames<Of<N>['path']>, string>> };
type Body<N extends RouteName> = RouteBody<N> extends undefined ? unknown : { readonly body: RouteBody<N> };
type Query<N extends RouteName> = Of<N> extends { query: infer Q extends v.GenericSchema }
  ? { readonly query?: v.InferInput<Q> }
  : unknown;
type Guard<N extends RouteName> = Of<N> extends { guard: 'ifMatch' }
  ? { /** The ETag that was read. */ readonly ifMatch: string }
  : Of<N> extends { guard: 'key' }
    ? { /** Made for the call where absent. The same key again is the same write, done once. */ readonly key?: string }
    : unknown;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** The ETag of what is held: the answer may then be that it still holds. */
  readonly ifNoneMatch?: string | null;
  /** Tries altogether, where the call may be tried again; 3 where absent. */
  readonly attempts?: number;
}

export type CallInput<N extends RouteName> = CallOptions & Parameters_<N> & Body<N> & Query<N> & Guard<N>;

export type Refused = { readonly ok: false; readonly problem: Problem };
export type Answered<T> = { readonly ok: true; readonly notModified: false; readonly value: T; readonly etag: string | null };
export type NotModified = { readonly ok: true; readonly notModified: true; readonly etag: string | null };
/** Only the two reads that carry an ETag can answer that it still holds. */
export type Reply<N extends RouteName> =
  | Refused
  | Answered<RouteAnswer<N>>
  | (N extends 'banner' | 'readDraft' ? NotModified : never);

/** One function a route: `hub.switchProfile({ body: { profileId } })`. Never rejects: what goes wrong is a problem. */
export type HubClient = {
  readonly [N in RouteName]: (
    ...input: Record<never, never> extends CallInput<N> ? [input?: CallInput<N>] : [input: CallInput<N>]
  ) => Promise<Reply<N>>;
};

/** The same, as code that serves all routes reads it. */
export interface AnyInput extends CallOptions {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly key?: string;
}
export type AnyReply = Refused | Answered<unknown> | NotModified;

/** The path of a route with its parameters filled in. @throws {RangeError} for a parameter that is missing */
export function pathOf(route: Route, { params = {}, query = {} }: Pick<AnyInput, 'params' | 'query'>): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_all, name: string) => {
    const value = params[name];
    if (value === undefined || value === '') throw new RangeError(`${route.path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const asked = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return asked.length > 0 ? `${path}?${new URLSearchParams(asked)}` : path;
}
