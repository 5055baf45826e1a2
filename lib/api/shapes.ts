/** What the profiles' routes answer with, besides whole profiles and snapshots. */
import * as v from 'valibot';
import { documentSchema } from '../profile/schema.ts';
import { RECEIPT_STATES } from './live.ts';
import { instant } from './numbers.ts';

export const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
export const version = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 31 - 1));
export { instant };
export const note = v.pipe(v.string(), v.maxLength(500));

export const profileSummary = v.object({
  id,
  name: v.string(),
  reference: v.string(),
  version: v.nullable(version),
  people: v.number(),
  online: v.number(),
  hasDraft: v.boolean(),
  archived: v.boolean(),
  /** When the next scheduled publish or roll-back of it is due. */
  dueAt: v.optional(v.nullable(instant)),
  changedAt: instant,
  changedBy: v.nullable(v.string()),
});
export type ProfileSummary = v.InferOutput<typeof profileSummary>;

export const draft = v.object({
  profileId: id,
  /** The version it was begun from; null for a profile never published. */
  basedOn: v.nullable(version),
  revision: v.number(),
  document: documentSchema,
  changedAt: instant,
  changedBy: v.nullable(v.string()),
});
export type Draft = v.InferOutput<typeof draft>;

export const versionSummary = v.object({
  version,
  message: v.string(),
  publishedAt: instant,
  publishedBy: v.nullable(v.string()),
  rolledBackFrom: v.nullable(version),
  emergency: v.boolean(),
});

export const assignment = v.object({
  personId: id,
  name: v.string(),
  email: v.string(),
  atLogin: v.boolean(),
  score: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
});

export const receiptRow = v.object({
  personId: id,
  name: v.string(),
  version,
  state: v.picklist(['queued', ...RECEIPT_STATES, 'offline']),
  at: instant,
});

/** What a client must know before anybody signs in. */
export const hubInfo = v.object({
  name: v.string(),
  version: v.string(),
  issuer: v.string(),
  clientId: v.string(),
  /** Audience to ask an access token for (RFC 8707), where the issuer wants one. */
  resource: v.nullable(v.string()),
  scopes: v.array(v.string()),
});
export type HubInfo = v.InferOutput<typeof hubInfo>;

export const validation = v.object({
  valid: v.boolean(),
  issues: v.array(v.object({ path: v.array(v.union([v.string(), v.number()])), message: v.string() })),
});
