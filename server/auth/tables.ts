/** The tables of signing in, as Kysely reads them; migration 0002 makes them. */
import type { ColumnType, Generated, Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';

export interface AuthTables {
  /** What the embedded issuer remembers: sessions, grants, codes, refresh tokens. */
  oidc_payload: {
    model: string;
    id: string;
    payload: ColumnType<Record<string, unknown>, string, string>;
    grant_id: string | null;
    uid: string | null;
    /** The person, where it is known. */
    subject: string | null;
    consumed_at: Date | null;
    expires_at: Date | null;
  };
  /** Signing keys and cookie secrets, made once. */
  oidc_secret: { name: string; value: ColumnType<unknown, string, never> };
  /** `hash`: argon2id in PHC form. */
  person_password: { person_id: string; hash: string; changed_at: Generated<Date> };
  /** Who a subject of another issuer is here. */
  person_subject: { issuer: string; subject: string; person_id: string };
  /** Tokens for scripts; only the SHA-256 is kept. */
  api_token: {
    id: Generated<string>;
    person_id: string;
    hash: Buffer;
    created_at: Generated<Date>;
    expires_at: Date;
    revoked_at: Date | null;
  };
  /** Counts of failed sign-ins, by account and by address. */
  sign_in_attempt: { key: string; points: number; expire: number | null };
}

export type AuthDatabase = Kysely<Database & AuthTables>;
