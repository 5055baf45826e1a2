/** What a person says about campaigns with the module's own control. */
import { campaignCommand } from '../../lib/api/routes-campaigns.ts';
import { campaignsOf } from '../../lib/distribution/campaigns.ts';
import { ProblemError } from '../http/problem-error.ts';
import { tellSessions } from '../interactions/change.ts';
import type { Engine } from '../interactions/engine.ts';
import { holdOwn } from '../interactions/held.ts';
import type { CommandCall, Commands } from '../session/commands.ts';
import { rightsIn } from '../session/situation.ts';
import { isPreview, withdraw } from './preview.ts';

export const campaignCommands = (engine: Engine): Commands => ({
  async 'mod.voiceCampaigns'(call) {
    const said = call.read(campaignCommand);
    if ('campaignId' in said) return subscribe(call, said, engine.now());
    const { trx, row } = await holdOwn(call, said.skip);
    if (!isPreview(row)) throw new ProblemError('interaction.state');
    await withdraw(trx, row, 'refused', engine);
  },
});

/** @throws {ProblemError} notFound: no campaign of the active profile */
async function subscribe({ trx, hold }: CommandCall, { campaignId, on }: { readonly campaignId: string; readonly on: boolean }, now: number): Promise<void> {
  const { head, person, profile } = await hold();
  const view = profile.active?.view ?? null;
  if (!campaignsOf(view, rightsIn(view, person)).some(({ id }) => id === campaignId)) throw new ProblemError('notFound', { detail: 'The active profile has no such campaign.' });
  const own = { session_id: head.sessionId, campaign_id: campaignId };
  const changed = on
    ? await trx.insertInto('campaign_subscription').values({ ...own, since: new Date(now) }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
    : await trx.deleteFrom('campaign_subscription').where('session_id', '=', own.session_id).where('campaign_id', '=', own.campaign_id).executeTakeFirst();
  const rows = 'numDeletedRows' in changed ? changed.numDeletedRows : changed.numInsertedOrUpdatedRows;
  if (rows) await tellSessions(trx, head.accountId, [head.sessionId]);
}
