import { describe, expect, it } from 'vitest';
import { clientProblem } from '../../lib/api/client-problem.ts';
import type { PersonRecord, PersonSummary } from '../../lib/api/routes.ts';
import type { Problem } from '../../lib/api/problem.ts';
import { fields } from '../../lib/catalogue/index.ts';
import { consoleFields, PERMISSIONS } from '../../lib/catalogue/console.ts';
import { type ActiveProfile, type Person } from '../../lib/decide/index.ts';
import { isExtra } from '../../lib/decide/console.ts';
import { type BulkEdges, changeFor, createBulkRun } from '../../lib/models/maker/people-bulk.ts';
import { effectOf, extraGroups, otherExtras, whatTheyCan } from '../../lib/models/maker/people-extras.ts';
import { assign, checkPerson, makePassword, NEW_PERSON, unassign, withExtra } from '../../lib/models/maker/people-form.ts';
import { filterPeople, groupsOf, isFiltered, isWithoutProfile, NO_FILTERS, searchablePeople, WITHOUT_PROFILE } from '../../lib/models/maker/people-list.ts';
import { checkTeam, managing, NEW_TEAM, withMembers, withoutMembers } from '../../lib/models/maker/teams-form.ts';

const summary = (id: string, more: Partial<PersonSummary> = {}): PersonSummary => ({
  id, name: id, email: `${id}@x.example`, licence: 'smart', type: 'agent', profiles: [], teams: [], extras: 0, disabled: false, online: false, ...more,
});
const record = (id: string, more: Partial<PersonRecord> = {}): PersonRecord => ({ ...NEW_PERSON, id, revision: 1, online: false, name: id, email: `${id}@x.example`, ...more });

describe('the list of people', () => {
  const people = searchablePeople([
    summary('Ana', { type: 'manager', profiles: [{ id: 'p1', name: 'Inbound', atLogin: true }], teams: [{ id: 't1', name: 'North', manages: true }], online: true }),
    summary('Béa', { licence: 'essentials', profiles: [{ id: 'p1', name: 'Inbound', atLogin: false }] }),
    summary('Cy'),
    summary('Dot', { disabled: true }),
  ]);
  const found = (filters: Partial<typeof NO_FILTERS>) => filterPeople(people, { ...NO_FILTERS, ...filters }).map(({ name }) => name);
  it('leaves out who is disabled until asked for', () => {
    expect(found({})).toEqual(['Ana', 'Béa', 'Cy']);
    expect(found({ state: 'disabled' })).toEqual(['Dot']);
    expect(found({ state: 'all' })).toHaveLength(4);
    expect(found({ state: 'online' })).toEqual(['Ana']);
  });
  it('finds by name and address, and by each filter', () => {
    expect(found({ search: 'bea' })).toEqual(['Béa']);
    expect(found({ search: 'cy@x' })).toEqual(['Cy']);
    expect(found({ type: 'manager' })).toEqual(['Ana']);
    expect(found({ licence: 'essentials' })).toEqual(['Béa']);
    expect(found({ team: 't1' })).toEqual(['Ana']);
    expect(found({ profile: 'p1' })).toEqual(['Ana', 'Béa']);
    expect(found({ profile: WITHOUT_PROFILE })).toEqual(['Cy']);
    expect(people.map(({ item }) => item).filter(isWithoutProfile).map(({ name }) => name)).toEqual(['Cy']);
  });
  it('counts what people have, for the filters', () => {
    expect(groupsOf(people.map(({ item }) => item), 'profiles')).toEqual([{ id: 'p1', name: 'Inbound', people: 2 }]);
    expect(isFiltered(NO_FILTERS)).toBe(false);
  });
});

describe('the form of a person', () => {
  it('names what is wrong', () => {
    expect(Object.keys(checkPerson({ ...NEW_PERSON, name: ' ', email: 'no' }))).toEqual(['name', 'email']);
    expect(checkPerson({ ...NEW_PERSON, name: 'A', email: 'a@b.example' })).toEqual({});
  });
  it('always has one profile at login where there is any', () => {
    const one = assign([], ['p1', 'p2'], 50);
    expect(one.map(({ atLogin }) => atLogin)).toEqual([true, false]);
    expect(unassign(one, 'p1')).toEqual([{ id: 'p2', atLogin: true, score: 50 }]);
    expect(unassign(one, 'p2')[0]).toMatchObject({ id: 'p1', atLogin: true });
    expect(assign(one, ['p1'], 50)).toHaveLength(2);
  });
  it('allows or denies, never both', () => {
    const allowed = withExtra(NEW_PERSON, 'recording.delete', 'allow');
    const denied = withExtra(allowed, 'recording.delete', 'deny');
    expect(denied).toEqual({ allow: [], deny: ['recording.delete'] });
    expect(withExtra(denied, 'recording.delete', 'none')).toEqual({ allow: [], deny: [] });
  });
  it('makes passwords of four groups without look-alikes', () => {
    expect(makePassword((count) => Uint8Array.from({ length: count }, (_, at) => at * 13))).toMatch(/^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/);
  });
});

describe('extras', () => {
  const profile: ActiveProfile = { document: { schema: 1, settings: { 'recording.access': true, ...({ 'console.type': 'read' } as object) }, configuration: {} }, resources: {} };
  const person = (more: Partial<Person> = {}): Person => ({ licence: 'smart', type: 'agent', allow: [], deny: [], accountOptions: [], ...more });
  it('offer every right of the catalogue and of the Maker, and nothing that is no extra', () => {
    const offered = extraGroups.flatMap(({ fields }) => fields.map(({ field }) => field));
    const rights = fields.filter(({ type }) => type === 'boolean').map(({ id }) => id as string);
    const verbs = consoleFields.filter((field) => field.type === 'choice' && field.choices.includes(PERMISSIONS[1]) && !field.choices.includes('show')).map(({ id }) => id);
    expect(new Set(offered)).toEqual(new Set([...rights, ...verbs]));
    expect(offered.every(isExtra)).toBe(true);
    expect(otherExtras(['recording.access', 'console.queues.elements/q1'])).toEqual(['console.queues.elements/q1']);
  });
  it('say what a right comes to: denied before allowed before the profile', () => {
    const at = (field: string, more: Partial<Person> = {}) => effectOf(field, person(more), profile);
    expect(at('recording.access')).toBe('granted');
    expect(at('recording.delete')).toBe('notGranted');
    expect(at('recording.delete', { allow: ['recording.delete'] })).toBe('allowed');
    expect(at('recording.access', { allow: ['recording.access'] })).toBe('allowedAlready');
    expect(at('recording.access', { deny: ['recording.access'] })).toBe('deniedBeatsProfile');
    expect(at('recording.delete', { deny: ['recording.delete'], allow: ['recording.delete'] })).toBe('denied');
    expect(at('console.queues.read')).toBe('granted');
    expect(at('console.queues.update')).toBe('notGranted');
    expect(at('console.queues.update', { type: 'administrator' })).toBe('administrator');
    expect(effectOf('recording.delete', person({ allow: ['recording.delete'] }), 'none')).toBe('noProfile');
  });
  it('show in what a person can do', () => {
    expect(whatTheyCan(person(), profile).shown).toContain('mod.recordings');
    const denied = whatTheyCan(person({ deny: ['recording.access'] }), profile);
    expect(denied.hidden.find(({ control }) => control === 'mod.recordings')?.reason.code).toBe('person.denied');
  });
});

describe('a change for many', () => {
  const conflict: Problem = { ...clientProblem('client.failed'), code: 'record.conflict' };
  const refused: Problem = { ...clientProblem('client.failed'), code: 'grant.refused' };
  function hub(records: PersonRecord[], refuse: (id: string, tries: number) => Problem | null = () => null) {
    const all = new Map(records.map((each) => [each.id, each]));
    const tries = new Map<string, number>();
    const edges: BulkEdges = {
      read: async (id) => ({ ok: true, value: { id, value: all.get(id)!, etag: `"${all.get(id)!.revision}"` } }),
      update: async (id, change) => {
        tries.set(id, (tries.get(id) ?? 0) + 1);
        const problem = refuse(id, tries.get(id)!);
        if (problem) return { ok: false, problem };
        all.set(id, { ...all.get(id)!, ...change });
        return { ok: true, value: null };
      },
    };
    return { edges, all, tries };
  }
  const assignment = { kind: 'assign', profileId: 'p9', name: 'Email' } as const;

  it('reaches everyone it can and names who failed, who can be tried again', async () => {
    let closed = true;
    const { edges, all } = hub(['a', 'b', 'c'].map((id) => record(id)), (id) => (id === 'b' && closed ? refused : null));
    const run = createBulkRun([...all.values()], assignment, edges);
    await run.start();
    expect([run.changed.value, run.failures.value.map(({ id, problem }) => [id, problem.code])]).toEqual([2, [['b', 'grant.refused']]]);
    expect(run.done.value).toBe(3);
    closed = false;
    await run.again();
    expect([run.changed.value, run.failures.value]).toEqual([3, []]);
    expect(all.get('b')!.profiles).toEqual([{ id: 'p9', atLogin: true, score: 50 }]);
  });
  it('reads again where somebody saved in between', async () => {
    const { edges, tries, all } = hub([record('a')], (_id, count) => (count === 1 ? conflict : null));
    const run = createBulkRun([...all.values()], { kind: 'licence', licence: 'essentials' }, edges);
    await run.start();
    expect([run.changed.value, tries.get('a')]).toEqual([1, 2]);
  });
  it('leaves alone who has it already', async () => {
    const { edges, tries, all } = hub([record('a', { disabled: true })]);
    const run = createBulkRun([...all.values()], { kind: 'disable' }, edges);
    await run.start();
    expect([run.unchanged.value, tries.size]).toEqual([1, 0]);
  });
  it('begins nothing more once it is stopped', async () => {
    const { edges, all, tries } = hub(Array.from({ length: 50 }, (_, at) => record(`p${at}`)));
    const run = createBulkRun([...all.values()], assignment, edges);
    const running = run.start();
    run.stop();
    await running;
    expect(tries.size).toBeLessThan(50);
    expect(run.running.value).toBe(false);
  });
  it('gives the place at login to the first profile that is left', () => {
    const person = record('a', { profiles: [{ id: 'p1', atLogin: true, score: 1 }, { id: 'p2', atLogin: false, score: 2 }] });
    expect(changeFor({ kind: 'remove', profileId: 'p1', name: '' }, person)).toEqual({ profiles: [{ id: 'p2', atLogin: true, score: 2 }] });
    expect(changeFor({ kind: 'remove', profileId: 'p3', name: '' }, person)).toBeNull();
  });
});

describe('a team', () => {
  it('has a name of its own', () => {
    expect(checkTeam({ ...NEW_TEAM, name: 'north' }, ['North'])).toHaveProperty('name');
    expect(checkTeam({ ...NEW_TEAM, name: 'South' }, ['North'])).toEqual({});
  });
  it('takes many at once, each once, and keeps who manages', () => {
    const members = managing(withMembers(withMembers([], ['a', 'b']), ['b', 'c']), 'b', true);
    expect(members.map(({ personId, manages }) => [personId, manages])).toEqual([['a', false], ['b', true], ['c', false]]);
    expect(withoutMembers(members, new Set(['a', 'c']))).toEqual([{ personId: 'b', manages: true }]);
  });
});
