import type { ConsoleModuleId } from '../../lib/catalogue/console.ts';
import { type ConsoleRights, elementExtra } from '../../lib/decide/console.ts';
import { audit, logPersonChange } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';

/**
 * What somebody with a list of elements makes is theirs to use from then on: it becomes an extra of the person, which
 * whoever may change the person may take away again. For whom the module is open as a whole nothing is kept.
 *
 * @param ids of what was just made, in the module
 */
export async function keepCreated(
  trx: Trx,
  { accountId, personId }: { readonly accountId: string; readonly personId: string | null },
  rights: ConsoleRights,
  module: ConsoleModuleId,
  ids: readonly string[],
): Promise<void> {
  const extras = ids.filter((id) => !rights.mayElement(module, id)).map((id) => elementExtra(module, id));
  if (personId === null || extras.length === 0) return;
  const person = await trx.selectFrom('person').select(['allow', 'revision']).where('id', '=', personId).forNoKeyUpdate().executeTakeFirstOrThrow();
  const allow = [...new Set([...person.allow, ...extras])];
  await trx.updateTable('person').set({ allow, revision: person.revision + 1 }).where('id', '=', personId).execute();
  await logPersonChange(trx, accountId, personId);
  await audit(trx, { accountId, actorId: personId, action: 'person.keepCreated', subjectId: personId, after: { allow: extras } });
}
