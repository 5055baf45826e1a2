/** What a supervisor reads, and how people ask them for what their profile does not give. */
import * as v from 'valibot';
import { route } from './route.ts';
import { GRANT_SPANS, supervisionWatch, timeZone, why } from './shapes-supervision.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const digits = v.pipe(v.string(), v.regex(/^\d{1,3}$/));

export const supervisionRoutes = {
  watchSupervision: route({
    method: 'GET',
    path: '/api/supervision/watch',
    summary: 'The people in reach: at once where that is not what `tag` names, else when it changes or after `wait` seconds',
    tag: 'session',
    needs: 'session',
    query: v.object({ tag: v.optional(v.pipe(v.string(), v.maxLength(100))), wait: v.optional(digits) }),
    answer: supervisionWatch,
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused'],
  }),
  seeNotices: route({
    method: 'POST',
    path: '/api/session/notices/seen',
    summary: 'Say that these notices have been shown',
    tag: 'session',
    needs: 'session',
    body: v.object({ ids: v.pipe(v.array(id), v.maxLength(50)) }),
    status: 204,
    problems: ['session.none', 'session.ended'],
  }),
  makeAsk: route({
    method: 'POST',
    path: '/api/asks',
    summary: 'Ask a supervisor for a control that the profile keeps away',
    tag: 'session',
    needs: 'session',
    body: v.object({ control: id, note: v.optional(why), timeZone: v.optional(timeZone) }),
    answer: v.object({ id }),
    status: 201,
    problems: ['session.none', 'session.ended', 'control.unknown', 'ask.notAskable', 'ask.waiting'],
    guard: 'key',
  }),
  withdrawAsk: route({
    method: 'DELETE',
    path: '/api/asks/:id',
    summary: 'Withdraw what one has asked for oneself, while nobody has answered it',
    tag: 'session',
    needs: 'session',
    status: 204,
    problems: ['session.none', 'session.ended', 'notFound', 'ask.over'],
    guard: 'key',
  }),
  answerAsk: route({
    method: 'POST',
    path: '/api/asks/:id/answer',
    summary: 'Grant what was asked for, for one interaction or for today, or decline with null',
    tag: 'session',
    needs: 'session',
    body: v.object({ grant: v.nullable(v.picklist(GRANT_SPANS)), note: v.optional(why) }),
    status: 204,
    problems: ['session.none', 'session.ended', 'control.refused', 'notFound', 'supervision.outOfReach', 'grant.refused', 'ask.over', 'ask.withdrawn', 'ask.interactionOver'],
    guard: 'key',
  }),
} as const;
