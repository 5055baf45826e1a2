import { signal } from '@preact/signals-core';
import { describe, expect, test } from 'vitest';
import { clientProblem } from '../../../lib/api/client-problem.ts';
import type { Problem } from '../../../lib/api/problem.ts';
import type { Impact } from '../../../lib/api/shapes-maker.ts';
import type { ProfileDocument } from '../../../lib/catalogue/index.ts';
import type { ConsoleHub } from '../../../lib/console/hub.ts';
import type { Queries } from '../../../lib/console/queries.ts';
import { PublishForm } from '../../../lib/models/maker/publish-form.ts';
import { ImpactModel, type ImpactOptions, keepersOf } from '../../../lib/models/maker/publish-impact.ts';
import { countsOf, filteredRows, hasArrived, type ReceiptRow, sharesOf, sortedRows } from '../../../lib/models/maker/publish-receipts.ts';
import { createResources, missingKinds } from '../../../lib/models/maker/publish-resources.ts';
import { instantOf, localText, nextQuarter } from '../../../lib/models/maker/publish-time.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';

const NOW = Date.UTC(2026, 10, 21, 14, 3);
const MINUTE = 60_000;
const named = (name: string): ProfileDocument => ({ schema: 1, settings: { 'general.name': name }, configuration: {} });
const impactOf = (people: number): Impact => ({ people, online: 0, inInteraction: 0, keep: 0, groups: [], without: [] });
const settle = () => new Promise<void>((done) => setImmediate(done));

describe('the impact of a draft', () => {
  function asking() {
    const clock = createHandClock(NOW);
    const document = signal<ProfileDocument | null>(null);
    const options = signal<ImpactOptions>({ to: 'everyone', emergency: false });
    const people = signal(0);
    const asked: { name: unknown; answer: (impact: Impact | 'offline') => Promise<void> }[] = [];
    const hub: ConsoleHub = {
      ask: (_name, ...[input]) =>
        new Promise((resolve) => {
          const { document: of } = (input as unknown as { body: { document: ProfileDocument } }).body;
          const answer = (impact: Impact | 'offline') => {
            resolve((impact === 'offline' ? { ok: false, problem: clientProblem('client.offline') } : { ok: true, value: { value: impact, etag: null, notModified: false } }) as never);
            return settle();
          };
          asked.push({ name: of.settings['general.name'], answer });
        }),
    };
    const model = new ImpactModel({ hub, clock, profileId: 'p', document, options, people });
    return { clock, document, options, people, asked, model, names: () => asked.map(({ name }) => name) };
  }

  test('is asked once typing has paused', () => {
    const { clock, document, names } = asking();
    document.value = named('a');
    clock.pass(300);
    document.value = named('ab');
    clock.pass(399);
    expect(names()).toEqual([]);
    clock.pass(1);
    expect(names()).toEqual(['ab']);
    clock.pass(10_000);
    expect(names()).toEqual(['ab']);
  });

  test('stays on screen, marked as behind, while a newer one is asked for', async () => {
    const { clock, document, asked, model } = asking();
    document.value = named('a');
    clock.pass(400);
    expect(model.impact.value).toBeNull();
    await asked[0]!.answer(impactOf(3));
    expect([model.impact.value?.people, model.behind.value]).toEqual([3, false]);
    document.value = named('b');
    expect([model.impact.value?.people, model.behind.value]).toEqual([3, true]);
    clock.pass(400);
    await asked[1]!.answer(impactOf(5));
    expect([model.impact.value?.people, model.behind.value]).toEqual([5, false]);
  });

  test('of an older question never comes after that of a newer one', async () => {
    const { clock, document, asked, model } = asking();
    document.value = named('a');
    clock.pass(400);
    document.value = named('b');
    clock.pass(400);
    await asked[1]!.answer(impactOf(5));
    await asked[0]!.answer(impactOf(3));
    expect([model.impact.value?.people, model.behind.value]).toEqual([5, false]);
  });

  test('is asked for again after the hub could not be reached, keeping what was known', async () => {
    const { clock, document, asked, model, names } = asking();
    document.value = named('a');
    clock.pass(400);
    await asked[0]!.answer(impactOf(3));
    document.value = named('b');
    clock.pass(400);
    await asked[1]!.answer('offline');
    expect([model.impact.value?.people, model.problem.value?.code, model.behind.value]).toEqual([3, 'client.offline', true]);
    clock.pass(5000);
    await asked[2]!.answer(impactOf(7));
    expect([model.impact.value?.people, model.problem.value, names().at(-1)]).toEqual([7, null, 'b']);
  });

  test('is asked anew when people come and go, without a word of being behind', async () => {
    const { clock, document, people, asked, model } = asking();
    document.value = named('a');
    clock.pass(400);
    await asked[0]!.answer(impactOf(3));
    people.value = 1;
    clock.pass(200);
    people.value = 2;
    clock.pass(400);
    expect([asked.length, model.impact.value?.people, model.behind.value]).toEqual([2, 3, false]);
    await asked[1]!.answer(impactOf(4));
    expect(model.impact.value?.people).toBe(4);
  });

  test('is asked anew for an emergency, and not at all where nothing is changed', async () => {
    const { clock, document, options, asked, model } = asking();
    document.value = named('a');
    clock.pass(400);
    await asked[0]!.answer(impactOf(3));
    options.value = { to: 'everyone', emergency: true };
    clock.pass(400);
    expect(asked).toHaveLength(2);
    document.value = null;
    clock.pass(1000);
    expect([model.impact.value, model.behind.value, asked.length]).toEqual([null, false, 2]);
  });

  test('tells who keeps what a setting takes away', () => {
    const person = (id: string, inInteraction: boolean) => ({ id, name: id, online: true, inInteraction });
    const impact: Impact = {
      people: 3,
      online: 3,
      inInteraction: 2,
      keep: 2,
      groups: [
        { gained: [], lost: ['int.record'], kept: ['int.record'], people: [person('a', true), person('b', false), person('c', true)] },
        { gained: [], lost: ['mod.history'], kept: [], people: [person('d', true)] },
      ],
      without: [],
    };
    expect([keepersOf(impact, 'flow.voice.process.manualRecord'), keepersOf(impact, 'history.access')]).toEqual([2, 0]);
  });
});

describe('the form of a publish', () => {
  test('says now and for everyone where nothing is chosen', () => {
    const form = new PublishForm(createHandClock(NOW), 'everyone');
    form.message.value = ' Record again ';
    expect([form.body(), form.startsAt(), form.valid.value]).toEqual([{ message: 'Record again', to: 'everyone', emergency: false }, null, true]);
  });

  test('refuses a time that is past, none, or an end before its start', () => {
    const form = new PublishForm(createHandClock(NOW), 'everyone');
    form.scheduled.value = true;
    expect(form.atError.value).toBeNull();
    form.at.value = localText(NOW - MINUTE);
    expect(form.atError.value).toBe('past');
    form.at.value = '';
    expect(form.atError.value).toBe('missing');
    form.at.value = localText(NOW + 60 * MINUTE);
    form.ends.value = true;
    form.until.value = localText(NOW + 30 * MINUTE);
    expect([form.untilError.value, form.valid.value]).toEqual(['beforeStart', false]);
    form.until.value = localText(NOW + 90 * MINUTE);
    expect([form.valid.value, form.body().until]).toEqual([true, NOW + 90 * MINUTE]);
  });

  test('is no emergency for new assignments alone', () => {
    const form = new PublishForm(createHandClock(NOW), 'everyone');
    form.emergency.value = true;
    form.setTo('newAssignments');
    expect(form.body()).toMatchObject({ to: 'newAssignments', emergency: false });
  });

  test('has times that come back as they were typed', () => {
    expect(instantOf(localText(NOW))).toBe(NOW);
    expect([instantOf('2026-13-40T99:00'), instantOf('soon')]).toEqual([null, null]);
    expect(nextQuarter(NOW)).toBe(Date.UTC(2026, 10, 21, 14, 15));
  });
});

describe('receipts', () => {
  const row = (name: string, state: ReceiptRow['state']): ReceiptRow => ({ personId: name, name, version: 2, state, at: NOW });
  const rows = [row('Zoé', 'applied'), row('Ada', 'offline'), row('Ben', 'failed'), row('Cem', 'applied'), row('Dov', 'leased')];

  test('are counted, and drawn in shares of all', () => {
    expect(countsOf(rows)).toEqual({ queued: 0, delivered: 0, applied: 2, leased: 1, offline: 1, failed: 1 });
    expect(sharesOf(countsOf(rows)).map(({ state, share }) => [state, share])).toEqual([['applied', 0.4], ['leased', 0.2], ['failed', 0.2], ['offline', 0.2]]);
  });

  test('have arrived once nothing is on its way and nothing failed', () => {
    expect([hasArrived(countsOf(rows)), hasArrived(countsOf(rows.filter(({ state }) => state !== 'failed')))]).toEqual([false, true]);
  });

  test('stand with what went wrong first, and are found by name without its accents', () => {
    expect(sortedRows(rows, 'en').map(({ name }) => name)).toEqual(['Ben', 'Dov', 'Cem', 'Zoé', 'Ada']);
    expect(filteredRows(rows, 'applied', 'zoe').map(({ name }) => name)).toEqual(['Zoé']);
    expect(filteredRows(rows, null, ' ')).toHaveLength(5);
  });
});

describe('the names of resources', () => {
  test('are read by kind only where a document names one that is not known', () => {
    const document: ProfileDocument = {
      schema: 1,
      settings: {},
      configuration: { queues: { rows: [{ id: 'motor', personScores: { ada: 80 } }] }, activities: { rows: [{ id: 'break' }] } },
    };
    const known = { break: { id: 'break', kind: 'activity', name: 'Break', attributes: {} } } as const;
    expect(missingKinds([document], known)).toEqual(['queue', 'person']);
    expect(missingKinds([], known)).toEqual([]);
  });

  test('are not said to be gone before they are read, nor where they could not be', () => {
    const data = signal<unknown>(null);
    const problem = signal<Problem | null>(null);
    const queries = { read: () => ({ data, problem }) } as unknown as Queries;
    const document: ProfileDocument = { schema: 1, settings: {}, configuration: { queues: { rows: [{ id: 'motor' }, { id: 'gone' }] } } };
    const read = createResources({ queries, known: signal({}), documents: signal([document]) });
    expect([read.nameOf('motor'), read.nameOf('gone'), read.nameOf('of nobody')]).toEqual(['…', '…', null]);
    problem.value = clientProblem('client.offline');
    expect([read.ready.value, read.nameOf('motor')]).toEqual([true, '…']);
    data.value = { resources: [{ id: 'motor', kind: 'queue', name: 'Motor claims', attributes: {} }] };
    expect([read.nameOf('motor'), read.nameOf('gone')]).toEqual(['Motor claims', null]);
  });
});
