/** Invoices, and the numbers and people that no row is kept of. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PaymentAsked } from '../../../lib/api/connector.ts';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { createConnector, revokeConnector } from '../../../server/connector/connectors.ts';
import { putAccount } from '../../../server/people/put-account.ts';
import { ALL_RIGHTS, makeModuleCentre, type ModuleCentre } from '../../fixtures/modules.ts';
import { problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

const now = Date.UTC(2026, 10, 20, 10);
let hub: TestHub;
let centre: ModuleCentre;

beforeAll(async () => {
  hub = await startHubWithoutLinks({ now: () => now });
  centre = await makeModuleCentre(hub);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

describe('an invoice', () => {
  let person: TestPerson;
  let by: string;
  beforeAll(async () => {
    person = await centre.signedIn(ALL_RIGHTS);
    by = centre.resources['paymentModules']!;
  });
  const read = async (id: string) => (await centre.row(person, 'mod.invoices', id)).body as ModuleRow;
  const use = async (control: string, id: string, values?: object) => centre.command(person, control, { id, revision: (await read(id)).revision, ...(values ? { values } : {}) });
  const issued = (more = {}) => centre.keep({ module: 'mod.invoices', values: { customer: 'Omar', amount: 30_000, paid: 0, state: 'issued', issuedAt: now, exported: false, ...more } });
  const end = async (id: string, how: 'confirmed' | 'failed') => {
    const request = (await asked()).find(({ invoice }) => invoice.id === id)!;
    return hub.call(centre.till, 'POST', `/api/connector/payments/${request.id}`, { result: how });
  };
  const asked = async (by = centre.till): Promise<readonly PaymentAsked[]> => (await hub.call(by, 'GET', '/api/connector/payments')).body.payments;

  it('has a number of its own, and is changed and deleted only as a draft', async () => {
    const content = { customer: 'Omar Benali', amount: 58_800, dueAt: now };
    for (let n = 0; n < 2; n += 1) expect((await centre.command(person, 'inv.create', { values: content })).status).toBe(202);
    const drafts = await centre.rows(person, 'mod.invoices', { filter: 'state:draft', order: 'number' });
    expect(drafts.map(({ values }) => values['number'])).toEqual(['D-000001', 'D-000002']);
    const [id, other] = drafts.map((row) => row.id) as [string, string];
    expect((await use('inv.modify', id, { state: 'issued' })).status).toBe(202);
    expect((await read(id)).values).toMatchObject({ number: 'F-000001', state: 'issued', issuedAt: now, amount: 58_800 });
    expect(problem(await use('inv.modify', id, { amount: 1 }))).toEqual([409, 'record.state']);
    expect(problem(await use('inv.delete', id))).toEqual([409, 'record.state']);
    expect((await use('inv.delete', other)).status).toBe(202);
    await centre.command(person, 'inv.create', { values: content });
    const [third] = await centre.rows(person, 'mod.invoices', { filter: 'state:draft' });
    expect((await use('inv.modify', third!.id, { state: 'issued' })).status).toBe(202);
    // None is left out for the one that was deleted.
    expect((await read(third!.id)).values['number']).toBe('F-000002');
  });

  it('is pending until its payment module says how the payment ended, and asked for once', async () => {
    const id = await issued();
    expect((await use('inv.pay.linkSms', id, { resourceId: by, phone: '+33 6 39 98 57 12' })).status).toBe(202);
    expect((await read(id)).values['state']).toBe('pending');
    expect(problem(await use('inv.pay.card', id, { resourceId: by }))).toEqual([409, 'record.state']);
    expect((await end(id, 'failed')).body).toEqual({ state: 'failed' });
    expect((await read(id)).values).toMatchObject({ state: 'issued', paid: 0 });
    await use('inv.pay.card', id, { resourceId: by });
    await end(id, 'confirmed');
    expect((await read(id)).values).toMatchObject({ state: 'paid', paid: 30_000 });
    expect(problem(await use('inv.pay.card', id, { resourceId: by }))).toEqual([409, 'record.state']);
    const { entries } = (await hub.call(centre.admin, 'GET', `/api/audit?subject=${id}`)).body;
    expect(entries.map(({ action, after }: { action: string; after: { amount: number } }) => [action, after.amount])).toEqual([['inv.pay.card', 30_000], ['inv.pay.linkSms', 30_000]]);
  });

  it('is asked of a connector that takes payments with all that it needs, and ends as was said first', async () => {
    const id = await issued({ customer: 'Omar Benali', number: 'F-000777' });
    await use('inv.pay.linkEmail', id, { resourceId: by, email: 'omar@example.org' });
    const request = (await asked()).find(({ invoice }) => invoice.id === id)!;
    expect(request).toEqual({
      id: request.id, way: 'linkEmail', amount: 30_000, currency: 'EUR', sentTo: 'omar@example.org', askedAt: now,
      module: { id: by, name: 'A paymentModule', provider: '' },
      invoice: { id, number: 'F-000777', customer: 'Omar Benali' },
      agent: { id: person.id, name: 'Test', email: person.email },
    });
    expect((await end(id, 'confirmed')).body).toEqual({ state: 'confirmed' });
    expect((await asked()).map(({ invoice }) => invoice.id)).not.toContain(id);
    const again = await hub.call(centre.till, 'POST', `/api/connector/payments/${request.id}`, { result: 'failed' });
    expect([again.body, (await read(id)).values['state']]).toEqual([{ state: 'confirmed' }, 'paid']);
  });

  it('is asked of nobody else: not of a telephone system, nor of another account’s, and not at all where nothing takes payments', async () => {
    const id = await issued();
    await use('inv.pay.card', id, { resourceId: by });
    const request = (await asked()).find(({ invoice }) => invoice.id === id)!;
    const connector = async (accountId: string, name: string, payments: boolean): Promise<TestPerson> => ({ email: '', accountId, ...(await createConnector(hub.db, accountId, name, undefined, payments)) });
    const telephone = await connector(centre.accountId, 'Telephone', false);
    const path = `/api/connector/payments/${request.id}`;
    expect(problem(await hub.call(telephone, 'GET', '/api/connector/payments'))).toEqual([409, 'connector.payments']);
    expect(problem(await hub.call(telephone, 'POST', path, { result: 'confirmed' }))).toEqual([409, 'connector.payments']);
    const foreign = await connector(await hub.makeAccount(), 'Till', true);
    expect(await asked(foreign)).toEqual([]);
    expect(problem(await hub.call(foreign, 'POST', path, { result: 'confirmed' }))).toEqual([404, 'notFound']);
    expect((await read(id)).values['state']).toBe('pending');
    await end(id, 'failed');
    await revokeConnector(hub.db, centre.accountId, 'Till');
    expect(problem(await use('inv.pay.card', id, { resourceId: by }))).toEqual([409, 'connector.payments']);
    expect((await read(id)).values['state']).toBe('issued');
    await createConnector(hub.db, centre.accountId, 'Till', undefined, undefined).then(({ token }) => Object.assign(centre.till, { token }));
  });

  it('is paid once by two who ask at the same moment', async () => {
    const id = await issued();
    const { revision } = await read(id);
    const both = await Promise.all(['inv.pay.card', 'inv.pay.smartRouting'].map((control) => centre.command(person, control, { id, revision, values: { resourceId: by } })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([202, 412]);
  });

  it('is spread into instalments, each of them paid by itself', async () => {
    const id = await issued({ amount: 10_000 });
    expect((await use('inv.spread', id, { instalments: 3, nextAt: now })).status).toBe(202);
    expect((await read(id)).values).toMatchObject({ state: 'spread', instalments: 3, next: 3334, nextAt: now });
    for (const [next, state] of [[3333, 'spread'], [3333, 'spread'], [null, 'paid']] as const) {
      expect((await use('inv.pay.card', id, { resourceId: by })).status).toBe(202);
      await end(id, 'confirmed');
      expect((await read(id)).values).toMatchObject({ next, state });
    }
  });

  it('is cancelled only where accounting allows it, and else says why', async () => {
    const month = 31 * 24 * 3_600_000;
    for (const [more, code] of [[{ exported: true }, 'invoice.exported'], [{ issuedAt: now - month }, 'invoice.oldMonth'], [{ paid: 100, state: 'partlyPaid' }, 'invoice.hasPayments']] as const) {
      const id = await issued(more);
      expect((await read(id)).may).not.toContain('inv.cancel');
      expect(problem(await use('inv.cancel', id))).toEqual([409, code]);
    }
    const id = await issued();
    expect((await use('inv.cancel', id)).status).toBe(202);
    expect(await read(id)).toMatchObject({ values: { state: 'cancelled' }, may: [] });
  });
});

describe('what is worked out', () => {
  it('of colleagues is who they are and what they do now', async () => {
    const person = await centre.signedIn(ALL_RIGHTS, { name: 'Zelda Zimmer' });
    const away = await hub.makePerson(centre.accountId, { name: 'Zacharias Away' });
    const rows = await centre.rows(person, 'mod.colleagues', { order: '-name' });
    expect(rows.slice(0, 2).map(({ id, values }) => [id, values['name'], values['status'], values['online'], values['activity']])).toEqual([
      [person.id, 'Zelda Zimmer', 'connected', true, 'Phone'],
      [away.id, 'Zacharias Away', 'offline', false, null],
    ]);
    expect((await centre.rows(person, 'mod.colleagues', { search: 'zim zel' })).map(({ id }) => id)).toEqual([person.id]);
    expect((await centre.rows(person, 'mod.colleagues', { filter: 'status:offline', search: 'away' })).map(({ id }) => id)).toEqual([away.id]);
    expect(problem(await centre.row(person, 'mod.colleagues', centre.resources['crms']!))).toEqual([404, 'notFound']);
  });

  it('of statistics is today’s count, by hour and by channel', async () => {
    const person = await centre.signedIn(ALL_RIGHTS, { type: 'agent' });
    const start = new Date(now).setHours(0, 0, 0, 0);
    const interaction = (at: number, channel: string, outcome: string, duration: number) =>
      ({ module: 'mod.history' as const, ownerId: person.id, values: { at, channel, outcome, duration, customer: 'x', direction: 'inbound' } });
    await centre.keepAll([
      interaction(start + 1000, 'voice', 'handled', 100),
      interaction(start + 3_600_000, 'voice', 'transferred', 200),
      interaction(start + 3_600_001, 'email', 'missed', 0),
      interaction(start - 1, 'voice', 'handled', 999),
    ]);
    const values = new Map((await centre.rows(person, 'mod.statistics')).map((row) => [row.id, row.values]));
    expect(values.get('day')).toMatchObject({ of: 'day', handled: 2, missed: 1, refused: 0, mean: 150 });
    expect(values.get('hour-1')).toMatchObject({ at: start + 3_600_000, handled: 1, missed: 1, mean: 200 });
    expect(values.get('channel-email')).toMatchObject({ channel: 'email', handled: 0, missed: 1, mean: null });
  });
});

describe('the currency of an account', () => {
  it('is the euro until it is said to be another, and reaches everybody signed in', async () => {
    const own = await makeModuleCentre(hub);
    await hub.db.updateTable('account').set({ name: 'Zürich' }).where('id', '=', own.accountId).execute();
    const person = await own.signedIn(ALL_RIGHTS);
    const part = async () => (await hub.call(person, 'GET', '/api/banner')).body.person;
    const before = await part();
    expect(before.account.currency).toEqual({ code: 'EUR', decimals: 2 });
    expect(await putAccount(hub.db, 'Zürich', { currency: 'JPY' })).toMatchObject({ made: false, currency: 'JPY', licences: 100 });
    const after = await part();
    expect(after.account.currency).toEqual({ code: 'JPY', decimals: 0 });
    expect(after.seq).toBeGreaterThan(before.seq);
  });

  it('stays as it is once there are invoices in it', async () => {
    const own = await makeModuleCentre(hub);
    await hub.db.updateTable('account').set({ name: 'Genève' }).where('id', '=', own.accountId).execute();
    await own.keep({ module: 'mod.invoices', values: { customer: 'Omar', amount: 30_000, paid: 0, state: 'draft' } });
    await expect(putAccount(hub.db, 'Genève', { currency: 'CHF', licences: 7 })).rejects.toThrow('This account has invoices in EUR');
    expect(await putAccount(hub.db, 'Genève', { currency: 'EUR' })).toEqual({ made: false, currency: 'EUR', licences: 100 });
  });
});
