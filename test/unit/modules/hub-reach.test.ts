/** Who sees and changes which rows. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { ALL_RIGHTS, makeModuleCentre, type ModuleCentre } from '../../fixtures/modules.ts';
import { problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

const DUE = Date.UTC(2026, 11, 1, 10);
let hub: TestHub;
let centre: ModuleCentre;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeModuleCentre(hub);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const titles = (rows: readonly ModuleRow[]) => rows.map(({ values }) => values['title']).toSorted();
describe('the reach of a person', () => {
  let lead: TestPerson;
  let mate: TestPerson;
  let stranger: TestPerson;
  let own: TestPerson;
  let all: TestPerson;
  let admin: TestPerson;

  beforeAll(async () => {
    const scoped = (scope: string, type: 'agent' | 'manager' | 'administrator' = 'agent') => centre.signedIn({ ...ALL_RIGHTS, 'cases.scope': scope }, { type });
    [lead, own, mate, all, admin] = await Promise.all([scoped('team', 'manager'), scoped('own'), scoped('team'), scoped('all'), scoped('team', 'administrator')]);
    stranger = await hub.makePerson(centre.accountId);
    await centre.team(lead, [own, mate]);
    for (const [title, person] of [['lead', lead], ['own', own], ['mate', mate], ['stranger', stranger]] as const) await centre.aCase(title, person);
  });

  it('is what the profile’s scope says: own rows, those of the team, or all', async () => {
    const seen = async (person: TestPerson) => titles(await centre.rows(person, 'mod.cases'));
    expect(await seen(own)).toEqual(['own']);
    expect(await seen(mate)).toEqual(['lead', 'mate', 'own']);
    expect(await seen(lead)).toEqual(['lead', 'mate', 'own']);
    expect(await seen(all)).toEqual(['lead', 'mate', 'own', 'stranger']);
    // Who passes the limits of teams.
    expect(await seen(admin)).toEqual(['lead', 'mate', 'own', 'stranger']);
  });

  it('holds for one row and for every change of one too', async () => {
    const id = await centre.aCase('not for own', mate);
    expect(problem(await centre.row(own, 'mod.cases', id))).toEqual([404, 'notFound']);
    for (const control of ['case.edit', 'case.delete', 'case.assign']) {
      const values = control === 'case.assign' ? { owner: own.id } : control === 'case.edit' ? { title: 'Mine now' } : undefined;
      expect(problem(await centre.command(own, control, { id, revision: 1, values }))).toEqual([404, 'notFound']);
      expect((await centre.command(lead, control, { id, revision: 1, values })).status === 202).toBe(control === 'case.edit');
    }
  });

  it('follows a row that is given to somebody else', async () => {
    const id = await centre.aCase('handed over', own);
    expect((await centre.command(own, 'case.assign', { rows: [{ id, revision: 1 }], values: { owner: stranger.id } })).status).toBe(202);
    expect(problem(await centre.row(own, 'mod.cases', id))).toEqual([404, 'notFound']);
    expect((await centre.row(all, 'mod.cases', id)).body.values.owner).toEqual({ id: stranger.id, name: 'Test' });
  });

  it('of interactions is one’s own, and that of the teams one manages', async () => {
    for (const person of [lead, own, mate]) await centre.keep({ module: 'mod.history', ownerId: person.id, values: { at: DUE, customer: person.id, channel: 'voice', outcome: 'handled', duration: 60 } });
    const seen = async (person: TestPerson) => (await centre.rows(person, 'mod.history')).length;
    expect([await seen(own), await seen(mate), await seen(lead), await seen(admin)]).toEqual([1, 1, 3, 3]);
  });

  it('ends at the account', async () => {
    const other = await makeModuleCentre(hub);
    const person = await other.signedIn(ALL_RIGHTS);
    const id = await centre.aCase('of another account', stranger);
    expect(await other.rows(person, 'mod.cases')).toEqual([]);
    expect(problem(await other.row(person, 'mod.cases', id))).toEqual([404, 'notFound']);
    expect(problem(await other.command(person, 'case.assign', { id: await other.keep({ module: 'mod.cases', ownerId: person.id, values: { title: 'x' } }), revision: 1, values: { owner: stranger.id } }))).toEqual([400, 'request.invalid']);
  });

  it('ends at the resources of the profile’s tab, and at what their rows allow', async () => {
    const elsewhere = await hub.db.insertInto('resource').values({ account_id: centre.accountId, kind: 'crm', name: 'Another CRM', attributes: '{}' }).returning('id').executeTakeFirstOrThrow();
    const looking = await hub.db.insertInto('resource').values({ account_id: centre.accountId, kind: 'crm', name: 'To look into', attributes: '{}' }).returning('id').executeTakeFirstOrThrow();
    const person = await centre.signedIn(ALL_RIGHTS, { rows: { crms: [{ id: centre.resources['crms'], modify: true }, { id: looking.id, create: true, delete: true }] } });
    const customer = (resourceId: string, name: string) => centre.keep({ module: 'mod.crm', resourceId, values: { name } });
    const [mine, seen, hidden] = [await customer(centre.resources['crms']!, 'Mine'), await customer(looking.id, 'Seen'), await customer(elsewhere.id, 'Hidden')];
    expect((await centre.rows(person, 'mod.crm')).map(({ id, may }) => [id, may])).toEqual([[mine, ['crm.modify']], [seen, ['crm.delete']]]);
    expect(problem(await centre.row(person, 'mod.crm', hidden))).toEqual([404, 'notFound']);
    expect(problem(await centre.command(person, 'crm.modify', { id: seen, revision: 1, values: { name: 'x' } }))).toEqual([403, 'control.refused']);
    expect(problem(await centre.command(person, 'crm.delete', { id: mine, revision: 1 }))).toEqual([403, 'control.refused']);
    expect(problem(await centre.command(person, 'crm.create', { values: { resourceId: centre.resources['crms'], name: 'x' } }))).toEqual([403, 'control.refused']);
    expect(problem(await centre.command(person, 'crm.create', { values: { resourceId: elsewhere.id, name: 'x' } }))).toEqual([400, 'request.invalid']);
    expect((await centre.command(person, 'crm.create', { values: { resourceId: looking.id, name: 'x' } })).status).toBe(202);
  });

  it('of a conversation is that of those who write in it', async () => {
    expect((await centre.command(own, 'mod.conversations', { values: { person: mate.id, topic: 'Lunch', text: 'At noon?' } })).status).toBe(202);
    const [thread] = await centre.rows(mate, 'mod.conversations');
    expect(thread?.values).toMatchObject({ topic: 'Lunch', last: 'At noon?' });
    expect((await centre.command(mate, 'mod.conversations', { id: thread!.id, values: { text: 'Yes' } })).status).toBe(202);
    expect((await centre.row(own, 'mod.conversations', thread!.id)).body.values.messages.map((each: { text: string; mine: boolean }) => [each.text, each.mine])).toEqual([['At noon?', true], ['Yes', false]]);
    // Not even whoever passes all other limits.
    for (const person of [all, lead, admin]) {
      expect(await centre.rows(person, 'mod.conversations')).toEqual([]);
      expect(problem(await centre.command(person, 'mod.conversations', { id: thread!.id, values: { text: 'Me too' } }))).toEqual([404, 'notFound']);
    }
    expect(problem(await centre.command(own, 'mod.conversations', { values: { person: own.id, text: 'Note' } }))).toEqual([400, 'request.invalid']);
  });
});
