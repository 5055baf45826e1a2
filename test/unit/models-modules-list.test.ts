import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAUSE_MS } from '../../lib/models/modules/row-list.ts';
import { APART_MS, FRESH_MS } from '../../lib/models/modules/fresh.ts';
import { directory } from '../../lib/modules/shelves.ts';
import { problemOf } from '../fixtures/gallery/fake-modules.ts';
import { everything, inbound } from '../fixtures/gallery/profiles.ts';
import { cases, opened, openPanel } from '../fixtures/open-panel.ts';

const queryOf = (path: string) => Object.fromEntries(new URL(path, 'http://hub').searchParams);

describe('the list of a panel', () => {
  it('is read as it is opened, in the order that is declared', async () => {
    const { asked, answer, model } = openPanel(cases);
    expect(model.list.rows.value).toBeNull();
    expect(asked).toEqual(['/api/modules/mod.cases?order=dueAt']);
    await answer();
    expect([model.list.rows.value?.length, model.list.total.value, model.list.hasMore.value]).toEqual([50, 130, true]);
  });

  it('is searched once typing has paused', async () => {
    const { model, clock, asked, answer } = await opened(cases);
    model.list.type('ga');
    clock.pass(PAUSE_MS - 1);
    model.list.type('garage');
    clock.pass(PAUSE_MS - 1);
    expect(asked).toEqual([]);
    clock.pass(1);
    expect(asked.map(queryOf)).toEqual([{ order: 'dueAt', search: 'garage' }]);
    await answer();
    expect(model.list.rows.value!.length).toBeGreaterThan(0);
    expect(model.list.narrowed.value).toBe(true);
  });

  it('is searched at once by Enter, and not again when the pause is over', async () => {
    const { model, clock, asked } = await opened(cases);
    model.list.type('hail');
    model.list.settle();
    clock.pass(PAUSE_MS);
    expect(asked).toHaveLength(1);
  });

  it('takes the answer to what was asked last, whenever the earlier one comes', async () => {
    const { model, answer, ids } = await opened(cases);
    model.list.filter('state', 'done');
    model.list.filter('state', 'waiting');
    await answer();
    expect(new Set(model.list.rows.value!.map(({ values }) => values['state']))).toEqual(new Set(['waiting']));
    expect(ids()!.length).toBe(model.list.total.value);
  });

  it('is narrowed by several columns and put in another order, and shows all again', async () => {
    const { model, asked, answer } = await opened(cases);
    model.list.filter('state', 'open');
    model.list.filter('priority', 'urgent');
    model.list.sort({ by: 'title', descending: true });
    expect(queryOf(asked.at(-1)!)).toEqual({ order: '-title', filter: 'state:open,priority:urgent' });
    model.list.filter('state', null);
    expect(queryOf(asked.at(-1)!)).toEqual({ order: '-title', filter: 'priority:urgent' });
    model.list.clear();
    await answer();
    expect([model.list.narrowed.value, model.list.total.value]).toEqual([false, 130]);
  });

  it('goes on page after page to the end, each row once', async () => {
    const { model, answer, ids } = await opened(cases);
    for (let page = 0; page < 5; page += 1) {
      void model.list.more();
      void model.list.more();
      await answer();
    }
    expect(ids()!.length).toBe(130);
    expect(new Set(ids()).size).toBe(130);
    expect(model.list.hasMore.value).toBe(false);
  });

  it('keeps what it has where the next page cannot be read, and tries again', async () => {
    const { model, modules, answer, ids } = await opened(cases);
    modules.refuse(problemOf('client.offline'));
    void model.list.more();
    await answer();
    expect([ids()!.length, model.list.moreProblem.value?.code, model.list.problem.value]).toEqual([50, 'client.offline', null]);
    modules.refuse(null);
    void model.list.more();
    await answer();
    expect([ids()!.length, model.list.moreProblem.value]).toEqual([100, null]);
  });

  it('keeps its rows, and from when they are, where it cannot be read again', async () => {
    const { model, modules, answer, clock, ids } = await opened(cases);
    const { value: readAt } = model.list.readAt;
    modules.refuse(problemOf('client.offline'));
    clock.pass(60_000);
    void model.list.again();
    await answer();
    expect([ids()!.length, model.list.problem.value?.code, model.list.readAt.value]).toEqual([50, 'client.offline', readAt]);
  });

  it('shows nothing any more that one may no longer see', async () => {
    const { model, modules, answer } = await opened(cases);
    modules.refuse(problemOf('control.refused'));
    void model.list.again();
    await answer();
    expect(model.list.rows.value).toBeNull();
  });

  it('says what went wrong where it never had rows, and reads them when the link is back', async () => {
    const { model, modules, client, answer, ids } = openPanel(cases);
    modules.refuse(problemOf('client.offline'));
    await answer();
    expect([ids(), model.list.problem.value?.code]).toEqual([null, 'client.offline']);
    client.set({ connection: { state: 'stale', since: 0, asOf: 0, nextTryAt: null } });
    modules.refuse(null);
    client.set({ connection: { state: 'live', since: 0, asOf: 0, nextTryAt: null } });
    await answer();
    expect([ids()!.length, model.list.problem.value]).toEqual([50, null]);
  });

  it('is read again when the profile is another: as many pages as were held', async () => {
    const { model, answer, asked, publish, ids } = await opened(cases);
    void model.list.more();
    await answer();
    asked.length = 0;
    publish({ ...everything, version: everything.version + 1 });
    await answer();
    expect(asked.map(queryOf)).toEqual([{ order: 'dueAt' }, { order: 'dueAt', after: '50' }]);
    expect(ids()!.length).toBe(100);
  });

  it('is read again now and then while all of it is held, and no more once it is closed', async () => {
    const { clock, asked, answer, close } = await opened(directory);
    clock.pass(FRESH_MS);
    await answer();
    expect(asked).toHaveLength(1);
    close();
    clock.pass(10 * FRESH_MS);
    expect(asked).toHaveLength(1);
  });

  describe('when the hub says that it has changed', () => {
    const paths = (asked: readonly string[]) => asked.map((path) => path.replace(/\?.*/, ''));

    it('is read at once, once a second at most, and by nobody who has closed it', async () => {
      const { clock, asked, answer, changed, followed, close } = await opened(directory);
      expect(followed).toEqual(['mod.directory']);
      changed();
      expect(asked).toHaveLength(1);
      for (let n = 0; n < 5; n++) changed();
      await answer();
      clock.pass(APART_MS - 1);
      expect(asked).toHaveLength(1);
      clock.pass(1);
      await answer();
      expect(asked).toHaveLength(2);
      clock.pass(FRESH_MS - 1);
      expect(asked).toHaveLength(2);
      clock.pass(1);
      await answer();
      expect(asked).toHaveLength(3);
      changed();
      close();
      clock.pass(10 * FRESH_MS);
      expect([asked.length, followed]).toEqual([3, []]);
    });

    it('is read also where only the beginning is held, and as far as it was', async () => {
      const { model, asked, answer, changed, ids } = await opened(cases);
      void model.list.more();
      await answer();
      asked.length = 0;
      changed();
      await answer();
      expect(asked.map(queryOf)).toEqual([{ order: 'dueAt' }, { order: 'dueAt', after: '50' }]);
      expect(ids()).toHaveLength(100);
    });

    it('waits until what is on its way has come, and leaves it to the link where that is lost', async () => {
      const { model, clock, asked, answer, changed, client } = await opened(directory);
      void model.list.again();
      changed();
      expect(asked).toHaveLength(1);
      await answer();
      clock.pass(APART_MS);
      await answer();
      expect(asked).toHaveLength(2);
      client.set({ connection: { state: 'stale', since: 0, asOf: null, nextTryAt: null } });
      changed();
      clock.pass(10 * FRESH_MS);
      expect(asked).toHaveLength(2);
    });

    it('loses nothing that is typed in a form, and shows the row that is open as it is now', async () => {
      const { model, asked, answer, changed, verb, row, ids } = await opened(cases);
      const id = ids()![0]!;
      void model.open(id);
      await answer();
      asked.length = 0;
      changed();
      await answer();
      expect(paths(asked).toSorted()).toEqual(['/api/modules/mod.cases', `/api/modules/mod.cases/${id}`]);
      void model.press(verb('case.edit'), [row(id).id]);
      await answer();
      model.entry.value!.type('text', 'Not to be lost');
      changed();
      await answer();
      expect([model.step.value.at, model.entry.value!.typed.value['text'], model.entry.value!.touched.value]).toEqual(['form', 'Not to be lost', true]);
    });
  });

  it('has the same rows in whatever way one comes to a question', async () => {
    const steps = fc.constantFrom('search', 'filter', 'sort', 'more', 'again', 'answer');
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 12 }), async (walk) => {
        const { model, answer, clock, ids, close } = openPanel(cases);
        for (const step of walk) {
          if (step === 'search') model.list.type('garage');
          else if (step === 'filter') model.list.filter('priority', 'high');
          else if (step === 'sort') model.list.sort({ by: 'title', descending: false });
          else if (step === 'more') void model.list.more();
          else if (step === 'again') void model.list.again();
          else await answer();
        }
        clock.pass(PAUSE_MS);
        await answer();
        model.list.clear();
        await answer();
        model.list.filter('state', 'done');
        await answer();
        expect(new Set(ids()).size).toBe(ids()!.length);
        expect([model.list.loading.value, model.list.total.value]).toEqual([null, 32]);
        expect(model.list.rows.value!.every(({ values }) => values['state'] === 'done')).toBe(true);
        close();
      }),
      { numRuns: 60 },
    );
  });

  it('offers to make a row only where the profile allows it', () => {
    expect(openPanel(cases).model.offers.value.map(({ verb }) => verb.control)).toEqual(['case.create']);
    expect(openPanel(cases, { active: inbound }).model.offers.value).toEqual([]);
  });
});
