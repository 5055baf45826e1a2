/** What changes rows: refused, done once, had back. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { forgetDeleted, RESTORE_MS } from '../../../server/modules/forget-deleted.ts';
import { ALL_RIGHTS, makeModuleCentre, type ModuleCentre } from '../../fixtures/modules.ts';
import { problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let now = Date.UTC(2026, 10, 20, 10);
let hub: TestHub;
let centre: ModuleCentre;

beforeAll(async () => {
  hub = await startHubWithoutLinks({ now: () => now });
  centre = await makeModuleCentre(hub);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

describe('a change', () => {
  let person: TestPerson;
  beforeAll(async () => {
    person = await centre.signedIn(ALL_RIGHTS, { name: 'Changer' });
  });

  it('of what somebody else has changed meanwhile is refused, and nothing of it done', async () => {
    const [first, second] = [await centre.aCase('First', person), await centre.aCase('Second', person)];
    expect((await centre.command(person, 'case.edit', { id: second, revision: 1, values: { title: 'Second, changed' } })).status).toBe(202);
    expect(problem(await centre.command(person, 'case.edit', { id: second, revision: 1, values: { title: 'Late' } }))).toEqual([412, 'record.conflict']);
    expect(problem(await centre.command(person, 'case.delete', { rows: [{ id: first, revision: 1 }, { id: second, revision: 1 }] }))).toEqual([412, 'record.conflict']);
    expect((await centre.row(person, 'mod.cases', first)).body.values.title).toBe('First');
    expect(problem(await centre.command(person, 'case.edit', { id: first, values: { title: 'No revision' } }))).toEqual([428, 'request.precondition']);
  });

  it('is done once however often it is sent under one key', async () => {
    const send = () => hub.call(person, 'POST', '/api/commands/case.create', { values: { title: 'Only once', priority: 'high' } }, { 'idempotency-key': 'once' });
    expect([(await send()).status, (await send()).status]).toEqual([202, 202]);
    expect((await centre.list(person, 'mod.cases', { search: 'only once' })).body.total).toBe(1);
  });

  it('names each field that is wrong', async () => {
    const { body } = await centre.command(person, 'task.create', { values: { title: ' ', priority: 'huge', dueAt: 'soon', else: 1, resourceId: centre.resources['crms'] } });
    expect(body.issues.map(({ path }: { path: string[] }) => path.join('.')).toSorted()).toEqual(['values.dueAt', 'values.else', 'values.priority', 'values.resourceId', 'values.title']);
  });

  it('is for as many rows as it says, and takes back only what is deleted', async () => {
    const [id, other] = [await centre.aCase('One', person), await centre.aCase('Other', person)];
    const rows = [{ id, revision: 1 }, { id: other, revision: 1 }];
    for (const body of [{ rows, values: { title: 'Both' } }, { id, restore: true }, { values: { title: 'None' } }]) {
      expect(problem(await centre.command(person, 'case.edit', body))).toEqual([400, 'request.invalid']);
    }
    expect(problem(await centre.command(person, 'case.create', { id, revision: 1, values: { title: 'x', priority: 'low' } }))).toEqual([400, 'request.invalid']);
    expect((await centre.command(person, 'case.assign', { rows, values: { owner: person.id } })).status).toBe(202);
  });

  it('cannot empty what is required, nor give a row to who cannot sign in', async () => {
    const id = await centre.aCase('Kept', person);
    expect(problem(await centre.command(person, 'case.edit', { id, revision: 1, values: { title: '' } }))).toEqual([400, 'request.invalid']);
    const gone = await hub.makePerson(centre.accountId);
    await hub.db.updateTable('person').set({ disabled: true }).where('id', '=', gone.id).execute();
    expect(problem(await centre.command(person, 'case.assign', { id, revision: 1, values: { owner: gone.id } }))).toEqual([400, 'request.invalid']);
  });

  it('that deletes can be taken back for a while, by who may delete', async () => {
    const file = { name: 'tone.wav', type: 'audio/wav', bytes: Buffer.from('RIFF') };
    const id = await centre.keep({ module: 'mod.recordings', ownerId: person.id, values: { customer: 'Omar', at: now, duration: 3, recorded: 'manual' }, file });
    const remove = async () => centre.command(person, 'rec.delete', { rows: [{ id, revision: (await centre.row(person, 'mod.recordings', id)).body.revision }] });
    const restore = () => centre.command(person, 'rec.delete', { rows: [{ id }], restore: true });
    const heard = () => hub.call(person, 'GET', `/api/modules/mod.recordings/${id}/file?play=1`);
    expect((await remove()).status).toBe(202);
    expect(problem(await heard())).toEqual([404, 'notFound']);
    now += RESTORE_MS - 1000;
    expect((await restore()).status).toBe(202);
    expect((await heard()).status).toBe(200);
    await remove();
    now += RESTORE_MS + 1000;
    expect(problem(await restore())).toEqual([404, 'notFound']);
    await forgetDeleted(hub.db, now);
    expect(await hub.db.selectFrom('record_file').select('record_id').where('record_id', '=', id).execute()).toEqual([]);
    const { entries } = (await hub.call(centre.admin, 'GET', '/api/audit?action=rec.delete')).body;
    expect(entries.map(({ after }: { after: { restored?: boolean } }) => after.restored ?? false)).toEqual([false, true, false]);
  });

  it('of a target puts it into the pool, where it is nobody’s', async () => {
    const id = await centre.keep({ module: 'mod.voiceCampaigns', ownerId: person.id, resourceId: centre.resources['voiceCampaigns']!, values: { customer: 'Nikos', phone: '+33465713637', state: 'planned', at: now } });
    expect((await centre.command(person, 'camp.voice.pool', { rows: [{ id, revision: 1 }] })).status).toBe(202);
    expect((await centre.row(person, 'mod.voiceCampaigns', id)).body.values).toMatchObject({ state: 'pool', owner: null, at: null });
    expect(problem(await centre.command(person, 'camp.voice.reprogram', { id, revision: 2, values: {} }))).toEqual([400, 'request.invalid']);
  });
});
