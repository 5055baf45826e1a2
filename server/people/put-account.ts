import { sql } from 'kysely';
import { audit, logPeopleChanges } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import { Fault } from '../fault.ts';

export interface AccountChange {
  /** Concurrent ones. Where nothing is said a new account gets 50, and one that is there keeps its own. */
  readonly licences?: number | undefined;
  /** ISO 4217: what its invoices are in. */
  readonly currency?: string | undefined;
}

const LICENCES = 50;

export interface PutAccount {
  readonly made: boolean;
  readonly licences: number;
  readonly currency: string;
}

/**
 * Makes an account, or changes the one of that name.
 *
 * @throws {Fault} there are invoices in another currency: their amounts would mean something else
 */
export function putAccount(db: Db, name: string, { licences, currency }: AccountChange): Promise<PutAccount> {
  return db.transaction().execute(async (trx) => {
    const before = await trx.selectFrom('account').select(['id', 'licences', 'currency']).where('name', '=', name).forNoKeyUpdate().executeTakeFirst();
    const set = { ...(licences === undefined ? {} : { licences }), ...(currency === undefined ? {} : { currency, currency_decimals: decimalsOf(currency) }) };
    const inAnother = before !== undefined && currency !== undefined && before.currency !== currency;
    if (inAnother) await refuseInvoices(trx, before);
    const { id } = before ?? (await trx.insertInto('account').values({ name, licences: LICENCES }).returning('id').executeTakeFirstOrThrow());
    const after = await trx.updateTable('account').set({ name, ...set }).where('id', '=', id).returning(['id', 'licences', 'currency']).executeTakeFirstOrThrow();
    const said = ({ licences: many, currency: code }: Omit<PutAccount, 'made'>) => ({ licences: many, ...(before && !inAnother ? {} : { currency: code }) });
    await audit(trx, {
      accountId: after.id,
      actorId: null,
      action: before ? 'account.change' : 'account.create',
      subjectId: after.id,
      before: before && said(before),
      after: { name, ...said(after) },
    });
    if (inAnother) await tellPeople(trx, after.id);
    return { made: before === undefined, licences: after.licences, currency: after.currency };
  });
}

/** As this machine knows the currency; kept with the account, since not every browser knows the same. */
const decimalsOf = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** What was deleted can be had back for a while, so it counts. */
async function refuseInvoices(trx: Trx, { id, currency }: { readonly id: string; readonly currency: string }): Promise<void> {
  const invoice = await trx.selectFrom('record').select('id').where('account_id', '=', id).where('module', '=', 'mod.invoices').limit(1).executeTakeFirst();
  if (invoice) throw new Fault(`This account has invoices in ${currency}: in another currency their amounts would mean something else.`);
}

/** The currency stands in everybody's part of the snapshot. */
async function tellPeople(trx: Trx, accountId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from person where account_id = ${accountId}::uuid order by id for no key update`.execute(trx);
  await logPeopleChanges(trx, accountId, rows.map(({ id }) => id));
}
