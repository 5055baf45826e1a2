/** What became of a message of a campaign, to its target: in the transaction that closes it, or when its answer comes after all. */
import type { CommandResult } from '../../lib/api/connector.ts';
import type { Unsent } from '../../lib/distribution/sms.ts';
import type { Trx } from '../db/connect.ts';
import type { Interaction } from '../interactions/change.ts';
import { keepRecord } from '../modules/keep-record.ts';

const MODULE = 'mod.smsCampaigns';

export const isCampaignMessage = ({ campaign_id, channel }: Interaction): boolean => campaign_id !== null && channel === 'messages';

const hold = (trx: Trx, id: string | null) => trx.selectFrom('record').selectAll().where('id', '=', id).where('deleted_at', 'is', null).forNoKeyUpdate().executeTakeFirst();
type Stored = NonNullable<Awaited<ReturnType<typeof hold>>>;
const keep = (trx: Trx, { id, account_id, resource_id, values }: Stored, changed: object) =>
  keepRecord(trx, { id, accountId: account_id, module: MODULE, resourceId: resource_id, values: { ...values, ...changed } });

export async function targetSent(trx: Trx, row: Interaction): Promise<void> {
  const target = await hold(trx, row.target_id);
  if (!target) return;
  const { state, tries } = target.values;
  const counted = { tries: (typeof tries === 'number' ? tries : 0) + 1 };
  // Planned anew by somebody while it was sent: the new plan holds.
  if (target.revision !== row.target_revision && (state === 'planned' || state === 'pool')) {
    await keep(trx, target, counted);
    return;
  }
  const why = row.connected_at === null ? await whyNot(trx, row) : null;
  await keep(trx, target, { ...counted, state: why === null ? 'reached' : 'unreached', why, at: row.accepted_at?.getTime() ?? null });
}

/** Only what the gateway says has failed has failed. */
async function whyNot(trx: Trx, { id }: Interaction): Promise<Unsent> {
  const sent = await trx.selectFrom('connector_command').select('result').where('interaction_id', '=', id).where('verb', '=', 'send').executeTakeFirst();
  return sent?.result === 'failed' ? 'failed' : 'noAnswer';
}

/** An answer that comes after the hub gave up waiting: it is known now, unless somebody has planned it anew meanwhile. */
export async function answeredLate(trx: Trx, row: Interaction, { result }: Pick<CommandResult, 'result'>): Promise<void> {
  const target = await hold(trx, row.target_id);
  if (!target || target.values['state'] !== 'unreached' || target.values['why'] !== 'noAnswer') return;
  const later = await trx.selectFrom('interaction').select('id').where('target_id', '=', target.id).where('offered_at', '>', row.offered_at).executeTakeFirst();
  if (later) return;
  const done = result === 'done';
  await keep(trx, target, done ? { state: 'reached', why: null } : { why: 'failed' });
  const history = done ? await hold(trx, row.id) : null;
  if (history) await keepRecord(trx, { id: row.id, accountId: row.account_id, module: 'mod.history', values: { ...history.values, outcome: 'handled' } });
}
