/** What a connection to the database costs each time that it is lent out. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Connection } from '../../server/db/connect.ts';
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
