/** Who has a list open is told that rows of it have changed, and nobody else is; over real links. */
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Values } from '../../../lib/modules/check.ts';
import { ALL_RIGHTS, makeModuleCentre, type ModuleCentre } from '../../fixtures/modules.ts';
import { startTestHub, type TestHub, type TestPerson } from '../../fixtures/hub.ts';
import { connectLive, type LiveClient } from '../../fixtures/live-client.ts';

vi.setConfig({ testTimeout: 120_000 });

let hub: TestHub;
let centre: ModuleCentre;
const open: LiveClient[] = [];

beforeAll(async () => {
  hub = await startTestHub();
  centre = await makeModuleCentre(hub);
}, 60_000);
afterAll(async () => {
  await Promise.all(open.map((client) => client.close()));
  await hub?.stop();
}, 60_000);

const CASE: Values = { title: 'A case', state: 'open', priority: 'normal' };
const aCase = (owner: TestPerson, id?: string) => centre.keep({ ...(id ? { id } : {}), module: 'mod.cases', ownerId: owner.id, values: CASE });

interface Looker {
  readonly person: TestPerson;
  readonly link: LiveClient;
  /** Which modules they were told of so far, in order. */
  told(): string[];
  read(module: string, at?: TestHub): Promise<string[]>;
}

async function looker(scope: string, type: 'agent' | 'manager' | 'administrator' = 'agent', more: Parameters<ModuleCentre['signedIn']>[1] = {}): Promise<Looker> {
  const person = await centre.signedIn({ ...ALL_RIGHTS, 'cases.scope': scope }, { type, ...more });
  const link = await connectLive(hub.url, { token: person.token });
  open.push(link);
  await link.until('the first snapshot', (client) => client.held() !== null);
  return {
    person,
    link,
    told: () => link.messages.flatMap((message) => (message.type === 'changed' ? [message.module] : [])),
    async read(module, at = hub) {
      const { status, body } = await at.call(person, 'GET', `/api/modules/${module}`);
      expect(status).toBe(200);
      return body.rows.map(({ id }: { id: string }) => id).toSorted();
    },
  };
}

/** Everything said before has come once this has: what is said is said in the order of the commits. */
async function barrier(...all: readonly Looker[]): Promise<void> {
  const before = all.map(({ told }) => told().filter((module) => module === 'mod.directory').length);
  for (const each of all) await each.read('mod.directory');
  await centre.keep({ module: 'mod.directory', resourceId: centre.resources['directory']!, values: { name: 'Somebody' } });
  await Promise.all(
    all.map(({ link, told }, at) => link.until('the barrier', () => told().filter((module) => module === 'mod.directory').length > before[at]!)),
  );
}
const cases = ({ told }: Looker) => told().filter((module) => module === 'mod.cases').length;

describe('a list that is read', () => {
  it('is said to have changed, once until it is read again, and nothing more is said', async () => {
    const one = await looker('all');
    await one.read('mod.cases');
    await aCase(one.person);
    await one.link.until('the word', () => cases(one) === 1);
    await aCase(one.person);
    await barrier(one);
    expect(cases(one)).toBe(1);
    await one.read('mod.cases');
    await aCase(one.person);
    await one.link.until('the next word', () => cases(one) === 2);
    const said = one.link.messages.filter(({ type }) => type === 'changed');
    expect(new Set(said.flatMap((message) => Object.keys(message)))).toEqual(new Set(['type', 'now', 'module']));
  });

  it('is not said to have changed to who has not read it, has not the row in reach, or is of another account', async () => {
    const [none, own, admin] = [await looker('all'), await looker('own'), await looker('team', 'administrator')];
    await own.read('mod.cases');
    await admin.read('mod.cases');
    await aCase(admin.person);
    await admin.link.until('the word', () => cases(admin) === 1);
    await hub.db.insertInto('record').values({ account_id: await hub.makeAccount(), module: 'mod.cases', owner_id: own.person.id, resource_id: null, people: null, values: '{}', words: sql`''::tsvector`, open_words: sql`''::tsvector`, tags: [], created_by: null, deleted_at: null, deleted_by: null }).execute();
    await barrier(none, own);
    expect([cases(none), cases(own)]).toEqual([0, 0]);
  });

  it('is said to have changed to who had a row that was given away, and to who has it now', async () => {
    const [before, after] = [await looker('own'), await looker('own')];
    const id = await aCase(before.person);
    await before.read('mod.cases');
    await after.read('mod.cases');
    expect((await centre.command(before.person, 'case.assign', { id, revision: 1, values: { owner: after.person.id } })).status).toBe(202);
    await Promise.all([before, after].map((each) => each.link.until('the word', () => cases(each) === 1)));
  });

  it('is followed from a link on another hub than the one that answers the list', async () => {
    const second = await startTestHub({ DATABASE_URL: hub.hub.context.config.databaseUrl! });
    try {
      const one = await looker('own');
      await one.read('mod.cases', second);
      await aCase(one.person);
      await one.link.until('the word', () => cases(one) === 1);
    } finally {
      await second.stop();
    }
  });

  it('is followed over a new link, and by nobody once that has gone', async () => {
    const one = await looker('own');
    await one.read('mod.cases');
    const link = await connectLive(hub.url, { token: one.person.token });
    open.push(link);
    await link.until('the first snapshot', (client) => client.held() !== null);
    await one.read('mod.cases');
    await aCase(one.person);
    await link.until('the word', ({ messages }) => messages.some(({ type }) => type === 'changed'));
    expect(cases(one)).toBe(0);
  });

  it('is no hindrance to many rows written at once, nor to one of many people', async () => {
    const [one, two] = [await looker('all'), await looker('own')];
    await one.read('mod.cases');
    await two.read('mod.conversations');
    const people = [two.person.id, ...Array.from({ length: 400 }, () => crypto.randomUUID())];
    await centre.keep({ module: 'mod.conversations', ownerId: null, people, values: { topic: 'All', at: 1, messages: [] } });
    await centre.keepAll(Array.from({ length: 600 }, () => ({ module: 'mod.cases' as const, ownerId: one.person.id, values: CASE })));
    // All of one person: that is one thing to say.
    await one.link.until('the word', () => cases(one) === 1);
    expect(await two.read('mod.conversations')).toHaveLength(1);
  });

  it('tells whoever’s list is another now, and nobody who sees the row neither before nor after: whatever is done', async () => {
    const lead = await looker('team', 'manager');
    const [mate, other, all] = [await looker('own'), await looker('own'), await looker('all')];
    await centre.team(lead.person, [mate.person]);
    const everybody = [lead, mate, other, all];
    const who = fc.integer({ min: 0, max: everybody.length - 1 });
    const deed = fc.oneof(
      fc.record({ does: fc.constant('make' as const), to: who }),
      fc.record({ does: fc.constantFrom('change', 'delete', 'give'), to: who, at: fc.nat() }),
    );
    const rows = new Map<string, { owner: TestPerson; there: boolean }>();
    const seenBy = (owner: TestPerson) => everybody.filter((each) => each === all || each.person === owner || (each === lead && owner === mate.person));
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 4 }), async (deeds) => {
        for (const done of deeds) {
          const lists = [];
          for (const each of everybody) lists.push(await each.read('mod.cases'));
          const before = everybody.map(cases);
          const to = everybody[done.to]!.person;
          const there = [...rows].filter(([, row]) => row.there);
          const [id, row] = done.does === 'make' || there.length === 0 ? [null, null] : there[done.at % there.length]!;
          const may = new Set<Looker>();
          if (id === null) {
            rows.set(await aCase(to), { owner: to, there: true });
            for (const each of seenBy(to)) may.add(each);
          } else {
            for (const each of [...seenBy(row.owner), ...(done.does === 'give' ? seenBy(to) : [])]) may.add(each);
            if (done.does === 'delete') {
              const { revision } = (await centre.row(all.person, 'mod.cases', id)).body;
              expect((await centre.command(all.person, 'case.delete', { id, revision })).status).toBe(202);
              row.there = false;
            } else {
              if (done.does === 'give') row.owner = to;
              await aCase(row.owner, id);
            }
          }
          await barrier(...everybody);
          for (const [at, each] of everybody.entries()) {
            const told = cases(each) > before[at]!;
            expect(told).toBe(may.has(each));
            if (!told) expect(await each.read('mod.cases')).toEqual(lists[at]);
          }
        }
      }),
      { numRuns: 4 },
    );
  });
});
