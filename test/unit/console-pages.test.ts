import * as fakeIndexedDb from 'fake-indexeddb';
import { effect } from '@preact/signals-core';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createConsoleCache } from '../../lib/console/cache.ts';
import type { ConsoleHub } from '../../lib/console/hub.ts';
import { createQueries, keyOf, type Read } from '../../lib/console/queries.ts';
import { createHandClock } from '../fixtures/hand-clock.ts';

const ME = 'https://hub.example me';

beforeEach(() => {
  Object.assign(globalThis, fakeIndexedDb, { indexedDB: new fakeIndexedDb.IDBFactory() });
});

interface Person {
  readonly id: string;
  readonly name: string;
}
type Asked = { query?: { after?: string; limit?: string; disabled?: string } };

const byName = (a: Person, b: Person) => (a.name === b.name ? Number(a.id > b.id) - Number(a.id < b.id) : a.name < b.name ? -1 : 1);

/** A hub that lists people by name as the real one does, a few a page. Between two pages somebody may change them. */
function listingHub(people: Person[], sizes: readonly number[] = [2]) {
  const asked: NonNullable<Asked['query']>[] = [];
  const listing = {
    people,
    asked,
    /** What happens before a page is read, by how many were asked for before. */
    before: (_page: number): void | Promise<void> => {},
    /** The pages that are refused, by how many were asked for before. */
    refused: new Set<number>(),
    ask: async (_name: string, { query = {} }: Asked) => {
      const page = asked.push(query) - 1;
      await listing.before(page);
      if (listing.refused.has(page)) return { ok: false, problem: { type: '', title: '', status: 0, code: 'client.offline' } };
      const after = query.after === undefined ? null : (JSON.parse(query.after) as Person);
      const rest = listing.people.toSorted(byName).filter((each) => after === null || byName(each, after) > 0);
      const rows = rest.slice(0, sizes[page % sizes.length]!);
      const next = rows.length < rest.length ? JSON.stringify(rows.at(-1)) : null;
      return { ok: true, value: { value: { people: rows, next }, etag: null, notModified: false } };
    },
  };
  return listing;
}

async function looking(hub: { ask: unknown }, owner = ME) {
  const cache = createConsoleCache();
  const queries = createQueries({ hub: hub as unknown as ConsoleHub, cache, clock: createHandClock(1_000_000) });
  await queries.own(owner);
  const read = queries.read('listPeople') as unknown as Read<{ people: Person[]; next: string | null }>;
  const seen: { readonly ids: string[] | null; readonly whole: boolean }[] = [];
  const stop = effect(() => void seen.push({ ids: read.data.value?.people.map(({ id }) => id) ?? null, whole: read.whole.value }));
  return { cache, queries, read, seen, stop };
}
const answered = (read: Read<unknown>) => vi.waitFor(() => expect(read.whole.value || read.problem.value).toBeTruthy());
const idsOf = (people: readonly Person[]) => people.toSorted(byName).map(({ id }) => id);
const named = (...names: string[]): Person[] => names.map((name) => ({ id: `id of ${name}`, name }));

describe('a list that comes in pages', () => {
  it('grows page by page, and says when it is whole', async () => {
    const hub = listingHub(named('a', 'b', 'c', 'd', 'e'));
    const { read, seen, stop } = await looking(hub);
    expect(read.whole.value).toBe(false);
    await answered(read);
    expect(seen.map(({ ids, whole }) => [ids?.length ?? null, whole])).toEqual([[null, false], [2, false], [4, false], [5, true]]);
    expect(read.data.value!.people.map(({ name }) => name).join('')).toBe('abcde');
    stop();
  });

  it('is asked for with what was asked of it, a small page first and then as few as there can be', async () => {
    const hub = listingHub(named('a', 'b', 'c'), [1]);
    const { queries, stop } = await looking(hub);
    const read = queries.read('listPeople', { query: { disabled: 'true' } });
    const watch = effect(() => void read.data.value);
    await answered(read);
    expect(hub.asked.filter(({ disabled }) => disabled)).toEqual([
      { disabled: 'true' },
      { disabled: 'true', limit: '1000', after: expect.any(String) },
      { disabled: 'true', limit: '1000', after: expect.any(String) },
    ]);
    watch();
    stop();
  });

  it('that was whole stays as it is while it is read again, is replaced at once, and not drawn again where it is the same', async () => {
    const hub = listingHub(named('a', 'b', 'c', 'd', 'e'));
    const { read, seen, stop } = await looking(hub);
    await answered(read);
    const before = seen.length;
    await read.refresh();
    expect(seen.length).toBe(before);
    hub.people = named('b', 'c', 'x', 'y', 'z');
    await read.refresh();
    expect(seen.slice(before)).toEqual([{ ids: idsOf(hub.people), whole: true }]);
    stop();
  });

  it('paints from the cache, whole, and is replaced whole', async () => {
    const first = await looking(listingHub(named('a', 'b', 'c')));
    await answered(first.read);
    first.stop();
    await vi.waitFor(async () => expect(await first.cache.open(ME)).toHaveLength(1));
    const hub = listingHub(named('a', 'b', 'c', 'd'));
    const { read, seen, stop } = await looking(hub);
    expect(read.whole.value).toBe(true);
    await vi.waitFor(() => expect(read.data.value!.people).toHaveLength(4));
    expect(seen.map(({ ids }) => ids!.length)).toEqual([3, 4]);
    stop();
  });

  it('keeps what is there when a page fails, says why, and goes on to be whole when it is tried again', async () => {
    const hub = listingHub(named('a', 'b', 'c', 'd', 'e'));
    hub.refused.add(2);
    const { cache, read, seen, stop } = await looking(hub);
    await answered(read);
    expect([read.problem.value?.code, read.whole.value, seen.at(-1)!.ids!.length]).toEqual(['client.offline', false, 4]);
    expect(await cache.open(ME)).toEqual([]);
    await read.refresh();
    expect([read.problem.value, read.whole.value, seen.at(-1)!.ids!.length]).toEqual([null, true, 5]);
    // Never fewer than before.
    expect(seen.map(({ ids }) => ids?.length ?? 0)).toEqual([0, 2, 4, 5]);
    stop();
  });

  it('that was whole stays so when a page of it fails later', async () => {
    const hub = listingHub(named('a', 'b', 'c'));
    const { read, stop } = await looking(hub);
    await answered(read);
    hub.people = named('x', 'y', 'z');
    hub.refused.add(3);
    await read.refresh();
    expect([read.problem.value?.code, read.whole.value, read.data.value!.people.map(({ name }) => name).join('')]).toEqual(['client.offline', true, 'abc']);
    stop();
  });

  it.each(['signs out', 'is another'])('is nobody’s where the person %s between two pages', async (what) => {
    const hub = listingHub(named('a', 'b', 'c', 'd'));
    const { cache, queries, read, stop } = await looking(hub);
    let turned: Promise<void> | null = null;
    const mine = hub.people;
    hub.before = (page) => {
      if (page !== 1) return;
      hub.people = named('v', 'w', 'x', 'y', 'z');
      turned = what === 'signs out' ? queries.forget() : queries.own('https://hub.example other');
    };
    await vi.waitFor(() => expect(turned).not.toBeNull());
    await turned;
    if (what === 'signs out') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect([read.data.value, read.whole.value, hub.asked.length]).toEqual([null, false, 2]);
    } else {
      await answered(read);
      expect(read.data.value!.people.map(({ id }) => id)).toEqual(idsOf(hub.people));
    }
    expect(JSON.stringify(await cache.open(ME))).not.toContain(mine[0]!.id);
    stop();
  });

  it('kept by an earlier version, which knew no pages, is whole', async () => {
    const cache = createConsoleCache();
    await cache.open(ME);
    await cache.write(ME, { key: keyOf('listPeople', {}), at: 1, value: { people: named('a') }, etag: null });
    const hub = listingHub(named('a'));
    hub.refused.add(0);
    const { read, stop } = await looking(hub);
    await vi.waitFor(() => expect(read.problem.value).not.toBeNull());
    expect([read.whole.value, read.data.value!.people.length]).toEqual([true, 1]);
    stop();
  });
});

describe('whatever is changed, and fails, between the pages of a list', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 3 });
  const person = fc.record({ id: fc.uuid(), name });
  const change = fc.record({ what: fc.constantFrom('add', 'remove', 'rename', 'nothing'), whom: fc.nat(), name, fresh: fc.uuid() });
  const course = fc.record({
    /** There throughout, under their names. */
    steady: fc.uniqueArray(person, { selector: ({ id }) => id, maxLength: 20 }),
    others: fc.uniqueArray(person, { selector: ({ id }) => id, maxLength: 8 }),
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
    changes: fc.array(change, { maxLength: 12 }),
    refused: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 2 }),
  });

  it('nobody who was there throughout is lost or there twice, and what is read again is as it is', async () => {
    await fc.assert(
      fc.asyncProperty(course, async ({ steady, others, sizes, changes, refused }) => {
        globalThis.indexedDB = new fakeIndexedDb.IDBFactory();
        const hub = listingHub([], sizes);
        let moving = [...others];
        const settle = () => (hub.people = [...steady, ...moving.filter(({ id }) => !steady.some((each) => each.id === id))]);
        settle();
        hub.before = (page) => {
          const { what, whom, name, fresh } = changes[page] ?? { what: 'nothing', whom: 0, name: '', fresh: '' };
          const at = moving.length === 0 ? -1 : whom % moving.length;
          if (what === 'add') moving = [...moving, { id: fresh, name }];
          if (what === 'remove') moving = moving.filter((_, index) => index !== at);
          if (what === 'rename') moving = moving.map((each, index) => (index === at ? { ...each, name } : each));
          settle();
        };
        for (const page of refused) hub.refused.add(page);
        const { read, seen, stop } = await looking(hub);
        await answered(read);
        for (let tries = 0; !read.whole.value && tries < 4; tries++) await read.refresh();
        const found = read.data.value!.people.map(({ id }) => id);
        expect(found.length).toBe(new Set(found).size);
        expect(found.filter((id) => steady.some((each) => each.id === id))).toEqual(idsOf(steady));
        // Until it is whole it only ever grows.
        const counts = seen.filter(({ whole }) => !whole).map(({ ids }) => ids?.length ?? 0);
        expect(counts).toEqual(counts.toSorted((a, b) => a - b));
        hub.before = () => {};
        hub.refused.clear();
        await read.refresh();
        expect([read.whole.value, read.data.value!.people.map(({ id }) => id)]).toEqual([true, idsOf(hub.people)]);
        stop();
      }),
      { numRuns: 60 },
    );
  });
});
