/** What the hub tells a banner: three versioned documents, each whole. */
import * as v from 'valibot';
import {
  ACCOUNT_OPTIONS,
  CHANNELS,
  LICENCES,
  PERSON_TYPES,
  RESOURCE_KINDS,
} from '../catalogue/index.ts';
import { documentSchema } from '../profile/schema.ts';
import { buttonRun, interactionView } from './interaction.ts';
import { instant, seq } from './numbers.ts';
import { notice, ownAsk } from './shapes-supervision.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const name = v.pipe(v.string(), v.maxLength(200));

export const STATUSES = ['connected', 'absent', 'busy', 'inCall', 'offline'] as const;
export type Status = (typeof STATUSES)[number];

export const resourceSummary = v.object({
  id,
  kind: v.picklist(RESOURCE_KINDS),
  name,
  attributes: v.record(v.string(), v.unknown()),
});

/** A profile one may work with, whole. */
export const profileView = v.object({
  id,
  name,
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  publishedAt: instant,
  document: documentSchema,
  resources: v.record(v.string(), resourceSummary),
});
export type ProfileView = v.InferOutput<typeof profileView>;

export const profilePart = v.object({ seq, active: v.nullable(profileView) });

export const personPart = v.object({
  seq,
  id,
  name,
  email: v.string(),
  licence: v.picklist(LICENCES),
  type: v.picklist(PERSON_TYPES),
  allow: v.array(v.string()),
  deny: v.array(v.string()),
  account: v.object({
    id,
    name,
    options: v.array(v.picklist(ACCOUNT_OPTIONS)),
    /** What invoices are in: an ISO 4217 code, and in how many decimals of it amounts are counted. An older hub says nothing of it. */
    currency: v.optional(v.object({ code: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)), decimals: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4)) })),
  }),
  /** The profiles assigned, the one at login first. */
  profiles: v.array(v.object({ id, name, atLogin: v.boolean() })),
});

const channels = <const S extends v.GenericSchema>(schema: S) =>
  v.object(Object.fromEntries(CHANNELS.map((c) => [c, schema])) as Record<(typeof CHANNELS)[number], S>);

export const situationPart = v.object({
  seq,
  sessionId: id,
  status: v.picklist(STATUSES),
  activity: v.nullable(v.object({ id, since: instant })),
  flows: channels(
    v.object({
      on: v.boolean(),
      /** Who forces it off besides the activity; `who` is the supervisor's name. */
      forced: v.nullable(v.object({ by: v.picklist(['missed', 'supervisor']), who: v.nullable(name) })),
    }),
  ),
  pauses: v.object({ inboundUntil: instant, outboundUntil: instant }),
  interactions: v.array(interactionView),
  /** The profile that takes the active one's place when what is in hand is done. */
  next: v.nullable(v.object({ profileId: id, name })),
  leases: v.array(v.object({ control: v.string(), interactionId: id })),
  /** What custom buttons started of late, the newest first: one for each button and what it was used with. */
  runs: v.optional(v.array(buttonRun)),
  /** What supervisors did of late that concerns the person, the newest first. An older hub says nothing of it. */
  notices: v.optional(v.array(notice)),
  /** What the person asked a supervisor for, the newest first. */
  asks: v.optional(v.array(ownAsk)),
  /** The voice campaigns that one is called for, and since when there was no incoming call: what call blending goes by. */
  campaigns: v.optional(v.object({ subscribed: v.array(v.object({ id, since: instant })), quietSince: instant })),
});

/** Whole: what a client holds. */
export const snapshot = v.object({
  /** Set when the hub's database is made: a client that meets another epoch starts afresh. */
  epoch: seq,
  /** The hub's clock when this was said. */
  now: instant,
  /** After this, on the hub's clock, only core controls may be shown. */
  expiresAt: instant,
  profile: profilePart,
  person: personPart,
  situation: situationPart,
});
export type Snapshot = v.InferOutput<typeof snapshot>;
export type ProfilePart = Snapshot['profile'];
export type PersonPart = Snapshot['person'];
export type SituationPart = Snapshot['situation'];

/** Pushed: the documents that changed, together where they changed together. */
export const snapshotUpdate = v.object({
  ...snapshot.entries,
  profile: v.optional(profilePart),
  person: v.optional(personPart),
  situation: v.optional(situationPart),
});
export type SnapshotUpdate = v.InferOutput<typeof snapshotUpdate>;
