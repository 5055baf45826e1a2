/** Whether a person takes an interaction now, and how well: by the rules of the banner's own decision. */
import type { Channel } from '../catalogue/index.ts';
import { type ActiveProfile, decideControl, matchingRows, type Rights, type Situation } from '../decide/index.ts';

export interface Taker {
  /** Null where there is none. */
  readonly profile: ActiveProfile | null;
  readonly rights: Rights;
  readonly situation: Situation;
  readonly personId: string;
  /** Of the person within the profile, 0 to 100. */
  readonly score: number;
  /** An offer rings already. */
  readonly ringing: boolean;
}

/** The row of a queue in the profile, where its switch for the channel is on and the queue itself has the channel. */
const queueRow = (profile: ActiveProfile | null, queueId: string, channel: Channel) =>
  profile ? queueRows(profile, channel).find(({ id }) => id === queueId) : undefined;

const queueRows = (profile: ActiveProfile, channel: Channel) =>
  matchingRows(profile, { tab: 'queues', where: { [channel]: true }, resource: { [channel]: ['true'] } });

const SCORE = { voice: 'scoreVoice', email: 'scoreEmail', messages: 'scoreMessages' } as const;
/** Where a profile or a person says nothing. */
const MIDDLE = 50;

/**
 * The profile's score for the queue and channel and the person's, 0 to 200 together; null where the person does not take
 * it: no such queue, flow off, the activity, the maximum, the pause, or an offer that rings already.
 */
export function scoreFor(taker: Taker, channel: Channel, queueId: string): number | null {
  const { ringing, score, personId, profile } = taker;
  if (!answers(taker, channel, queueId) || ringing || !hasRoom(taker, channel)) return null;
  const row = queueRow(profile, queueId, channel)!;
  const own = (row.personScores as Readonly<Record<string, number>> | undefined)?.[personId];
  const ofQueue = row[SCORE[channel]];
  return (typeof ofQueue === 'number' ? ofQueue : MIDDLE) + (own ?? score);
}

/** Whether a queue's interactions come to the person at all, free or not: the profile has the queue, and the flow is on. */
export function answers({ profile, rights, situation }: Pick<Taker, 'profile' | 'rights' | 'situation'>, channel: Channel, queueId: string): boolean {
  if (queueRow(profile, queueId, channel)?.flow !== true) return false;
  const { state } = decideControl(`flow.${channel}`, rights, situation);
  return state === 'on' || state === 'onLocked';
}

/** Whether a direct one may ring: it needs neither a flow nor a queue. */
export const takesDirect = (taker: Taker, channel: Channel): boolean => !taker.ringing && hasRoom(taker, channel);

/** Below the profile's maximum, and the pause after the last one is over. */
const hasRoom = ({ rights, situation }: Taker, channel: Channel): boolean =>
  situation.inHand[channel] < rights.maximum[channel] && situation.now >= situation.pauses.inboundUntil;

/** Whether the profile has the queue with this channel: what its pool shows, and to whom one may be given from it. */
export const hasQueue = (profile: ActiveProfile | null, queueId: string, channel: Channel): boolean => queueRow(profile, queueId, channel) !== undefined;

/** The queues of a profile with this channel. */
export const queuesOf = (profile: ActiveProfile | null, channel: Channel): readonly string[] =>
  profile ? queueRows(profile, channel).map(({ id }) => id) : [];
