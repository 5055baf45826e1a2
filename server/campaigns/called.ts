/** What a call for a campaign makes of its target: once, in the transaction that closes it. */
import type { Trx } from '../db/connect.ts';
import type { Interaction } from '../interactions/change.ts';
import { keepRecord } from '../modules/keep-record.ts';
import { isCampaignMessage, targetSent } from './sent.ts';

/** After a call that the telephone system could not even begin its person is left in peace for so long; milliseconds. */
const UNDIALLED_MS = 30_000;

/** One that was only offered for a look was not called: nothing comes of it. */
export async function targetCalled(trx: Trx, row: Interaction, now: number): Promise<void> {
  if (row.target_id === null) return;
  if (isCampaignMessage(row)) {
    await targetSent(trx, row);
    return;
  }
  const dialled = await dialOf(trx, row.id);
  if (!dialled) return;
  if (dialled.result === 'failed' || dialled.result === 'timeout') await leaveInPeace(trx, row, now);
  // Nobody was there to dial it: it is as it was.
  if (dialled.result === 'timeout') return;
  const target = await trx.selectFrom('record').selectAll().where('id', '=', row.target_id).where('deleted_at', 'is', null).forNoKeyUpdate().executeTakeFirst();
  if (!target) return;
  const tries = typeof target.values['tries'] === 'number' ? target.values['tries'] : 0;
  // Planned anew by somebody while it was called: the new plan holds.
  const planned = target.revision !== row.target_revision && (target.values['state'] === 'planned' || target.values['state'] === 'pool');
  await keepRecord(trx, {
    id: target.id,
    accountId: target.account_id,
    module: 'mod.voiceCampaigns',
    ownerId: target.owner_id,
    resourceId: target.resource_id,
    people: target.people,
    values: {
      ...target.values,
      tries: tries + 1,
      ...(row.qualification === null ? {} : { disposition: row.qualification }),
      ...(planned ? {} : { state: hasTalked(row) ? 'reached' : 'unreached', at: (row.accepted_at ?? row.offered_at).getTime() }),
    },
  });
}

const dialOf = (trx: Trx, id: string) =>
  trx.selectFrom('connector_command').select('result').where('interaction_id', '=', id).where('verb', '=', 'dial').executeTakeFirst();

/** To somebody of ours: whom the power dialler reached may have hung up before there was anybody. */
const hasTalked = ({ connected_at, accepted_at }: Interaction): boolean => connected_at !== null && accepted_at !== null;

/** Whether anybody was called at all: a target may have been offered for a look alone. */
export const wasDialled = async (trx: Trx, { id }: Interaction): Promise<boolean> => (await dialOf(trx, id)) !== undefined;

const leaveInPeace = (trx: Trx, { session_id }: Interaction, now: number) =>
  trx.updateTable('session').set({ campaigns_after: new Date(now + UNDIALLED_MS) }).where('id', '=', session_id).execute();
