import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from '../../lib/api/routes.ts';
import { audit } from '../../server/db/changes.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let hub: TestHub;
let account: string;
let admin: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  account = await hub.makeAccount();
  admin = await hub.makePerson(account, { type: 'administrator', name: 'Maya 100% Cohen' });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => hub.call(admin, method, path, body, headers);
const read = async (query: Record<string, string | number> = {}, what = ''): Promise<{ entries: AuditEntry[]; more: boolean }> =>
  (await call('GET', `/api/audit${what}?${new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]))}`)).body;
const actions = async (query: Record<string, string | number>) => (await read(query)).entries.map(({ action }) => action);

describe('the audit', () => {
  it('says of every change who made it, of what, and what differs, with the names of now', async () => {
    const queue = (await call('POST', '/api/resources/queue', { name: 'Old claims', attributes: { voice: true } })).body;
    await call('PUT', `/api/resources/queue/${queue.id}`, { name: 'Claims', attributes: { email: true } }, { 'if-match': '*' });
    const [changed, made] = (await read({ subject: queue.id })).entries;
    expect(changed).toEqual({
      id: expect.any(Number),
      at: expect.any(Number),
      actor: { id: admin.id, name: 'Maya 100% Cohen' },
      action: 'resource.update',
      subject: { id: queue.id, name: 'Claims', kind: 'queue' },
      before: { kind: 'queue', name: 'Old claims', attributes: {} },
      after: { kind: 'queue', name: 'Claims', attributes: { email: true } },
    });
    expect([made?.action, made?.before, made?.subject?.name]).toEqual(['resource.create', null, 'Claims']);
  });

  it('keeps the last name of what is gone', async () => {
    const team = (await call('POST', '/api/teams', { name: 'Night desk', note: '', members: [] })).body;
    await call('PUT', `/api/teams/${team.id}`, { note: 'Quiet' }, { 'if-match': '*' });
    await call('DELETE', `/api/teams/${team.id}`);
    const { entries } = await read({ subject: team.id });
    expect(entries.map(({ action, subject }) => [action, subject?.name, subject?.kind])).toEqual([
      ['team.delete', 'Night desk', 'team'], ['team.update', 'Night desk', 'team'], ['team.create', 'Night desk', 'team'],
    ]);
    expect(await actions({ subject: 'night DESK' })).toEqual(['team.delete', 'team.create']);
  });

  it('is found by who, by what was done, by what it was done to, and by when', async () => {
    const other = await hub.makePerson(account, { type: 'administrator', name: 'Omar' });
    const since = Date.now();
    const { profileId } = (await hub.call(other, 'POST', '/api/profiles', { name: 'Back office' })).body;
    await hub.call(other, 'POST', `/api/profiles/${profileId}/publish`, {});
    await call('PUT', `/api/profiles/${profileId}/assignments/${other.id}`, {});
    const all = ['profile.assign', 'profile.publish', 'profile.create'];
    expect(await actions({ subject: profileId })).toEqual(all);
    expect(await actions({ subject: 'back OFF' })).toEqual(all);
    expect(await actions({ subject: profileId, actor: other.id })).toEqual(all.slice(1));
    expect(await actions({ subject: profileId, actor: 'OMA' })).toEqual(all.slice(1));
    expect(await actions({ subject: profileId, actor: other.email.slice(0, 20) })).toEqual(all.slice(1));
    expect(await actions({ subject: profileId, actor: '100%' })).toEqual(['profile.assign']);
    expect(await actions({ subject: profileId, actor: '1_0' })).toEqual([]);
    expect(await actions({ subject: profileId, action: 'profile.publish' })).toEqual(['profile.publish']);
    expect(await actions({ subject: profileId, action: 'profile' })).toEqual(all);
    expect(await actions({ subject: profileId, action: 'prof' })).toEqual([]);
    expect(await actions({ subject: other.id, action: 'profile' })).toEqual(['profile.assign']);
    expect(await actions({ subject: 'omar', action: 'profile' })).toEqual(['profile.assign']);
    const [newest] = (await read({ subject: profileId })).entries;
    expect(await actions({ subject: profileId, from: since - 60_000, to: newest!.at + 60_000 })).toEqual(all);
    expect(await actions({ subject: profileId, from: newest!.at + 60_000 })).toEqual([]);
    expect(await actions({ subject: profileId, to: since - 60_000 })).toEqual([]);
  });

  it('is read page by page, and exported in one', async () => {
    const accountId = await hub.makeAccount();
    const reader = await hub.makePerson(accountId, { type: 'administrator' });
    await hub.db.transaction().execute(async (trx) => {
      for (let n = 0; n < 205; n++) await audit(trx, { accountId, actorId: n % 2 ? reader.id : null, action: 'test.step', subjectId: null, after: { n } });
    });
    const page = async (query: string) => (await hub.call(reader, 'GET', `/api/audit${query}action=test`)).body as { entries: AuditEntry[]; more: boolean };
    const numbers = ({ entries }: { entries: AuditEntry[] }) => entries.map(({ after }) => (after as { n: number }).n);
    const first = await page('?limit=100&');
    expect([first.more, numbers(first)[0], numbers(first).at(-1)]).toEqual([true, 204, 105]);
    const second = await page(`?limit=100&before=${first.entries.at(-1)!.id}&`);
    const third = await page(`?limit=100&before=${second.entries.at(-1)!.id}&`);
    expect([second.more, numbers(second)[0], third.more, numbers(third)]).toEqual([true, 104, false, [4, 3, 2, 1, 0]]);
    expect([(await page('?')).entries.length, (await page('?limit=9999&')).entries.length]).toEqual([50, 200]);
    const whole = await page('/export?');
    expect([whole.entries.length, whole.more]).toEqual([205, false]);
    expect([whole.entries[0]!.actor, whole.entries[1]!.actor?.id, whole.entries[0]!.subject]).toEqual([null, reader.id, null]);
  });

  it('of another account is not read, and only by whoever may', async () => {
    const stranger = await hub.makePerson(await hub.makeAccount(), { type: 'administrator' });
    const queue = (await call('POST', '/api/resources/queue', { name: 'Ours', attributes: {} })).body;
    expect((await hub.call(stranger, 'GET', `/api/audit?subject=${queue.id}`)).body.entries).toEqual([]);
    const agent = await hub.makePerson(account);
    expect((await hub.call(agent, 'GET', '/api/audit')).status).toBe(403);
    expect((await hub.call(agent, 'GET', '/api/audit/export')).status).toBe(403);
    expect((await call('GET', '/api/audit?limit=-1')).status).toBe(400);
  });

  it.each([
    ['changed', sql`update audit set action = 'x'`],
    ['changed where nothing matches', sql`update audit set action = 'x' where false`],
    ['deleted', sql`delete from audit`],
    ['emptied', sql`truncate audit`],
  ])('cannot be %s, not even by the hub itself', async (_, statement) => {
    const count = async () => (await hub.db.selectFrom('audit').select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
    const before = await count();
    await expect(statement.execute(hub.db)).rejects.toThrow('audit is append-only');
    expect(await count()).toBe(before);
  });
});
