import type { Values } from '../../lib/modules/check.ts';
import { auditVerb } from './audit-verb.ts';
import { type Act, type Doing, holdRows, invalid, readForm, refusePerson } from './doing.ts';
import { keepRecord } from './keep-record.ts';
import { rulesOf } from './rules.ts';

/**
 * Changes rows: to what is sent and what the verb sets. A row may be given to anybody of the account, also to somebody
 * whose rows the giver does not see.
 */
export const changeRows: Act = async (doing) => {
  const { trx, panel, verb, asker, now } = doing;
  const { owner: setOwner, ...sets } = (verb.sets ?? {}) as Values;
  for (const record of await holdRows(doing)) {
    const { owner, ...given } = readForm(doing, { partial: verb.on === 'row', before: record.values });
    await refusePerson(doing, 'owner', owner);
    const newOwner = (owner === undefined ? setOwner : owner) as string | null | undefined;
    const values = { ...record.values, ...given, ...sets };
    refuseEmptied(doing, values);
    const complete = await rulesOf(panel.module).complete?.(trx, { accountId: asker.accountId, by: asker, resourceId: record.resourceId, values, given }, record.values, now);
    const ownerId = newOwner === undefined ? record.ownerId : newOwner;
    await keepRecord(trx, { ...record, accountId: asker.accountId, module: panel.module, ownerId, values: complete ?? values });
    const moved = ownerId === record.ownerId ? {} : { personId: ownerId };
    await auditVerb(trx, asker, panel, verb, { id: record.id, before: record.values, after: complete ?? values, more: moved });
  }
};

/** What is not sent stays; where there was nothing, something that is required is still to be said. */
function refuseEmptied({ verb: { form = [] } }: Doing, values: Values): void {
  const issues = form
    .filter(({ id, required }) => required && id !== 'owner' && values[id] == null)
    .map(({ id }) => ({ path: [id] as const, message: 'required' }));
  if (issues.length > 0) throw invalid(issues);
}
