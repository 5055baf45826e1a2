/** The connectors of an account: who they are is a token, `pnc_` and 32 random bytes, of which only the hash is kept. */
import { createHash, randomBytes } from 'node:crypto';
import { type Channel, CHANNELS } from '../../lib/catalogue/index.ts';
import { audit } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';

const PREFIX = 'pnc_';
const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

export interface Connector {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  /** Null: it never said, and is taken to carry all. */
  readonly channels: readonly Channel[] | null;
  /** Takes the payments that people ask for. */
  readonly payments: boolean;
}

export const carries = ({ channels }: Pick<Connector, 'channels'>, channel: Channel): boolean => channels === null || channels.includes(channel);

/**
 * Makes a connector, or a new token for the one of this name: an earlier token then no longer works. Which channels it
 * carries, and whether it takes payments, stays as it was where nothing is said of it.
 *
 * @returns the token; it cannot be read again
 */
export async function createConnector(db: Db, accountId: string, name: string, channels?: readonly Channel[] | null, payments?: boolean): Promise<{ id: string; token: string }> {
  const token = PREFIX + randomBytes(32).toString('base64url');
  const id = await db.transaction().execute(async (trx) => {
    const there = await trx
      .selectFrom('connector')
      .select('id')
      .where('account_id', '=', accountId)
      .where((w) => w(w.fn<string>('lower', ['name']), '=', name.toLowerCase()))
      .forUpdate()
      .executeTakeFirst();
    const set = { hash: digest(token), ...(channels === undefined ? {} : { channels: channels && [...channels] }), ...(payments === undefined ? {} : { payments }) };
    const { id } = there
      ? await trx.updateTable('connector').set(set).where('id', '=', there.id).returning('id').executeTakeFirstOrThrow()
      : await trx.insertInto('connector').values({ account_id: accountId, name, ...set }).returning('id').executeTakeFirstOrThrow();
    await audit(trx, { accountId, actorId: null, action: 'connector.token', subjectId: id, after: { name, ...(channels ? { channels } : {}), ...(payments ? { payments } : {}) } });
    return id;
  });
  return { id, token };
}

/** Which channels a connector carries from now on, with the token that it has; null for all. @returns whether it has one */
export async function changeChannels(db: Db, accountId: string, name: string, channels: readonly Channel[] | null): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('connector')
      .select(['id', 'channels'])
      .where('account_id', '=', accountId)
      .where('hash', 'is not', null)
      .where((w) => w(w.fn<string>('lower', ['name']), '=', name.toLowerCase()))
      .forUpdate()
      .executeTakeFirst();
    if (!before) return false;
    await trx.updateTable('connector').set({ channels: channels && [...channels] }).where('id', '=', before.id).execute();
    await audit(trx, { accountId, actorId: null, action: 'connector.channels', subjectId: before.id, before: { channels: before.channels ?? [...CHANNELS] }, after: { name, channels: channels ?? CHANNELS } });
    return true;
  });
}

/** Ends the token of the connector of this name. @returns whether there is one */
export async function revokeConnector(db: Db, accountId: string, name: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('connector')
      .set({ hash: null })
      .where('account_id', '=', accountId)
      .where((w) => w(w.fn<string>('lower', ['name']), '=', name.toLowerCase()))
      .returning('id')
      .executeTakeFirst();
    if (row) await audit(trx, { accountId, actorId: null, action: 'connector.revoke', subjectId: row.id, after: { name } });
    return row !== undefined;
  });
}

/** Whose token it is; null for any other. */
export async function authenticateConnector(db: Db, token: string): Promise<Connector | null> {
  if (!token.startsWith(PREFIX)) return null;
  const row = await db.selectFrom('connector').select(['id', 'account_id', 'name', 'channels', 'payments']).where('hash', '=', digest(token)).executeTakeFirst();
  return row ? { id: row.id, accountId: row.account_id, name: row.name, channels: row.channels, payments: row.payments } : null;
}
