/** Statements that come again are prepared, and survive a table that a newer hub changes under them. */
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Connection, type Db } from '../../server/db/connect.ts';
import { createStatementNames } from '../../server/db/prepared.ts';
import { newDatabase } from '../fixtures/databases/new-database.ts';

describe('the names of statements', () => {
  it('are given from the third use on, the same each time', () => {
    const names = createStatementNames();
    const given = Array.from({ length: 5 }, () => names.of('select $1'));
    expect(given).toEqual([null, null, 'pennon_0_0', 'pennon_0_0', 'pennon_0_0']);
    expect(names.of('select $2')).toBeNull();
  });

  it('are few, however many statements there are', () => {
    const names = createStatementNames();
    const given = new Set<string>();
    for (let text = 0; text < 5000; text++) for (let use = 0; use < 4; use++) given.add(names.of(`select ${text}, $1`) ?? '');
    expect(given.size - 1).toBe(300);
  });

  it('are others once they are forgotten', () => {
    const names = createStatementNames();
    const third = () => [names.of('select $1'), names.of('select $1'), names.of('select $1')][2];
    const before = third();
    names.forget();
    expect(third()).not.toBe(before);
  });
});

describe('a statement that comes again', () => {
  let connection: Connection;
  let db: Db;
  beforeEach(async () => {
    connection = connect(await newDatabase(), 1, () => {});
    ({ db } = connection);
    await sql`create table thing (id integer)`.execute(db);
    await sql`insert into thing values (1)`.execute(db);
  }, 60_000);
  afterEach(() => connection?.close());

  const all = (from: Db) => sql<{ id: number }>`select * from thing where id < ${10}::integer`.execute(from);
  const prepared = async () => Number((await sql<{ n: number }>`select count(*) as n from pg_prepared_statements where statement like 'select * from thing%'`.execute(db)).rows[0]!.n);

  it('is prepared, and gives what it gave', async () => {
    for (let times = 0; times < 4; times++) expect((await all(db)).rows).toEqual([{ id: 1 }]);
    expect(await prepared()).toBe(1);
  });

  it('is simply asked again where the table is another one now', async () => {
    for (let times = 0; times < 4; times++) await all(db);
    await sql`alter table thing add column name text default 'x'`.execute(db);
    for (let times = 0; times < 4; times++) expect((await all(db)).rows).toEqual([{ id: 1, name: 'x' }]);
  });

  it('fails once within a transaction, which may run again', async () => {
    for (let times = 0; times < 4; times++) await all(db);
    await sql`alter table thing add column name text default 'x'`.execute(db);
    const inTransaction = () => db.transaction().execute((trx) => all(trx));
    await expect(inTransaction()).rejects.toMatchObject({ code: '0A000' });
    expect((await inTransaction()).rows).toEqual([{ id: 1, name: 'x' }]);
  });
});
