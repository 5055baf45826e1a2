/** The Maker's routes as a page calls them: through the background, which has the token. */
import { asks, checked } from '../api/client-ask.ts';
import type { AnyInput, CallInput, CallOptions } from '../api/client-call.ts';
import type { ConsoleRouteName, Route, RouteAnswer } from '../api/routes.ts';
import { consoleRoutes } from '../api/routes-console.ts';
import type { Answer, Client } from '../session/client-state.ts';

export type ConsoleInput<N extends ConsoleRouteName> = Omit<CallInput<N>, keyof CallOptions | 'key'> & Pick<CallOptions, 'ifNoneMatch'>;

export interface Asked<N extends ConsoleRouteName> {
  /** Null where `ifNoneMatch` still holds. */
  readonly value: RouteAnswer<N>;
  readonly etag: string | null;
  readonly notModified: boolean;
}

/** Never rejects: what goes wrong is a problem. A write is done once, however often its message is sent. */
export interface ConsoleHub {
  ask<N extends ConsoleRouteName>(
    name: N,
    ...input: Record<never, never> extends ConsoleInput<N> ? [input?: ConsoleInput<N>] : [input: ConsoleInput<N>]
  ): Promise<Answer<Asked<N>>>;
}

export const createConsoleHub = (client: Pick<Client, 'call'>): ConsoleHub => ({
  ask: async (name, ...[input]) => {
    const route: Route = consoleRoutes[name];
    return checked(route, await client.call('ask', asks(route, (input ?? {}) as AnyInput))) as never;
  },
});
