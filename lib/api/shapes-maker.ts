/** What the Maker's routes take and answer with, besides profiles and snapshots. */
import * as v from 'valibot';
import { LICENCES, PERSON_TYPES, RESOURCE_KINDS } from '../catalogue/index.ts';
import { documentSchema } from '../profile/schema.ts';
import { TRANSFER_FORMAT } from '../profile/transfer.ts';
import { RECEIPT_STATES } from './live.ts';
import { id, instant, note, profileSummary, version } from './shapes.ts';

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120));
const named = v.object({ id, name: v.string() });
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const score = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100));

// —— people and teams ——

export const personSummary = v.object({
  id,
  name: v.string(),
  email: v.string(),
  licence: v.picklist(LICENCES),
  type: v.picklist(PERSON_TYPES),
  profiles: v.array(v.object({ id, name: v.string(), atLogin: v.boolean() })),
  teams: v.array(v.object({ id, name: v.string(), manages: v.boolean() })),
  /** How many extras they have, allowed and denied. */
  extras: whole,
  disabled: v.boolean(),
  online: v.boolean(),
});
export type PersonSummary = v.InferOutput<typeof personSummary>;

/** Everything about a person that an administrator may change. What is left out of a change stays. */
export const personContent = v.object({
  name,
  email: v.pipe(v.string(), v.trim(), v.email(), v.maxLength(254)),
  licence: v.picklist(LICENCES),
  type: v.picklist(PERSON_TYPES),
  /** Rights beside the profile's: field ids. Denied goes before allowed, allowed before the profile. */
  allow: v.array(v.pipe(v.string(), v.maxLength(100))),
  deny: v.array(v.pipe(v.string(), v.maxLength(100))),
  teams: v.array(v.object({ id, manages: v.boolean() })),
  /** At most one of them is the one at login. */
  profiles: v.array(v.object({ id, atLogin: v.boolean(), score })),
  disabled: v.boolean(),
});
export const newPerson = v.object({
  ...v.partial(personContent).entries,
  name: personContent.entries.name,
  email: personContent.entries.email,
  /** Of the hub's own sign-in; without one they sign in with the company's identity provider, or cannot yet. */
  password: v.optional(v.pipe(v.string(), v.minLength(8), v.maxLength(200))),
});
/** `revision` is what If-Match must name; the answer's ETag is the same. */
export const person = v.object({ id, revision: v.number(), ...personContent.entries, online: v.boolean() });
export type PersonRecord = v.InferOutput<typeof person>;

export const teamContent = v.object({ name, note, members: v.array(v.object({ personId: id, manages: v.boolean() })) });
export const team = v.object({ id, revision: v.number(), ...teamContent.entries });
export type TeamRecord = v.InferOutput<typeof team>;

/** One line of a file of people, as the import reads and the export writes it. Profiles and teams by name. */
export const personLine = v.object({
  name: v.string(),
  email: v.string(),
  licence: v.optional(v.string()),
  type: v.optional(v.string()),
  profiles: v.optional(v.array(v.string())),
  teams: v.optional(v.array(v.string())),
});

// —— resources ——

export const resourceRecord = v.object({
  id,
  kind: v.picklist(RESOURCE_KINDS),
  name: v.string(),
  attributes: v.record(v.string(), v.unknown()),
  archived: v.boolean(),
  revision: v.number(),
  /** Profiles whose published document names it. */
  profiles: whole,
});
export type ResourceRecord = v.InferOutput<typeof resourceRecord>;
/** With the profiles that name it, by name: what a change of it reaches, and what keeps it from being deleted. */
export const resourceWithUse = v.object({
  ...resourceRecord.entries,
  namedBy: v.array(
    v.object({
      id,
      name: v.string(),
      /** False where only its draft, or a publish to come, names it. */
      published: v.boolean(),
      /** How many have that profile as their active one now. */
      online: whole,
    }),
  ),
});
export type ResourceWithUse = v.InferOutput<typeof resourceWithUse>;
export const resourceContent = v.object({ name, attributes: v.record(v.string(), v.unknown()) });

// —— before and after publishing ——

const capacity = v.object({ id, name: v.string(), online: v.boolean(), inInteraction: v.boolean() });
export const impact = v.object({
  people: whole,
  online: whole,
  inInteraction: whole,
  /** Of those in an interaction, how many would keep a right until it ends. */
  keep: whole,
  /**
   * People for whom the same changes: the same licence, type and extras, on the same version. Controls by id; `kept` are
   * those of `lost` that an interaction in hand would keep. Who gains and loses nothing is in no group.
   */
  groups: v.array(
    v.object({
      gained: v.array(v.string()),
      lost: v.array(v.string()),
      kept: v.array(v.string()),
      people: v.array(capacity),
    }),
  ),
  /** People of the account, no administrators, who have no profile at all that they could take: the first hundred of them. */
  without: v.array(named),
  /** Custom buttons that nothing could carry out now, by row: `workflow` without a telephone system, `webService` without a secret. */
  unready: v.optional(v.record(v.string(), v.string())),
});
export type Impact = v.InferOutput<typeof impact>;

const receiptState = v.picklist(['queued', ...RECEIPT_STATES, 'offline']);
export const profileWatch = v.object({
  /** Names everything below: say it in the next watch. */
  tag: v.string(),
  summary: profileSummary,
  /** Of the draft: its ETag. */
  revision: v.number(),
  draftChangedBy: v.nullable(v.string()),
  /** Who has the profile open now, oneself included. */
  editors: v.array(v.object({ personId: id, name: v.string(), editing: v.boolean(), since: instant })),
  /** Of the published version: how many receipts are in each state. */
  receipts: v.object({
    version: v.nullable(version),
    counts: v.record(receiptState, whole),
    /** Who stays on earlier versions, the newest of these first: a later one was published for new assignments only. */
    pinned: v.array(v.object({ version, people: whole })),
  }),
  /** Grows when any receipt changes. */
  receiptsAt: instant,
  /** What is on just now among those on the profile, for the counters of supervision. */
  now: v.object({
    inInteraction: whole,
    activities: v.array(v.object({ id: v.nullable(id), name: v.string(), people: whole })),
    flows: v.object({ voice: whole, email: whole, messages: whole }),
  }),
});
export type ProfileWatch = v.InferOutput<typeof profileWatch>;

export const schedule = v.object({
  id,
  profileId: id,
  what: v.picklist(['publish', 'rollBack']),
  at: instant,
  until: v.nullable(instant),
  /** What a roll-back goes back from and to. */
  from: v.nullable(version),
  back: v.nullable(version),
  to: v.picklist(['everyone', 'newAssignments']),
  emergency: v.boolean(),
  message: v.string(),
  by: v.nullable(v.string()),
  /** `overtaken`: something else was published meanwhile, so it was not rolled back. */
  state: v.picklist(['waiting', 'done', 'cancelled', 'failed', 'overtaken']),
  /** With `failed`: the code of the problem. */
  problem: v.nullable(v.string()),
});
export type Schedule = v.InferOutput<typeof schedule>;

// —— files ——

/** As `lib/profile/transfer.ts` makes it. */
export const profileExport = v.object({
  format: v.literal(TRANSFER_FORMAT),
  schema: whole,
  exportedAt: v.string(),
  profiles: v.array(
    v.object({ name: v.string(), document: documentSchema, resources: v.record(v.string(), v.object({ kind: v.picklist(RESOURCE_KINDS), name: v.string() })) }),
  ),
});

/** The file that the export writes; checked by lib/profile/transfer.ts, which names the place of each error. */
export const profileImport = v.object({
  file: v.unknown(),
  /** Say what would be made, and make nothing. */
  dryRun: v.optional(v.boolean()),
});
export const imported = v.object({
  profiles: v.array(v.object({ id: v.nullable(id), name: v.string() })),
  /** Rows whose resource is not here under its id nor under its name: left out. */
  missing: v.array(v.object({ profile: v.string(), tab: v.string(), name: v.string() })),
});

// —— audit ——

export const auditEntry = v.object({
  id: v.number(),
  at: instant,
  actor: v.nullable(named),
  action: v.string(),
  subject: v.nullable(v.object({ id, name: v.nullable(v.string()), kind: v.string() })),
  before: v.unknown(),
  after: v.unknown(),
});
export type AuditEntry = v.InferOutput<typeof auditEntry>;

// —— who can ——

const can = v.object({
  allowed: v.boolean(),
  /** Why not: the reason as the banner would say it; null where allowed. */
  reason: v.nullable(v.object({ code: v.string(), layer: v.string(), setting: v.nullable(v.string()) })),
});
export const whoCan = v.object({
  profiles: v.array(v.object({ ...named.entries, ...can.entries, people: whole })),
  /** Each person with the profile at login, and with `through` each assigned profile that allows it. */
  people: v.array(v.object({ ...named.entries, ...can.entries, online: v.boolean(), through: v.array(named) })),
});
/** One row a profile or person; `cells` has one character a right, in the order of `rights`: `1` yes, `0` no. */
export const whoCanMatrix = v.object({
  rights: v.array(v.string()),
  profiles: v.array(v.object({ ...named.entries, cells: v.string() })),
  people: v.array(v.object({ ...named.entries, profile: v.nullable(v.string()), cells: v.string() })),
});
