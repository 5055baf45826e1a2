import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, type TestPerson, problem } from '../fixtures/hub.ts';
import { ALL_PEOPLE, email, fresh, holding, PEOPLE, peopleCalls, type PeopleHub, startPeopleHub } from '../fixtures/people-hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let started: PeopleHub;
let hub: PeopleHub['hub'];
let centre: PeopleHub['centre'];
let inbound: string;
const { asAdmin, create, update, withRights } = peopleCalls(() => started);

beforeAll(async () => {
  started = await startPeopleHub();
  ({ hub, centre, inbound } = started);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

describe('one cannot grant what one does not have', () => {
  it('neither a type above one’s own, nor an extra, nor the end of a denial, nor a profile', async () => {
    const manager = await withRights({ ...ALL_PEOPLE, 'recording.access': true });
    const agent = (await create({ deny: ['recording.delete', 'recording.access'] })).body;
    const refused = async (answer: Promise<Answer>) => [...problem(await answer), (await answer).body.fields];
    expect(await refused(create({ type: 'administrator' }, manager))).toEqual([403, 'grant.refused', ['type']]);
    expect(await refused(update(agent.id, { allow: ['recording.access', 'cases.access'] }, manager))).toEqual([403, 'grant.refused', ['cases.access']]);
    expect(await refused(update(agent.id, { allow: ['console.profiles.publish'] }, manager))).toEqual([403, 'grant.refused', ['console.profiles.publish']]);
    expect(await refused(update(agent.id, { deny: [] }, manager))).toEqual([403, 'grant.refused', ['recording.delete']]);
    const more = await centre.profile(fresh('More'), { settings: { 'console.profiles.publish': 'allow', 'console.profiles.elements': 'all' } });
    expect(await refused(update(agent.id, { profiles: [holding(more)] }, manager))).toEqual([403, 'grant.refused', ['console.profiles.publish']]);
    const done = await update(agent.id, { type: 'manager', allow: ['recording.access'], deny: ['recording.delete'], profiles: [holding(inbound)], name: 'Done' }, manager);
    expect(done.body).toMatchObject({ type: 'manager', allow: ['recording.access'], deny: ['recording.delete'], name: 'Done' });
  });

  it('a licence above one’s own is given by nobody but an administrator: not to others, not to oneself, not in a file', async () => {
    const manager = await withRights(ALL_PEOPLE);
    const other = (await create({ licence: 'essentials' })).body;
    await update(manager.id, { licence: 'essentials' });
    const refused = [403, 'grant.refused', ['licence']];
    const beyond = (answer: Answer) => [...problem(answer), answer.body.fields];
    expect(beyond(await create({ licence: 'smart' }, manager))).toEqual(refused);
    expect(beyond(await update(other.id, { licence: 'smart' }, manager))).toEqual(refused);
    expect(beyond(await update(manager.id, { licence: 'smart' }, manager))).toEqual(refused);
    const file = (line: object, by: TestPerson) => hub.call(by, 'POST', '/api/people/import', { people: [{ name: 'Other', email: other.email, ...line }] });
    expect(beyond(await file({ licence: 'smart' }, manager))).toEqual(refused);
    // Whoever is added without a word about it has what may be given; who has more keeps it.
    expect((await create({}, manager)).body.licence).toBe('essentials');
    const smart = (await create({ licence: 'smart' })).body;
    expect((await update(smart.id, { name: 'Renamed' }, manager)).body.licence).toBe('smart');
    expect(beyond(await hub.call(manager, 'PUT', `/api/people/${smart.id}/password`, { password: 'long enough' }))).toEqual(refused);
    expect((await file({ licence: 'smart' }, await withRights(ALL_PEOPLE))).body).toEqual({ added: 0, changed: 1 });
  });

  it('an administrator is changed by administrators alone', async () => {
    const manager = await withRights(ALL_PEOPLE);
    const { id } = (await create({ type: 'administrator' })).body;
    expect(problem(await update(id, { name: 'Renamed' }, manager))).toEqual([403, 'grant.refused']);
    expect(problem(await hub.call(manager, 'DELETE', `/api/people/${id}`))).toEqual([403, 'grant.refused']);
    expect(problem(await hub.call(manager, 'PUT', `/api/people/${id}/password`, { password: 'long enough' }))).toEqual([403, 'grant.refused']);
  });

  it('nobody becomes somebody who has more, by their password or their address', async () => {
    const manager = await withRights(ALL_PEOPLE);
    const richer = await centre.profile(fresh('Richer'), { settings: { 'recording.delete': true } });
    const { id } = (await create({ profiles: [holding(richer)] })).body;
    const password = await hub.call(manager, 'PUT', `/api/people/${id}/password`, { password: 'long enough' });
    expect([...problem(password), password.body.fields]).toEqual([403, 'grant.refused', ['recording.delete']]);
    expect(problem(await update(id, { email: email() }, manager))).toEqual([403, 'grant.refused']);
    await update(id, { profiles: [holding(inbound)] });
    expect((await hub.call(manager, 'PUT', `/api/people/${id}/password`, { password: 'long enough' })).status).toBe(204);
    expect((await update(manager.id, { email: email() }, manager)).status).toBe(200);
  });

  it('who gets a profile is for whoever may assign', async () => {
    const editor = await withRights({ ...ALL_PEOPLE, 'console.people.assign': 'deny' });
    const { id } = (await create()).body;
    const refused = await update(id, { profiles: [holding(inbound)] }, editor);
    expect([...problem(refused), refused.body.reason.setting]).toEqual([403, 'forbidden', 'console.people.assign']);
    expect((await update(id, { name: 'Renamed' }, editor)).status).toBe(200);
  });

  it('only some people and teams are seen and changed, and those that one has made oneself', async () => {
    const [mine, other] = [(await create()).body, (await create()).body];
    const team = (await asAdmin('POST', '/api/teams', { name: fresh('Team'), note: '', members: [] })).body;
    const manager = await withRights({
      ...PEOPLE, 'console.people.elements': [mine.id],
      'console.teams.read': 'allow', 'console.teams.create': 'allow', 'console.teams.update': 'allow',
    });
    const seen = async () => (await hub.call(manager, 'GET', '/api/people')).body.people.map(({ id }: { id: string }) => id);
    expect(await seen()).toEqual([mine.id]);
    expect((await hub.call(manager, 'GET', '/api/people/export')).body.people).toHaveLength(1);
    expect(problem(await update(other.id, { name: 'x' }, manager))).toEqual([403, 'forbidden']);
    const made = (await create({}, manager)).body;
    expect((await seen()).toSorted()).toEqual([mine.id, made.id].toSorted());
    expect((await hub.call(manager, 'GET', '/api/resources/person')).body.resources).toHaveLength(2);
    expect((await hub.call(manager, 'GET', '/api/teams')).body.teams).toEqual([]);
    const own = await hub.call(manager, 'POST', '/api/teams', { name: fresh('Team'), note: '', members: [{ personId: made.id, manages: true }] });
    expect([own.status, (await hub.call(manager, 'GET', '/api/teams')).body.teams]).toEqual([201, [own.body]]);
    const others = await hub.call(manager, 'PUT', `/api/teams/${own.body.id}`, { members: [{ personId: other.id, manages: true }] }, { 'if-match': '*' });
    expect(problem(others)).toEqual([403, 'forbidden']);
    expect(problem(await update(mine.id, { teams: [{ id: team.id, manages: true }] }, manager))).toEqual([403, 'forbidden']);
  });

  it('the last administrator stays one, also of two who are taken at once', async () => {
    const accountId = await hub.makeAccount();
    const [a, b] = [await hub.makePerson(accountId, { type: 'administrator' }), await hub.makePerson(accountId, { type: 'administrator' })];
    const answers = await Promise.all([
      hub.call(a, 'DELETE', `/api/people/${b.id}`),
      hub.call(b, 'PUT', `/api/people/${a.id}`, { type: 'agent' }, { 'if-match': '*' }),
    ]);
    expect(answers.map((answer) => answer.body?.code).filter(Boolean)).toEqual(['person.lastAdministrator']);
    const left = answers[0]!.status === 204 ? a : b;
    expect(problem(await hub.call(left, 'PUT', `/api/people/${left.id}`, { type: 'manager' }, { 'if-match': '*' }))).toEqual([409, 'person.lastAdministrator']);
    expect(problem(await hub.call(left, 'PUT', `/api/people/${left.id}`, { disabled: true }, { 'if-match': '*' }))).toEqual([409, 'person.lastAdministrator']);
    const line = { name: 'x', email: left.email, type: 'agent' };
    expect(problem(await hub.call(left, 'POST', '/api/people/import', { people: [line] }))).toEqual([409, 'person.lastAdministrator']);
    expect((await hub.call(left, 'PUT', `/api/people/${left.id}`, { name: 'Still' }, { 'if-match': '*' })).status).toBe(200);
  });
});
