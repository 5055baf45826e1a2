/** Lists: page after page, found, filtered and in order; and what of them is hidden. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PAGE_ROWS, type ModuleRow } from '../../../lib/api/routes-modules.ts';
import { ALL_RIGHTS, makeModuleCentre, type ModuleCentre } from '../../fixtures/modules.ts';
import { type Answer, problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let hub: TestHub;
let centre: ModuleCentre;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeModuleCentre(hub);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

describe('telephone numbers', () => {
  const AT = Date.UTC(2026, 11, 1, 10);
  const recorded = (phone: string) => centre.keep({ module: 'mod.recordings', ownerId: null, values: { customer: 'Hélène Garnier', phone, at: AT, duration: 12, recorded: 'manual' } });
  const shownTo = async (settings: object, id: string) => {
    const administrator = await centre.signedIn({ ...ALL_RIGHTS, ...settings }, { type: 'administrator' });
    const { body } = await centre.row(administrator, 'mod.recordings', id);
    const listed = (await centre.rows(administrator, 'mod.recordings')).find((row) => row.id === id)!;
    expect(listed).toMatchObject({ values: { phone: body.values.phone } });
    expect(listed.shown).toEqual(body.shown);
    return [body.values.phone, body.shown?.phone];
  };
  const CLEAR = { 'mask.phone': false };

  it('stand beside their value as they are read', async () => {
    expect(await shownTo(CLEAR, await recorded('+33199004712'))).toEqual(['+33199004712', '+33 1 99 00 47 12']);
  });

  it('are as they are kept where nobody could read them otherwise', async () => {
    expect(await shownTo(CLEAR, await recorded('extension 12'))).toEqual(['extension 12', undefined]);
  });

  it('say no more than their value where that is hidden', async () => {
    expect(await shownTo({ 'mask.phone': true }, await recorded('+33199004712'))).toEqual(['••••12', undefined]);
  });
});

describe('a list', () => {
  let person: TestPerson;
  const names = Array.from({ length: 130 }, (_, n) => `Task ${String((n * 37) % 130).padStart(3, '0')}`);
  const task = (title: string, values = {}) => ({ module: 'mod.tasks' as const, ownerId: person.id, values: { title, state: 'open', priority: 'normal', dueAt: null, ...values } });

  beforeAll(async () => {
    person = await centre.signedIn({ ...ALL_RIGHTS, 'tasks.scope': 'own' });
    await centre.keepAll(names.map((title, n) => task(title, { priority: (['low', 'high', 'urgent'] as const)[n % 3] })));
  });

  const walk = async (query: Record<string, string>, between: (page: number) => Promise<unknown> = async () => {}, who = person) => {
    const found: ModuleRow[] = [];
    for (let after: string | null = null, page = 0; ; page += 1) {
      const { status, body }: Answer = await centre.list(who, 'mod.tasks', { ...query, ...(after ? { after } : {}) });
      expect(status).toBe(200);
      expect(body.rows.length).toBeLessThanOrEqual(PAGE_ROWS);
      found.push(...body.rows);
      after = body.next;
      if (after === null) return found;
      await between(page);
    }
  };
  const titled = (rows: readonly ModuleRow[]) => rows.map(({ values }) => values['title']);

  it('has every row once, in its order, in either direction', async () => {
    expect(titled(await walk({ order: 'title' }))).toEqual(names.toSorted());
    expect(titled(await walk({ order: '-title' }))).toEqual(names.toSorted().reverse());
  });

  it('has every row once where many are alike in its order', async () => {
    const rows = await walk({ order: '-priority' });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(130);
    const order = rows.map(({ values }) => ['low', 'normal', 'high', 'urgent'].indexOf(values['priority'] as string));
    expect(order).toEqual(order.toSorted((a, b) => b - a));
  });

  it('is opened with what is to be done first, what is done last', async () => {
    const worker = await centre.signedIn({ ...ALL_RIGHTS, 'tasks.scope': 'own' });
    const due = [['done', 1], ['open', 3], ['waiting', 1], ['open', 2], ['open', null]] as const;
    await centre.keepAll(due.map(([state, dueAt]) => ({ ...task(`${state} ${dueAt}`, { state, dueAt }), ownerId: worker.id })));
    expect(titled(await centre.rows(worker, 'mod.tasks'))).toEqual(['open null', 'open 2', 'open 3', 'waiting 1', 'done 1']);
  });

  it('repeats no row and loses none while others come, change and go', async () => {
    const rows = await walk({ order: 'title' }, async (page) => {
      await centre.keepAll([task(`Task 000 new ${page}`), task(`Task 050 new ${page}`), task(`Task 129 new ${page}`)]);
    });
    const found = titled(rows) as string[];
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(found.filter((title) => !title.includes('new'))).toEqual(names.toSorted());
    await hub.db.deleteFrom('record').where('module', '=', 'mod.tasks').where((e) => e(e.ref('values', '->>').key('title'), 'like', '%new%')).execute();
  });

  it('of thousands, read in another way, has every row once too, while others come and go', { timeout: 90_000 }, async () => {
    const many = await centre.signedIn({ ...ALL_RIGHTS, 'tasks.scope': 'own' });
    const of = (n: number, word: string) => ({ ...task(`${word} ${n}`, { priority: (['low', 'urgent'] as const)[n % 2] }), ownerId: many.id });
    await centre.keepAll(Array.from({ length: 2300 }, (_, n) => of(n, 'Many')));
    for (const query of [{ order: '-priority' }, { order: 'title', search: 'man' }] as Record<string, string>[]) {
      const rows = await walk(query, async (page) => page % 20 === 0 && centre.keepAll([of(page, 'Later many'), of(page + 1, 'Many, later')]), many);
      const found = titled(rows) as string[];
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      expect(new Set(found.filter((title) => /^Many \d+$/.test(title))).size).toBe(2300);
    }
  });

  it('says how many there are in all, with the search and the filters', async () => {
    expect((await centre.list(person, 'mod.tasks')).body.total).toBe(130);
    expect((await centre.list(person, 'mod.tasks', { filter: 'priority:urgent' })).body.total).toBe(43);
    expect((await centre.list(person, 'mod.tasks', { filter: 'priority:urgent,state:open', search: 'task 1' })).body).toMatchObject({ total: names.filter((name, n) => n % 3 === 2 && name.startsWith('Task 1')).length, next: null });
    expect((await centre.list(person, 'mod.tasks', { filter: 'state:done' })).body).toEqual({ rows: [], next: null, total: 0 });
  });

  it('is searched in all that a row says, also in what only its details show, without minding accents', async () => {
    await centre.keepAll([task('Write to Élodie', { customer: 'Élodie Marchetti', phone: '+33 6 39 98 31 07', text: 'About the boat in Nice' })]);
    const finds = async (search: string) => (await centre.list(person, 'mod.tasks', { search })).body.total;
    for (const search of ['elodie', 'BOAT nice', '06 39 98 31', '+33639983107', 'march write']) expect([search, await finds(search)]).toEqual([search, 1]);
    for (const search of ['elodie bernard', 'oat', "' or true", ':*', '06 39 98 32']) expect([search, (await finds(search)) === 131 || (await finds(search)) === 0]).toEqual([search, true]);
  });

  it('refuses an order, a filter and a page that it has not', async () => {
    const { next } = (await centre.list(person, 'mod.tasks', { order: 'title' })).body;
    const queries: Record<string, string>[] = [{ order: 'text' }, { order: 'nothing' }, { filter: 'priority:huge' }, { filter: 'title:Task' }, { filter: 'x' }, { after: 'nonsense' }, { after: next, order: '-title' }];
    for (const query of queries) {
      expect(problem(await centre.list(person, 'mod.tasks', query))).toEqual([400, 'request.invalid']);
    }
    for (const module of ['mod.supervision', 'core.profile', 'mod.none']) expect(problem(await centre.list(person, module))).toEqual([404, 'control.unknown']);
  });
});

describe('personal data', () => {
  const secret = { customer: 'Camille Besson', phone: '+33 6 39 98 20 41', email: 'camille@example.org' };
  let masked: TestPerson;
  let id: string;

  beforeAll(async () => {
    masked = await centre.signedIn({ ...ALL_RIGHTS, 'cases.scope': 'own', 'mask.name': true, 'mask.phone': true, 'mask.email': true });
    id = await centre.aCase('Windscreen', masked, secret);
  });

  it('never leaves the hub where the profile hides it', async () => {
    const answers = [await centre.list(masked, 'mod.cases'), await centre.list(masked, 'mod.cases', { order: 'customer' }), await centre.row(masked, 'mod.cases', id)];
    for (const { body } of answers) for (const clear of Object.values(secret)) expect(JSON.stringify(body)).not.toContain(clear);
    expect(answers[2]!.body.values).toMatchObject({ customer: 'C•••• B••••', phone: '••••41', email: 'c••••@••••.org', title: 'Windscreen' });
  });

  it('cannot be guessed by searching, nor be put in an order that would tell it', async () => {
    await centre.aCase('Aaa', masked, { customer: 'Zoé' });
    const total = async (search: string) => (await centre.list(masked, 'mod.cases', { search })).body.total;
    expect([await total('windscreen'), await total('camille'), await total('0639982041')]).toEqual([1, 0, 0]);
    const by = async (order: string) => (await centre.rows(masked, 'mod.cases', { order })).map((row) => row.id);
    expect(await by('customer')).toEqual(await by('-customer'));
  });

  it('stays as it is where it comes back as it was shown', async () => {
    const { values } = (await centre.row(masked, 'mod.cases', id)).body;
    const change = { title: 'Windscreen, stone', customer: values.customer, phone: '+33 1 99 00 47 12', email: values.email };
    expect(problem(await centre.command(masked, 'case.edit', { id, revision: 1, values: { customer: 'C•••• Martin' } }))).toEqual([400, 'request.invalid']);
    expect((await centre.command(masked, 'case.edit', { id, revision: 1, values: change })).status).toBe(202);
    const row = await hub.db.selectFrom('record').select('values').where('id', '=', id).executeTakeFirstOrThrow();
    expect(row.values).toMatchObject({ ...secret, title: change.title, phone: change.phone });
  });

  it('is in no entry of the audit', async () => {
    const { entries } = (await hub.call(centre.admin, 'GET', `/api/audit?subject=${id}`)).body;
    expect(entries[0]).toMatchObject({ action: 'case.edit', before: { title: 'Windscreen' }, after: { title: 'Windscreen, stone' } });
    expect(JSON.stringify(entries)).not.toMatch(/Camille|camille|39 98|99 00/);
  });
});
