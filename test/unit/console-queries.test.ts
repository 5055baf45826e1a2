import * as fakeIndexedDb from 'fake-indexeddb';
import { effect } from '@preact/signals-core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createConsoleCache } from '../../lib/console/cache.ts';
import type { ConsoleHub } from '../../lib/console/hub.ts';
import { createQueries, keyOf } from '../../lib/console/queries.ts';
import { createHandClock } from '../fixtures/hand-clock.ts';

const ME = 'https://hub.example me';

beforeEach(() => {
  Object.assign(globalThis, fakeIndexedDb, { indexedDB: new fakeIndexedDb.IDBFactory() });
});

/** A hub whose answers are given by hand, in the order they were asked for. */
function aHub() {
  const asked: { readonly name: string; readonly input: Record<string, unknown>; answer(value: unknown, etag?: string): void; refuse(code: string): void; unchanged(): void }[] = [];
  const hub = {
    ask: (name: string, input: Record<string, unknown> = {}) =>
      new Promise((resolve) => {
        asked.push({
          name,
          input,
          answer: (value, etag = undefined) => resolve({ ok: true, value: { value, etag: etag ?? null, notModified: false } }),
          refuse: (code) => resolve({ ok: false, problem: { type: '', title: '', status: 0, code } }),
          unchanged: () => resolve({ ok: true, value: { value: null, etag: null, notModified: true } }),
        });
      }),
  } as unknown as ConsoleHub;
  const next = async (at: number) => vi.waitFor(() => asked[at] ?? Promise.reject(new Error('not asked yet')));
  return { hub, asked, next };
}

function setUp(owner: string | null = ME) {
  const clock = createHandClock(1_000_000);
  const { hub, asked, next } = aHub();
  const queries = createQueries({ hub, cache: createConsoleCache(), clock });
  return { clock, hub, asked, next, queries, ready: owner === null ? Promise.resolve() : queries.own(owner) };
}

const profiles = (...names: string[]) => ({ profiles: names.map((name) => ({ id: name, name })), most: 50, next: null });
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('a read of the hub', () => {
  it('is asked for once somebody looks, once however many look', async () => {
    const { queries, asked, next, ready } = setUp();
    await ready;
    const read = queries.read('listProfiles');
    await settled();
    expect(asked).toHaveLength(0);
    const seen: unknown[] = [];
    const stop = [effect(() => void seen.push(read.data.value)), effect(() => void read.loading.value)];
    expect(queries.read('listProfiles')).toBe(read);
    (await next(0)).answer(profiles('One'));
    await vi.waitFor(() => expect(read.data.value).toEqual(profiles('One')));
    expect(seen).toEqual([null, profiles('One')]);
    expect(asked).toHaveLength(1);
    for (const each of stop) each();
  });

  it('waits until it is known whose it is', async () => {
    const { queries, asked, next } = setUp(null);
    const stop = effect(() => void queries.read('listProfiles').data.value);
    await settled();
    expect(asked).toHaveLength(0);
    await queries.own(ME);
    await next(0);
    stop();
  });

  it('keeps what it has when a later try fails, and says why', async () => {
    const { queries, next, ready } = setUp();
    await ready;
    const read = queries.read('listProfiles');
    const stop = effect(() => void read.data.value);
    (await next(0)).answer(profiles('One'));
    await vi.waitFor(() => expect(read.data.value).not.toBeNull());
    void read.refresh();
    (await next(1)).refuse('client.offline');
    await vi.waitFor(() => expect(read.problem.value?.code).toBe('client.offline'));
    expect(read.data.value).toEqual(profiles('One'));
    expect(read.loading.value).toBe(false);
    stop();
  });

  it('does not draw again for the same answer', async () => {
    const { queries, next, ready } = setUp();
    await ready;
    const read = queries.read('listProfiles');
    let drawn = 0;
    const stop = effect(() => {
      void read.data.value;
      drawn += 1;
    });
    (await next(0)).answer(profiles('One'));
    await vi.waitFor(() => expect(drawn).toBe(2));
    const again = read.refresh();
    (await next(1)).answer(profiles('One'));
    await again;
    expect(drawn).toBe(2);
    stop();
  });

  it('says which state it holds, and stays as it is where that still holds', async () => {
    const { queries, next, ready } = setUp();
    await ready;
    const read = queries.read('readDraft', { params: { id: 'p' } });
    const stop = effect(() => void read.data.value);
    (await next(0)).answer({ revision: 4 }, '"4"');
    await vi.waitFor(() => expect(read.etag.value).toBe('"4"'));
    const again = read.refresh();
    const asked = await next(1);
    expect(asked.input).toEqual({ params: { id: 'p' }, ifNoneMatch: '"4"' });
    asked.unchanged();
    await again;
    expect(read.data.value).toEqual({ revision: 4 });
    expect(read.etag.value).toBe('"4"');
    stop();
  });

  it('asked for while it is on its way asks once more after it', async () => {
    const { queries, asked, next, ready } = setUp();
    await ready;
    const read = queries.read('listProfiles');
    const stop = effect(() => void read.data.value);
    const first = await next(0);
    const both = Promise.all([read.refresh(), read.refresh()]);
    first.answer(profiles('Before'));
    (await next(1)).answer(profiles('After'));
    await both;
    expect(read.data.value).toEqual(profiles('After'));
    expect(asked).toHaveLength(2);
    stop();
  });

  it('is the same read whatever the order its input was written in', () => {
    expect(keyOf('listAudit', { query: { a: '1', b: '2' } })).toBe(keyOf('listAudit', { query: { b: '2', c: undefined, a: '1' } }));
    expect(keyOf('listAudit', { query: { a: '1' } })).not.toBe(keyOf('listAudit', { query: { a: '2' } }));
  });
});

describe('a write', () => {
  it('reads anew what it made stale and somebody looks at, and resolves when that is there', async () => {
    const { queries, next, ready } = setUp();
    await ready;
    const read = queries.read('listProfiles');
    const stop = effect(() => void read.data.value);
    (await next(0)).answer(profiles('One'));
    await vi.waitFor(() => expect(read.data.value).not.toBeNull());
    const written = queries.write('deleteProfile', { params: { id: 'One' } }, { stale: ['listProfiles'] });
    (await next(1)).answer(null);
    (await next(2)).answer(profiles());
    expect(await written).toMatchObject({ ok: true });
    expect(read.data.value).toEqual(profiles());
    stop();
  });

  it('that was refused makes nothing stale', async () => {
    const { queries, asked, next, ready } = setUp();
    await ready;
    const stop = effect(() => void queries.read('listProfiles').data.value);
    (await next(0)).answer(profiles('One'));
    const written = queries.write('deleteProfile', { params: { id: 'One' } }, { stale: ['listProfiles'] });
    (await next(1)).refuse('profile.inUse');
    expect(await written).toMatchObject({ ok: false, problem: { code: 'profile.inUse' } });
    await settled();
    expect(asked).toHaveLength(2);
    stop();
  });
});

describe('what is kept of the reads', () => {
  const readOnce = async (names: string[], owner = ME) => {
    const { queries, next, ready } = setUp(owner);
    await ready;
    const read = queries.read('listProfiles');
    const stop = effect(() => void read.data.value);
    (await next(0)).answer(profiles(...names));
    await vi.waitFor(async () => expect(await createConsoleCache('pennon-maker').open(owner)).toHaveLength(1));
    stop();
    return queries;
  };

  it('paints a later page before the hub has answered, and is replaced by its answer', async () => {
    await readOnce(['Kept']);
    const { queries, next, ready } = setUp();
    const read = queries.read('listProfiles');
    const stop = effect(() => void read.data.value);
    await ready;
    expect(read.data.value).toEqual(profiles('Kept'));
    expect(read.loading.value).toBe(false);
    (await next(0)).answer(profiles('New'));
    await vi.waitFor(() => expect(read.data.value).toEqual(profiles('New')));
    stop();
  });

  it('is never shown to another person, and is gone once another came', async () => {
    await readOnce(['Secret']);
    const other = setUp('https://hub.example other');
    const read = other.queries.read('listProfiles');
    const stop = effect(() => void read.data.value);
    await other.ready;
    expect(read.data.value).toBeNull();
    stop();
    expect(await createConsoleCache().open(ME)).toEqual([]);
  });

  it('is gone with the sign-out, from the screen and from the browser', async () => {
    const queries = await readOnce(['Secret']);
    await queries.forget();
    expect(queries.read('listProfiles').data.value).toBeNull();
    expect(await createConsoleCache().open(ME)).toEqual([]);
  });

  it('is not written by an answer that comes after the sign-out', async () => {
    const { queries, next, ready } = setUp();
    await ready;
    const read = queries.read('listProfiles');
    const stop = effect(() => void read.data.value);
    const question = await next(0);
    await queries.forget();
    question.answer(profiles('Late'));
    await settled();
    expect(read.data.value).toBeNull();
    expect(await createConsoleCache().open(ME)).toEqual([]);
    stop();
  });

  it('is not waited for where the browser does not come up with it', async () => {
    const { hub, next } = aHub();
    const clock = createHandClock(1_000_000);
    const queries = createQueries({ hub, cache: { ...createConsoleCache(), open: () => new Promise(() => {}) }, clock });
    const stop = effect(() => void queries.read('listProfiles').data.value);
    const owned = queries.own(ME);
    clock.pass(500);
    await owned;
    (await next(0)).answer(profiles('One'));
    stop();
  });

  it('never fails where the browser has no database to give', async () => {
    globalThis.indexedDB = { open: () => { throw new Error('no'); } } as unknown as IDBFactory;
    const { queries, next, ready } = setUp();
    await ready;
    const read = queries.read('listProfiles');
    const stop = effect(() => void read.data.value);
    (await next(0)).answer(profiles('One'));
    await vi.waitFor(() => expect(read.data.value).toEqual(profiles('One')));
    stop();
  });
});
