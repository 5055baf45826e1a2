/** From ringing, or from the pool, into somebody's hands; and back where nothing came of it. */
import type { ProfileView } from '../../lib/api/snapshot.ts';
import { activityOf } from '../../lib/decide/index.ts';
import { opensAs, supervisionRate } from '../../lib/interaction/taking.ts';
import { isPreview, withdraw } from '../campaigns/preview.ts';
import type { Trx } from '../db/connect.ts';
import { writeFlows } from '../session/start.ts';
import { ask } from './ask.ts';
import { happen, type Interaction } from './change.ts';
import { endOffer } from './end.ts';
import type { Engine } from './engine.ts';

interface Taker {
  readonly sessionId: string;
  readonly personId: string;
  /** Their active profile. */
  readonly view: ProfileView | null;
}

/** How it opens and whether it is recorded: by the profile of whoever takes it. */
export function takenBy({ sessionId, personId, view }: Taker, { channel }: Pick<Interaction, 'channel'>, engine: Engine) {
  return {
    session_id: sessionId,
    person_id: personId,
    accepted_at: new Date(engine.now()),
    until: null,
    accept_at: null,
    opens: opensAs(view, channel),
    rights_profile: view?.id ?? null,
    rights_version: view?.version ?? null,
    auto_recorded: engine.random() * 100 < supervisionRate(view, channel),
  };
}

/** @param event `take`: out of a pool @throws {ProblemError} interaction.state */
export async function accept(trx: Trx, row: Interaction, taker: Taker, engine: Engine, event: 'accept' | 'take' = 'accept'): Promise<Interaction> {
  await endOffer(trx, row.id, 'accepted');
  await trx.updateTable('session').set({ missed: 0 }).where('id', '=', taker.sessionId).execute();
  const accepted = await happen(trx, row, { event, by: taker.personId, set: takenBy(taker, row, engine) }, engine.now());
  // Of one that was offered for a look the customer knows nothing yet; whom the power dialler called is on the line.
  if (row.campaign_id === null || event === 'take') await ask(trx, accepted, 'answer', {}, engine.now());
  else await ask(trx, accepted, 'dial', { to: { address: row.customer.address } }, engine.now());
  for (const hear of engine.onAccepted) await hear(trx, accepted, taker.view);
  return accepted;
}

/** One that a colleague was to take goes to its queue after all. */
const back = (row: Interaction) => ({
  session_id: null,
  person_id: null,
  until: null,
  accept_at: null,
  // Called for a campaign, and with nobody again: until somebody talks to them they have talked to nobody.
  ...(row.campaign_id === null ? {} : { accepted_at: null }),
  ...(row.for_person !== null && row.parent_id !== null && row.queue_id !== null ? { smart: true, for_person: null } : {}),
});

/** @throws {ProblemError} interaction.state */
export async function giveBack(trx: Trx, row: Interaction, event: 'miss' | 'refuse' | 'giveBack', by: string | null, engine: Engine): Promise<Interaction> {
  await endOffer(trx, row.id, event === 'miss' ? 'missed' : event === 'refuse' ? 'refused' : 'givenBack');
  const given = await happen(trx, row, { event, by, set: back(row) }, engine.now());
  if (event !== 'giveBack' && row.person_id !== null) for (const hear of engine.onPassedOver) await hear(trx, row, row.person_id, event, engine.now());
  // The connector says what becomes of a direct one that its person did not take.
  if (given.for_person !== null) await ask(trx, given, 'unanswered', {}, engine.now(), false);
  return given;
}

/**
 * Counts a missed one for whom it rang. Beyond the profile's maximum the activity changes by itself and the flows go off,
 * until the person chooses another (catalogue 1.2: "beyond" is more than it).
 */
export async function miss(trx: Trx, row: Interaction, engine: Engine): Promise<Interaction> {
  const { session_id: sessionId, person_id: personId } = row;
  const given = isPreview(row) ? await withdraw(trx, row, 'missed', engine) : await giveBack(trx, row, 'miss', personId, engine);
  if (sessionId === null) return given;
  const { missed } = await trx.updateTable('session').set((eb) => ({ missed: eb('missed', '+', 1) })).where('id', '=', sessionId).returning('missed').executeTakeFirstOrThrow();
  const view = await engine.profileOf(trx, sessionId);
  const settings = view?.document.settings;
  const activityId = settings?.['interactions.missedActivityId'] ?? null;
  const most = settings?.['interactions.maxMissed'] ?? null;
  if (view === null || most === null || missed <= most || !activityOf(activityId, view)) return given;
  await trx.updateTable('session').set({ activity_id: activityId, activity_since: new Date(engine.now()) }).where('id', '=', sessionId).execute();
  await writeFlows(trx, new Map([[sessionId, { voice: false, email: false, messages: false }]]));
  await trx.updateTable('session_flow').set({ forced_by: 'missed' }).where('session_id', '=', sessionId).where('forced_by', 'is', null).execute();
  return given;
}
