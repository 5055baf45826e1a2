import { type Channel, CHANNELS } from '../catalogue/index.ts';
import { matchingRows } from './rows.ts';
import type { ActiveProfile, InteractionSituation, NoProfile, Person, Situation } from './types.ts';

/** What the hub says of a session, as far as the decision reads it: the situation part of a snapshot is one. */
export interface ReportedSituation {
  readonly activity: { readonly id: string } | null;
  readonly flows: Readonly<
    Record<Channel, { readonly on: boolean; readonly forced: { readonly by: 'missed' | 'supervisor' } | null }>
  >;
  readonly pauses: Situation['pauses'];
  readonly interactions: readonly InteractionSituation[];
  readonly leases: readonly { readonly control: string; readonly interactionId: string }[];
}

/** Nothing is going on: no activity, all flows off. */
export const AT_REST: ReportedSituation = {
  activity: null,
  flows: eachChannel(() => ({ on: false, forced: null })),
  pauses: { inboundUntil: 0, outboundUntil: 0 },
  interactions: [],
  leases: [],
};

/** What the hub says of a person, as far as the decision reads it: the person part of a snapshot is one. */
export interface ReportedPerson extends Omit<Person, 'accountOptions'> {
  readonly account: { readonly options: Person['accountOptions'] };
}

export const personOf = ({ licence, type, allow, deny, account }: ReportedPerson): Person => ({
  licence,
  type,
  allow,
  deny,
  accountOptions: account.options,
});

/**
 * The situation that both hub and banner decide by, from what the hub reports and the active profile. Of several
 * interactions the live one is at hand, else the one offered, else the first.
 * @param at the interaction that is meant, where one is: none is at hand where the hub does not report it
 * @param profile an activity that it has no row for turns no channel on
 * @param moment the hub's clock in milliseconds, and what only the one who decides knows; the hub itself is always
 *   `live` with nothing pending
 */
export function situationOf(
  reported: ReportedSituation,
  profile: ActiveProfile | NoProfile,
  moment: Pick<Situation, 'now' | 'connection' | 'pending'>,
  at: string | null = null,
): Situation {
  const { interactions, flows, pauses, leases } = reported;
  return {
    ...moment,
    activity: activityOf(reported.activity?.id ?? null, profile),
    flows: eachChannel((channel) => ({ on: flows[channel].on, forced: flows[channel].forced?.by ?? null })),
    pauses,
    interaction: at === null ? interactionAtHand(interactions) : (interactions.find(({ id }) => id === at) ?? null),
    inHand: eachChannel((channel) => interactions.filter((each) => each.channel === channel && each.phase !== 'offered').length),
    leases: leases as Situation['leases'],
  };
}

/** Of several the live one, else the one offered, else the first. */
export const interactionAtHand = <I extends InteractionSituation>(interactions: readonly I[]): I | null =>
  interactions.find(({ phase }) => phase === 'live') ??
  interactions.find(({ phase }) => phase === 'offered') ??
  interactions[0] ??
  null;

/** An activity with the channels it turns on; null where the profile does not have it. */
export function activityOf(id: string | null, profile: ActiveProfile | NoProfile): Situation['activity'] {
  if (id === null || typeof profile === 'string') return null;
  if (!matchingRows(profile, { tab: 'activities' }).some((row) => row.id === id)) return null;
  const { attributes } = profile.resources[id]!;
  return { id, channels: eachChannel((channel) => attributes[channel] === true) };
}

export function eachChannel<T>(of: (channel: Channel) => T): Record<Channel, T> {
  return Object.fromEntries(CHANNELS.map((channel) => [channel, of(channel)])) as Record<Channel, T>;
}
