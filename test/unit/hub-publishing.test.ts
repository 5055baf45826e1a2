import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { diff } from '../../lib/profile/diff.ts';
import { emptyDocument } from '../../lib/profile/schema.ts';
import { exportOf, parseTransfer } from '../../lib/profile/transfer.ts';
import { loadResources } from '../../server/profiles/view.ts';
import { problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { wholeList } from '../fixtures/whole-list.ts';

let hub: TestHub;
let account: string;
let admin: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  account = await hub.makeAccount();
  admin = await hub.makePerson(account, { type: 'administrator', name: 'Maya' });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

let names = 0;
const freshName = () => `Profile ${++names}`;
const make = async (settings: object = {}): Promise<string> => {
  const { status, body } = await hub.call(admin, 'POST', '/api/profiles', { name: freshName(), document: document(settings) });
  expect(status).toBe(201);
  return body.profileId;
};
const document = (settings: object) => ({ schema: 1, settings: { 'general.name': 'x', ...settings }, configuration: {} });
const publish = async (id: string, body: object = {}) => expect((await hub.call(admin, 'POST', `/api/profiles/${id}/publish`, body)).status).toBe(201);
const published = async (settings: object = {}): Promise<string> => {
  const id = await make(settings);
  await publish(id);
  return id;
};
const save = async (id: string, settings: object) => {
  const draft = await hub.call(admin, 'GET', `/api/profiles/${id}/draft`);
  const name = draft.body.document.settings['general.name'];
  const saved = await hub.call(admin, 'PUT', `/api/profiles/${id}/draft`, { document: document({ 'general.name': name, ...settings }) }, { 'if-match': draft.headers.get('etag')! });
  expect(saved.status).toBe(200);
};
const assign = async (id: string, person: TestPerson) => expect((await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {})).status).toBe(200);
const auditOf = async (subject: string, action: string) =>
  hub.db.selectFrom('audit').selectAll().where('subject_id', '=', subject).where('action', '=', action).orderBy('id').execute();

describe('the impact of a publish', () => {
  const impact = async (id: string, body: object = {}) => (await hub.call(admin, 'POST', `/api/profiles/${id}/impact`, body)).body;

  it('says who would gain and lose what, people alike in one group', async () => {
    const id = await published({ 'recording.access': true, 'history.access': true });
    const [ida, omar, nina] = [await hub.makePerson(account, { name: 'Ida' }), await hub.makePerson(account, { name: 'Omar' }), await hub.makePerson(account, { name: 'Nina' })];
    for (const person of [omar, ida, nina]) await assign(id, person);
    await hub.db.updateTable('person').set({ allow: ['recording.access'] }).where('id', '=', nina.id).execute();
    await hub.call(ida, 'POST', '/api/session', { browser: 'A browser' });
    await save(id, { 'history.access': true, 'scripts.access': true });
    expect(await impact(id)).toMatchObject({
      people: 3,
      online: 1,
      inInteraction: 0,
      keep: 0,
      groups: [
        {
          gained: ['mod.scripts', 'int.script'],
          lost: ['mod.recordings'],
          kept: [],
          people: [
            { id: ida.id, name: 'Ida', online: true, inInteraction: false },
            { id: omar.id, name: 'Omar', online: false, inInteraction: false },
          ],
        },
        { gained: ['mod.scripts', 'int.script'], lost: [], kept: [], people: [{ id: nina.id, name: 'Nina', online: false, inInteraction: false }] },
      ],
    });
    expect((await hub.call(admin, 'GET', `/api/profiles/${id}`)).body.summary).toMatchObject({ version: 1, hasDraft: true });
  });

  it('tells by the version that each has, and is nothing for whoever keeps theirs', async () => {
    const id = await published({ 'recording.access': true });
    const [old, fresh] = [await hub.makePerson(account, { name: 'Old' }), await hub.makePerson(account, { name: 'Fresh' })];
    await assign(id, old);
    await save(id, {});
    await publish(id, { to: 'newAssignments' });
    await assign(id, fresh);
    const back = { document: document({ 'history.access': true }) };
    const { groups } = await impact(id, back);
    expect(groups.map(({ gained, lost, people }: never) => ({ gained, lost, people: (people as { name: string }[]).map(({ name }) => name) }))).toEqual([
      { gained: ['mod.history'], lost: ['mod.recordings'], people: ['Old'] },
      { gained: ['mod.history'], lost: [], people: ['Fresh'] },
    ]);
    expect(await impact(id, { ...back, to: 'newAssignments' })).toMatchObject({ people: 2, groups: [] });
  });

  it('names who has no profile to take, for whoever may see people', async () => {
    const accountId = await hub.makeAccount();
    const [chief, idle, held] = [await hub.makePerson(accountId, { type: 'administrator' }), await hub.makePerson(accountId, { name: 'Idle' }), await hub.makePerson(accountId, { name: 'Held' })];
    const reads = { 'console.profiles.read': 'allow', 'console.profiles.elements': 'all' };
    const id = (await hub.call(chief, 'POST', '/api/profiles', { name: 'Only', document: document(reads) })).body.profileId;
    await hub.call(chief, 'PUT', `/api/profiles/${id}/assignments/${held.id}`, {});
    const without = async (who: TestPerson) => (await hub.call(who, 'POST', `/api/profiles/${id}/impact`, {})).body.without;
    expect(await without(chief)).toEqual([{ id: idle.id, name: 'Idle' }]);
    await hub.call(chief, 'POST', `/api/profiles/${id}/publish`, {});
    expect(await without(held)).toEqual([]);
  });

  it('of a document that is none is refused', async () => {
    const id = await published();
    const answer = await hub.call(admin, 'POST', `/api/profiles/${id}/impact`, { document: { schema: 1 } });
    expect(problem(answer)).toEqual([422, 'document.invalid']);
  });

  it('is worked out for five thousand people at once, and what they take is pushed to all of them again', async () => {
    const accountId = await hub.makeAccount({ licences: 6000 });
    const other = await hub.makePerson(accountId, { type: 'administrator' });
    const made = await hub.call(other, 'POST', '/api/profiles', { name: 'Many', document: document({ 'recording.access': true }) });
    const id = made.body.profileId;
    await hub.call(other, 'POST', `/api/profiles/${id}/publish`, {});
    await sql`
      with made as (
        insert into person (account_id, name, email, licence, type)
        select ${accountId}::uuid, 'P' || n, 'many-' || n || '@example.test', case n % 2 when 0 then 'smart' else 'essentials' end, 'agent'
        from generate_series(1, 5000) n returning id
      ) insert into assignment (person_id, profile_id) select id, ${id}::uuid from made`.execute(hub.db);
    await sql`
      insert into session (account_id, person_id, browser, profile_id)
      select ${accountId}::uuid, person_id, 'A browser', profile_id from assignment where profile_id = ${id}::uuid`.execute(hub.db);
    const answer = await hub.call(other, 'POST', `/api/profiles/${id}/impact`, { document: emptyDocument('Many') });
    expect(answer.body).toMatchObject({ people: 5000, groups: [{ gained: [], lost: ['mod.recordings'] }] });
    expect(answer.body.groups[0].people).toHaveLength(5000);
    // Of a version just pushed the database has no statistics: what joins its receipts row by row would not end in time.
    for (const only of ['everyone', 'unapplied']) {
      expect((await hub.call(other, 'POST', `/api/profiles/${id}/refresh?only=${only}`, {})).body).toEqual({ version: 1, people: 5000 });
    }
  });
});

describe('another profile like one', () => {
  const duplicate = (id: string, name: string, who = admin) => hub.call(who, 'POST', `/api/profiles/${id}/duplicate`, { name });

  it('begins with its draft, else with what is published, unpublished itself', async () => {
    const id = await published({ 'history.access': true });
    await save(id, { 'scripts.access': true });
    const { status, headers, body } = await duplicate(id, freshName());
    expect(status).toBe(201);
    expect(body).toMatchObject({ basedOn: null, document: { settings: { 'scripts.access': true } } });
    expect(body.document.settings).not.toHaveProperty(['history.access']);
    expect(headers.get('location')).toBe(`/api/profiles/${body.profileId}`);
    expect((await hub.call(admin, 'GET', `/api/profiles/${body.profileId}`)).body).toMatchObject({ published: null, summary: { name: `Profile ${names}` } });
    expect((await auditOf(body.profileId, 'profile.duplicate'))[0]?.after).toMatchObject({ from: { id } });
  });

  it('is refused under a taken name, a name of spaces, and of a profile that is not there', async () => {
    const id = await published();
    expect(problem(await duplicate(id, `PROFILE ${names}`))).toEqual([409, 'profile.nameTaken']);
    expect(problem(await duplicate(id, '  '))).toEqual([400, 'request.invalid']);
    expect(problem(await duplicate(crypto.randomUUID(), freshName()))).toEqual([404, 'notFound']);
  });
});

describe('an archived profile', () => {
  const archive = (id: string, archived = true, who = admin) => hub.call(who, 'PUT', `/api/profiles/${id}/archived`, { archived });

  it('is one that nobody has, and is given to nobody', async () => {
    const id = await published();
    const person = await hub.makePerson(account);
    await assign(id, person);
    expect(problem(await archive(id))).toEqual([409, 'profile.inUse']);
    await hub.call(admin, 'DELETE', `/api/profiles/${id}/assignments/${person.id}`);
    expect((await archive(id)).body).toMatchObject({ id, archived: true });
    expect(problem(await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {}))).toEqual([409, 'profile.archived']);
    expect((await archive(id, false)).body).toMatchObject({ archived: false });
    await assign(id, person);
    expect((await auditOf(id, 'profile.archive')).length + (await auditOf(id, 'profile.unarchive')).length).toBe(2);
  });

  it('lets go of its name, and comes back only where that is free', async () => {
    const id = await published();
    const name = `Profile ${names}`;
    await archive(id);
    const other = await hub.call(admin, 'POST', '/api/profiles', { name });
    expect(other.status).toBe(201);
    expect(problem(await archive(id, false))).toEqual([409, 'profile.nameTaken']);
    await hub.call(admin, 'DELETE', `/api/profiles/${other.body.profileId}`);
    expect((await archive(id, false)).status).toBe(200);
  });

  it('does not count among those that the account may have, until it comes back', async () => {
    const accountId = await hub.makeAccount();
    const one = await hub.makePerson(accountId, { type: 'administrator' });
    await hub.db.updateTable('account').set({ profile_limit: 1 }).where('id', '=', accountId).execute();
    const first = await hub.call(one, 'POST', '/api/profiles', { name: 'First' });
    expect((await archive(first.body.profileId, true, one)).status).toBe(200);
    expect((await hub.call(one, 'POST', '/api/profiles', { name: 'Second' })).status).toBe(201);
    expect(problem(await archive(first.body.profileId, false, one))).toEqual([409, 'profile.limit']);
  });
});

describe('profiles in a file', () => {
  const bring = (file: unknown, more: object = {}, who = admin) => hub.call(who, 'POST', '/api/profiles/import', { file, ...more });
  const resource = async (accountId: string, kind: string, name: string) =>
    (await hub.db.insertInto('resource').values({ account_id: accountId, kind: kind as 'queue', name, attributes: '{}' }).returning('id').executeTakeFirstOrThrow()).id;
  const NOWHERE = '00000000-0000-4000-8000-000000000000';

  it('come into another account with what is called the same there, and without what is not', async () => {
    const [calls, gone, pause] = [await resource(account, 'queue', 'Calls'), await resource(account, 'queue', 'Gone'), await resource(account, 'activity', 'Pause')];
    const there = await hub.makeAccount();
    const keeper = await hub.makePerson(there, { type: 'administrator' });
    const [callsThere, pauseThere] = [await resource(there, 'queue', 'CALLS'), await resource(there, 'activity', 'Pause')];
    const whole: ProfileDocument = {
      schema: 1,
      settings: {
        'general.name': 'x',
        'interactions.maxMissed': 3,
        'interactions.missedActivityId': pause,
        ...({ 'console.queues.elements': [calls, gone] } as object),
      },
      configuration: {
        queues: { rows: [{ id: calls, voice: true, personScores: { [NOWHERE]: 9 } }, { id: gone }] },
        activities: { rows: [{ id: pause }], default: pause },
      },
    };
    const name = freshName();
    const resources = await loadResources(hub.db, account, whole);
    const file = JSON.parse(JSON.stringify(exportOf([{ name, document: whole, resources }], Date.now())));
    const tried = await bring(file, { dryRun: true }, keeper);
    expect(tried.body.profiles).toEqual([{ id: null, name }]);
    expect((await hub.call(keeper, 'GET', '/api/profiles')).body.profiles).toEqual([]);
    const { status, body } = await bring(file, {}, keeper);
    expect(status).toBe(200);
    expect(body.missing).toEqual([
      { profile: name, tab: 'queues', name: 'Gone' },
      { profile: name, tab: 'console.queues.elements', name: 'Gone' },
    ]);
    expect(body.missing).toEqual(tried.body.missing);
    const draft = (await hub.call(keeper, 'GET', `/api/profiles/${body.profiles[0].id}/draft`)).body.document;
    expect(draft.settings).toEqual({
      'general.name': name,
      'interactions.maxMissed': 3,
      'interactions.missedActivityId': pauseThere,
      'console.queues.elements': [callsThere],
    });
    expect(draft.configuration).toEqual({
      queues: { rows: [{ id: callsThere, voice: true, personScores: {} }] },
      activities: { rows: [{ id: pauseThere }], default: pauseThere },
    });
  });

  it('are made a file by whoever may export, of those among their own', async () => {
    const queue = await resource(account, 'queue', freshName());
    const [name, second] = [freshName(), freshName()];
    const make = async (called: string, document: unknown) => (await hub.call(admin, 'POST', '/api/profiles', { name: called, document })).body.profileId as string;
    const published = await make(name, { schema: 1, settings: { 'history.access': true }, configuration: { queues: { rows: [{ id: queue, voice: true }] } } });
    await hub.call(admin, 'POST', `/api/profiles/${published}/publish`, {});
    const current = await hub.call(admin, 'GET', `/api/profiles/${published}/draft`);
    const later = { ...current.body.document, settings: { ...current.body.document.settings, 'scripts.access': true } };
    await hub.call(admin, 'PUT', `/api/profiles/${published}/draft`, { document: later }, { 'if-match': current.headers.get('etag')! });
    const drafted = await make(second, { schema: 1, settings: {}, configuration: {} });

    const { status, body } = await hub.call(admin, 'GET', `/api/profiles/export?ids=${published},${drafted},${published}`);
    expect(status).toBe(200);
    expect(body.profiles.map((profile: { name: string }) => profile.name)).toEqual([name, second]);
    expect(body.profiles[0]).toEqual({ name, document: current.body.document, resources: { [queue]: { kind: 'queue', name: expect.any(String) } } });
    expect(parseTransfer(body).ok).toBe(true);
    expect((await hub.call(admin, 'GET', '/api/profiles/export')).body.profiles.length).toBeGreaterThan(1);

    const lead = async (settings: object) => {
      const person = await hub.makePerson(account, { type: 'manager' });
      const own = await make(freshName(), { schema: 1, settings, configuration: {} });
      await hub.call(admin, 'POST', `/api/profiles/${own}/publish`, {});
      await hub.call(admin, 'PUT', `/api/profiles/${own}/assignments/${person.id}`, {});
      return person;
    };
    const exporter = await lead({ 'console.profiles.export': 'allow', 'console.profiles.elements': [drafted] });
    const named = async (path: string) => (await hub.call(exporter, 'GET', path)).body.profiles.map((profile: { name: string }) => profile.name);
    expect(await named('/api/profiles/export')).toEqual([second]);
    expect(await named(`/api/profiles/export?ids=${published},${drafted}`)).toEqual([second]);
    expect(problem(await hub.call(exporter, 'GET', `/api/profiles/export?ids=${published}`))).toEqual([404, 'notFound']);
    const reader = await lead({ 'console.profiles.read': 'allow', 'console.profiles.elements': 'all' });
    expect(problem(await hub.call(reader, 'GET', '/api/profiles/export'))).toEqual([403, 'forbidden']);
  });

  it('come back as they were into their own account', async () => {
    const queue = await resource(account, 'queue', freshName());
    const whole: ProfileDocument = { schema: 1, settings: { 'general.name': 'x', 'history.access': true }, configuration: { queues: { rows: [{ id: queue, email: true }] } } };
    const name = freshName();
    const { body } = await bring(exportOf([{ name, document: whole, resources: {} }], 0));
    expect(body.missing).toEqual([]);
    const draft = (await hub.call(admin, 'GET', `/api/profiles/${body.profiles[0].id}/draft`)).body.document;
    expect(draft).toEqual({ ...whole, settings: { ...whole.settings, 'general.name': name } });
  });

  it('with anything wrong change nothing, and each error has its place', async () => {
    await published();
    const taken = `PROFILE ${names}`;
    const count = async () => (await wholeList(async (path) => (await hub.call(admin, 'GET', path)).body, '/api/profiles', 'profiles')).length;
    const before = await count();
    const good = exportOf([{ name: freshName(), document: emptyDocument('x'), resources: {} }], 0);
    const places = async (file: unknown) => {
      const answer = await bring(file);
      expect(problem(answer)).toEqual([422, 'document.invalid']);
      return answer.body.issues.map(({ path }: { path: string[] }) => path.join('/'));
    };
    expect(await places({ ...good, profiles: [...good.profiles, { name: taken, document: emptyDocument('x') }] })).toEqual(['profiles/1/name']);
    expect(await places('text')).toEqual(['']);
    expect(
      await places({
        ...good,
        format: 'other',
        profiles: [{ name: '', document: { schema: 1, settings: { 'recording.access': 'yes', 'console.type': 'all' }, configuration: {} } }],
      }),
    ).toEqual(['format', 'profiles/0/name', 'profiles/0/document/settings/recording.access', 'profiles/0/document/settings/console.type']);
    expect(await count()).toBe(before);
  });

  it('are refused whole beyond the limit of the account', async () => {
    const accountId = await hub.makeAccount();
    const one = await hub.makePerson(accountId, { type: 'administrator' });
    await hub.db.updateTable('account').set({ profile_limit: 1 }).where('id', '=', accountId).execute();
    const two = exportOf(['One', 'Two'].map((name) => ({ name, document: emptyDocument(name), resources: {} })), 0);
    expect(problem(await bring(two, { dryRun: true }, one))).toEqual([409, 'profile.limit']);
    expect(problem(await bring(two, {}, one))).toEqual([409, 'profile.limit']);
    expect((await hub.call(one, 'GET', '/api/profiles')).body.profiles).toEqual([]);
  });
});

describe('nobody gives what they lack', () => {
  it('by a copy, by a file, nor at a time', async () => {
    const console = Object.fromEntries(['read', 'create', 'update', 'import', 'publish'].map((verb) => [`console.profiles.${verb}`, 'allow']));
    const makers = await published({ ...console, 'console.profiles.elements': 'all', 'history.access': true });
    const maker = await hub.makePerson(account, { name: 'Maker' });
    await assign(makers, maker);
    const beyond = await make({ 'recording.access': true, 'history.access': true });
    const refused = async (method: string, path: string, body: object) => {
      const answer = await hub.call(maker, method, path, body);
      expect([path, ...problem(answer)]).toEqual([path, 403, 'grant.refused']);
      expect(answer.body.fields).toEqual(['recording.access']);
    };
    const file = exportOf([freshName(), freshName()].map((name) => ({ name, document: document({ 'recording.access': true }) as ProfileDocument, resources: {} })), 0);
    await refused('POST', `/api/profiles/${beyond}/duplicate`, { name: freshName() });
    await refused('POST', '/api/profiles/import', { file });
    await refused('POST', '/api/profiles/import', { file, dryRun: true });
    await refused('POST', `/api/profiles/${beyond}/schedules`, { at: Date.now() + 60_000 });
    await save(beyond, { 'history.access': true });
    expect((await hub.call(maker, 'POST', `/api/profiles/${beyond}/duplicate`, { name: freshName() })).status).toBe(201);
    expect((await hub.call(maker, 'POST', `/api/profiles/${beyond}/schedules`, { at: Date.now() + 60_000 })).status).toBe(201);
    expect(problem(await hub.call(maker, 'POST', `/api/profiles/${beyond}/refresh`, {}))).toEqual([403, 'forbidden']);
  });
});

describe('pushing again', () => {
  it('reaches those alone who have not applied the version, who then are on the way again', async () => {
    const id = await published();
    const people = await Promise.all(['applied', 'failed', 'delivered', 'away'].map((name) => hub.makePerson(account, { name })));
    for (const person of people) await assign(id, person);
    for (const person of people.slice(0, 3)) await hub.call(person, 'POST', '/api/session', { browser: 'A browser' });
    await hub.call(admin, 'POST', `/api/profiles/${id}/refresh`, {});
    for (const person of people.slice(0, 3)) await hub.call(person, 'POST', '/api/session/receipts', { profileId: id, version: 1, state: person.id === people[0]!.id ? 'applied' : 'failed' });
    const seqs = async () => Promise.all(people.slice(0, 3).map(async (person) => (await hub.call(person, 'GET', '/api/banner')).body.profile.seq as number));
    const before = await seqs();
    const again = await hub.call(admin, 'POST', `/api/profiles/${id}/refresh?only=unapplied`, {});
    expect([again.status, again.body]).toEqual([202, { version: 1, people: 2 }]);
    const after = await seqs();
    expect(after.map((seq, at) => seq > before[at]!)).toEqual([false, true, true]);
    const { receipts } = (await hub.call(admin, 'GET', `/api/profiles/${id}/receipts`)).body;
    expect(Object.fromEntries(receipts.map((row: { name: string; state: string }) => [row.name, row.state]))).toEqual({
      applied: 'applied',
      failed: 'queued',
      delivered: 'queued',
      away: 'offline',
    });
    expect((await auditOf(id, 'profile.refresh')).at(-1)?.after).toEqual({ version: 1, people: 2, only: 'unapplied' });
  });
});

describe('versions', () => {
  it('can be held against each other, document by document', async () => {
    const id = await published({ 'recording.access': true });
    await save(id, { 'history.access': true });
    await publish(id, { message: 'Recordings are for supervisors' });
    const { versions } = (await hub.call(admin, 'GET', `/api/profiles/${id}/versions`)).body;
    expect(versions).toMatchObject([{ version: 2, message: 'Recordings are for supervisors', publishedBy: 'Maya' }, { version: 1, message: '' }]);
    const [older, newer] = await Promise.all([1, 2].map(async (version) => (await hub.call(admin, 'GET', `/api/profiles/${id}/versions/${version}`)).body.document));
    expect(diff(older, newer).settings.map(({ id: field, kind }) => [field, kind])).toEqual([['recording.access', 'taken'], ['history.access', 'granted']]);
  });
});

describe('a draft', () => {
  it("whose rights of the Maker are none is refused like one whose settings are", async () => {
    const id = await make();
    const draft = await hub.call(admin, 'GET', `/api/profiles/${id}/draft`);
    const wrong = { document: document({ 'console.queues.read': true }) };
    const answer = await hub.call(admin, 'PUT', `/api/profiles/${id}/draft`, wrong, { 'if-match': draft.headers.get('etag')! });
    expect(problem(answer)).toEqual([422, 'document.invalid']);
    expect(answer.body.issues[0].path).toEqual(['settings', 'console.queues.read']);
  });

  it('that contradicts itself is kept, and not published', async () => {
    const id = await make();
    const [refuse, accept, at] = ['canRefuse', 'autoAccept', 'autoAcceptSec'].map((name) => `flow.voice.manage.${name}`) as [string, string, string];
    await save(id, { [refuse]: true, [accept]: true, [at]: 0 });
    const answer = await hub.call(admin, 'POST', `/api/profiles/${id}/publish`, {});
    expect(problem(answer)).toEqual([422, 'document.invalid']);
    expect(answer.body.issues[0].path).toEqual(['settings', refuse]);
  });
});
