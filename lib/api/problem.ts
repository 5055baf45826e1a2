/** Errors of the hub: RFC 9457 problem documents with a code that never changes its meaning. */
import * as v from 'valibot';

/** Every code with its HTTP status. A person reads the message `problem.<code>`; `detail` is for logs and scripts. */
export const PROBLEMS = {
  'request.invalid': 400,
  'auth.missing': 401,
  'auth.invalid': 401,
  /** Signed in, but not to this hub: nobody here has this subject. */
  'auth.unknownPerson': 403,
  forbidden: 403,
  'control.refused': 403,
  'profile.notAssigned': 403,
  /** One cannot grant what one does not have; `fields` says which, with `grant.refused` alone. */
  'grant.refused': 403,
  /** None of the people that one supervises: no queue in common, or none of one's teams. */
  'supervision.outOfReach': 403,
  notFound: 404,
  'control.unknown': 404,
  'request.method': 405,
  /** There is no open session: open one. */
  'session.none': 409,
  /** Another browser has the session; `since` and `browser` say which. */
  'session.elsewhere': 409,
  'session.ended': 409,
  'licence.full': 409,
  'profile.limit': 409,
  'profile.nameTaken': 409,
  'profile.inUse': 409,
  'profile.archived': 409,
  /** Somebody must be left who may do everything. */
  'person.lastAdministrator': 409,
  'person.emailTaken': 409,
  'team.nameTaken': 409,
  'resource.nameTaken': 409,
  /** A profile names it: `profiles` says which. */
  'resource.inUse': 409,
  /** It is in another state than the command is for: hung up already, say, or taken by somebody else. */
  'interaction.state': 409,
  /** Somebody else was quicker. */
  'interaction.taken': 409,
  /** What was asked of the connector before is not answered yet. */
  'interaction.pending': 409,
  /** Nothing is connected that could carry it out. */
  'connector.none': 409,
  /** Nothing connected takes payments; or this connector does not. */
  'connector.payments': 409,
  /** No connector carries this channel. */
  'connector.channel': 409,
  /** A custom button whose condition does not hold for this interaction or row, now. */
  'button.condition': 409,
  /** A custom button that opens a page: there is nothing for the hub to do. */
  'button.page': 409,
  /** No secret was made by which the account's web services could know the hub. */
  'service.noSecret': 409,
  /** The address of a web service is none that the hub may call. */
  'service.address': 422,
  /** It could not be reached: nothing was asked of it. */
  'service.unreachable': 502,
  /** It was asked, and did not answer in time, or not to the end: whether it was done is not known. */
  'service.timeout': 504,
  'service.lost': 502,
  /** It answered with an error; `why` says which. */
  'service.refused': 502,
  /** It answered with another address. None is followed. */
  'service.redirected': 502,
  /** It answered with something that is not what a web service answers: what it was asked is probably done. */
  'service.answer': 502,
  /** The telephone system did not start the workflow; `why` may say why. */
  'workflow.failed': 502,
  'workflow.timeout': 504,
  /** The person is not signed in: there is nothing to change. */
  'supervision.away': 409,
  /** The profile is not assigned to that person, or the activity is not in their profile, or they have no such flow. */
  'supervision.notTheirs': 409,
  /** The person's activity turns the channel off: nobody but another activity turns it on. */
  'supervision.byActivity': 409,
  /** It is not the profile that keeps the control away, or granting alone would not bring it. */
  'ask.notAskable': 409,
  /** It is asked for already, and not answered yet. */
  'ask.waiting': 409,
  /** Somebody else has answered, or there is nothing to grant any more. */
  'ask.over': 409,
  /** Whoever asked has withdrawn it: there is nothing to answer. */
  'ask.withdrawn': 409,
  /** The interaction that it was asked for is over: it cannot be granted for that any more, but for today. */
  'ask.interactionOver': 409,
  'schedule.past': 409,
  'schedule.done': 409,
  'draft.none': 409,
  /** The row is not in a state in which this can be done. */
  'record.state': 409,
  /** Why an invoice may not be cancelled. */
  'invoice.exported': 409,
  'invoice.hasPayments': 409,
  'invoice.oldMonth': 409,
  'request.replayed': 409,
  'draft.conflict': 412,
  /** Somebody else has changed the person, team or resource: read it again. */
  'record.conflict': 412,
  'request.tooLarge': 413,
  'request.type': 415,
  'document.invalid': 422,
  /** The queue or person does not take this channel, or the command is for another one. */
  'interaction.channel': 422,
  /** It cannot be read as a telephone number. */
  'number.invalid': 422,
  /** The profile does not let one call this country; `country` says which. */
  'number.country': 403,
  'number.premium': 403,
  'request.precondition': 428,
  'rate.limited': 429,
  'hub.failed': 500,
  /** The hub does not do this yet. */
  'command.unavailable': 501,
  'hub.stopping': 503,
  'hub.notReady': 503,
} as const satisfies Record<string, number>;
export type ProblemCode = keyof typeof PROBLEMS;

/** What goes wrong on the way to the hub, said by the client itself with status 0; read as `problem.<code>` too. */
export const CLIENT_PROBLEMS = {
  /** Nothing answers at the hub's address: no network, or the hub is down. */
  'client.offline': 0,
  /** The hub did not answer in time. */
  'client.timeout': 0,
  /** The hub's answer or message does not follow the contract; what was held before is kept. */
  'client.malformed': 0,
  /** Something answers at the address that is not a hub: a proxy, a portal of the network, a wrong address. */
  'client.notHub': 0,
  /** Asked for without being signed in. */
  'client.signedOut': 0,
  /** The issuer did not complete the sign-in. */
  'client.signInFailed': 0,
  /** The issuer cannot be reached. */
  'client.issuerOffline': 0,
  /** Neither https nor this machine: tokens are not sent there. */
  'client.insecure': 0,
  /** The background ended in the middle of it: whether it was done shows in the next snapshot. */
  'client.interrupted': 0,
  /** The extension was updated under this frame: reload the page. */
  'client.outdated': 0,
  /** In a preview nothing is read from a hub, and nothing done. */
  'client.preview': 0,
  /** A fault in the extension itself. */
  'client.failed': 0,
} as const satisfies Record<string, 0>;
export type ClientProblemCode = keyof typeof CLIENT_PROBLEMS;

export const reason = v.object({
  code: v.string(),
  layer: v.string(),
  setting: v.nullable(v.string()),
  askable: v.boolean(),
});

export const problem = v.looseObject({
  /** `urn:pennon:problem:<code>` */
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.string(),
  detail: v.optional(v.string()),
  /** With `control.refused`: what was refused, and why. */
  control: v.optional(v.string()),
  reason: v.optional(reason),
  /** With `grant.refused`: the fields, controls or person types that were beyond one's own rights. */
  fields: v.optional(v.array(v.string())),
  /** With `resource.inUse`: the profiles that name it. */
  profiles: v.optional(v.array(v.object({ id: v.string(), name: v.string() }))),
  /** With `request.invalid` and `document.invalid`: each thing wrong, and where. */
  issues: v.optional(
    v.array(v.object({ path: v.array(v.union([v.string(), v.number()])), message: v.string() })),
  ),
  /** Seconds, with 429 and 503: the same as the header. */
  retryAfter: v.optional(v.number()),
  /** With `session.ended`, where the hub knows why: `takenOver`, `disconnected`, `signedOut`, `expired`. */
  because: v.optional(v.string()),
  /** With `session.elsewhere`: the browser that has the session, and since when on the hub's clock. */
  browser: v.optional(v.string()),
  since: v.optional(v.number()),
});
export type Problem = v.InferOutput<typeof problem>;

export const PROBLEM_TYPE = 'application/problem+json';
export { problemType } from './problem-type.ts';
