import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSession } from '../fixtures/centre.ts';
import { type TestPerson, problem } from '../fixtures/hub.ts';
import { ALL_PEOPLE, email, fresh, holding, peopleCalls, type PeopleHub, startPeopleHub } from '../fixtures/people-hub.ts';
import { wholeList } from '../fixtures/whole-list.ts';

vi.setConfig({ testTimeout: 30_000 });

let started: PeopleHub;
let hub: PeopleHub['hub'];
let centre: PeopleHub['centre'];
let inbound: string;
let mailing: string;
const { asAdmin, create, entries, read, update, withRights } = peopleCalls(() => started);

beforeAll(async () => {
  started = await startPeopleHub();
  ({ hub, centre, inbound, mailing } = started);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

describe('a file of people', () => {
  const put = (people: object[], more: object = {}, by: TestPerson = centre.admin) => hub.call(by, 'POST', '/api/people/import', { people, ...more });

  it('adds and changes by email address; what a line leaves out stays', async () => {
    const team = (await asAdmin('POST', '/api/teams', { name: fresh('Team'), note: '', members: [] })).body;
    const there = (await create({ licence: 'essentials', allow: ['recording.access'], profiles: [holding(mailing, true, 90)] })).body;
    const same = (await create()).body;
    const added = email();
    const lines = [
      { name: 'New One', email: ` ${added.toUpperCase()}`, type: 'Manager', profiles: ['INBOUND', 'mailing'], teams: [team.name.toUpperCase()] },
      { name: 'Changed', email: there.email.toUpperCase(), profiles: ['Inbound', 'Mailing'] },
      { name: same.name, email: same.email },
    ];
    const trial = await put(lines, { dryRun: true });
    expect([trial.status, trial.body]).toEqual([200, { added: 1, changed: 1 }]);
    expect(await read(there.id)).toEqual(there);
    expect((await put(lines)).body).toEqual({ added: 1, changed: 1 });
    expect(await read(there.id)).toMatchObject({ name: 'Changed', licence: 'essentials', allow: ['recording.access'], profiles: [holding(inbound), holding(mailing, false, 90)] });
    const { people } = (await asAdmin('GET', '/api/people/export')).body;
    expect(people.find((line: { email: string }) => line.email === added)).toEqual({
      name: 'New One', email: added, licence: 'smart', type: 'manager', profiles: ['Inbound', 'Mailing'], teams: [team.name],
    });
    expect((await put(people)).body).toEqual({ added: 0, changed: 0 });
  });

  it('with errors changes nothing and names each with its place', async () => {
    const stranger = await hub.makePerson(await hub.makeAccount());
    const [first, shut] = [email(), fresh('Shut')];
    const archived = await centre.profile(shut);
    await hub.db.updateTable('profile').set({ archived: true }).where('id', '=', archived).execute();
    const answer = await put([
      { name: 'Good', email: first },
      { name: ' ', email: 'no address' },
      { name: 'Twice', email: first.toUpperCase() },
      { name: 'Elsewhere', email: stranger.email },
      { name: 'Many', email: email(), type: 'boss', licence: 'gold', profiles: ['Inbound', 'Nothing', shut], teams: ['None'] },
    ]);
    expect(problem(answer)).toEqual([422, 'document.invalid']);
    expect(answer.body.issues.map(({ path }: { path: unknown[] }) => path.join('.'))).toEqual([
      'people.1.email', 'people.1.name', 'people.2.email', 'people.3.email', 'people.4.licence', 'people.4.type',
      'people.4.profiles.1', 'people.4.profiles.2', 'people.4.teams.0',
    ]);
    expect((await asAdmin('GET', '/api/people/export')).body.people.some((line: { email: string }) => line.email === first)).toBe(false);
  });

  it('may have five thousand lines, none of which is read where there is one more', async () => {
    const accountId = await hub.makeAccount();
    const admin = await hub.makePerson(accountId, { type: 'administrator' });
    const profiles = ['A profile with a rather long name'];
    const made = await hub.call(admin, 'POST', '/api/profiles', { name: profiles[0] });
    await hub.call(admin, 'POST', `/api/profiles/${made.body.profileId}/publish`, {});
    const lines = Array.from({ length: 5000 }, (_, n) => ({ name: `Somebody with a name that is long, number ${n}`, email: `somebody.with.a.name.that.is.long.number.${n}@example.test`, licence: 'essentials', type: 'agent', profiles }));
    expect(JSON.stringify(lines).length).toBeGreaterThan(1024 * 1024);
    expect(problem(await put([...lines, { name: 'x', email: email() }], {}, admin))).toEqual([400, 'request.invalid']);
    expect((await put(lines, {}, admin)).body).toEqual({ added: 5000, changed: 0 });
    expect(await wholeList(async (path) => (await hub.call(admin, 'GET', path)).body, '/api/people', 'people')).toHaveLength(5001);
    expect((await hub.call(admin, 'GET', '/api/audit?action=person.create&limit=1')).body.entries[0].after).toMatchObject({ type: 'agent', profiles: [{ atLogin: true }] });
  });

  it('grants no more than one has, in no line', async () => {
    const manager = await withRights(ALL_PEOPLE);
    const richer = await centre.profile(fresh('Richer'), { settings: { 'recording.delete': true } });
    const name = (await asAdmin('GET', `/api/profiles/${richer}`)).body.summary.name;
    const good = email();
    const answer = await put([{ name: 'Good', email: good }, { name: 'a', email: email(), type: 'administrator' }, { name: 'b', email: email(), profiles: [name] }], {}, manager);
    expect([...problem(answer), answer.body.fields]).toEqual([403, 'grant.refused', ['type', 'recording.delete']]);
    expect(answer.body.issues.map(({ path }: { path: unknown[] }) => path.join('.'))).toEqual(['people.1', 'people.2']);
    expect((await put([{ name: 'Good', email: good, profiles: ['Inbound'] }], {}, manager)).body).toEqual({ added: 1, changed: 0 });
  });

  it('leaves an administrator, whoever it takes and whoever it makes one', async () => {
    const accountId = await hub.makeAccount();
    const [a, b] = [await hub.makePerson(accountId, { type: 'administrator' }), await hub.makePerson(accountId, { type: 'administrator' })];
    const lines = [{ name: 'a', email: a.email, type: 'agent' }, { name: 'b', email: b.email, type: 'agent' }];
    expect(problem(await put(lines, {}, a))).toEqual([409, 'person.lastAdministrator']);
    expect((await put([...lines, { name: 'New', email: email(), type: 'administrator' }], {}, a)).body).toEqual({ added: 1, changed: 2 });
  });

  it('reaches the sessions of those whom it changes', async () => {
    const person = await centre.person([inbound]);
    await openSession(hub, person);
    await put([{ name: 'Test', email: person.email, licence: 'essentials', profiles: ['Mailing'] }]);
    const { profile, person: part, situation } = (await hub.call(person, 'GET', '/api/banner')).body;
    expect([profile.active.id, part.licence, situation.flows.email.on]).toEqual([mailing, 'essentials', false]);
  });
});

describe('teams', () => {
  it('are made, changed by their revision, and deleted; their people stay', async () => {
    const [a, b] = [(await create()).body, (await create()).body];
    const name = fresh('Team');
    const made = await asAdmin('POST', '/api/teams', { name, note: 'Claims', members: [{ personId: a.id, manages: false }] });
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    const { id } = made.body;
    const members = [{ personId: b.id, manages: true }];
    const changed = await asAdmin('PUT', `/api/teams/${id}`, { members }, { 'if-match': '"1"' });
    expect(changed.body).toEqual({ id, revision: 2, name, note: 'Claims', members });
    expect(problem(await asAdmin('PUT', `/api/teams/${id}`, { note: '' }, { 'if-match': '"1"' }))).toEqual([412, 'record.conflict']);
    expect([(await read(a.id)).teams, (await read(b.id)).teams]).toEqual([[], [{ id, manages: true }]]);
    await update(a.id, { teams: [{ id, manages: false }] });
    expect((await asAdmin('GET', '/api/teams')).body.teams.find((team: { id: string }) => team.id === id)).toMatchObject({
      revision: 3, members: [{ personId: b.id, manages: true }, { personId: a.id, manages: false }],
    });
    expect((await asAdmin('DELETE', `/api/teams/${id}`)).status).toBe(204);
    expect((await read(b.id)).teams).toEqual([]);
    expect((await entries(id)).map(({ action }) => action)).toEqual(['team.create', 'team.update', 'team.delete']);
  });

  it('share no name, and take nobody twice nor from elsewhere', async () => {
    const stranger = await hub.makePerson(await hub.makeAccount());
    const post = (members: object[], name = fresh('Team')) => asAdmin('POST', '/api/teams', { name, note: '', members });
    await post([], 'Été');
    expect(problem(await post([], 'éTÉ'))).toEqual([409, 'team.nameTaken']);
    expect(problem(await post([{ personId: stranger.id, manages: false }]))).toEqual([404, 'notFound']);
    const twice = [{ personId: centre.admin.id, manages: false }, { personId: centre.admin.id, manages: true }];
    expect(problem(await post(twice))).toEqual([400, 'request.invalid']);
  });
});
