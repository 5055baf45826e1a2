import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { emptyDocument } from '../../lib/profile/schema.ts';
import { type Answer, problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { wholeList } from '../fixtures/whole-list.ts';

let hub: TestHub;
let account: string;
let admin: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  account = await hub.makeAccount();
  admin = await hub.makePerson(account, { type: 'administrator' });
  stranger = await hub.makePerson(await hub.makeAccount(), { type: 'administrator' });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

let names = 0;
const freshName = () => `Profile ${++names}`;
const make = async (name = freshName(), document?: unknown): Promise<string> => {
  const { status, body } = await hub.call(admin, 'POST', '/api/profiles', { name, document });
  expect(status).toBe(201);
  return body.profileId;
};
const published = async (): Promise<string> => {
  const id = await make();
  expect((await publish(id)).status).toBe(201);
  return id;
};
const publish = (id: string, body: unknown = {}) => hub.call(admin, 'POST', `/api/profiles/${id}/publish`, body);
const save = async (id: string, change: object, ifMatch?: string): Promise<Answer> => {
  const draft = await hub.call(admin, 'GET', `/api/profiles/${id}/draft`);
  const document = { ...draft.body.document, settings: { ...draft.body.document.settings, ...change } };
  return hub.call(admin, 'PUT', `/api/profiles/${id}/draft`, { document }, { 'if-match': ifMatch ?? draft.headers.get('etag')! });
};
/** Until so many statements wait for a lock that somebody else holds. */
const waitingForLocks = (count: number) =>
  vi.waitFor(async () => {
    const { rows } = await sql<{ waiting: number }>`select count(*) as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(hub.db);
    expect(rows[0]?.waiting).toBe(count);
  }, 10_000);

describe('profiles', () => {
  it('are refused beyond fifty, the fifty-first with a code of its own', async () => {
    const other = await hub.makePerson(await hub.makeAccount(), { type: 'administrator' });
    for (let i = 0; i < 50; i++) expect((await hub.call(other, 'POST', '/api/profiles', { name: `P${i}` })).status).toBe(201);
    expect(problem(await hub.call(other, 'POST', '/api/profiles', { name: 'P50' }))).toEqual([409, 'profile.limit']);
    const list = await hub.call(other, 'GET', '/api/profiles');
    expect([list.body.profiles.length, list.body.most]).toEqual([50, 50]);
  });

  it('are refused beyond fifty when two are made at once', async () => {
    const accountId = await hub.makeAccount();
    const other = await hub.makePerson(accountId, { type: 'administrator' });
    await hub.db.updateTable('account').set({ profile_limit: 1 }).where('id', '=', accountId).execute();
    // Held back until all three stand at the account, so that none can have counted what another made.
    const answers = await hub.db.transaction().execute(async (trx) => {
      await trx.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute();
      const asked = ['a', 'b', 'c'].map((name) => hub.call(other, 'POST', '/api/profiles', { name }));
      await waitingForLocks(3);
      return { asked };
    }).then(({ asked }) => Promise.all(asked));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('may not share a name, upper and lower case of any script alike', async () => {
    await make('Équipe Été');
    expect(problem(await hub.call(admin, 'POST', '/api/profiles', { name: 'éQUIPE éTÉ' }))).toEqual([409, 'profile.nameTaken']);
    const id = await make();
    expect(problem(await save(id, { 'general.name': 'ÉQUIPE été' }))).toEqual([409, 'profile.nameTaken']);
  });

  it('of another account are not found, whatever is asked of them', async () => {
    const id = await published();
    const person = await hub.makePerson(account);
    for (const [method, path, body] of [
      ['GET', ''], ['DELETE', ''], ['GET', '/draft'], ['POST', '/validate', { document: emptyDocument('x') }],
      ['POST', '/publish', {}], ['GET', '/versions'], ['GET', '/versions/1'], ['POST', '/rollback', { version: 1 }],
      ['GET', '/assignments'], ['PUT', `/assignments/${person.id}`, {}], ['DELETE', `/assignments/${person.id}`],
      ['POST', '/refresh', {}], ['GET', '/receipts'],
    ] as const) {
      expect([path, ...problem(await hub.call(stranger, method, `/api/profiles/${id}${path}`, body))]).toEqual([path, 404, 'notFound']);
    }
    const saved = await hub.call(stranger, 'PUT', `/api/profiles/${id}/draft`, { document: emptyDocument('x') }, { 'if-match': '"0"' });
    expect(problem(saved)).toEqual([404, 'notFound']);
    expect((await hub.call(admin, 'GET', `/api/profiles/${id}/assignments`)).body.assignments).toEqual([]);
  });

  it('take no people of another account', async () => {
    const id = await published();
    expect(problem(await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${stranger.id}`, {}))).toEqual([404, 'notFound']);
  });

  it('with an id that is none are not found', async () => {
    expect(problem(await hub.call(admin, 'GET', "/api/profiles/1'--"))).toEqual([404, 'notFound']);
    expect(problem(await hub.call(admin, 'GET', `/api/profiles/${await published()}/versions/one`))).toEqual([404, 'notFound']);
  });

  it('are for administrators alone', async () => {
    const agent = await hub.makePerson(account);
    expect(problem(await hub.call(agent, 'GET', '/api/profiles'))).toEqual([403, 'forbidden']);
    expect(problem(await hub.call(null, 'GET', '/api/profiles'))).toEqual([401, 'auth.missing']);
    expect(problem(await hub.call({ ...admin, token: 'pnt_wrong' }, 'GET', '/api/profiles'))).toEqual([401, 'auth.invalid']);
  });

  it('can be deleted only once nobody is assigned', async () => {
    const id = await published();
    const person = await hub.makePerson(account);
    await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {});
    expect(problem(await hub.call(admin, 'DELETE', `/api/profiles/${id}`))).toEqual([409, 'profile.inUse']);
    expect((await hub.call(admin, 'DELETE', `/api/profiles/${id}/assignments/${person.id}`)).status).toBe(204);
    expect((await hub.call(admin, 'DELETE', `/api/profiles/${id}`)).status).toBe(204);
    expect(problem(await hub.call(admin, 'GET', `/api/profiles/${id}`))).toEqual([404, 'notFound']);
  });
});

describe('writes that meet', () => {
  it('do not delete a profile that somebody is being assigned to', async () => {
    const [id, person] = [await published(), await hub.makePerson(account)];
    const { deleting } = await hub.db.transaction().execute(async (trx) => {
      await trx.insertInto('assignment').values({ person_id: person.id, profile_id: id, pinned_version: null }).execute();
      const asked = hub.call(admin, 'DELETE', `/api/profiles/${id}`);
      await waitingForLocks(1);
      return { deleting: asked };
    });
    expect(problem(await deleting)).toEqual([409, 'profile.inUse']);
  });

  it('run again where PostgreSQL gives one up because each waits for the other', async () => {
    const [id, person] = [await published(), await hub.makePerson(account)];
    await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {});
    const { unassigning } = await hub.db.transaction().execute(async (trx) => {
      // So long that it is the hub's own statement that is given up.
      await sql`set local deadlock_timeout = '60s'`.execute(trx);
      await trx.selectFrom('person').select('id').where('id', '=', person.id).forUpdate().execute();
      const asked = hub.call(admin, 'DELETE', `/api/profiles/${id}/assignments/${person.id}`);
      await waitingForLocks(1);
      await trx.selectFrom('profile').select('id').where('id', '=', id).forUpdate().execute();
      return { unassigning: asked };
    });
    expect((await unassigning).status).toBe(204);
  });
});

describe('a draft', () => {
  it('is saved only over the one that was read', async () => {
    const id = await make();
    expect(problem(await hub.call(admin, 'PUT', `/api/profiles/${id}/draft`, { document: emptyDocument('x') }))).toEqual([428, 'request.precondition']);
    const first = await save(id, { 'general.alias': 'one' });
    expect(first.status).toBe(200);
    const late = await save(id, { 'general.alias': 'two' }, '"1"');
    expect(problem(late)).toEqual([412, 'draft.conflict']);
    expect(late.headers.get('etag')).toBe(first.headers.get('etag'));
    expect((await hub.call(admin, 'GET', `/api/profiles/${id}/draft`)).body.document.settings['general.alias']).toBe('one');
  });

  it('made anew after a drop is not taken for the one before', async () => {
    const id = await published();
    const first = await save(id, { 'general.alias': 'one' });
    const etag = first.headers.get('etag')!;
    expect((await hub.call(admin, 'DELETE', `/api/profiles/${id}/draft`, undefined, { 'if-match': etag })).status).toBe(204);
    await save(id, { 'general.alias': 'two' });
    expect(problem(await save(id, { 'general.alias': 'three' }, etag))).toEqual([412, 'draft.conflict']);
  });

  it('of two saved at once loses one', async () => {
    const id = await make();
    const answers = await Promise.all(['a', 'b'].map((alias) => save(id, { 'general.alias': alias }, '"1"')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('keeps fields that the catalogue does not know', async () => {
    const id = await make();
    const saved = await save(id, { 'future.field': { deep: [1] } });
    expect(saved.body.document.settings['future.field']).toEqual({ deep: [1] });
  });

  it('that does not validate is refused, each thing with its place', async () => {
    const id = await make();
    const answer = await save(id, { 'recording.access': 'yes', 'interactions.maxMissed': 1000 });
    expect(problem(answer)).toEqual([422, 'document.invalid']);
    expect(answer.body.issues.map(({ path }: { path: string[] }) => path.join('/')).sort()).toEqual([
      'settings/interactions.maxMissed',
      'settings/recording.access',
    ]);
  });
});

describe('publishing', () => {
  it('makes the next version, which nothing changes afterwards', async () => {
    const id = await make();
    const first = await publish(id, { message: 'first' });
    expect(first.body).toMatchObject({ version: 1, message: 'first', rolledBackFrom: null, emergency: false });
    expect(problem(await publish(id))).toEqual([409, 'draft.none']);
    await save(id, { 'general.name': freshName(), 'recording.access': true });
    expect((await publish(id)).body.version).toBe(2);
    const read = await hub.call(admin, 'GET', `/api/profiles/${id}`);
    expect(read.body.summary).toMatchObject({ version: 2, hasDraft: false });
    expect(read.body.published.document.settings['recording.access']).toBe(true);
    expect((await hub.call(admin, 'GET', `/api/profiles/${id}/versions/1`)).body.document.settings['recording.access']).toBeUndefined();
    await expect(
      hub.db.updateTable('profile_version').set({ message: 'other' }).where('profile_id', '=', id).execute(),
    ).rejects.toThrow('append-only');
  });

  it('refuses a document whose parts contradict each other', async () => {
    const id = await make();
    await save(id, { 'interactions.maxMissed': 3 });
    expect(problem(await publish(id))).toEqual([422, 'document.invalid']);
    const { body } = await hub.call(admin, 'GET', `/api/profiles/${id}/draft`);
    const checked = await hub.call(admin, 'POST', `/api/profiles/${id}/validate`, { document: body.document });
    expect(checked.body.valid).toBe(false);
    expect(checked.body.issues[0].path).toEqual(['settings', 'interactions.missedActivityId']);
  });

  it('of a draft that somebody changed meanwhile is refused where If-Match is sent', async () => {
    const id = await make();
    await save(id, { 'general.alias': 'seen' });
    const late = await hub.call(admin, 'POST', `/api/profiles/${id}/publish`, {}, { 'if-match': '"1"' });
    expect(problem(late)).toEqual([412, 'draft.conflict']);
  });

  it('for new assignments leaves who is there on the version they have, until everyone is meant', async () => {
    const id = await published();
    const [early, late] = [await hub.makePerson(account), await hub.makePerson(account)];
    const pins = async () =>
      Object.fromEntries(
        (await hub.db.selectFrom('assignment').select(['person_id', 'pinned_version']).where('profile_id', '=', id).execute()).map(
          (row) => [row.person_id, row.pinned_version],
        ),
      );
    await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${early.id}`, {});
    await save(id, { 'recording.access': true });
    await publish(id, { to: 'newAssignments' });
    await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${late.id}`, {});
    expect(await pins()).toEqual({ [early.id]: 1, [late.id]: null });
    await save(id, { 'recording.download': true });
    await publish(id, { to: 'newAssignments' });
    expect(await pins()).toEqual({ [early.id]: 1, [late.id]: 2 });
    await save(id, { 'recording.delete': true });
    await publish(id);
    expect(await pins()).toEqual({ [early.id]: null, [late.id]: null });
  });

  it('puts right at once who works with the profile: an activity that is gone gives way to the default one', async () => {
    const values = (name: string) => ({ account_id: account, kind: 'activity' as const, name, attributes: '{"category":"processing"}' });
    const rows = await hub.db.insertInto('resource').values([values('Calls'), values('Letters')]).returning('id').execute();
    const [calls, letters] = rows.map(({ id }) => id) as [string, string];
    const name = freshName();
    const documentWith = (...ids: string[]) => ({ ...emptyDocument(name), configuration: { activities: { rows: ids.map((id) => ({ id })), default: ids[0] } } });
    const id = await make(name, documentWith(calls, letters));
    await publish(id);
    const person = await hub.makePerson(account);
    await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {});
    const opened = await hub.call(person, 'POST', '/api/session', { browser: 'Test' });
    expect(opened.body.situation.activity.id).toBe(calls);
    const etag = (await hub.call(admin, 'GET', `/api/profiles/${id}/draft`)).headers.get('etag')!;
    await hub.call(admin, 'PUT', `/api/profiles/${id}/draft`, { document: documentWith(letters) }, { 'if-match': etag });
    await publish(id);
    const { body } = await hub.call(person, 'GET', '/api/banner');
    expect([body.profile.active.version, body.situation.activity.id]).toEqual([2, letters]);
  });

  it('by rolling back is a version like any other', async () => {
    const id = await published();
    await save(id, { 'recording.access': true });
    await publish(id);
    const back = await hub.call(admin, 'POST', `/api/profiles/${id}/rollback`, { version: 1 });
    expect(back.body).toMatchObject({ version: 3, rolledBackFrom: 1 });
    const read = await hub.call(admin, 'GET', `/api/profiles/${id}`);
    expect(read.body.published.document.settings['recording.access']).toBeUndefined();
    expect(problem(await hub.call(admin, 'POST', `/api/profiles/${id}/rollback`, { version: 9 }))).toEqual([404, 'notFound']);
    expect(problem(await hub.call(admin, 'POST', `/api/profiles/${id}/rollback`, { version: 3_000_000_000 }))).toEqual([400, 'request.invalid']);
    const versions = await hub.call(admin, 'GET', `/api/profiles/${id}/versions`);
    expect(versions.body.versions.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1]);
  });

  it('is in the change log and the audit log, the audit log with what differs and nothing else', async () => {
    const id = await published();
    await save(id, { 'recording.access': true });
    await publish(id, { emergency: true });
    const change = await hub.db.selectFrom('change_log').selectAll().where('subject_id', '=', id).orderBy('id', 'desc').executeTakeFirstOrThrow();
    expect(change).toMatchObject({ kind: 'profile', account_id: account, detail: { version: 2, emergency: true } });
    const { published_seq } = await hub.db.selectFrom('profile').select('published_seq').where('id', '=', id).executeTakeFirstOrThrow();
    expect(published_seq).toBe(change.id);
    const entry = await hub.db
      .selectFrom('audit')
      .selectAll()
      .where('subject_id', '=', id)
      .where('action', '=', 'profile.publish')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    expect(entry.actor_id).toBe(admin.id);
    expect(entry.before).toEqual({ version: 1, settings: {}, configuration: {} });
    expect(entry.after).toMatchObject({ version: 2, settings: { 'recording.access': true } });
    await expect(hub.db.deleteFrom('audit').execute()).rejects.toThrow('append-only');
  });
});

describe('assigning', () => {
  it('makes the first profile the one at login, and another one only when asked', async () => {
    const person = await hub.makePerson(account);
    const [a, b] = [await published(), await published()];
    const put = (id: string, body: object) => hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, body);
    expect((await put(a, {})).body).toMatchObject({ atLogin: true, score: 50 });
    expect((await put(b, { score: 70 })).body).toMatchObject({ atLogin: false, score: 70 });
    expect((await put(b, { atLogin: true })).body).toMatchObject({ atLogin: true, score: 70 });
    const people = await wholeList(async (path) => (await hub.call(admin, 'GET', path)).body, '/api/people', 'people');
    const mine = people.find(({ id }: { id: string }) => id === person.id);
    expect(mine.profiles.map((p: { id: string; atLogin: boolean }) => [p.id, p.atLogin])).toEqual([[b, true], [a, false]]);
  });

  it('tells the person, in the log that their links read', async () => {
    const person = await hub.makePerson(account);
    const id = await published();
    await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {});
    const { changed_seq } = await hub.db.selectFrom('person').select('changed_seq').where('id', '=', person.id).executeTakeFirstOrThrow();
    const change = await hub.db.selectFrom('change_log').selectAll().where('subject_id', '=', person.id).executeTakeFirstOrThrow();
    expect([change.id, change.kind]).toEqual([changed_seq, 'person']);
  });

  it('can be taken back; who works with the profile then falls to the one at login', async () => {
    const person = await hub.makePerson(account);
    const [a, b] = [await published(), await published()];
    await hub.call(admin, 'PUT', `/api/profiles/${a}/assignments/${person.id}`, { atLogin: true });
    await hub.call(admin, 'PUT', `/api/profiles/${b}/assignments/${person.id}`, {});
    await hub.call(person, 'POST', '/api/session', { browser: 'Test' });
    await hub.call(person, 'PUT', '/api/session/profile', { profileId: b });
    const active = async () => (await hub.call(person, 'GET', '/api/banner')).body.profile.active?.id ?? null;
    expect(await active()).toBe(b);
    expect((await hub.call(admin, 'DELETE', `/api/profiles/${b}/assignments/${person.id}`)).status).toBe(204);
    expect(await active()).toBe(a);
    await hub.call(admin, 'DELETE', `/api/profiles/${a}/assignments/${person.id}`);
    expect(await active()).toBe(null);
  });

  it('a profile that is published or named anew is told to who has it, for it stands in their list', async () => {
    const person = await hub.makePerson(account);
    const id = await make();
    await hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {});
    await hub.call(person, 'POST', '/api/session', { browser: 'Test' });
    const part = async () => (await hub.call(person, 'GET', '/api/banner')).body.person;
    const [first, name] = [await part(), freshName()];
    expect(first.profiles).toEqual([]);
    await publish(id);
    const second = await part();
    expect([second.seq > first.seq, second.profiles.length]).toEqual([true, 1]);
    await save(id, { 'general.name': name });
    await publish(id);
    const third = await part();
    expect([third.seq > second.seq, third.profiles[0].name]).toEqual([true, name]);
    await save(id, { 'recording.access': true });
    await publish(id);
    expect((await part()).seq).toBe(third.seq);
  });

  it('and publishing, all at once, wait for each other and lose nothing', async () => {
    const [id, people] = [await published(), await Promise.all(Array.from({ length: 4 }, () => hub.makePerson(account)))];
    const put = (person: TestPerson) => hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {});
    await Promise.all(people.map(put));
    await Promise.all(people.map((person) => hub.call(person, 'POST', '/api/session', { browser: 'Test' })));
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => hub.call(admin, 'POST', `/api/profiles/${id}/rollback`, { version: 1 })),
      ...people.map((person) => hub.call(admin, 'DELETE', `/api/profiles/${id}/assignments/${person.id}`)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 204, 204, 204, 204]);
    const { body } = await hub.call(admin, 'GET', `/api/profiles/${id}`);
    expect(body.summary).toMatchObject({ version: 5, people: 0, online: 0 });
  });

  it('to a profile that is being deleted finds it gone', async () => {
    const [id, person] = [await make(), await hub.makePerson(account)];
    const asked = await hub.db.transaction().execute(async (trx) => {
      await trx.deleteFrom('profile').where('id', '=', id).execute();
      const answer = hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {});
      await waitingForLocks(1);
      return { answer };
    });
    expect(problem(await asked.answer)).toEqual([404, 'notFound']);
  });

  it('of somebody who does not have the profile cannot be taken back', async () => {
    const person = await hub.makePerson(account);
    expect(problem(await hub.call(admin, 'DELETE', `/api/profiles/${await published()}/assignments/${person.id}`))).toEqual([404, 'notFound']);
  });
});

describe('receipts', () => {
  it('are queued for who works with the profile, offline for who is signed out, and none for who works with another', async () => {
    const [a, b] = [await published(), await published()];
    const [working, away, elsewhere] = [await hub.makePerson(account), await hub.makePerson(account), await hub.makePerson(account)];
    for (const { id } of [working, away]) await hub.call(admin, 'PUT', `/api/profiles/${a}/assignments/${id}`, { atLogin: true });
    await hub.call(admin, 'PUT', `/api/profiles/${b}/assignments/${elsewhere.id}`, { atLogin: true });
    await hub.call(admin, 'PUT', `/api/profiles/${a}/assignments/${elsewhere.id}`, {});
    for (const person of [working, elsewhere]) await hub.call(person, 'POST', '/api/session', { browser: 'Test' });
    await save(a, { 'recording.access': true });
    await publish(a);
    const { body } = await hub.call(admin, 'GET', `/api/profiles/${a}/receipts`);
    expect(body.version).toBe(2);
    expect(Object.fromEntries(body.receipts.map((r: { personId: string; state: string }) => [r.personId, r.state]))).toEqual({
      [working.id]: 'queued',
      [away.id]: 'offline',
    });
    const summary = (await hub.call(admin, 'GET', `/api/profiles/${a}`)).body.summary;
    expect([summary.people, summary.online]).toEqual([3, 1]);
  });
});

describe('refreshing', () => {
  it('pushes the published version again, under a newer seq', async () => {
    const id = await published();
    const seqOf = async () => (await hub.db.selectFrom('profile').select('published_seq').where('id', '=', id).executeTakeFirstOrThrow()).published_seq;
    const before = await seqOf();
    const answer = await hub.call(admin, 'POST', `/api/profiles/${id}/refresh`);
    expect([answer.status, answer.body]).toEqual([202, { version: 1, people: 0 }]);
    expect(await seqOf()).toBeGreaterThan(before);
    expect(problem(await hub.call(admin, 'POST', `/api/profiles/${await make()}/refresh`))).toEqual([404, 'notFound']);
  });
});

describe('resources', () => {
  it('are listed by kind, and sent with a profile whose rows name them', async () => {
    const values = (name: string, archived: boolean, account_id = account) => ({ account_id, kind: 'queue' as const, name, attributes: '{"voice":true}', archived });
    const rows = await hub.db
      .insertInto('resource')
      .values([values('Claims', false), values('Old', true), values('Theirs', false, stranger.accountId)])
      .returning(['id', 'name'])
      .execute();
    const [claims, old, theirs] = rows.map(({ id }) => id);
    const list = await hub.call(admin, 'GET', '/api/resources/queue');
    expect(list.body.resources).toMatchObject([{ id: claims, kind: 'queue', name: 'Claims', attributes: { voice: true }, archived: false }]);
    const name = freshName();
    const document = { ...emptyDocument(name), configuration: { queues: { rows: [claims, old, theirs, 'gone'].map((id) => ({ id })) } } };
    const id = await make(name, document);
    await publish(id);
    const { body } = await hub.call(admin, 'GET', `/api/profiles/${id}`);
    expect(Object.keys(body.published.resources)).toEqual([claims]);
    expect(body.published.document.configuration.queues.rows).toHaveLength(4);
    expect(problem(await hub.call(admin, 'GET', '/api/resources/nothing'))).toEqual([404, 'notFound']);
  });
});
