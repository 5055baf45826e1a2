import { effect, type Signal, signal } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../lib/api/routes.ts';
import type { ConsoleHub } from '../../../lib/console/hub.ts';
import type { Queries } from '../../../lib/console/queries.ts';
import { AuditModel, queryOf } from '../../../lib/models/maker/audit.ts';
import { auditChanges, hasChanges } from '../../../lib/models/maker/audit-changes.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';

const entry = (id: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id, at: id, actor: null, action: 'profile.publish', subject: null, before: null, after: null, ...more,
});
const entries = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => entry(from - at));
type Page = { entries: AuditEntry[]; more: boolean };

function setUp(first: Page, older: (before: number) => Page = () => ({ entries: [], more: false })) {
  const clock = createHandClock(0);
  const asked: Record<string, unknown>[] = [];
  const reads = new Map<string, Signal<Page | null>>();
  const queries = {
    read(_name: string, input: { query: object }) {
      const key = JSON.stringify(input.query);
      if (!reads.has(key)) reads.set(key, signal(reads.size === 0 ? first : { entries: [], more: false }));
      return { data: reads.get(key)!, problem: signal(null), loading: signal(false), etag: signal(null), refresh: async () => {} };
    },
  } as unknown as Queries;
  const hub = {
    async ask(_name: string, { query }: { query: Record<string, string> }) {
      asked.push(query);
      return { ok: true, value: { value: older(Number(query['before'] ?? Infinity)), etag: null, notModified: false } };
    },
  } as unknown as ConsoleHub;
  const model = new AuditModel({ queries, hub, clock });
  const stop = effect(() => void model.entries.value);
  return { model, clock, asked, reads, stop, now: (page: Page) => void ([...reads.values()][0]!.value = page) };
}
const ids = (all: readonly AuditEntry[]) => all.map(({ id }) => id);

describe('the audit', () => {
  it('goes on where the last page ended, to the end', async () => {
    const { model, asked } = setUp({ entries: entries(9, 7), more: true }, (before) => ({ entries: entries(before - 1, before - 3), more: before > 4 }));
    await model.loadMore();
    expect(ids(model.entries.value)).toEqual([9, 8, 7, 6, 5, 4]);
    await model.loadMore();
    expect(ids(model.entries.value)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(model.more.value).toBe(false);
    await model.loadMore();
    expect(asked.map((query) => query['before'])).toEqual(['7', '4']);
  });

  it('puts what happens meanwhile on top, and loses nothing in between', async () => {
    const { model, now } = setUp({ entries: entries(9, 7), more: true }, (before) => ({ entries: entries(before - 1, before - 3), more: true }));
    await model.loadMore();
    now({ entries: entries(11, 9), more: true });
    expect(ids(model.entries.value)).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
  });

  it('starts afresh where more happened than a page holds: no gap is hidden', async () => {
    const { model, now } = setUp({ entries: entries(9, 7), more: true }, (before) => ({ entries: entries(before - 1, before - 3), more: true }));
    await model.loadMore();
    now({ entries: entries(30, 28), more: true });
    expect(ids(model.entries.value)).toEqual([30, 29, 28]);
    expect(model.more.value).toBe(true);
  });

  it('waits for typing to pause, and asks once', () => {
    const { model, clock, reads } = setUp({ entries: [], more: false });
    model.filter({ actor: 'm' });
    model.filter({ actor: 'ma' });
    clock.pass(299);
    expect(model.asked.value.actor).toBe('');
    clock.pass(1);
    expect(model.asked.value.actor).toBe('ma');
    void model.entries.value;
    expect([...reads.keys()]).toEqual(['{"limit":"50"}', '{"actor":"ma","limit":"50"}']);
  });

  it('exports everything that the filters let through, page after page', async () => {
    const { model, asked } = setUp({ entries: [], more: false }, (before) => (before > 100 ? { entries: entries(6, 4), more: true } : { entries: entries(3, 1), more: false }));
    const all = await model.exportAll();
    expect(ids(all as AuditEntry[])).toEqual([6, 5, 4, 3, 2, 1]);
    expect(asked.map((query) => query['before'])).toEqual([undefined, '4']);
    expect(model.exporting.value).toBe(false);
  });

  it('takes days as whole ones', () => {
    const { from, to } = queryOf({ actor: ' ', action: '', subject: '', from: '2026-03-01', to: '2026-03-01' }) as { from: string; to: string };
    expect(Number(to) - Number(from)).toBe(24 * 3_600_000 - 1);
  });
});

describe('an entry', () => {
  it('of a profile is the difference of its documents', () => {
    const { documents, values } = auditChanges({
      before: { version: 1, settings: { 'recording.delete': false }, configuration: {} },
      after: { version: 2, to: 'everyone', emergency: false, settings: { 'recording.delete': true }, configuration: {} },
    });
    expect(documents?.before.settings).toEqual({ 'recording.delete': false });
    expect(documents?.after.settings).toEqual({ 'recording.delete': true });
    expect(values.map(({ path }) => path.join('.'))).toEqual(['to', 'emergency']);
  });

  it('of a resource is one value after the other, its attributes each by itself', () => {
    const { values } = auditChanges({
      before: { kind: 'queue', name: 'Claims', attributes: { voice: true, note: 'a' } },
      after: { kind: 'queue', name: 'Claims desk', attributes: { voice: false, note: 'a' } },
    });
    expect(values).toEqual([
      { path: ['name'], before: 'Claims', after: 'Claims desk' },
      { path: ['attributes', 'voice'], before: true, after: false },
    ]);
  });

  it('without anything that differs is not opened', () => {
    expect(hasChanges({ before: null, after: { name: 'Sales' } })).toBe(false);
    expect(hasChanges({ before: { at_login: false, personId: 'x', score: 50 }, after: { at_login: false, personId: 'x', score: 50 } })).toBe(false);
    expect(hasChanges({ before: { at_login: false }, after: { at_login: true } })).toBe(true);
  });
});
