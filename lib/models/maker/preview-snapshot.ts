/** What a banner would be told in a situation that is only thought up: nobody's name, no customer of anybody's, no hub. */
import type { ProfileView, Snapshot } from '../../api/snapshot.ts';
import { type AccountOption, type Channel, CHANNELS, type Licence, type PersonType, rowsOf } from '../../catalogue/index.ts';
import { eachChannel, rightsOf } from '../../decide/index.ts';
import type { ClientState } from '../../session/client-state.ts';
import { afterwards, type PreviewCustomer, previewInteraction } from './preview-interaction.ts';

export const PREVIEW_PHASES = ['idle', 'ringing', 'live', 'wrapup', 'offline'] as const;
export type PreviewPhase = (typeof PREVIEW_PHASES)[number];

/** In whose hands the profile is tried: their licence, type and extras, and nothing else of them. */
export interface PreviewPerson {
  /** Null for a licence and type without a person. */
  readonly id: string | null;
  readonly licence: Licence;
  readonly type: PersonType;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

export interface PreviewSituation {
  readonly phase: PreviewPhase;
  /** When it came to be in this phase. */
  readonly since: number;
  /** Of the interaction, where there is one. */
  readonly channel: Channel;
  readonly activity: string | null;
  /** What was switched by hand; the others follow the activity. */
  readonly flows: Readonly<Partial<Record<Channel, boolean>>>;
  readonly status: Snapshot['situation']['status'];
}

/** What stands in place of a person, a customer and a company. */
export interface PreviewNames {
  readonly person: string;
  readonly customer: PreviewCustomer;
  readonly account: string;
}

const INTERACTION = { ringing: 'offered', live: 'live', wrapup: 'wrapup' } as const;
/** How long ago the link was lost and the activity was taken, in milliseconds. */
const AGO = 4 * 60_000;
const DAY = 24 * 60 * 60_000;

/** The activity at login: the default one, else the first whose resource exists. */
export function firstActivity({ document, resources }: ProfileView): string | null {
  const chosen = document.configuration.activities?.default;
  if (chosen && resources[chosen]) return chosen;
  return rowsOf(document, 'activities').find(({ id }) => resources[id])?.id ?? null;
}

const personPart = (person: PreviewPerson, profile: ProfileView, names: PreviewNames, options: readonly AccountOption[], seq: number): Snapshot['person'] => ({
  seq,
  id: `preview-${seq}`,
  name: names.person,
  email: '',
  licence: person.licence,
  type: person.type,
  allow: [...person.allow],
  deny: [...person.deny],
  account: { id: 'preview', name: names.account, options: [...options] },
  profiles: [{ id: profile.id, name: profile.name, atLogin: true }],
});

function situationPart(situation: PreviewSituation, person: PreviewPerson, profile: ProfileView, options: readonly AccountOption[], names: PreviewNames, now: number): Snapshot['situation'] {
  const activity = situation.activity ?? firstActivity(profile);
  const rights = rightsOf(profile, { ...person, accountOptions: options });
  const on = (channel: Channel) => rights.granted(`flow.${channel}.access`) && profile.resources[activity ?? '']?.attributes[channel] === true;
  const phase = situation.phase === 'idle' || situation.phase === 'offline' ? null : INTERACTION[situation.phase];
  return {
    seq: 1,
    sessionId: 'preview',
    status: phase === 'live' ? 'inCall' : situation.status,
    activity: activity === null ? null : { id: activity, since: now - AGO },
    flows: eachChannel((channel) => ({ on: situation.flows[channel] ?? on(channel), forced: null })),
    pauses: phase === 'wrapup' ? afterwards(profile, situation.since) : { inboundUntil: 0, outboundUntil: 0 },
    interactions: phase ? [previewInteraction({ profile, licence: person.licence, channel: situation.channel, phase, since: situation.since, customer: names.customer })] : [],
    next: null,
    leases: [],
  };
}

interface Parts {
  readonly profile: ProfileView;
  readonly profileSeq: number;
  readonly person: PreviewPerson;
  readonly personSeq: number;
  readonly situation: PreviewSituation;
  readonly options: readonly AccountOption[];
  readonly names: PreviewNames;
  readonly pending: readonly Channel[];
  readonly now: number;
}

export function previewState({ profile, profileSeq, person, personSeq, situation, options, names, pending, now }: Parts): ClientState {
  const lost = situation.phase === 'offline';
  return {
    hub: '',
    phase: 'open',
    ended: null,
    elsewhere: null,
    problem: null,
    connection: { state: lost ? 'stale' : 'live', since: now - AGO, asOf: lost ? now - AGO : now, nextTryAt: null },
    snapshot: {
      epoch: 1,
      now,
      expiresAt: now + DAY,
      profile: { seq: profileSeq, active: profile },
      person: personPart(person, profile, names, options, personSeq),
      situation: situationPart(situation, person, profile, options, names, now),
    },
    confirmed: true,
    clockOffset: 0,
    pending: CHANNELS.filter((channel) => pending.includes(channel)).map((channel) => `flow.${channel}`),
  };
}
