/** A centre of thousands, who all have one profile and a session open on it: made straight in the tables. */
import { sql } from 'kysely';
import { fields } from '../../../lib/catalogue/index.ts';
import { setPassword } from '../../../server/auth/passwords.ts';
import type { AuthDatabase } from '../../../server/auth/tables.ts';
import type { Db } from '../../../server/db/connect.ts';
import { type Centre, makeCentre, type ProfileChange } from '../../fixtures/centre.ts';
import type { HubAtHand } from '../../fixtures/hub.ts';

/** Before each person's number, from 0. */
export const TOKEN = 'pnt_bench-';
const NAME = 'Inbound advisor';

/** With every right beside the flows: a snapshot's message is then about 2.7 KB. @param reference told apart by in what arrives */
export const changeWith = (reference: string): ProfileChange => ({
  settings: {
    ...Object.fromEntries(fields.filter(({ type, id }) => type === 'boolean' && !id.startsWith('flow.')).map(({ id }) => [id, true])),
    'general.reference': reference,
  },
});

export interface BenchCentre {
  readonly adminToken: string;
  readonly accountId: string;
  /** The one that everybody is on, and one more that they may switch to. */
  readonly profileIds: readonly [string, string];
  /** @param settings besides */
  publish(reference: string, settings?: ProfileChange['settings']): Promise<number>;
  /** Somebody more on the first profile, who has no session yet and signs in with a password. */
  join(email: string, password: string): Promise<void>;
}

export async function fillCentre(hub: HubAtHand, people: number): Promise<BenchCentre> {
  const centre = await makeCentre(hub, { licences: people + 100 });
  const profileIds = [await centre.profile(NAME, changeWith('MARKER')), await centre.profile('Another', {})] as const;
  await openSessions(hub.db, centre, profileIds, people);
  return {
    adminToken: centre.admin.token,
    accountId: centre.accountId,
    profileIds,
    publish: (reference, settings) => centre.publish(profileIds[0], NAME, { settings: { ...changeWith(reference).settings, ...settings } }),
    async join(email, password) {
      const { id } = await centre.person([profileIds[0]]);
      await hub.db.updateTable('person').set({ email }).where('id', '=', id).execute();
      await setPassword(hub.db as unknown as AuthDatabase, id, password);
    },
  };
}

async function openSessions(db: Db, { accountId, activities }: Centre, [first, second]: readonly [string, string], people: number): Promise<void> {
  if (people === 0) return;
  await sql`insert into person (account_id, name, email, licence, type)
    select ${accountId}::uuid, 'Person ' || n, 'bench-' || n || '@example.test', 'smart', 'agent' from generate_series(0, ${people - 1}::integer) n`.execute(db);
  const bench = sql`email like 'bench-%@example.test'`;
  await sql`insert into api_token (person_id, hash, expires_at)
    select id, sha256(convert_to(${TOKEN}::text || substring(email from 'bench-(\\d+)@'), 'UTF8')), now() + interval '1 day' from person where ${bench}`.execute(db);
  await sql`insert into assignment (person_id, profile_id, at_login) select id, ${first}::uuid, true from person where ${bench}`.execute(db);
  await sql`insert into assignment (person_id, profile_id) select id, ${second}::uuid from person where ${bench}`.execute(db);
  await sql`insert into session (account_id, person_id, browser, profile_id, activity_id)
    select account_id, id, 'Firefox on Linux', ${first}::uuid, ${activities.phone}::uuid from person where ${bench}`.execute(db);
  await sql`insert into session_flow (session_id, channel, is_on)
    select s.id, c, c = 'voice' from session s cross join unnest(array['voice', 'email', 'messages']) c`.execute(db);
  await sql`analyze`.execute(db);
}
