/** Asking again whether anything is new: answered from memory, and only as long as that is so. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { revokeApiTokens } from '../../server/auth/api-tokens.ts';
import type { AuthDatabase } from '../../server/auth/tables.ts';
import { createNotModified } from '../../server/http/not-modified.ts';
import type { Head } from '../../server/session/heads.ts';
import { createUnchanged } from '../../server/session/unchanged.ts';
import { type Centre, makeCentre, openSession } from '../fixtures/centre.ts';
import { problem, startTestHub, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { cutListeners } from '../fixtures/live-hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let hub: TestHub;
let centre: Centre;
let person: TestPerson;
let inbound: string;
let etag: string;

beforeAll(async () => {
  hub = await startTestHub();
  centre = await makeCentre(hub);
  inbound = await centre.profile('Inbound');
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const ask = (more: Record<string, string> = {}) => hub.call(person, 'GET', '/api/banner', undefined, { 'if-none-match': etag, ...more });

beforeEach(async () => {
  person = await centre.person([inbound]);
  await openSession(hub, person);
  etag = (await hub.call(person, 'GET', '/api/banner')).headers.get('etag')!;
  // What was changed to come here has been heard of: from now on answers are from memory.
  await vi.waitFor(() => unaskedDatabase(ask));
});

/** Runs while nothing of sessions can be read: whatever asks the database waits, and fails here. */
async function unaskedDatabase<T>(run: () => Promise<T>): Promise<T> {
  await ask();
  return hub.db.transaction().execute(async (trx) => {
    await sql`lock table session in access exclusive mode`.execute(trx);
    const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('the database was asked')), 1000));
    return Promise.race([run(), late]);
  });
}

describe('an answer that nothing has changed', () => {
  it('needs no database, and is what it is with one', async () => {
    const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
    const quick = await unaskedDatabase(() => ask({ origin }));
    // Anything beside the path, and it takes the long way.
    const slow = await hub.call(person, 'GET', '/api/banner?', undefined, { 'if-none-match': etag, origin });
    const told = ({ status, headers, body }: typeof quick) => ({ status, body, headers: Object.fromEntries([...headers].filter(([name]) => !['x-request-id', 'date'].includes(name))) });
    expect(told(quick)).toEqual(told(slow));
    expect([quick.status, quick.body, quick.headers.get('etag')]).toEqual([304, undefined, etag]);
    expect(quick.headers.get('x-request-id')).not.toBe(slow.headers.get('x-request-id'));
  });

  it('is counted', async () => {
    const { requests } = hub.hub.context.metrics;
    const count = async () => (await requests.get()).values.find(({ labels, metricName }) => metricName?.endsWith('_count') && labels.route === 'banner' && labels.status === 304)?.value ?? 0;
    const before = await count();
    await unaskedDatabase(ask);
    // One with the database, one without.
    expect(await count()).toBe(before + 2);
  });

  it('is given no more once something of one\'s own has changed, at once', async () => {
    expect((await hub.call(person, 'PUT', '/api/session/status', { status: 'busy' })).status).toBe(200);
    const { status, body } = await ask();
    expect([status, body.situation.status]).toEqual([200, 'busy']);
  });

  it('is given no more once the profile is published', async () => {
    await centre.publish(inbound, 'Inbound', { settings: { 'flow.email.canToggle': false } });
    await vi.waitFor(async () => expect((await ask()).status).toBe(200));
  });

  it('is given no more once the session is closed or the person shut out', async () => {
    await hub.call(person, 'DELETE', '/api/session');
    expect(problem(await ask())).toEqual([409, 'session.none']);
    await openSession(hub, person);
    etag = (await hub.call(person, 'GET', '/api/banner')).headers.get('etag')!;
    await vi.waitFor(() => unaskedDatabase(ask));
    const { headers } = await hub.call(centre.admin, 'GET', `/api/people/${person.id}`);
    expect((await hub.call(centre.admin, 'PUT', `/api/people/${person.id}`, { disabled: true }, { 'if-match': headers.get('etag')! })).status).toBe(200);
    await vi.waitFor(async () => expect((await ask()).status).toBe(401));
  });

  it('is given no more once the token is revoked', async () => {
    await revokeApiTokens(hub.db as unknown as AuthDatabase, person.email);
    await vi.waitFor(async () => expect(problem(await ask())).toEqual([401, 'auth.invalid']));
  });

  it('is not given to another token, nor for another session', async () => {
    const stranger = await centre.person([inbound]);
    expect(problem(await hub.call(stranger, 'GET', '/api/banner', undefined, { 'if-none-match': etag }))).toEqual([409, 'session.none']);
    expect((await hub.call(null, 'GET', '/api/banner', undefined, { 'if-none-match': etag })).status).toBe(401);
  });

  it('is a sign of life', () => {
    const marked: string[] = [];
    const head = { sessionId: 'mine' } as Head;
    const response = { writeHead: () => response, end: () => response } as unknown as ServerResponse;
    const answer = createNotModified({
      unchanged: { ...createUnchanged(Date.now), headFor: () => head },
      snapshots: { etag: () => '1-2' },
      seen: { mark: (id) => void marked.push(id), flush: async () => {} },
      metrics: hub.hub.context.metrics,
    });
    const request = (tag: string) => ({ method: 'GET', url: '/api/banner', headers: { 'if-none-match': tag, authorization: 'Bearer x' } }) as unknown as IncomingMessage;
    expect([answer(request('"1-1"'), response), answer(request('"1-2"'), response)]).toEqual([false, true]);
    expect(marked).toEqual(['mine']);
  });

  it('is given by the database where changes are not heard', async () => {
    // The hub may hear of a cut only after it was asked, or listen again before.
    await vi.waitFor(
      async () => {
        await cutListeners(hub.db);
        await expect(unaskedDatabase(ask)).rejects.toThrow('the database was asked');
      },
      { timeout: 20_000 },
    );
    await vi.waitFor(() => unaskedDatabase(ask), { timeout: 10_000 });
  });
});
