/** The routes of supervision and of asking, as the banner calls them: through the background, which has the token. */
import { asks, checked } from '../api/client-ask.ts';
import type { AnyInput, CallInput, CallOptions } from '../api/client-call.ts';
import { supervisionRoutes } from '../api/routes-supervision.ts';
import type { Route } from '../api/route.ts';
import type { RouteAnswer } from '../api/routes.ts';
import type { Answer, Client } from '../session/client-state.ts';

type Name = keyof typeof supervisionRoutes;
type Input<N extends Name> = Omit<CallInput<N>, keyof CallOptions | 'key'>;

/** Never rejects: what goes wrong is a problem. A write is done once, however often its message is sent. */
export interface SupervisionHub {
  ask<N extends Name>(name: N, input: Input<N>): Promise<Answer<RouteAnswer<N>>>;
}

export const createSupervisionHub = (client: Pick<Client, 'call'>): SupervisionHub => ({
  ask: async (name, input) => {
    const route: Route = supervisionRoutes[name];
    const answer = checked(route, await client.call('ask', asks(route, input as AnyInput)));
    return (answer.ok ? { ok: true, value: answer.value.value } : answer) as never;
  },
});
