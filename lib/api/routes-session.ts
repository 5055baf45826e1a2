/** What a banner asks of the hub. */
import * as v from 'valibot';
import { receipt } from './live.ts';
import { route } from './route.ts';
import { hubInfo, id } from './shapes.ts';
import { profileView, snapshot, STATUSES } from './snapshot.ts';

/**
 * Request header naming the session this browser opened, on all routes that need one: where another browser has taken
 * over, the answer is then `session.ended` and not that one's session. On `endSession` it keeps that one's session open.
 */
export const SESSION_HEADER = 'Pennon-Session';

export const sessionRoutes = {
  hub: route({
    method: 'GET',
    path: '/api/hub',
    summary: 'What a client must know before anybody signs in',
    tag: 'hub',
    needs: 'none',
    answer: hubInfo,
    status: 200,
    problems: [],
  }),
  openSession: route({
    method: 'POST',
    path: '/api/session',
    summary: 'Open the session: takes one licence and, with takeOver, the place of another browser',
    tag: 'session',
    needs: 'person',
    body: v.object({
      /** How the person would know this browser: "Firefox on Linux". */
      browser: v.pipe(v.string(), v.maxLength(100)),
      takeOver: v.optional(v.boolean()),
      /** The session this browser had: given back where it is still open. */
      resume: v.optional(id),
    }),
    answer: snapshot,
    status: 201,
    problems: ['licence.full', 'session.elsewhere', 'session.ended'],
    // A client that lost the answer asks again, and must not find its own session in its way.
    guard: 'key',
  }),
  endSession: route({
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out everywhere',
    tag: 'session',
    needs: 'person',
    status: 204,
    problems: [],
  }),
  banner: route({
    method: 'GET',
    path: '/api/banner',
    summary: 'The snapshot; 304 to an If-None-Match that still holds',
    tag: 'session',
    needs: 'session',
    answer: snapshot,
    status: 200,
    problems: ['session.none', 'session.ended'],
  }),
  previewProfile: route({
    method: 'GET',
    path: '/api/session/profiles/:id',
    summary: 'One of the profiles assigned, whole, to see what a switch would bring',
    tag: 'session',
    needs: 'session',
    answer: profileView,
    status: 200,
    problems: ['session.none', 'session.ended', 'profile.notAssigned'],
  }),
  switchProfile: route({
    method: 'PUT',
    path: '/api/session/profile',
    summary: 'Make another assigned profile the active one',
    tag: 'session',
    needs: 'session',
    body: v.object({ profileId: id }),
    answer: snapshot,
    status: 200,
    problems: ['session.none', 'session.ended', 'profile.notAssigned', 'control.refused'],
    guard: 'key',
  }),
  setActivity: route({
    method: 'PUT',
    path: '/api/session/activity',
    summary: 'Take up an activity of the active profile; flows follow it',
    tag: 'session',
    needs: 'session',
    body: v.object({ activityId: id }),
    answer: snapshot,
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused', 'notFound'],
    guard: 'key',
  }),
  setStatus: route({
    method: 'PUT',
    path: '/api/session/status',
    summary: 'Set the status that colleagues see',
    tag: 'session',
    needs: 'session',
    body: v.object({ status: v.picklist(STATUSES) }),
    answer: snapshot,
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused'],
    guard: 'key',
  }),
  setFlow: route({
    method: 'PUT',
    path: '/api/session/flows/:channel',
    summary: 'Turn a flow on or off',
    tag: 'session',
    needs: 'session',
    body: v.object({ on: v.boolean() }),
    answer: snapshot,
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused', 'notFound'],
    guard: 'key',
  }),
  receipts: route({
    method: 'POST',
    path: '/api/session/receipts',
    summary: 'Say what became of a publish, for clients without a WebSocket',
    tag: 'session',
    needs: 'session',
    body: receipt,
    status: 204,
    problems: ['session.none', 'session.ended'],
  }),
  command: route({
    method: 'POST',
    path: '/api/commands/:control',
    summary: 'Use a control: decided here by the same rules as in the banner',
    tag: 'commands',
    needs: 'session',
    body: v.looseObject({}),
    status: 202,
    problems: [
      'session.none', 'session.ended', 'control.refused', 'control.unknown', 'command.unavailable', 'notFound', 'record.conflict', 'record.state',
      'invoice.exported', 'invoice.hasPayments', 'invoice.oldMonth', 'supervision.outOfReach', 'supervision.away', 'supervision.notTheirs', 'supervision.byActivity',
      'interaction.state', 'interaction.taken', 'interaction.pending', 'interaction.channel', 'connector.none', 'connector.payments', 'button.condition', 'button.page', 'service.noSecret', 'service.address', 'number.invalid', 'number.country', 'number.premium',
    ],
    guard: 'key',
  }),
} as const;
