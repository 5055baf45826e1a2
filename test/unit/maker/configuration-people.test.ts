import { computed, signal } from '@preact/signals-core';
import { describe, expect, it, vi } from 'vitest';
import { clientProblem } from '../../../lib/api/client-problem.ts';
import type { Problem } from '../../../lib/api/problem.ts';
import type { PersonSummary } from '../../../lib/api/routes.ts';
import type { ConsoleHub } from '../../../lib/console/hub.ts';
import { AssigneesModel, type Assignment } from '../../../lib/models/maker/configuration-people.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';

const person = (id: string, profiles: readonly string[]): PersonSummary => ({
  id,
  name: `Person ${id}`,
  email: `${id}@harbour.example`,
  licence: 'smart',
  type: 'agent',
  profiles: profiles.map((profile) => ({ id: profile, name: profile, atLogin: false })),
  teams: [{ id: 't', name: 'Équipe Lyon', manages: false }],
  extras: 0,
  disabled: false,
  online: false,
});

/** A hub that keeps who has the profile `p`, and refuses whoever is called `x`. */
function bench(assigned: readonly string[], people: readonly PersonSummary[] | null) {
  const row = (personId: string, score = 50, atLogin = false): Assignment => ({ personId, name: `Person ${personId}`, email: `${personId}@harbour.example`, atLogin, score });
  const kept = new Map(assigned.map((id) => [id, row(id)]));
  const read = signal<{ assignments: Assignment[] } | null>({ assignments: [...kept.values()] });
  const asked: string[] = [];
  let most = 0;
  let now = 0;
  const ask = async (name: string, { params, body = {} }: { params: { personId: string }; body?: { score?: number; atLogin?: boolean } }) => {
    now += 1;
    most = Math.max(most, now);
    asked.push(`${name} ${params.personId} ${JSON.stringify(body)}`);
    await Promise.resolve();
    now -= 1;
    if (params.personId === 'x') return { ok: false, problem: { code: 'grant.refused', type: '', title: '', status: 403 } };
    if (name === 'assign') kept.set(params.personId, { ...(kept.get(params.personId) ?? row(params.personId)), ...body });
    else kept.delete(params.personId);
    return { ok: true, value: { value: null, etag: null, notModified: false } };
  };
  const clock = createHandClock(0);
  const model = new AssigneesModel('p', {
    hub: { ask: ask as unknown as ConsoleHub['ask'] },
    assignments: { data: read, problem: signal(null), loading: signal(false), refresh: async () => {} },
    people: signal(people && { data: signal({ people: [...people], next: null }) }),
    stale: async () => void (read.value = { assignments: [...kept.values()] }),
    clock,
  });
  return { model, asked, clock, most: () => most, ids: () => model.rows.value.map(({ personId }) => personId).join(' ') };
}

describe('the people of a profile', () => {
  it('are not counted before they are read, nor where they could not be', () => {
    const data = signal<{ assignments: Assignment[] } | null>(null);
    const problem = signal<Problem | null>(null);
    const assignments = { data, problem, loading: computed(() => data.value === null && problem.value === null), refresh: async () => {} };
    const model = new AssigneesModel('p', { hub: { ask: vi.fn() }, assignments, people: signal(null), stale: async () => {}, clock: createHandClock(0) });
    expect(model.known.value).toBe(false);
    problem.value = clientProblem('client.offline');
    expect([model.loading.value, model.known.value]).toEqual([false, false]);
    data.value = { assignments: [] };
    expect(model.known.value).toBe(true);
  });

  it('are added many at a time, a few at once, and shown when all are done', async () => {
    const all = Array.from({ length: 30 }, (_, at) => person(`n${at}`, []));
    const { model, most } = bench(['a'], [person('a', ['p']), ...all]);
    await model.add(all.map(({ id }) => id));
    expect(model.rows.value.length).toBe(31);
    expect(most()).toBeLessThanOrEqual(6);
    expect(model.work.value).toBeNull();
  });

  it('are added as far as it goes, and who could not be is named', async () => {
    const { model, ids } = bench([], [person('a', []), person('x', []), person('b', [])]);
    await model.add(['a', 'x', 'b']);
    expect(ids()).toBe('a b');
    expect(model.work.value).toMatchObject({ done: 3, total: 3, failed: [{ name: 'Person x', problem: { code: 'grant.refused' } }] });
    model.dismiss();
    expect(model.work.value).toBeNull();
  });

  it('are given back what they had when a removal is undone', async () => {
    const { model, ids, asked } = bench(['a', 'b'], null);
    const gone = await model.remove(['a']);
    expect(ids()).toBe('b');
    await model.restore(gone);
    expect(ids()).toBe('b a');
    expect(asked.at(-1)).toBe('assign a {"atLogin":false,"score":50}');
  });

  it('are said to have no other profile, where one may see that', () => {
    const { model } = bench(['a', 'b', 'c'], [person('a', ['p']), person('b', ['p', 'q'])]);
    expect(model.rows.value.map(({ only }) => only)).toEqual([true, false, null]);
  });

  it('are offered for adding with those who are in already', () => {
    const { model } = bench(['a'], [person('a', ['p']), person('b', []), { ...person('c', []), disabled: true }]);
    expect(model.candidates.value.map(({ person, here }) => `${person.id} ${here}`)).toEqual(['a true', 'b false']);
  });

  it('are found by name, address and team', () => {
    const { model } = bench(['a', 'b'], [person('a', ['p'])]);
    model.search.value = 'equipe person';
    expect(model.shown.value.map(({ personId }) => personId)).toEqual(['a']);
    model.search.value = 'B@';
    expect(model.shown.value.map(({ personId }) => personId)).toEqual(['b']);
  });

  it('have their score sent once, after the last step of it', async () => {
    const { model, clock, asked } = bench(['a'], null);
    const row = () => model.rows.value[0]!;
    model.setScore(row(), 60);
    model.setScore(row(), 61);
    expect(row().score).toBe(61);
    clock.pass(599);
    expect(asked).toEqual([]);
    clock.pass(1);
    expect(asked).toEqual(['assign a {"score":61}']);
    await vi.waitFor(() => expect(model.asking.value.size).toBe(0));
    expect(row().score).toBe(61);
  });

  it('keep the score they had where the hub refuses another, and it says so', async () => {
    const { model, clock } = bench(['x'], null);
    model.setScore(model.rows.value[0]!, 60);
    clock.pass(600);
    await vi.waitFor(() => expect(model.rows.value[0]!.score).toBe(50));
    expect(model.problem.value).toMatchObject({ personId: 'x', problem: { code: 'grant.refused' } });
  });
});
