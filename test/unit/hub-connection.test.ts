/** What a connection to the database costs each time that it is lent out, and which of its errors pass. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Connection, isDatabaseAway } from '../../server/db/connect.ts';
import { newDatabase } from '../fixtures/databases/new-database.ts';

let connection: Connection;
beforeAll(async () => {
  connection = connect(await newDatabase(), 1, () => {});
  connection.expectAnswers();
}, 60_000);
afterAll(() => connection?.close());

it('leaves nothing behind on it', async () => {
  const warned: string[] = [];
  const onWarning = ({ name }: Error) => void warned.push(name);
  process.on('warning', onWarning);
  for (let times = 0; times < 30; times += 1) await sql`select 1`.execute(connection.db);
  // Warnings come a turn later.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', onWarning);
  expect(warned).toEqual([]);
});

it('tells what passes by itself from what does not', async () => {
  const raised = (code: string) =>
    sql`do ${sql.lit(`begin raise exception 'made' using errcode = '${code}'; end`)}`.execute(connection.db).then(
      () => null,
      (error: unknown) => isDatabaseAway(error),
    );
  // A full disk, no memory, a disk that fails, a restart after a crash.
  for (const code of ['53100', '53200', '58030', '57P02']) expect([code, await raised(code)]).toEqual([code, true]);
  // A file system that became read-only is said as a lack of rights, as what a role may not do is: only the place tells them apart.
  const said = (routine: string) => isDatabaseAway(Object.assign(new Error('made'), { code: '42501', routine }));
  expect([said('mdopenfork'), said('aclcheck_error')]).toEqual([true, false]);
  // Unique, not null, a fault of PostgreSQL itself.
  for (const code of ['23505', '23502', 'XX000']) expect([code, await raised(code)]).toEqual([code, false]);
});
