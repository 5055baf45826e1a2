import { takenPartIn, type Caller } from '../../lib/distribution/campaigns.ts';
import { answers } from '../../lib/distribution/takes.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { WholeSession } from '../session/lock.ts';
import { rightsIn, situationOf } from '../session/situation.ts';

/** A session as the rules of campaigns read it. */
export function callerOf({ profile, person, situation }: WholeSession, now: number): Caller {
  const view = profile.active?.view ?? null;
  return {
    profile: view,
    rights: rightsIn(view, person),
    situation: situationOf(situation, view, now),
    campaigns: situation.campaigns ?? { subscribed: [], quietSince: 0 },
    activitySince: situation.activity?.since ?? 0,
    interactions: situation.interactions,
  };
}

/** Whether one of the calls that wait in these queues would come to this person, were they free. */
export const isWaitedFor = (caller: Caller, queueIds: readonly string[]): boolean => queueIds.some((id) => answers(caller, 'voice', id));

/** What was offered for a look counts while one takes part in its campaign. @throws {ProblemError} interaction.state */
export function refuseUncalled(whole: WholeSession, campaignId: string, now: number): void {
  if (takenPartIn(callerOf(whole, now)).some(({ id }) => id === campaignId)) return;
  throw new ProblemError('interaction.state', { detail: 'You are not called for this campaign any more.' });
}
