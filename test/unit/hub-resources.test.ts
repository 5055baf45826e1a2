import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ResourceKind } from '../../lib/catalogue/index.ts';
import { type Centre, makeCentre, openSession } from '../fixtures/centre.ts';
import { type Answer, problem, startTestHub, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { connectLive } from '../fixtures/live-client.ts';

vi.setConfig({ testTimeout: 30_000 });

let hub: TestHub;
let centre: Centre;

beforeAll(async () => {
  hub = await startTestHub();
  centre = await makeCentre(hub);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const asAdmin = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => hub.call(centre.admin, method, path, body, headers);
let names = 0;
const fresh = () => `Thing ${++names}`;
const make = async (kind: ResourceKind, attributes: object = {}, name = fresh()) => {
  const answer = await asAdmin('POST', `/api/resources/${kind}`, { name, attributes });
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  return answer.body as { id: string; name: string; revision: number };
};
const update = (kind: ResourceKind, id: string, body: object, ifMatch = '"*"', by: TestPerson = centre.admin) =>
  hub.call(by, 'PUT', `/api/resources/${kind}/${id}`, body, { 'if-match': ifMatch });
const list = async (kind: string, query = '') => (await asAdmin('GET', `/api/resources/${kind}${query}`)).body.resources as { id: string; name: string; profiles: number; archived: boolean }[];
const at = (answer: Answer) => answer.body.issues?.map(({ path }: { path: unknown[] }) => path.join('.'));
/** Somebody who works with a profile that says this of the Maker. */
const withRights = async (settings: Record<string, unknown>) => centre.person([await centre.profile(fresh(), { settings })]);

describe('resources', () => {
  it('are made, read, changed by their revision, and listed by name', async () => {
    const { id, name } = await make('queue', { voice: true, colour: 'kept, though nothing knows it' });
    const changed = await update('queue', id, { attributes: { note: 'Mornings' } }, '"1"');
    expect(changed.body).toEqual({
      id, kind: 'queue', name, archived: false, revision: 2, profiles: 0,
      attributes: { voice: true, colour: 'kept, though nothing knows it', note: 'Mornings' },
    });
    expect(changed.headers.get('etag')).toBe('"2"');
    const late = await update('queue', id, { name: 'Late' }, '"1"');
    expect([...problem(late), late.headers.get('etag')]).toEqual([412, 'record.conflict', '"2"']);
    expect((await list('queue')).find((each) => each.id === id)).toEqual(changed.body);
  });

  it('of one kind do not share a name; an archived one gives its name away', async () => {
    const { id } = await make('queue', {}, 'Été');
    await make('survey', {}, 'Été');
    expect(problem(await asAdmin('POST', '/api/resources/queue', { name: 'éTÉ', attributes: {} }))).toEqual([409, 'resource.nameTaken']);
    const archived = (value: boolean) => asAdmin('PUT', `/api/resources/queue/${id}/archived`, { archived: value });
    expect((await archived(true)).body).toMatchObject({ archived: true, revision: 2 });
    await make('queue', {}, 'été');
    expect(problem(await archived(false))).toEqual([409, 'resource.nameTaken']);
    expect((await list('queue')).some((each) => each.id === id)).toBe(false);
    expect((await list('queue', '?archived=true')).some((each) => each.id === id)).toBe(true);
  });

  it.each([
    ['queue', { voice: 'yes' }, 'attributes.voice'],
    ['evaluationGrid', { passScore: 101 }, 'attributes.passScore'],
    ['transferRule', { to: 'nowhere' }, 'attributes.to'],
    ['customButton', { target: 'javascript:alert(1)' }, 'attributes.target'],
    ['customButton', { target: 'https://{host}/x' }, 'attributes.target'],
    ['customButton', { target: 'https://crm.example@{number}/' }, 'attributes.target'],
    ['customButton', { colour: 'red; background: url(x)' }, 'attributes.colour'],
    ['customButton', { icon: '<svg>' }, 'attributes.icon'],
    ['crm', { address: 'file:///etc/passwd' }, 'attributes.address'],
  ] as const)('%s with %j is refused, with the place', async (kind, attributes, place) => {
    const answer = await asAdmin('POST', `/api/resources/${kind}`, { name: fresh(), attributes });
    expect([...problem(answer), at(answer)]).toEqual([422, 'document.invalid', [place]]);
    const { id } = await make(kind);
    expect(at(await update(kind, id, { attributes }))).toEqual([place]);
  });

  it('may lead to addresses with variables, and to what is no address where they open none', async () => {
    await make('customButton', { target: 'https://crm.example/?q={number}&id={customer.id}', icon: 'file-plus-2', colour: '#2454D6' });
    await make('customButton', { opens: 'workflow', target: 'plan-call-back' });
    const { id } = await make('customButton', { opens: 'workflow', target: 'plan-call-back' });
    expect(at(await update('customButton', id, { attributes: { opens: 'url' } }))).toEqual(['attributes.target']);
  });

  it('of another account, of another kind, and people and teams are not found here', async () => {
    const { id } = await make('queue');
    const stranger = await hub.makePerson(await hub.makeAccount(), { type: 'administrator' });
    expect(problem(await update('queue', id, {}, '*', stranger))).toEqual([404, 'notFound']);
    expect(problem(await update('survey', id, {}))).toEqual([404, 'notFound']);
    expect(problem(await update('queue', 'x', {}))).toEqual([404, 'notFound']);
    expect(problem(await asAdmin('POST', '/api/resources/person', { name: 'x', attributes: {} }))).toEqual([404, 'notFound']);
    expect(problem(await asAdmin('POST', '/api/resources/nothing', { name: 'x', attributes: {} }))).toEqual([404, 'notFound']);
    expect((await hub.call(stranger, 'GET', '/api/resources/queue')).body.resources).toEqual([]);
  });

  it('of people and teams are listed by name', async () => {
    const person = await hub.makePerson(centre.accountId, { name: 'Aaa First' });
    const team = await asAdmin('POST', '/api/teams', { name: fresh(), note: 'n', members: [] });
    expect((await list('person'))[0]).toMatchObject({ id: person.id, name: 'Aaa First', attributes: { type: 'agent' } });
    expect(await list('team')).toMatchObject([{ id: team.body.id, attributes: { note: 'n' } }]);
  });
});

describe('who may', () => {
  it('change an attribute that names a special verb: whoever has that verb, with update or without', async () => {
    const wallboard = await make('wallboard');
    const coder = await withRights({ 'console.wallboards.read': 'allow', 'console.wallboards.code': 'allow', 'console.wallboards.elements': 'all' });
    const editor = await withRights({ 'console.wallboards.read': 'allow', 'console.wallboards.update': 'allow', 'console.wallboards.elements': 'all' });
    const by = (person: TestPerson, body: object) => update('wallboard', wallboard.id, body, '*', person);
    expect((await by(coder, { attributes: { code: '<b>1</b>' } })).status).toBe(200);
    expect((await by(editor, { attributes: { note: 'Lyon', code: '<b>1</b>' } })).status).toBe(200);
    const refused = await by(editor, { attributes: { code: 'other' } });
    expect([...problem(refused), refused.body.reason]).toEqual([
      403, 'forbidden', { code: 'console.notAllowed', layer: 'profile', setting: 'console.wallboards.code', askable: false },
    ]);
    expect((await by(coder, { name: 'Other' })).body.reason.setting).toBe('console.type');
    expect(problem(await by(coder, { attributes: { note: 'x' } }))).toEqual([403, 'forbidden']);
  });

  it('create one with such an attribute: whoever has the verb too', async () => {
    const maker = await withRights({ 'console.campaigns.create': 'allow' });
    const post = (attributes: object) => hub.call(maker, 'POST', '/api/resources/voiceCampaign', { name: fresh(), attributes });
    expect((await post({ active: true })).status).toBe(201);
    expect(problem(await post({ dispositions: 'Sold' }))).toEqual([403, 'forbidden']);
  });

  it('see and change those that the profile names, and what one has made oneself', async () => {
    const [mine, others] = [await make('voiceCampaign'), await make('smsCampaign')];
    const person = await withRights({
      'console.campaigns.read': 'allow', 'console.campaigns.create': 'allow', 'console.campaigns.update': 'allow', 'console.campaigns.delete': 'allow',
      'console.campaigns.elements': [mine.id],
    });
    const seen = async (kind: string) => (await hub.call(person, 'GET', `/api/resources/${kind}`)).body.resources.map(({ id }: { id: string }) => id);
    expect([await seen('voiceCampaign'), await seen('smsCampaign')]).toEqual([[mine.id], []]);
    expect((await update('voiceCampaign', mine.id, { attributes: { active: true } }, '*', person)).status).toBe(200);
    expect(problem(await update('smsCampaign', others.id, { attributes: { active: true } }, '*', person))).toEqual([403, 'forbidden']);
    const made = await hub.call(person, 'POST', '/api/resources/smsCampaign', { name: fresh(), attributes: {} });
    expect(await seen('smsCampaign')).toEqual([made.body.id]);
    expect((await hub.call(person, 'DELETE', `/api/resources/smsCampaign/${made.body.id}`)).status).toBe(204);
    const { allow } = (await asAdmin('GET', `/api/people/${person.id}`)).body;
    expect(allow).toEqual([]);
  });
});

describe('a resource that profiles name', () => {
  it('names them, with how many work with each now, and those of which only the draft does', async () => {
    const { id } = await make('queue');
    const rows = { rows: { queues: [{ id }] } };
    const published = await centre.profile('B names it', rows);
    const somebody = await centre.person([published]);
    await openSession(hub, somebody);
    const drafted = await centre.profile('A names it in its draft');
    const { headers } = await asAdmin('GET', `/api/profiles/${drafted}/draft`);
    await asAdmin('PUT', `/api/profiles/${drafted}/draft`, { document: centre.document('A names it in its draft', rows) }, { 'if-match': headers.get('etag')! });
    const read = await asAdmin('GET', `/api/resources/queue/${id}`);
    expect(read.headers.get('etag')).toBe('"1"');
    expect(read.body).toMatchObject({
      id,
      profiles: 1,
      namedBy: [
        { id: drafted, name: 'A names it in its draft', published: false, online: 0 },
        { id: published, name: 'B names it', published: true, online: 1 },
      ],
    });
    expect(problem(await asAdmin('GET', `/api/resources/survey/${id}`))).toEqual([404, 'notFound']);
  });

  it('is counted, and cannot be deleted while a version, a draft or a publish to come names it', async () => {
    const { id } = await make('queue');
    const rows = { rows: { queues: [{ id }] } };
    const profileId = await centre.profile(fresh(), rows);
    expect((await list('queue')).find((each) => each.id === id)?.profiles).toBe(1);
    const refused = await asAdmin('DELETE', `/api/resources/queue/${id}`);
    expect([...problem(refused), refused.body.profiles]).toEqual([409, 'resource.inUse', [{ id: profileId, name: expect.any(String) }]]);
    const pinned = await centre.person([profileId]);
    await centre.publish(profileId, fresh(), {}, { to: 'newAssignments' });
    expect(problem(await asAdmin('DELETE', `/api/resources/queue/${id}`))).toEqual([409, 'resource.inUse']);
    await asAdmin('DELETE', `/api/profiles/${profileId}/assignments/${pinned.id}`);
    const draft = await asAdmin('GET', `/api/profiles/${profileId}/draft`);
    const saved = await asAdmin('PUT', `/api/profiles/${profileId}/draft`, { document: centre.document(fresh(), rows) }, { 'if-match': draft.headers.get('etag')! });
    expect(problem(await asAdmin('DELETE', `/api/resources/queue/${id}`))).toEqual([409, 'resource.inUse']);
    await asAdmin('DELETE', `/api/profiles/${profileId}/draft`, undefined, { 'if-match': saved.headers.get('etag')! });
    await hub.db
      .insertInto('schedule')
      .values({
        account_id: centre.accountId, profile_id: profileId, what: 'publish', at: new Date(), until: null, from_version: null, back_version: null,
        document: JSON.stringify(centre.document('x', rows)), by_person: null, problem: null, ended_at: null,
      })
      .execute();
    expect(problem(await asAdmin('DELETE', `/api/resources/queue/${id}`))).toEqual([409, 'resource.inUse']);
    await hub.db.updateTable('schedule').set({ state: 'done' }).where('profile_id', '=', profileId).execute();
    expect((await asAdmin('DELETE', `/api/resources/queue/${id}`)).status).toBe(204);
    expect(problem(await update('queue', id, {}))).toEqual([404, 'notFound']);
  });

  it('can be deleted once only a session that is over was on it', async () => {
    const { id } = await make('activity');
    const profileId = await centre.profile(fresh(), { activities: [id] });
    const person = await centre.person([profileId]);
    await openSession(hub, person);
    await hub.call(person, 'DELETE', '/api/session');
    await centre.publish(profileId, fresh());
    expect((await asAdmin('DELETE', `/api/resources/activity/${id}`)).status).toBe(204);
  });

  const live = async (person: TestPerson) => {
    const { situation } = await openSession(hub, person);
    const client = await connectLive(hub.url, { token: person.token, sessionId: situation.sessionId });
    await client.until('a snapshot', ({ held }) => held() !== null);
    return client;
  };

  it('arrives at open sessions as it is, also those on an earlier version', async () => {
    const button = await make('customButton', { target: 'https://crm.example/' }, 'Old name');
    const queue = await make('queue', {}, 'Old queue');
    const profileId = await centre.profile(fresh(), { rows: { customButtons: [{ id: button.id }], queues: [{ id: queue.id }] } });
    const [person, left] = [await centre.person([profileId]), await centre.person([profileId])];
    const clients = await Promise.all([person, left].map(live));
    await update('customButton', button.id, { name: 'New name', attributes: { colour: '#b3261e' } });
    await update('queue', queue.id, { name: 'New queue' });
    for (const client of clients) {
      await client.until('the new names', ({ held }) => {
        const { resources } = held()!.profile.active!;
        return resources[button.id]?.name === 'New name' && resources[button.id]?.attributes.colour === '#b3261e' && resources[queue.id]?.name === 'New queue';
      });
      await client.close();
    }
    expect((await hub.call(person, 'GET', '/api/banner')).body.profile.active.resources[button.id].name).toBe('New name');
    expect((await asAdmin('GET', `/api/profiles/${profileId}`)).body.published.resources[queue.id].name).toBe('New queue');
    expect((await hub.call(person, 'GET', `/api/session/profiles/${profileId}`)).body.resources[queue.id].name).toBe('New queue');
  });

  it('is not pushed where nothing changes, nor to profiles that do not name it', async () => {
    const { id, name } = await make('queue', { voice: true });
    const seq = async (profileId: string) => (await hub.db.selectFrom('profile').select('published_seq').where('id', '=', profileId).executeTakeFirstOrThrow()).published_seq;
    const [naming, other] = [await centre.profile(fresh(), { rows: { queues: [{ id }] } }), await centre.profile(fresh())];
    const before = [await seq(naming), await seq(other)];
    const same = await update('queue', id, { name, attributes: { voice: true, email: false } });
    expect([same.status, same.body.revision, await seq(naming)]).toEqual([200, 1, before[0]]);
    await update('queue', id, { attributes: { voice: false } });
    expect([(await seq(naming)) > before[0]!, await seq(other)]).toEqual([true, before[1]]);
  });

  it('that is an activity gives way to the default one once archived, and turns a flow off that it no longer turns on', async () => {
    const { id } = await make('activity', { voice: true, email: true });
    const profileId = await centre.profile(fresh(), { activities: [id, centre.activities.mail] });
    const person = await centre.person([profileId]);
    const client = await live(person);
    const flows = () => Object.entries(client.held()!.situation.flows).flatMap(([channel, { on }]) => (on ? [channel] : []));
    expect(flows()).toEqual(['voice', 'email']);
    await update('activity', id, { attributes: { voice: false } });
    await client.until('voice going off', () => flows().join() === 'email');
    expect(client.held()!.situation.activity?.id).toBe(id);
    await asAdmin('PUT', `/api/resources/activity/${id}/archived`, { archived: true });
    await client.until('the other activity', ({ held }) => held()!.situation.activity?.id === centre.activities.mail);
    expect(client.held()!.profile.active!.resources[id]).toBeUndefined();
    await asAdmin('PUT', `/api/resources/activity/${id}/archived`, { archived: false });
    await client.until('the activity back', ({ held }) => held()!.profile.active!.resources[id] !== undefined);
    await client.close();
  });

  it('and publishes of it, all at once, wait for each other; whoever is on it ends with the last name', async () => {
    const { id } = await make('queue');
    const rows = { rows: { queues: [{ id }] } };
    const profiles = await Promise.all([1, 2, 3].map(() => centre.profile(fresh(), rows)));
    // One that begins to name it while it changes.
    const late = await centre.profile(fresh());
    const draft = await asAdmin('GET', `/api/profiles/${late}/draft`);
    await asAdmin('PUT', `/api/profiles/${late}/draft`, { document: centre.document(fresh(), rows) }, { 'if-match': draft.headers.get('etag')! });
    const people = await Promise.all([...profiles, late].map((profileId) => centre.person([profileId])));
    for (const person of people) await openSession(hub, person);
    const answers = await Promise.all([
      ...profiles.map((profileId) => asAdmin('POST', `/api/profiles/${profileId}/refresh`)),
      asAdmin('POST', `/api/profiles/${late}/publish`, {}),
      ...[1, 2, 3].map(() => update('queue', id, { name: fresh() })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 201, 200, 200, 200]);
    const { name } = (await list('queue')).find((each) => each.id === id)!;
    for (const person of people) {
      expect((await hub.call(person, 'GET', '/api/banner')).body.profile.active.resources[id].name).toBe(name);
    }
  });

  it('keeps a publish waiting that began while it changes, so that nobody is sent it as it was', async () => {
    const { id, name } = await make('queue');
    const late = await centre.profile(fresh());
    const draft = await asAdmin('GET', `/api/profiles/${late}/draft`);
    await asAdmin('PUT', `/api/profiles/${late}/draft`, { document: centre.document(fresh(), { rows: { queues: [{ id }] } }) }, { 'if-match': draft.headers.get('etag')! });
    const person = await centre.person([late]);
    await openSession(hub, person);
    const asked = await hub.db.transaction().execute(async (trx) => {
      // Held as a change holds it, so that both meet.
      await sql`select pg_advisory_xact_lock(hashtext('pennon resources'), hashtext(${centre.accountId}))`.execute(trx);
      const answer = asAdmin('POST', `/api/profiles/${late}/publish`, {});
      await vi.waitFor(async () => {
        const { rows } = await sql<{ waiting: number }>`select count(*) as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(hub.db);
        expect(rows[0]?.waiting).toBe(1);
      }, 10_000);
      await trx.updateTable('resource').set({ name: `${name} anew` }).where('id', '=', id).execute();
      return { answer };
    });
    expect((await asked.answer).status).toBe(201);
    expect((await hub.call(person, 'GET', '/api/banner')).body.profile.active.resources[id].name).toBe(`${name} anew`);
  });
});
