/** What a banner reads of interactions, and the profile that waits for the end of one. What one does with them are commands. */
import * as v from 'valibot';
import { CHANNELS } from '../catalogue/index.ts';
import { interactionView } from './interaction.ts';
import { route } from './route.ts';
import { id } from './shapes.ts';
import { snapshot } from './snapshot.ts';

/** What was written, the oldest first. */
export const threadMessage = v.object({
  /** Grows with each that is written. An older hub says none. */
  id: v.optional(v.number()),
  at: v.number(),
  /** `customer`, or the name of whoever wrote for the centre. */
  by: v.string(),
  mine: v.boolean(),
  text: v.string(),
});

export const waiting = v.object({
  id,
  channel: v.picklist(CHANNELS),
  queue: v.object({ id, name: v.string() }),
  /** Masked where the profile says so. */
  customer: v.string(),
  subject: v.string(),
  offeredAt: v.number(),
});
export type Waiting = v.InferOutput<typeof waiting>;

export const interactionRoutes = {
  readInteraction: route({
    method: 'GET',
    path: '/api/interactions/:id',
    summary: 'An interaction in one’s hands, with what was written and what happened',
    tag: 'interactions',
    needs: 'session',
    answer: v.object({
      interaction: interactionView,
      thread: v.array(threadMessage),
      history: v.array(v.object({ at: v.number(), event: v.string(), who: v.nullable(v.string()) })),
    }),
    status: 200,
    problems: ['session.none', 'session.ended', 'notFound'],
  }),
  listPool: route({
    method: 'GET',
    path: '/api/pools/:channel',
    summary: 'What waits in the queues of the active profile, the longest waiting first; taken by the command `pool.<channel>`',
    tag: 'interactions',
    needs: 'session',
    answer: v.object({ waiting: v.array(waiting) }),
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused', 'notFound'],
  }),
  transferTargets: route({
    method: 'GET',
    path: '/api/interactions/:id/targets',
    summary: 'To whom an interaction may be passed on by the profile’s rights and transfer rules, and who of them is free',
    tag: 'interactions',
    needs: 'session',
    answer: v.object({
      queues: v.array(v.object({ id, name: v.string(), free: v.number(), waiting: v.number() })),
      advisors: v.array(v.object({ id, name: v.string(), status: v.string(), free: v.boolean() })),
      externals: v.array(v.object({ id, name: v.string(), address: v.string() })),
      routings: v.array(v.object({ id, name: v.string() })),
    }),
    status: 200,
    problems: ['session.none', 'session.ended', 'notFound'],
  }),
  checkNumber: route({
    method: 'GET',
    path: '/api/numbers/:channel',
    summary: 'What a telephone number is as it was typed, and whether the active profile lets one reach it by voice or messages',
    tag: 'interactions',
    needs: 'session',
    query: v.object({ typed: v.pipe(v.string(), v.maxLength(60)) }),
    answer: v.object({
      /** Null where it cannot be read as one. */
      number: v.nullable(v.object({ e164: v.string(), country: v.nullable(v.string()), shown: v.string() })),
      /** Why it cannot be reached; null where it can. */
      problem: v.nullable(v.picklist(['number.invalid', 'number.country', 'number.premium'])),
    }),
    status: 200,
    problems: ['session.none', 'session.ended', 'notFound'],
  }),
  writeNote: route({
    method: 'PUT',
    path: '/api/interactions/:id/note',
    summary: 'Write down something about an interaction in one’s hands',
    tag: 'interactions',
    needs: 'session',
    body: v.object({ note: v.pipe(v.string(), v.maxLength(4000)) }),
    answer: snapshot,
    status: 200,
    problems: ['session.none', 'session.ended', 'notFound'],
    guard: 'key',
  }),
  sendMessage: route({
    method: 'POST',
    path: '/api/interactions/:id/messages',
    summary: 'Answer an email or message that one has accepted',
    tag: 'interactions',
    needs: 'session',
    body: v.object({ text: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(20_000)) }),
    answer: snapshot,
    status: 200,
    problems: ['session.none', 'session.ended', 'notFound', 'interaction.state', 'interaction.channel'],
    guard: 'key',
  }),
  markRead: route({
    method: 'PUT',
    path: '/api/interactions/:id/read',
    summary: 'Say up to which message one has looked at what was written; of an earlier one it changes nothing',
    tag: 'interactions',
    needs: 'session',
    body: v.object({ to: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    answer: snapshot,
    status: 200,
    problems: ['session.none', 'session.ended', 'notFound'],
    guard: 'key',
  }),
  withdrawNextProfile: route({
    method: 'DELETE',
    path: '/api/session/next-profile',
    summary: 'Stay on the active profile after all',
    tag: 'session',
    needs: 'session',
    answer: snapshot,
    status: 200,
    problems: ['session.none', 'session.ended'],
    guard: 'key',
  }),
} as const;
