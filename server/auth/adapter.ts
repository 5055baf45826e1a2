/** What the embedded issuer remembers, in PostgreSQL. */
import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';
import { sql } from 'kysely';
import { isKeepable, unsafePlace } from '../safe-json.ts';
import { mayComeBack, supersede } from './rotation.ts';
import type { AuthDatabase } from './tables.ts';

/** The one client of the embedded issuer. */
export const CLIENT_ID = 'pennon-extension';

/** Expired rows stay this long: a code or refresh token that comes back late is still known for what it was. */
const KEPT_AFTER_EXPIRY = sql`interval '1 hour'`;

export interface AdapterDependencies {
  readonly db: AuthDatabase;
  /** A code or refresh token was brought a second time, and this one may not come back. */
  readonly onReplay: (personId: string | null) => Promise<void>;
}

export function createAdapter({ db, onReplay }: AdapterDependencies): AdapterFactory {
  const payloadOf = (row: { payload: Record<string, unknown>; consumed_at: Date | null } | undefined) =>
    row &&
    ({
      ...row.payload,
      ...(row.consumed_at ? { consumed: Math.floor(row.consumed_at.getTime() / 1000) } : {}),
    } as AdapterPayload);

  const replayed = async (personId: string | null): Promise<never> => {
    await onReplay(personId);
    throw new errors.InvalidGrant('already used');
  };

  return (model: string): Adapter => {
    const rows = () => db.selectFrom('oidc_payload').select(['payload', 'consumed_at']).where('model', '=', model);
    return {
      async upsert(id, payload, expiresIn) {
        // Of what a request brought: a state, a hint.
        if (unsafePlace(payload)) throw new errors.InvalidRequest('a parameter with a character that is not allowed');
        const row = {
          payload: JSON.stringify(payload),
          grant_id: payload.grantId ?? null,
          uid: payload.uid ?? null,
          subject: payload.accountId ?? null,
          expires_at: expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1000),
        };
        const write = (on: AuthDatabase) =>
          on
            .insertInto('oidc_payload')
            .values({ model, id, consumed_at: null, ...row })
            .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(row))
            .execute();
        const { grantId, rotations, iiat } = payload;
        if (model !== 'RefreshToken' || grantId === undefined || rotations === undefined || iiat === undefined) return void (await write(db));
        if (!(await supersede(db, { id, grantId, rotations, iiat }, write))) return replayed(payload.accountId ?? null);
      },
      async find(id) {
        if (!isKeepable(id)) return undefined;
        const row = await rows().where('id', '=', id).executeTakeFirst();
        const comesBack = model === 'RefreshToken' && row?.consumed_at != null && (await mayComeBack(db, id));
        return payloadOf(comesBack ? { ...row, consumed_at: null } : row);
      },
      findByUid: async (uid) => (isKeepable(uid) ? payloadOf(await rows().where('uid', '=', uid).executeTakeFirst()) : undefined),
      // Codes typed on another device are not offered by this issuer.
      findByUserCode: async () => undefined,
      async consume(id) {
        const { numUpdatedRows } = await db
          .updateTable('oidc_payload')
          .set({ consumed_at: sql<Date>`now()` })
          .where('model', '=', model)
          .where('id', '=', id)
          .where('consumed_at', 'is', null)
          .executeTakeFirst();
        if (numUpdatedRows > 0n || (model === 'RefreshToken' && (await mayComeBack(db, id)))) return;
        const lost = await db
          .selectFrom('oidc_payload')
          .select('subject')
          .where('model', '=', model)
          .where('id', '=', id)
          .executeTakeFirst();
        return replayed(lost?.subject ?? null);
      },
      async destroy(id) {
        await db.deleteFrom('oidc_payload').where('model', '=', model).where('id', '=', id).execute();
      },
      async revokeByGrantId(grantId) {
        await db.deleteFrom('oidc_payload').where('grant_id', '=', grantId).execute();
      },
    };
  };
}

/**
 * Everything of one grant: the grant, its tokens, and the sign-in at the issuer of the browser that has it.
 *
 * @returns whether the person has others, in other browsers
 */
export async function forgetGrant(db: AuthDatabase, grantId: string, personId: string): Promise<boolean> {
  await sql`delete from oidc_payload where grant_id = ${grantId}
    or (model = 'Grant' and id = ${grantId})
    or (model = 'Session' and subject = ${personId} and payload #>> ${`{authorizations,${CLIENT_ID},grantId}`} = ${grantId})`.execute(db);
  const other = await db
    .selectFrom('oidc_payload')
    .select('id')
    .where('model', '=', 'Grant')
    .where('subject', '=', personId)
    .where((w) => w.or([w('expires_at', 'is', null), w('expires_at', '>', sql<Date>`now()`)]))
    .executeTakeFirst();
  return other !== undefined;
}

/** Everything of one person: sign-ins in every browser, grants and tokens. */
export async function forgetPerson(db: AuthDatabase, personId: string): Promise<void> {
  await db.deleteFrom('oidc_payload').where('subject', '=', personId).execute();
}

export async function sweepExpired(db: AuthDatabase): Promise<void> {
  await db.deleteFrom('oidc_payload').where('expires_at', '<', sql<Date>`now() - ${KEPT_AFTER_EXPIRY}`).execute();
}
