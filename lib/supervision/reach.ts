/** Whom a supervisor reaches: hub and tests ask the same function, command by command and row by row. */
import { type Channel, CHANNELS, type PersonType } from '../catalogue/index.ts';
import { type ActiveProfile, matchingRows, type NoProfile } from '../decide/index.ts';

export interface Supervisor {
  readonly personId: string;
  readonly type: PersonType;
  /** Queues of their active profile that have `supervision` on. */
  readonly supervises: readonly string[];
  /** Voice campaigns of their active profile that have `supervision` on. */
  readonly campaigns: readonly string[];
  /** Teams that they manage. */
  readonly manages: readonly string[];
}

export interface Supervised {
  readonly personId: string;
  /** Queues that their active profile puts them on. */
  readonly queues: readonly string[];
  /** Voice campaigns that it has. */
  readonly campaigns: readonly string[];
  readonly teams: readonly string[];
}

/**
 * A queue or a voice campaign in common, and for a manager a team besides: an administrator passes the limits of teams, never those of the
 * active profile (catalogue §3, §4). Nobody supervises themselves.
 */
export function isInReach(by: Supervisor, person: Supervised): boolean {
  if (by.personId === person.personId || by.type === 'agent') return false;
  if (!person.queues.some((queue) => by.supervises.includes(queue)) && !person.campaigns.some((campaign) => by.campaigns.includes(campaign))) return false;
  return by.type === 'administrator' || person.teams.some((team) => by.manages.includes(team));
}

const queueRows = (profile: ActiveProfile | NoProfile) => (typeof profile === 'string' ? [] : matchingRows(profile, { tab: 'queues' }));

/** The queues that a profile lets supervise, in its order. */
export const supervisedQueues = (profile: ActiveProfile | NoProfile): readonly string[] =>
  queueRows(profile).filter((row) => row['supervision'] === true).map(({ id }) => id);

/** The queues that a profile puts its people on, in its order, each with its channels; one without a channel is none. */
export function workedQueues(profile: ActiveProfile | NoProfile): ReadonlyMap<string, readonly Channel[]> {
  const all = queueRows(profile).map((row) => [row.id, CHANNELS.filter((channel) => row[channel] === true)] as const);
  return new Map(all.filter(([, channels]) => channels.length > 0));
}

/** The voice campaigns that a profile has, in its order; with `supervised` those alone that it lets supervise. */
export const campaignIds = (profile: ActiveProfile | NoProfile, supervised = false): readonly string[] =>
  typeof profile === 'string' ? [] : matchingRows(profile, { tab: 'voiceCampaigns', ...(supervised ? { where: { supervision: true } } : {}) }).map(({ id }) => id);

/** What of a profile says whom one reaches, and by whom one is reached. */
export const supervising = (profile: ActiveProfile | NoProfile): Pick<Supervisor, 'supervises' | 'campaigns'> => ({
  supervises: supervisedQueues(profile),
  campaigns: campaignIds(profile, true),
});
export const workedOn = (profile: ActiveProfile | NoProfile): Pick<Supervised, 'queues' | 'campaigns'> => ({
  queues: [...workedQueues(profile).keys()],
  campaigns: campaignIds(profile),
});
