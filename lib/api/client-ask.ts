/** A route asked through the background, which has the token but does not know the route: the page checks the answer. */
import * as v from 'valibot';
import type { Answer, HubAsk, HubAsked } from '../session/client-state.ts';
import { type AnyInput, pathOf } from './client-call.ts';
import { clientProblem } from './client-problem.ts';
import type { Route } from './route.ts';

export function asks(route: Route, { params, query, body, ifMatch, ifNoneMatch }: AnyInput): HubAsk {
  return {
    method: route.method,
    path: pathOf(route, { ...(params ? { params } : {}), ...(query ? { query } : {}) }) as HubAsk['path'],
    answers: route.answer !== undefined,
    ...(route.guard ? { guard: route.guard } : {}),
    ...(route.body ? { body } : {}),
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(ifNoneMatch ? { ifNoneMatch } : {}),
  };
}

/** The background cannot check an answer by a route that it does not know. */
export function checked(route: Route, answer: Answer<HubAsked>): Answer<HubAsked> {
  if (!answer.ok || answer.value.notModified || !route.answer) return answer;
  const parsed = v.safeParse(route.answer, answer.value.value);
  if (parsed.success) return { ok: true, value: { ...answer.value, value: parsed.output } };
  return { ok: false, problem: clientProblem('client.malformed', v.getDotPath(parsed.issues[0]) ?? undefined) };
}
