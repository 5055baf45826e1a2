/** What supervisors see and do, and what the people concerned are told of it. */
import * as v from 'valibot';
import { ACTIVITY_CATEGORIES, CHANNELS } from '../catalogue/index.ts';
import { instant } from './numbers.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const name = v.pipe(v.string(), v.maxLength(200));
/** Milliseconds since the epoch, on the hub's clock. */

/** Why a supervisor does something, in their own words. */
export const why = v.pipe(v.string(), v.trim(), v.maxLength(200));

/** The IANA name of a time zone. One that the hub does not know counts as the hub's own. */
export const timeZone = v.pipe(v.string(), v.maxLength(64), v.regex(/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/));

export const NOTICE_KINDS = [
  'asked', 'flowOff', 'flowOn', 'profile', 'activity', 'disconnected', 'listened', 'recorded', 'recordedNoMore',
  'grantedToday', 'grantedInteraction', 'declined', 'grantEnded',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What somebody else did that concerns the person: said once, and kept for a while to be read again. */
export const notice = v.object({
  id,
  at: instant,
  kind: v.picklist(NOTICE_KINDS),
  /** Whose doing it is; null for the hub's own, or somebody who is gone. */
  who: v.nullable(name),
  why: v.string(),
  /** What it was done to: a profile or an activity by its name, else a channel or a control. */
  detail: v.object({ name: v.optional(name), channel: v.optional(v.picklist(CHANNELS)), control: v.optional(v.string()) }),
  seen: v.boolean(),
});
export type Told = v.InferOutput<typeof notice>;

export const GRANT_SPANS = ['interaction', 'today'] as const;
export type GrantSpan = (typeof GRANT_SPANS)[number];

/** What the person has asked for: waiting, or answered a while ago. */
export const ownAsk = v.object({
  id,
  control: v.string(),
  at: instant,
  /** Null while it waits. */
  answer: v.nullable(v.picklist([...GRANT_SPANS, 'declined'])),
});
export type OwnAsk = v.InferOutput<typeof ownAsk>;

const activity = v.object({ id, name, category: v.picklist(ACTIVITY_CATEGORIES) });
export type WatchedActivity = v.InferOutput<typeof activity>;

export const watchedInteraction = v.object({
  channel: v.picklist(CHANNELS),
  phase: v.picklist(['offered', 'live', 'wrapup']),
  since: instant,
  /** The name of its queue; null for one that came directly. */
  queue: v.nullable(name),
  recording: v.boolean(),
  /** Automatically: nobody ends that. */
  autoRecorded: v.boolean(),
  /** Whether the one who watches hears with. */
  listening: v.boolean(),
});
export type WatchedInteraction = v.InferOutput<typeof watchedInteraction>;

const watchedFlow = v.object({
  channel: v.picklist(CHANNELS),
  on: v.boolean(),
  /** The activity turns the channel on; else it is off whatever anybody wants. */
  possible: v.boolean(),
  forced: v.nullable(v.object({ by: v.picklist(['missed', 'supervisor']), who: v.nullable(name) })),
});
export type WatchedFlow = v.InferOutput<typeof watchedFlow>;

export const watchedPerson = v.object({
  id,
  name,
  /** Those of the supervisor's queues that the person is on. */
  queues: v.array(id),
  /** Those of the supervisor's voice campaigns that the person has subscribed to. */
  campaigns: v.optional(v.array(id), []),
  profile: v.nullable(v.object({ id, name, version: v.number() })),
  /** What they may be put on. */
  profiles: v.array(v.object({ id, name })),
  activity: v.nullable(v.object({ ...activity.entries, since: instant })),
  status: v.string(),
  /** Of the channels that the profile gives, the others are left out. */
  flows: v.array(watchedFlow),
  /** Null while something is heard of their browser; else when it last was. */
  lostSince: v.nullable(instant),
  sessionSince: instant,
  interaction: v.nullable(watchedInteraction),
});
export type WatchedPerson = v.InferOutput<typeof watchedPerson>;

/** Somebody who is not signed in, as they would be if they were: nothing can be done with them. */
export const awayPerson = v.object({
  id,
  name,
  queues: v.array(id),
  profile: v.object({ id, name }),
  /** When they were last there; null where they never were. */
  since: v.nullable(instant),
});
export type AwayPerson = v.InferOutput<typeof awayPerson>;

export const watchedAsk = v.object({
  id,
  personId: id,
  name,
  control: v.string(),
  note: v.string(),
  at: instant,
  /** Whether the supervisor has what would be granted. */
  mayGrant: v.boolean(),
  /** The interaction that it was asked for is over: it cannot be granted for that. An older hub does not say. */
  interactionOver: v.optional(v.boolean(), false),
  /** When a grant for today would end: the next midnight where the person is. */
  dayEnds: v.optional(instant),
});
export type WatchedAsk = v.InferOutput<typeof watchedAsk>;

export const watchedCampaign = v.object({
  id,
  name,
  active: v.boolean(),
  /** In reach, and subscribed to it; and of those in reach who are on a call of it. */
  people: v.number(),
  onCall: v.number(),
  /** Called ahead, and not answered yet; and those who answered, and wait for somebody. */
  dialling: v.number(),
  waiting: v.number(),
});
export type WatchedCampaign = v.InferOutput<typeof watchedCampaign>;

export const supervisionWatch = v.object({
  /** The same for the same state. */
  tag: v.string(),
  queues: v.array(
    v.object({
      id,
      name,
      people: v.number(),
      /** How many of them have the flow on, for the channels that they have on this queue. */
      flows: v.object(Object.fromEntries(CHANNELS.map((channel) => [channel, v.number()])) as Record<(typeof CHANNELS)[number], v.NumberSchema<undefined>>),
    }),
  ),
  campaigns: v.optional(v.array(watchedCampaign), []),
  people: v.array(watchedPerson),
  away: v.optional(v.array(awayPerson), []),
  /** What people on a version of a profile may take up, by `<profile> <version>`. */
  activities: v.record(v.string(), v.array(activity)),
  asks: v.array(watchedAsk),
});
export type SupervisionWatch = v.InferOutput<typeof supervisionWatch>;
export type WatchedQueue = SupervisionWatch['queues'][number];
