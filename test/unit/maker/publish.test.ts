import { computed, signal } from '@preact/signals-core';
import { describe, expect, test } from 'vitest';
import { whyNoReceipts } from '../../../components/maker/publish/receipts.tsx';
import { useMessages } from '../../../components/ui/text.ts';
import { clientProblem } from '../../../lib/api/client-problem.ts';
import type { Problem } from '../../../lib/api/problem.ts';
import type { ProfileWatch } from '../../../lib/api/routes.ts';
import type { Queries } from '../../../lib/console/queries.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { PublishModel } from '../../../lib/models/maker/publish.ts';
import { ReceiptsModel } from '../../../lib/models/maker/publish-arrival.ts';
import { createDifference } from '../../../lib/models/maker/publish-difference.ts';
import { PublishForm } from '../../../lib/models/maker/publish-form.ts';
import { localText } from '../../../lib/models/maker/publish-time.ts';
import english from '../../../locales/en.json' with { type: 'json' };
import { messageSource } from '../../fixtures/gallery/messages.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';

const NOW = Date.UTC(2026, 10, 21, 14, 3);
const HOUR = 60 * 60_000;

const watchOf = (version: number, receiptsAt: number, counts: Partial<Record<string, number>> = {}) =>
  ({ receipts: { version, counts }, receiptsAt }) as unknown as ProfileWatch;

/** A hub by hand: what it was asked, in order, and what it answers to each route. */
function setUp(answers: Readonly<Record<string, unknown>> = {}, { flushes = true, problem = null as Problem | null } = {}) {
  const log: [name: string, input: unknown][] = [];
  const watch = signal<ProfileWatch | null>(null);
  const editor = {
    profileId: 'p',
    watch,
    problem: signal(problem),
    flush: async () => (log.push(['flush', null]), flushes),
    reload: async () => void log.push(['reload', null]),
  } as unknown as Editor;
  const reads = new Map<string, { value: unknown; refreshed: number }>();
  const queries = {
    read: (name: string, input: unknown) => {
      const key = `${name} ${JSON.stringify(input)}`;
      const held = { value: answers[key] ?? answers[name] ?? null, refreshed: 0 };
      reads.set(name, held);
      return { data: signal(held.value), problem: signal(null), loading: signal(false), etag: signal(null), refresh: async () => void (held.refreshed += 1) };
    },
    write: async (name: string, input: unknown) => {
      log.push([name, input]);
      const value = answers[name];
      return value && typeof value === 'object' && 'code' in value ? { ok: false, problem: value } : { ok: true, value: { value, etag: null, notModified: false } };
    },
    stale: async () => {},
  } as unknown as Queries;
  const clock = createHandClock(NOW);
  return { log, watch, editor, queries, clock, reads, form: new PublishForm(clock, 'everyone'), model: new PublishModel(editor, queries) };
}

describe('publishing', () => {
  test('saves what is on screen first, then publishes that, then reads the profile again', async () => {
    const { log, form, model } = setUp({ publish: { version: 8 } });
    form.message.value = 'Record again';
    expect(await model.publish(form)).toBe(true);
    expect(log).toEqual([
      ['flush', null],
      ['publish', { params: { id: 'p' }, body: { message: 'Record again', to: 'everyone', emergency: false } }],
      ['reload', null],
    ]);
    expect(model.done.value).toEqual({ kind: 'published', version: 8, to: 'everyone', until: null });
  });

  test('publishes nothing where the draft could not be saved, and says why', async () => {
    const { log, form, model } = setUp({ publish: { version: 8 } }, { flushes: false, problem: clientProblem('client.offline') });
    expect(await model.publish(form)).toBe(false);
    expect([log.map(([name]) => name), model.problem.value?.code, model.done.value]).toEqual([['flush'], 'client.offline', null]);
  });

  test('names the conflict where somebody else saved first', async () => {
    const { form, model } = setUp({}, { flushes: false });
    await model.publish(form);
    expect(model.problem.value?.code).toBe('draft.conflict');
  });

  test('keeps the form open with what the hub refused', async () => {
    const { form, model } = setUp({ publish: { code: 'grant.refused', fields: ['recording.delete'] } });
    expect(await model.publish(form)).toBe(false);
    expect([model.problem.value?.fields, model.done.value, model.busy.value]).toEqual([['recording.delete'], null, false]);
  });

  test('at a time is a schedule, with its end', async () => {
    const { log, form, model } = setUp({ schedulePublish: { at: NOW + HOUR, until: NOW + 2 * HOUR } });
    form.scheduled.value = true;
    form.at.value = localText(NOW + HOUR);
    form.ends.value = true;
    form.until.value = localText(NOW + 2 * HOUR);
    await model.publish(form);
    expect(log.at(-1)).toEqual([
      'schedulePublish',
      { params: { id: 'p' }, body: { message: '', to: 'everyone', emergency: false, at: NOW + HOUR, until: NOW + 2 * HOUR } },
    ]);
    expect(model.done.value).toEqual({ kind: 'scheduled', at: NOW + HOUR, until: NOW + 2 * HOUR });
  });

  test('is seen to arrive by the receipts of this version alone', async () => {
    const { watch, form, model } = setUp({ publish: { version: 8 } });
    watch.value = watchOf(7, 1, { applied: 3 });
    await model.publish(form);
    expect(model.arrival.value).toBeNull();
    watch.value = watchOf(8, 2, { queued: 1, applied: 2 });
    expect(model.arrival.value).toMatchObject({ queued: 1, applied: 2, failed: 0 });
  });

  test('is done once, however often it is pressed', async () => {
    const { log, form, model } = setUp({ publish: { version: 8 } });
    await Promise.all([model.publish(form), model.publish(form)]);
    expect(log.filter(([name]) => name === 'publish')).toHaveLength(1);
  });

  test('goes back to a version and reads the profile again; pushes again to those who lack it', async () => {
    const { log, model } = setUp({ rollBack: { version: 9 }, refresh: { version: 9, people: 4 } });
    expect(await model.rollBack(7, 'Too early')).toBe(9);
    expect(await model.refresh('unapplied')).toBe(4);
    expect(log).toEqual([
      ['rollBack', { params: { id: 'p' }, body: { version: 7, message: 'Too early' } }],
      ['reload', null],
      ['refresh', { params: { id: 'p' }, query: { only: 'unapplied' } }],
    ]);
  });
});

describe('the receipts on screen', () => {
  test('are read again when they move, a burst of moves once', () => {
    const { editor, watch, queries, clock, reads } = setUp({ listReceipts: { version: 8, receipts: [] } });
    const model = new ReceiptsModel({ editor, queries, clock });
    watch.value = watchOf(8, 1);
    clock.pass(5000);
    expect(reads.get('listReceipts')!.refreshed).toBe(0);
    watch.value = watchOf(8, 2);
    clock.pass(0);
    expect(reads.get('listReceipts')!.refreshed).toBe(1);
    for (let at = 3; at < 9; at++) {
      watch.value = watchOf(8, at);
      clock.pass(100);
    }
    expect(reads.get('listReceipts')!.refreshed).toBe(1);
    clock.pass(1200);
    expect(reads.get('listReceipts')!.refreshed).toBe(2);
    expect(model.version.value).toBe(8);
  });

  test('are not counted before they are read', () => {
    const { editor, queries, clock, reads } = setUp({ listReceipts: { version: 8, receipts: [{ personId: 'p', name: 'P', version: 8, state: 'applied', at: 1 }] } });
    const unread = new ReceiptsModel({ editor, queries: setUp({}).queries, clock });
    expect([unread.counts.value, unread.rows.value]).toEqual([null, []]);
    const model = new ReceiptsModel({ editor, queries, clock });
    expect(reads.size).toBe(1);
    expect(model.counts.value).toEqual({ queued: 0, delivered: 0, applied: 1, leased: 0, offline: 0, failed: 0 });
  });

  test('are not read again once nobody looks', () => {
    const { editor, watch, queries, clock, reads } = setUp();
    const model = new ReceiptsModel({ editor, queries, clock });
    watch.value = watchOf(8, 1);
    watch.value = watchOf(8, 2);
    model[Symbol.dispose]();
    clock.pass(5000);
    expect(reads.get('listReceipts')!.refreshed).toBe(0);
  });
});

test('the difference of two versions is there once both are, named by what they point to', () => {
  const document = (configuration: object) => ({ schema: 1, settings: {}, configuration });
  const version = (number: number) => `readVersion ${JSON.stringify({ params: { id: 'p', version: String(number) } })}`;
  const { queries } = setUp({
    [version(1)]: { document: document({ queues: { rows: [{ id: 'motor' }] } }) },
    [version(2)]: { document: document({ queues: { rows: [{ id: 'home' }] } }) },
    [`listResources ${JSON.stringify({ params: { kind: 'queue' } })}`]: { resources: [{ id: 'home', kind: 'queue', name: 'Home claims', attributes: {} }] },
  });
  const known = signal({});
  const difference = createDifference({ queries, profileId: 'p', from: 1, to: 2, known });
  expect(difference.diff.value?.tabs[0]).toMatchObject({ added: ['home'], removed: ['motor'] });
  expect([difference.resources.nameOf('home'), difference.resources.nameOf('motor')]).toEqual(['Home claims', null]);
  expect(createDifference({ queries, profileId: 'p', from: 1, to: 3, known }).diff.value).toBeNull();
});

test('receipts that are not read are not said to be none: why there is nothing to export is that they are read, or could not be', () => {
  const data = signal<unknown>(null);
  const problem = signal<Problem | null>(null);
  const queries = { read: () => ({ data, problem, loading: computed(() => data.value === null && problem.value === null) }) } as unknown as Queries;
  const receipts = new ReceiptsModel({ editor: setUp().editor, queries, clock: createHandClock(NOW) });
  useMessages(messageSource(english));
  expect(whyNoReceipts(receipts)).toBe('Reading the receipts…');
  problem.value = clientProblem('client.offline');
  expect(whyNoReceipts(receipts)).toBe('The hub cannot be reached. Check your network, then try again.');
  data.value = { version: 8, receipts: [] };
  expect(whyNoReceipts(receipts)).toBeNull();
});
