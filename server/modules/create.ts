import type { Values } from '../../lib/modules/check.ts';
import { columnOf } from '../../lib/modules/panels.ts';
import { refuseResource } from './asker.ts';
import { auditVerb } from './audit-verb.ts';
import { type Act, type Doing, readForm, refusePerson } from './doing.ts';
import { keepRecord } from './keep-record.ts';
import { reachedPeople } from './reach.ts';
import { rulesOf } from './rules.ts';

/**
 * Makes a row. It is of whom its form says; else of whoever makes it, where rows are somebody's at all. Whom it is of must
 * be somebody whose rows the maker sees.
 */
export const createRow: Act = async (doing) => {
  const { trx, panel, verb, asker } = doing;
  const { owner, resourceId = null, ...given } = readForm(doing);
  refuseResource(asker, panel, verb, resourceId as string | null);
  const chosen = verb.form?.some(({ id }) => id === 'owner') ?? false;
  if (chosen) await refusePerson(doing, 'owner', owner, panel.reach === 'account' ? 'all' : await reachedPeople(trx, panel, asker));
  const ownerId = chosen ? (owner as string | null) : panel.reach === 'account' ? null : asker.personId;
  await keepNew(doing, { ownerId, resourceId: resourceId as string | null, given });
};

/** A new row of the panel, with what it says of itself, what is given and what follows from both. */
export async function keepNew(doing: Doing, { ownerId, resourceId, given }: { readonly ownerId: string | null; readonly resourceId: string | null; readonly given: Values }): Promise<void> {
  const { trx, panel, verb, asker, now } = doing;
  const values = { ...ofItself(doing), ...given, ...verb.sets };
  const complete = await rulesOf(panel.module).complete?.(trx, { accountId: asker.accountId, by: asker, resourceId, values, given }, null, now);
  const record = { accountId: asker.accountId, module: panel.module, ownerId, resourceId, values: complete ?? values, createdBy: asker.personId };
  const id = await keepRecord(trx, record);
  await auditVerb(trx, asker, panel, verb, { id, after: record.values, more: ownerId && ownerId !== asker.personId ? { personId: ownerId } : {} });
}

/** When and by whom, where the panel says so and nobody is asked. */
const ofItself = ({ panel, asker, now }: Doing) => ({
  ...(columnOf(panel, 'at') ? { at: now } : {}),
  ...(columnOf(panel, 'by') ? { by: asker.personId } : {}),
});
