/**
 * Publishes read the resources of an account, changes to resources write them: the one waits for the other, so that no
 * profile is sent with a resource as it was. Taken after the profiles, which both hold first.
 */
import { sql } from 'kysely';
import type { Trx } from '../db/connect.ts';

export const readsResources = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock_shared(hashtext('pennon resources'), hashtext(${accountId}))`.execute(trx);

export const changesResources = (trx: Trx, accountId: string) =>
  sql`select pg_advisory_xact_lock(hashtext('pennon resources'), hashtext(${accountId}))`.execute(trx);
