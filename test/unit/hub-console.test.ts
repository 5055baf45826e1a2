/** The Maker's rights on a real hub: the worked example “Sales Supervisors” verb by verb, and what one may give. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleRight, verbField } from '../../lib/catalogue/console.ts';
import type { ProfileDocument, ResourceKind } from '../../lib/catalogue/index.ts';
import { elementExtra } from '../../lib/decide/console.ts';
import { exportOf } from '../../lib/profile/transfer.ts';
import { type As, askedRights, consoleAsks, SALES_SUPERVISORS } from '../fixtures/console-asks.ts';
import { type Answer, problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';

let hub: TestHub;
let account: string;
let admin: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  account = await hub.makeAccount();
  admin = await hub.makePerson(account, { type: 'administrator' });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

type Settings = Partial<ProfileDocument['settings']>;
let names = 0;
const fresh = (what: string) => `${what} ${(names += 1)}`;

const documentOf = (settings: Settings) => ({ schema: 1, settings, configuration: {} });
async function drafted(settings: Settings, name = fresh('Profile')): Promise<string> {
  const { status, body } = await hub.call(admin, 'POST', '/api/profiles', { name, document: documentOf(settings) });
  expect(status).toBe(201);
  return body.profileId;
}
const publish = (id: string, as = admin) => hub.call(as, 'POST', `/api/profiles/${id}/publish`, {});
async function published(settings: Settings, name?: string): Promise<string> {
  const id = await drafted(settings, name);
  expect((await publish(id)).status).toBe(201);
  return id;
}
const assign = (id: string, person: TestPerson, as = admin, body: object = {}) => hub.call(as, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, body);
/** A manager with a profile of these settings. */
async function withRights(settings: Settings): Promise<TestPerson & { readonly profileId: string }> {
  const person = await hub.makePerson(account, { type: 'manager' });
  const profileId = await published(settings);
  expect((await assign(profileId, person)).status).toBe(200);
  return { ...person, profileId };
}
async function resource(kind: ResourceKind, name = fresh(kind), attributes: Record<string, unknown> = {}): Promise<string> {
  const { id } = await hub.db
    .insertInto('resource')
    .values({ account_id: account, kind, name, attributes: JSON.stringify(attributes) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
/** As the export writes it. */
const fileOf = (settings: Settings) => exportOf([{ name: fresh('Filed'), document: documentOf(settings), resources: {} }], 0);

const saveDraft = async (id: string, settings: Settings, as: TestPerson) => {
  const before = await hub.call(as, 'GET', `/api/profiles/${id}/draft`);
  const document = { ...before.body.document, settings: { ...before.body.document.settings, ...settings } };
  return hub.call(as, 'PUT', `/api/profiles/${id}/draft`, { document }, { 'if-match': before.headers.get('etag')! });
};

const allow = (...rights: ConsoleRight[]): Settings => Object.fromEntries(rights.map((right) => [`console.${right}`, 'allow']));

describe('Sales Supervisors', () => {
  let supervisor: TestPerson;
  let campaigns: { readonly cler: string; readonly ml: string; readonly other: string };

  beforeAll(async () => {
    campaigns = { cler: await resource('voiceCampaign', 'Cler'), ml: await resource('smsCampaign', 'ML'), other: await resource('voiceCampaign', 'Other') };
    supervisor = await withRights({
      ...allow(...SALES_SUPERVISORS),
      'console.people.elements': 'all',
      'console.campaigns.elements': [campaigns.cler, campaigns.ml],
      'console.outboundHubs.elements': 'all',
      'console.wallboards.elements': 'all',
    });
  }, 60_000);

  const overAny = { 'if-match': '*' };
  const somebody = async () => (await hub.makePerson(account)).id;
  const as = (person: TestPerson): As => (...request) => hub.call(person, ...request);

  it.each(askedRights)('%s', async (right) => {
    const ask = consoleAsks(as(admin), { voice: campaigns.cler, sms: campaigns.ml })[right]!;
    const answer = await ask(as(supervisor));
    if (SALES_SUPERVISORS.includes(right)) return expect([answer.status < 300, answer.body?.code]).toEqual([true, undefined]);
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect(answer.body.reason).toMatchObject({ layer: 'profile', askable: false });
    expect(['console.type', 'console.notAllowed']).toContain(answer.body.reason.code);
    // Refused for want of the right, and of nothing else: an administrator is let through.
    expect((await ask(as(admin))).status).toBeLessThan(300);
  });

  it('see, and change, of the campaigns Cler and ML alone', async () => {
    for (const [kind, id] of [['voiceCampaign', campaigns.cler], ['smsCampaign', campaigns.ml]] as const) {
      const { body } = await hub.call(supervisor, 'GET', `/api/resources/${kind}`);
      expect(body.resources.map((each: { id: string }) => each.id)).toContain(id);
      expect(JSON.stringify(body)).not.toContain(campaigns.other);
    }
    const refused = await hub.call(supervisor, 'PUT', `/api/resources/voiceCampaign/${campaigns.other}`, { name: 'Mine' }, overAny);
    expect([...problem(refused), refused.body.reason]).toEqual([
      403,
      'forbidden',
      { code: 'console.elements', layer: 'profile', setting: 'console.campaigns.elements', askable: false },
    ]);
  });

  it('see all people, and cannot make one an administrator or give one a profile', async () => {
    const { body } = await hub.call(supervisor, 'GET', '/api/people');
    expect(body.people.length).toBeGreaterThan(1);
    const id = await somebody();
    const raised = await hub.call(supervisor, 'PUT', `/api/people/${id}`, { type: 'administrator' }, overAny);
    expect([...problem(raised), raised.body.fields]).toEqual([403, 'grant.refused', ['type']]);
    const other = await hub.makePerson(account, { type: 'administrator' });
    expect(problem(await hub.call(supervisor, 'PUT', `/api/people/${other.id}`, { disabled: true }, overAny))).toEqual([403, 'grant.refused']);
    const given = { profiles: [{ id: await published({}), atLogin: true, score: 50 }] };
    expect(problem(await hub.call(supervisor, 'PUT', `/api/people/${id}`, given, overAny))).toEqual([403, 'forbidden']);
  });

  it('of wallboards change everything but the code', async () => {
    const id = await resource('wallboard');
    expect((await hub.call(supervisor, 'PUT', `/api/resources/wallboard/${id}`, { attributes: { note: 'x' } }, overAny)).status).toBe(200);
    const refused = await hub.call(supervisor, 'PUT', `/api/resources/wallboard/${id}`, { attributes: { note: 'y', code: 'x' } }, overAny);
    expect([...problem(refused), refused.body.reason.setting]).toEqual([403, 'forbidden', verbField('wallboards', 'code')]);
  });

  it('of voice menus change what they made and nothing else', async () => {
    const refused = await hub.call(supervisor, 'PUT', `/api/resources/ivr/${await resource('ivr')}`, { name: 'Mine' }, overAny);
    expect([...problem(refused), refused.body.reason.code]).toEqual([403, 'forbidden', 'console.elements']);
    const { body } = await hub.call(supervisor, 'POST', '/api/resources/ivr', { name: fresh('ivr'), attributes: {} });
    const person = await hub.db.selectFrom('person').select('allow').where('id', '=', supervisor.id).executeTakeFirstOrThrow();
    expect(person.allow).toContain(elementExtra('ivrs', body.id));
  });
});

describe('the profile in effect', () => {
  const READS: Settings = allow('teams.read');
  const teams = (as: TestPerson) => hub.call(as, 'GET', '/api/teams');

  it('is the one at login, else the only one there is, where no session is open', async () => {
    const person = await hub.makePerson(account, { type: 'manager' });
    const none = await teams(person);
    expect([...problem(none), none.body.reason]).toEqual([403, 'forbidden', { code: 'profile.none', layer: 'profile', setting: null, askable: false }]);
    const [reads, other] = [await published(READS), await published({})];
    await assign(reads, person, admin, { atLogin: false });
    expect((await teams(person)).status).toBe(200);
    await assign(other, person, admin, { atLogin: true });
    expect((await teams(person)).body.reason.code).toBe('console.type');
    await assign(reads, person, admin, { atLogin: true });
    expect((await teams(person)).status).toBe(200);
  });

  it('is that of the open session', async () => {
    const person = await withRights(READS);
    const other = await published({});
    await assign(other, person);
    expect((await hub.call(person, 'POST', '/api/session', { browser: 'Test' })).status).toBe(201);
    expect((await teams(person)).status).toBe(200);
    expect((await hub.call(person, 'PUT', '/api/session/profile', { profileId: other })).status).toBe(200);
    expect((await teams(person)).body.reason.code).toBe('console.type');
  });

  it('is the version that the person was left on', async () => {
    const person = await withRights(READS);
    await saveDraft(person.profileId, { 'console.teams.read': 'deny' }, admin);
    await hub.call(admin, 'POST', `/api/profiles/${person.profileId}/publish`, { to: 'newAssignments' });
    expect((await teams(person)).status).toBe(200);
    await hub.call(admin, 'POST', `/api/profiles/${person.profileId}/publish`, {});
    await saveDraft(person.profileId, { 'console.teams.read': 'deny', 'general.alias': 'x' }, admin);
    await publish(person.profileId);
    expect((await teams(person)).body.reason).toMatchObject({ code: 'console.denied', setting: 'console.teams.read' });
  });

  it('counts less than an extra of the person, and that less than a denial', async () => {
    const person = await withRights({});
    const set = (allowed: string[], deny: string[]) => hub.db.updateTable('person').set({ allow: allowed, deny }).where('id', '=', person.id).execute();
    await set(['console.teams.read'], []);
    expect((await teams(person)).status).toBe(200);
    await set(['console.teams.read'], ['console.teams.read']);
    expect((await teams(person)).body.reason).toEqual({ code: 'person.denied', layer: 'person', setting: 'console.teams.read', askable: false });
  });
});

describe('the last administrator', () => {
  it('stays one, also where two take each other’s rights at once', async () => {
    const other = await hub.makeAccount();
    const pair = [await hub.makePerson(other, { type: 'administrator' }), await hub.makePerson(other, { type: 'administrator' })] as const;
    const answers = await Promise.all(
      [pair, pair.toReversed()].map(([by, whom]) => hub.call(by!, 'PUT', `/api/people/${whom!.id}`, { type: 'manager' }, { 'if-match': '*' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = await hub.db.selectFrom('person').select('id').where('account_id', '=', other).where('type', '=', 'administrator').execute();
    expect(left).toHaveLength(1);
  });
});

describe('a kind of resource', () => {
  it('is decided by the module it is kept under, and one that does not exist is not found', async () => {
    const person = await withRights({ ...allow('queues.read', 'people.read') });
    const list = (kind: string) => hub.call(person, 'GET', `/api/resources/${kind}`);
    expect((await list('queue')).status).toBe(200);
    expect((await list('person')).status).toBe(200);
    expect((await list('activity')).body.reason.setting).toBe('console.type');
    expect(problem(await list('toString'))).toEqual([404, 'notFound']);
  });
});

describe('who may use some profiles', () => {
  const EDITS = allow('profiles.read', 'profiles.create', 'profiles.update', 'profiles.publish', 'profiles.assign', 'profiles.delete');

  it('sees and changes no other, and what they make is theirs', async () => {
    const [own, other] = [await published({}), await published({})];
    const person = await withRights({ ...EDITS, 'console.profiles.elements': [own] });
    const listed = async () => (await hub.call(person, 'GET', '/api/profiles')).body.profiles.map(({ id }: { id: string }) => id);
    expect(await listed()).toEqual([own]);
    for (const [method, path] of [['GET', ''], ['GET', '/draft'], ['GET', '/versions'], ['DELETE', ''], ['POST', '/publish']] as const) {
      const answer = await hub.call(person, method, `/api/profiles/${other}${path}`, method === 'POST' ? {} : undefined);
      expect([...problem(answer), answer.body.reason.code]).toEqual([403, 'forbidden', 'console.elements']);
    }
    const { body } = await hub.call(person, 'POST', '/api/profiles', { name: fresh('Theirs') });
    expect(new Set(await listed())).toEqual(new Set([own, body.profileId]));
    expect((await saveDraft(body.profileId, { 'general.alias': 'x' }, person)).status).toBe(200);
    expect((await publish(body.profileId, person)).status).toBe(201);
    // Gone, it is nobody's.
    const extras = async () => (await hub.db.selectFrom('person').select('allow').where('id', '=', person.id).executeTakeFirstOrThrow()).allow;
    expect(await extras()).toEqual([elementExtra('profiles', body.profileId)]);
    expect((await hub.call(person, 'DELETE', `/api/profiles/${body.profileId}`)).status).toBe(204);
    expect(await extras()).toEqual([]);
  });

  it('gives them to people among their own alone', async () => {
    const [own, mine, others] = [await published({}), await hub.makePerson(account), await hub.makePerson(account)];
    const person = await withRights({ ...EDITS, 'console.profiles.elements': [own], 'console.people.elements': [mine.id] });
    expect((await assign(own, mine, person)).status).toBe(200);
    expect((await assign(own, others, person)).body.reason).toMatchObject({ code: 'console.elements', setting: 'console.people.elements' });
  });
});

describe('a grant', () => {
  const EDITS: Settings = {
    ...allow('profiles.read', 'profiles.create', 'profiles.update', 'profiles.publish', 'profiles.assign'),
    'console.profiles.elements': 'all',
    'console.people.elements': 'all',
    'history.access': true,
  };
  const DELETES: Settings = { 'recording.access': true, 'recording.delete': true };
  const beyond = (answer: Answer) => [...problem(answer), answer.body?.fields];

  it('of what one has not is refused when a profile is made or a draft saved, with the fields', async () => {
    const lead = await withRights(EDITS);
    const create = (settings: Settings) => hub.call(lead, 'POST', '/api/profiles', { name: fresh('Given'), document: documentOf(settings) });
    expect(beyond(await create(DELETES))).toEqual([403, 'grant.refused', ['recording.access', 'recording.delete']]);
    expect(beyond(await create({ 'console.type': 'read' }))).toEqual([403, 'grant.refused', ['console.type']]);
    const { body } = await create({ 'history.access': true, 'console.profiles.read': 'allow' });
    expect(beyond(await saveDraft(body.profileId, { 'scripts.access': true }, lead))).toEqual([403, 'grant.refused', ['scripts.access']]);
    expect(beyond(await saveDraft(body.profileId, allow('people.delete'), lead))).toEqual([403, 'grant.refused', ['console.people.delete']]);
    expect((await saveDraft(body.profileId, { 'history.access': false }, lead)).status).toBe(200);
  });

  it('is to show what is hidden from oneself: to hide more is none', async () => {
    const masked = await withRights({ ...EDITS, 'mask.phone': true });
    const create = (settings: Settings) => hub.call(masked, 'POST', '/api/profiles', { name: fresh('Masked'), document: documentOf(settings) });
    expect(beyond(await create({}))).toEqual([403, 'grant.refused', ['mask.phone']]);
    const { status, body } = await create({ 'mask.phone': true, 'mask.name': true });
    expect(status).toBe(201);
    expect((await saveDraft(body.profileId, { 'mask.phone': true }, masked)).status).toBe(200);
    expect(beyond(await saveDraft(body.profileId, { 'mask.phone': false }, masked))).toEqual([403, 'grant.refused', ['mask.phone']]);
    expect((await saveDraft(body.profileId, { 'mask.phone': false }, admin)).status).toBe(200);
  });

  it('of a scope, a country, a row and what it says is one of what one has', async () => {
    const [own, seen, other] = [await resource('queue'), await resource('queue'), await resource('queue')];
    const person = await hub.makePerson(account, { type: 'manager' });
    const document = (settings: Settings, configuration: object) => ({ ...documentOf(settings), configuration });
    const mine = document(
      { ...EDITS, 'cases.access': true, 'cases.scope': 'team', 'flow.voice.out.direct': true, 'flow.voice.out.countries': ['FR', 'DE'], 'console.queues.elements': [seen] },
      { queues: { rows: [{ id: own, voice: true }] }, directory: { enabled: true, rows: [] } },
    );
    const { body: { profileId } } = await hub.call(admin, 'POST', '/api/profiles', { name: fresh('Own'), document: mine });
    await publish(profileId);
    await assign(profileId, person);
    const create = (made: object, as: TestPerson = person) => hub.call(as, 'POST', '/api/profiles', { name: fresh('Given'), document: made });
    const wider = document(
      { 'cases.scope': 'all', 'flow.voice.out.countries': ['ES', 'FR'] },
      { queues: { rows: [{ id: own, email: true }, { id: seen, voice: true }, { id: other }] }, crms: { enabled: true, rows: [] } },
    );
    const fields = ['flow.voice.out.countries', 'cases.scope', `queues/${own}/email`, `queues/${seen}/voice`, `queues/${other}`, 'crms'];
    expect(beyond(await create(wider))).toEqual([403, 'grant.refused', fields]);
    const within = document(
      { 'cases.access': true, 'cases.scope': 'team', 'flow.voice.out.countries': ['FR'] },
      { queues: { rows: [{ id: own, voice: true, scoreVoice: 90 }, { id: seen }] }, directory: { enabled: true, rows: [] } },
    );
    expect((await create(within)).status).toBe(201);
    // What stands there stays, whoever saves it, and is not published by who lacks it.
    const { body: theirs } = await create(wider, admin);
    expect((await saveDraft(theirs.profileId, { 'general.alias': 'x' }, person)).status).toBe(200);
    expect(beyond(await publish(theirs.profileId, person))[2]).toEqual(fields);
  });

  it('is refused in a copy, in a file and in what is to be published later', async () => {
    const lead = await withRights({ ...EDITS, ...allow('profiles.import') });
    const [more, less] = [await published(DELETES), await published({ 'history.access': true })];
    const copy = (id: string) => hub.call(lead, 'POST', `/api/profiles/${id}/duplicate`, { name: fresh('Copy') });
    expect(beyond(await copy(more))).toEqual([403, 'grant.refused', ['recording.access', 'recording.delete']]);
    expect((await copy(less)).status).toBe(201);
    const file = (settings: Settings) => hub.call(lead, 'POST', '/api/profiles/import', { file: fileOf(settings) });
    expect(beyond(await file({ 'scripts.access': true }))).toEqual([403, 'grant.refused', ['scripts.access']]);
    expect((await file({ 'history.access': true })).status).toBe(200);
    await saveDraft(less, DELETES, admin);
    const later = await hub.call(lead, 'POST', `/api/profiles/${less}/schedules`, { at: Date.now() + 3_600_000 });
    expect(beyond(later)).toEqual([403, 'grant.refused', ['recording.access', 'recording.delete']]);
  });

  it('that somebody else made may be kept in a draft, and be taken away', async () => {
    const lead = await withRights(EDITS);
    const id = await published(DELETES);
    expect((await saveDraft(id, { 'general.alias': 'x' }, lead)).status).toBe(200);
    expect((await publish(id, lead)).status).toBe(201);
    expect((await saveDraft(id, { 'recording.delete': false }, lead)).status).toBe(200);
    expect(beyond(await saveDraft(id, { 'recording.delete': true }, lead))).toEqual([403, 'grant.refused', ['recording.delete']]);
  });

  it('in a draft of somebody else is not published by who lacks it, nor come back to', async () => {
    const lead = await withRights(EDITS);
    const id = await published({});
    await saveDraft(id, DELETES, admin);
    expect(beyond(await publish(id, lead))).toEqual([403, 'grant.refused', ['recording.access', 'recording.delete']]);
    expect((await publish(id)).status).toBe(201);
    expect((await hub.call(lead, 'POST', `/api/profiles/${id}/rollback`, { version: 1 })).status).toBe(201);
    expect(beyond(await hub.call(lead, 'POST', `/api/profiles/${id}/rollback`, { version: 2 }))[1]).toBe('grant.refused');
  });

  it('by a profile with more than one’s own is refused, to others and to oneself', async () => {
    const lead = await withRights(EDITS);
    const [more, maker, less] = [await published(DELETES), await published({ 'console.type': 'readEditDelete' }), await published({ 'history.access': true })];
    for (const person of [lead, await hub.makePerson(account)]) {
      expect(beyond(await assign(more, person, lead))[1]).toBe('grant.refused');
      expect(beyond(await assign(maker, person, lead))[2]).toContain('console.type');
      expect((await assign(less, person, lead)).status).toBe(200);
    }
    const had = await hub.makePerson(account);
    await assign(more, had);
    expect((await assign(more, had, lead, { score: 10 })).status).toBe(200);
  });

  it('is nothing that an administrator has not', async () => {
    const id = await published({});
    expect((await saveDraft(id, { ...DELETES, 'console.type': 'readEditDelete', 'console.people.elements': 'all' }, admin)).status).toBe(200);
    expect((await publish(id)).status).toBe(201);
    expect((await assign(id, await hub.makePerson(account))).status).toBe(200);
  });

  it('of a value that no field of the Maker has is not valid', async () => {
    const answer = await hub.call(admin, 'POST', '/api/profiles', { name: fresh('Odd'), document: documentOf({ 'console.type': 'all' as never }) });
    expect([...problem(answer), answer.body.issues[0].path]).toEqual([422, 'document.invalid', ['settings', 'console.type']]);
  });
});
