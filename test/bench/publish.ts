/**
 * How long a publish holds its locks with many people signed in: `npx node test/bench/publish.ts [people]`. Makes a database
 * in a temporary folder, opens the sessions straight in its tables and publishes changes of several kinds.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { everyConsoleRight } from '../../lib/decide/console.ts';
import { connect, type Db } from '../../server/db/connect.ts';
import { migrate } from '../../server/db/migrate.ts';
import { startPostgres } from '../../server/db/postgres.ts';
import { createProfile } from '../../server/profiles/drafts.ts';
import { holdProfile } from '../../server/profiles/find.ts';
import { publishDocument, type PublishOptions } from '../../server/profiles/publish.ts';
import { loadProfileView } from '../../server/profiles/view.ts';
import { settleSessions } from '../../server/session/settle.ts';
import { createViews } from '../../server/session/views.ts';

const people = Number(process.argv[2] ?? 5000);
const ROUNDS = 5;
const folder = mkdtempSync(join(tmpdir(), 'pennon-bench-'));
// Under root PostgreSQL runs as another user, and must get through.
chmodSync(folder, 0o755);
const postgres = await startPostgres(folder);
const { db, close } = connect(postgres.url, 4, () => {});
try {
  await migrate(db);
  await measure(db);
} finally {
  await close();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(on: Db): Promise<void> {
  const { accountId, activities } = await makeAccount(on);
  const document = (settings: object, rows = activities): ProfileDocument =>
    ({
      schema: 1,
      settings: { 'general.name': 'Inbound', 'flow.voice.access': true, 'flow.voice.canToggle': true, ...settings },
      configuration: { activities: { rows: rows.map((id) => ({ id })), default: rows[0] } },
    }) as unknown as ProfileDocument;
  const actor = { accountId, personId: null, rights: everyConsoleRight };
  const { profileId } = await on.transaction().execute((trx) => createProfile(trx, actor, 'Inbound', document({})));
  const views = createViews(loadProfileView);
  const publish = async (next: ProfileDocument, options: PublishOptions = {}) => {
    const begun = performance.now();
    await on.transaction().execute(async (trx) => {
      const profile = await holdProfile(trx, accountId, profileId);
      await publishDocument(trx, actor, profile, next, options, async (...change) => void (await settleSessions(change[0], change[1], null, views)));
    });
    return performance.now() - begun;
  };
  await publish(document({}));
  await openSessions(on, accountId, profileId, activities[0] as string);

  const kinds: Record<string, (round: number) => Promise<number>> = {
    'a right that no session depends on': (round) => publish(document({ 'recording.access': round % 2 === 0 })),
    'for new assignments only': (round) => publish(document({ 'recording.download': round % 2 === 0 }), { to: 'newAssignments' }),
    'for everyone again': (round) => publish(document({ 'recording.delete': round % 2 === 0 })),
    'a flow right': (round) => publish(document({ 'flow.email.access': round % 2 === 0 })),
    'the activity of everyone taken away': (round) => publish(document({}, [activities[(round + 1) % 2] as string])),
  };
  console.log(`${people} open sessions; median of ${ROUNDS}, ms`);
  for (const [kind, run] of Object.entries(kinds)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await run(round));
    console.log(`${times.toSorted((a, b) => a - b)[ROUNDS >> 1]!.toFixed(0).padStart(6)}  ${kind}`);
  }
}

async function makeAccount(on: Db): Promise<{ accountId: string; activities: readonly string[] }> {
  const { id: accountId } = await on.insertInto('account').values({ name: 'Bench', licences: people }).returning('id').executeTakeFirstOrThrow();
  const attributes = JSON.stringify({ category: 'processing', voice: true });
  const rows = ['Calls', 'More calls'].map((name) => ({ account_id: accountId, kind: 'activity' as const, name, attributes }));
  const made = await on.insertInto('resource').values(rows).returning('id').execute();
  return { accountId, activities: made.map(({ id }) => id) };
}

async function openSessions(on: Db, accountId: string, profileId: string, activityId: string): Promise<void> {
  await sql`insert into person (account_id, name, email, licence, type)
    select ${accountId}::uuid, 'Person ' || n, n || '@example.test', 'smart', 'agent' from generate_series(1, ${people}::integer) n`.execute(on);
  await sql`insert into assignment (person_id, profile_id, at_login) select id, ${profileId}::uuid, true from person`.execute(on);
  await sql`insert into session (account_id, person_id, browser, profile_id, activity_id)
    select account_id, id, 'Firefox on Linux', ${profileId}::uuid, ${activityId}::uuid from person`.execute(on);
  await sql`insert into session_flow (session_id, channel, is_on)
    select s.id, c, c = 'voice' from session s cross join unnest(array['voice', 'email', 'messages']) c`.execute(on);
  await sql`analyze`.execute(on);
}
