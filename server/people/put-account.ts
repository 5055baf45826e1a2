import { audit } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';

/** Makes an account, or gives one of that name another number of concurrent licences. @returns whether it was made */
export function putAccount(db: Db, name: string, licences: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const before = await trx.selectFrom('account').select(['id', 'licences']).where('name', '=', name).forNoKeyUpdate().executeTakeFirst();
    const { id } = before
      ? await trx.updateTable('account').set({ licences }).where('id', '=', before.id).returning('id').executeTakeFirstOrThrow()
      : await trx.insertInto('account').values({ name, licences }).returning('id').executeTakeFirstOrThrow();
    await audit(trx, {
      accountId: id,
      actorId: null,
      action: before ? 'account.change' : 'account.create',
      subjectId: id,
      before: before && { licences: before.licences },
      after: { name, licences },
    });
    return before === undefined;
  });
}
