/** What interactions leave in the modules: a row of the history for each person they rang at or were with, a recording. */
import { wasDialled } from '../campaigns/called.ts';
import type { Trx } from '../db/connect.ts';
import { keepRecord, type NewRecord } from '../modules/keep-record.ts';
import type { Interaction } from './change.ts';
import type { Engine, Recording } from './engine.ts';

type Hooks = Pick<Engine, 'onClosed' | 'onRecorded' | 'onPassedOver'>;

export const leaveBehind: Hooks = {
  onClosed: [keepHandled],
  onPassedOver: [
    async (trx, row, personId, how, at) =>
      void (await keepRecord(trx, { ...ofInteraction(row, personId), module: 'mod.history', values: { ...valuesOf(row), at, duration: 0, outcome: how === 'miss' ? 'missed' : 'refused' } })),
  ],
  onRecorded: [keepRecording],
};

const ofInteraction = (row: Interaction, ownerId: string | null): Pick<NewRecord, 'accountId' | 'ownerId' | 'resourceId'> => ({
  accountId: row.account_id,
  ownerId,
  resourceId: row.queue_id,
});

/** Of an email its address is one, of everything else a number. */
function valuesOf({ customer, channel, direction, note }: Interaction): Record<string, unknown> {
  const written = customer.address.includes('@');
  return { customer: customer.name, channel, direction, phone: written ? null : customer.address, email: written ? customer.address : null, note };
}

/** How long somebody had it, in whole seconds. */
const secondsOf = ({ connected_at: from, ended_at: to }: Interaction): number => (from && to ? Math.round((to.getTime() - from.getTime()) / 1000) : 0);

async function keepHandled(trx: Trx, row: Interaction): Promise<void> {
  // A line that was only asked: its own person did not have the customer.
  if (row.consults_for !== null) return;
  // A target that was only offered for a look: nobody was called.
  if (row.campaign_id !== null && row.accepted_at === null && !(await wasDialled(trx, row))) return;
  // Whom the power dialler reached may have talked to nobody.
  const handled = row.connected_at !== null && row.accepted_at !== null;
  const outcome = !handled ? 'abandoned' : row.outcome === 'transferred' ? 'transferred' : 'handled';
  const at = (row.connected_at ?? row.offered_at).getTime();
  await keepRecord(trx, {
    ...ofInteraction(row, handled ? row.person_id : null),
    // Known again: what is corrected later is the same row.
    id: row.id,
    module: 'mod.history',
    values: { ...valuesOf(row), at, duration: secondsOf(row), outcome, disposition: row.qualification },
  });
  if (!handled || row.person_id === null) return;
  await keepRecord(trx, {
    ...ofInteraction(row, row.person_id),
    module: 'mod.qualifications',
    values: { ...valuesOf(row), at, disposition: row.qualification },
  });
}

async function keepRecording(trx: Trx, row: Interaction, { seconds, type, base64 }: Recording): Promise<void> {
  const { customer, phone } = valuesOf(row);
  const at = (row.connected_at ?? row.offered_at).getTime();
  await keepRecord(trx, {
    ...ofInteraction(row, row.person_id),
    module: 'mod.recordings',
    values: { customer, phone, at, duration: Math.round(seconds), recorded: row.auto_recorded ? 'automatic' : 'manual' },
    file: { name: `${new Date(at).toISOString().slice(0, 16).replace(/[T:]/g, '-')}.wav`, type, bytes: Buffer.from(base64, 'base64') },
  });
}
