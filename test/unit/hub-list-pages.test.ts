import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeCursor } from '../../server/http/cursor.ts';
import type { Trx } from '../../server/db/connect.ts';
import { listPeople } from '../../server/people/read.ts';
import { listProfiles } from '../../server/profiles/find.ts';
import { problem, type TestPerson } from '../fixtures/hub.ts';
import { ALL_PEOPLE, fresh, peopleCalls, type PeopleHub, startPeopleHub } from '../fixtures/people-hub.ts';
import { wholeList } from '../fixtures/whole-list.ts';

vi.setConfig({ testTimeout: 60_000 });

let started: PeopleHub;
let hub: PeopleHub['hub'];
const { withRights, update } = peopleCalls(() => started);

beforeAll(async () => {
  started = await startPeopleHub();
  ({ hub } = started);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const LISTS = ['people', 'profiles'] as const;
type List = (typeof LISTS)[number];
const TABLES = { people: 'person', profiles: 'profile' } as const;
const idOf = ({ id }: { id: string }) => id;

/** An administrator of an account of their own. */
const anAdmin = async () => hub.makePerson(await hub.makeAccount(), { type: 'administrator', name: 'The administrator' });

const pageOf = async (who: TestPerson, path: string) => (await hub.call(who, 'GET', path)).body;
async function pagesOf(who: TestPerson, path: string, list: List, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  for (let after = ''; ; ) {
    const page = await pageOf(who, `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${after}`);
    pages.push(page[list].map(idOf));
    if (page.next === null) return pages;
    after = `&after=${page.next}`;
  }
}

/** As PostgreSQL itself puts them in order. */
async function inOrder(list: List, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(TABLES[list])} where account_id = ${accountId}::uuid order by lower(name), id`.execute(hub.db);
  return rows.map(idOf);
}

const named = (list: List, accountId: string, name: string, more: { disabled?: boolean; archived?: boolean } = {}) =>
  list === 'people'
    ? { account_id: accountId, name, email: `${crypto.randomUUID()}@example.test`, licence: 'smart' as const, type: 'agent' as const, disabled: more.disabled ?? false }
    : { account_id: accountId, name, archived: more.archived ?? false };
/** Straight into the table: names that are alike, and archived ones. */
const add = (list: List, rows: readonly object[]) => hub.db.insertInto(TABLES[list]).values(rows as never).returning('id').execute();

/** Alike but for case and accents, of one letter and of as many as there may be, and what a cursor might trip over. */
const names = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom('a', 'A', 'ä', 'É', 'b', ' '), minLength: 1, maxLength: 3 }) },
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => !name.includes('\0') && name.isWellFormed()),
  fc.constantFrom('İstanbul', '"quoted"', 'back\\slash', '%_', '\u0001'.repeat(120), '𝒵'.repeat(60), 'ß', '‮'),
);

describe.each(LISTS)('the list of %s', (list) => {
  it('has each once, in the order of their names, whatever the size of its pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(names, { maxLength: 30 }), fc.integer({ min: 1, max: 12 }), async (all, limit) => {
        const admin = await anAdmin();
        // Of profiles that are not archived no two have the same name.
        if (all.length > 0) await add(list, all.map((name) => named(list, admin.accountId, name, { archived: true })));
        const expected = await inOrder(list, admin.accountId);
        const pages = await pagesOf(admin, `/api/${list}`, list, limit);
        expect(pages.flat()).toEqual(expected);
        expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
        expect(pages.length).toBe(Math.max(1, Math.ceil(expected.length / limit)));
      }),
      { numRuns: 25 },
    );
  });

  it('comes in small pages where nothing is said, and in no larger ones than a thousand rows', async () => {
    const admin = await anAdmin();
    const usual = { people: 100, profiles: 50 }[list];
    await add(list, Array.from({ length: 1100 }, (_, at) => named(list, admin.accountId, `Number ${at}`)));
    const first = await pageOf(admin, `/api/${list}`);
    expect([first[list].length, typeof first.next]).toEqual([usual, 'string']);
    expect((await pageOf(admin, `/api/${list}?limit=1000`))[list].length).toBe(1000);
    expect(problem(await hub.call(admin, 'GET', `/api/${list}?limit=1001`))).toEqual([400, 'request.invalid']);
    expect((await wholeList((path) => pageOf(admin, path), `/api/${list}`, list)).map(idOf)).toEqual(await inOrder(list, admin.accountId));
  });

  it.each(['0', '-1', '1.5', '01', 'x', ' 1', '1e2', '10000', '99999999999999999999', ''])('of pages of %j rows is refused', async (limit) => {
    const answer = await hub.call(started.centre.admin, 'GET', `/api/${list}?limit=${encodeURIComponent(limit)}`);
    expect([...problem(answer), answer.body.issues[0].path]).toEqual([400, 'request.invalid', ['limit']]);
  });

  it('goes on after nothing but the end of a page of its own', async () => {
    const [admin, other] = [await anAdmin(), await anAdmin()];
    for (const { accountId } of [admin, other]) await add(list, [named(list, accountId, 'One'), named(list, accountId, 'Two')]);
    const { next } = await pageOf(other, `/api/${list}?limit=1`);
    const foreign = list === 'people' ? 'profiles' : 'people';
    const row = { key: 'one', id: crypto.randomUUID() };
    expect((await hub.call(other, 'GET', `/api/${list}?after=${next}`)).status).toBe(200);
    for (const after of [next, `${next}x`, 'x', '', 'bnVsbA', writeCursor([foreign, admin.accountId], row), writeCursor([list, admin.accountId], { ...row, id: 'x' }), writeCursor([list, admin.accountId], { ...row, key: '\0' })]) {
      const answer = await hub.call(admin, 'GET', `/api/${list}?after=${after}`);
      expect([...problem(answer), answer.body.issues[0].path], after).toEqual([400, 'request.invalid', ['after']]);
    }
  });

  it('goes on where a page ended though the row there is gone, or called something else', async () => {
    const admin = await anAdmin();
    await add(list, ['A', 'B', 'C', 'D'].map((name) => named(list, admin.accountId, name)));
    const { [list]: rows, next } = await pageOf(admin, `/api/${list}?limit=2`);
    await hub.db.updateTable(TABLES[list]).set({ name: 'Zoë' }).where('id', '=', rows[1].id).execute();
    const rest = await pageOf(admin, `/api/${list}?limit=100&after=${next}`);
    expect(rest[list].map(({ name }: { name: string }) => name)).toEqual(['C', 'D', ...(list === 'people' ? ['The administrator'] : []), 'Zoë']);
  });

  it('shows whom somebody may see, on every page, and no more', async () => {
    const rows = await add(list, Array.from({ length: 30 }, (_, at) => named(list, started.centre.accountId, `${fresh('Scoped')} ${at}`)));
    const mine = rows.map(idOf).filter((_, at) => at % 3 === 0);
    const manager = await withRights({ ...ALL_PEOPLE, 'console.profiles.read': 'allow', [`console.${list}.elements`]: [...mine, 'not an id', crypto.randomUUID()] });
    const order = (await inOrder(list, started.centre.accountId)).filter((id) => mine.includes(id));
    expect(await pagesOf(manager, `/api/${list}`, list, 4)).toEqual([order.slice(0, 4), order.slice(4, 8), order.slice(8)]);
    // A cursor is a place in the order, and gives no right: whoever sees everything goes on after the same one.
    const { next } = await pageOf(manager, `/api/${list}?limit=4`);
    const after = await inOrder(list, started.centre.accountId);
    expect((await pageOf(started.centre.admin, `/api/${list}?limit=1000&after=${next}`))[list].map(idOf)).toEqual(after.slice(after.indexOf(order[3]!) + 1));
  });
});

describe('a page of people', () => {
  it('has those who are disabled only where asked for', async () => {
    const admin = await anAdmin();
    await add('people', Array.from({ length: 20 }, (_, at) => named('people', admin.accountId, `Number ${at}`, { disabled: at % 2 === 0 })));
    const all = await inOrder('people', admin.accountId);
    const enabled = new Set((await hub.db.selectFrom('person').select('id').where('account_id', '=', admin.accountId).where('disabled', '=', false).execute()).map(idOf));
    expect((await pagesOf(admin, '/api/people', 'people', 3)).flat()).toEqual(all.filter((id) => enabled.has(id)));
    expect((await pagesOf(admin, '/api/people?disabled=true', 'people', 3)).flat()).toEqual(all);
  });

  it('says of each what the list of all would', async () => {
    const team = (await hub.call(started.centre.admin, 'POST', '/api/teams', { name: fresh('Team'), note: '', members: [] })).body;
    const person = await started.centre.person([started.inbound, started.mailing]);
    await update(person.id, { teams: [{ id: team.id, manages: false }], allow: ['recording.access'] });
    const found = (await wholeList((path) => pageOf(started.centre.admin, path), '/api/people', 'people')).find(({ id }) => id === person.id);
    expect(found).toMatchObject({ extras: 1, online: false, profiles: [{ name: 'Inbound' }, { name: 'Mailing' }], teams: [{ id: team.id, name: team.name, manages: false }] });
  });
});

describe('what a page costs', () => {
  /** As many people, each with a session and a profile of their own, of which there is a draft; most are disabled. */
  async function filled(many: number): Promise<string> {
    const accountId = await hub.makeAccount({ licences: many });
    await sql`with born as (
        insert into person (account_id, name, email, licence, type, disabled)
        select ${accountId}::uuid, 'Person ' || n, gen_random_uuid() || '@example.test', 'smart', 'agent', n % 10 > 0 from generate_series(1, ${many}::int) n returning id, account_id
      ), made as (
        insert into profile (account_id, name) select ${accountId}::uuid, 'Profile ' || n from generate_series(1, ${many}::int) n returning id
      ), numbered as (
        select b.id as person_id, m.id as profile_id from (select id, row_number() over () n from born) b join (select id, row_number() over () n from made) m using (n)
      ), given as (
        insert into assignment (person_id, profile_id) select person_id, profile_id from numbered
      ), drafted as (
        insert into profile_draft (profile_id, document) select id, '{}' from made
      )
      insert into session (account_id, person_id, browser, profile_id) select ${accountId}::uuid, person_id, 'Firefox', profile_id from numbered`.execute(hub.db);
    await sql`analyze person, profile, assignment, session, profile_draft`.execute(hub.db);
    return accountId;
  }

  const ROWS = 100;
  /** How many rows PostgreSQL looks at to read a page. What it counts is told later, and together with what was before. */
  const rowsRead = (read: (db: Trx) => Promise<{ rows: unknown[] }>): Promise<number> =>
    hub.db.transaction().execute(async (trx) => {
      const count = async () => (await sql<{ read: number }>`select sum(seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables`.execute(trx)).rows[0]!.read;
      const before = await count();
      expect((await read(trx)).rows).toHaveLength(ROWS);
      return (await count()) - before;
    });

  it('is a few rows looked at for each of it, wherever it is among ten thousand', async () => {
    const accountId = await filled(9999);
    for (const place of ['', '4', '8']) {
      const asked = (of: string) => ({ after: place === '' ? null : { key: `${of} ${place}`, id: '00000000-0000-0000-0000-000000000000' }, limit: ROWS });
      const costs = {
        all: await rowsRead((db) => listPeople(db, accountId, 'all', { ...asked('person'), disabled: true })),
        enabled: await rowsRead((db) => listPeople(db, accountId, 'all', { ...asked('person'), disabled: false })),
        profiles: await rowsRead((db) => listProfiles(db, accountId, 'all', asked('profile'))),
      };
      for (const [of, cost] of Object.entries(costs)) expect(cost, `${of} after ${place}`).toBeLessThan(ROWS * 6);
    }
  });
});
