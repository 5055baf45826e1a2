import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controls, type ProfileDocument } from '../../lib/catalogue/index.ts';
import { consoleModules } from '../../lib/catalogue/console.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';

let hub: TestHub;
let account: string;
let admin: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  account = await hub.makeAccount();
  admin = await hub.makePerson(account, { type: 'administrator', name: 'Ada' });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

let made = 0;
async function published(settings: ProfileDocument['settings'], options: { name?: string; people?: readonly TestPerson[] } = {}): Promise<string> {
  const name = options.name ?? `Profile ${(made += 1)}`;
  const document = { schema: 1, settings, configuration: {} };
  const { profileId } = (await hub.call(admin, 'POST', '/api/profiles', { name, document })).body;
  expect((await hub.call(admin, 'POST', `/api/profiles/${profileId}/publish`, {})).status).toBe(201);
  for (const { id } of options.people ?? []) await hub.call(admin, 'PUT', `/api/profiles/${profileId}/assignments/${id}`, {});
  return profileId;
}

const whoCan = async (right: string, as = admin) => (await hub.call(as, 'GET', `/api/who-can?right=${right}`)).body;
type Line = { id: string; allowed: boolean; reason: { code: string } | null };
const ofId = (all: readonly Line[], id: string): Line => all.find((each) => each.id === id) as Line;

describe('who can', () => {
  it('says of each profile what it says itself, and of each person what they can, with the reason', async () => {
    const [smart, essentials] = [await hub.makePerson(account, { name: 'Smart' }), await hub.makePerson(account, { name: 'Essentials', licence: 'essentials' })];
    const id = await published({ 'flow.voice.access': true, 'flow.voice.canToggle': true }, { people: [smart, essentials] });
    const none = await published({ 'flow.voice.access': true });
    const { profiles, people } = await whoCan('flow.voice');
    expect(ofId(profiles, id)).toMatchObject({ allowed: true, reason: null, people: 2 });
    expect(ofId(profiles, none)).toMatchObject({ allowed: false, reason: { code: 'profile.locked', layer: 'profile', setting: 'flow.voice.canToggle' } });
    expect(ofId(people, smart.id)).toMatchObject({ name: 'Smart', allowed: true, reason: null, online: false, through: [{ id }] });
    expect(ofId(people, essentials.id)).toMatchObject({ allowed: false, reason: { code: 'licence.smart', layer: 'licence' }, through: [] });
    expect(ofId(people, admin.id)).toMatchObject({ allowed: false, reason: { code: 'profile.none', layer: 'profile' } });
  });

  it('names every assigned profile through which a person can, also where the one at login does not', async () => {
    const person = await hub.makePerson(account);
    const first = await published({}, { people: [person] });
    const second = await published({ 'recording.access': true, 'recording.delete': true }, { name: 'Deleters', people: [person] });
    const { people } = await whoCan('rec.delete');
    expect(ofId(people, person.id)).toMatchObject({
      allowed: false,
      reason: { code: 'profile.right', setting: 'recording.access' },
      through: [{ id: second, name: 'Deleters' }],
    });
    expect(ofId((await whoCan('rec.delete')).profiles, first)).toMatchObject({ allowed: false });
  });

  it('counts extras, and the version a person was left on', async () => {
    const [left, extra] = [await hub.makePerson(account), await hub.makePerson(account)];
    const id = await published({ 'history.access': true }, { people: [left, extra] });
    await hub.db.updateTable('person').set({ allow: ['scripts.access'], deny: ['history.access'] }).where('id', '=', extra.id).execute();
    const draft = { document: { schema: 1, settings: { 'general.name': `Left ${id}` }, configuration: {} } };
    await hub.call(admin, 'PUT', `/api/profiles/${id}/draft`, draft, { 'if-match': '*' });
    await hub.call(admin, 'POST', `/api/profiles/${id}/publish`, { to: 'newAssignments' });
    const [history, scripts] = [await whoCan('mod.history'), await whoCan('mod.scripts')];
    expect(ofId(history.profiles, id).allowed).toBe(false);
    expect([ofId(history.people, left.id).allowed, ofId(history.people, extra.id).reason?.code]).toEqual([true, 'person.denied']);
    expect([ofId(scripts.people, left.id).allowed, ofId(scripts.people, extra.id).allowed]).toEqual([false, true]);
  });

  it('asks for the rights of the Maker alike', async () => {
    const lead = await hub.makePerson(account, { type: 'manager' });
    const id = await published({ 'console.type': 'read', 'console.people.export': 'allow' }, { people: [lead] });
    const allowed = async (right: string) => {
      const { profiles, people } = await whoCan(right);
      return [ofId(profiles, id), ofId(people, lead.id), ofId(people, admin.id)].map((each) => each.allowed);
    };
    expect(await allowed('people.read')).toEqual([true, true, true]);
    expect(await allowed('people.export')).toEqual([true, true, true]);
    expect(await allowed('people.update')).toEqual([false, false, true]);
    expect(ofId((await whoCan('people.update')).people, lead.id)).toMatchObject({ reason: { code: 'console.type', setting: 'console.type' } });
  });

  it('of what is no right is refused, and of another account nothing is said', async () => {
    expect((await hub.call(admin, 'GET', '/api/who-can?right=fly')).body.code).toBe('control.unknown');
    const stranger = await hub.makePerson(await hub.makeAccount(), { type: 'administrator' });
    const { profiles, people } = await whoCan('mod.history', stranger);
    expect([profiles, people.map(({ id }: TestPerson) => id)]).toEqual([[], [stranger.id]]);
  });

  it('leaves out whoever and whatever is not among one’s own', async () => {
    const [lead, seen] = [await hub.makePerson(account, { type: 'manager' }), await hub.makePerson(account)];
    const hidden = await published({ 'history.access': true }, { people: [seen] });
    const own = await published(
      { 'console.whoCan.read': 'allow', 'console.whoCan.export': 'allow', 'console.people.elements': [seen.id], 'console.profiles.elements': [] },
      { people: [lead] },
    );
    const { profiles, people } = await whoCan('mod.history', lead);
    expect([profiles, people]).toEqual([[], [expect.objectContaining({ id: seen.id, allowed: true, through: [] })]]);
    const matrix = (await hub.call(lead, 'GET', '/api/who-can/matrix')).body;
    expect(matrix.people.map(({ id, profile }: { id: string; profile: unknown }) => [id, profile])).toEqual([[seen.id, null]]);
    expect([hidden, own].some((id) => JSON.stringify(matrix).includes(id))).toBe(false);
  });
});

describe('the matrix', () => {
  it('has every control and every right of the Maker, and says of each what the question says', async () => {
    const { rights, profiles, people } = (await hub.call(admin, 'GET', '/api/who-can/matrix')).body;
    expect(rights).toEqual([...controls.map(({ id }) => id), ...consoleModules.flatMap(({ id, verbs }) => verbs.map((verb) => `${id}.${verb}`))]);
    expect(new Set(rights).size).toBe(rights.length);
    expect([...profiles, ...people].every(({ cells }: { cells: string }) => /^[01]+$/.test(cells) && cells.length === rights.length)).toBe(true);
    for (const right of ['flow.voice', 'mod.history', 'rec.delete', 'people.read', 'profiles.publish']) {
      const at = rights.indexOf(right);
      const answer = await whoCan(right);
      for (const kind of ['profiles', 'people'] as const) {
        const cells = new Map((kind === 'profiles' ? profiles : people).map((row: { id: string; cells: string }) => [row.id, row.cells[at] === '1']));
        for (const { id, allowed } of answer[kind]) expect(cells.get(id)).toBe(allowed);
      }
    }
  });
});
