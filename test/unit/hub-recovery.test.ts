import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { defaultParts } from '../../server/default-parts.ts';
import { Fault } from '../../server/fault.ts';
import { createHub } from '../../server/hub.ts';
import { makeDataFolder, startHubInFolder, startTestHub, type TestPerson } from '../fixtures/hub.ts';

let hub: Awaited<ReturnType<typeof startHubInFolder>>;
let admin: TestPerson;

beforeAll(async () => {
  hub = await startHubInFolder();
  admin = await hub.makePerson(await hub.makeAccount(), { type: 'administrator' });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

it('outlives its database: says that it is not ready, starts it again and has lost nothing', { timeout: 60_000 }, async () => {
  const made = await hub.call(admin, 'POST', '/api/profiles', { name: 'Kept' });
  expect(made.status).toBe(201);
  const postmaster = Number(readFileSync(join(hub.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(postmaster, 'SIGKILL');
  const seen = new Set<string>();
  await vi.waitFor(
    async () => {
      const { status, body } = await hub.call(admin, 'GET', `/api/profiles/${made.body.profileId}`);
      seen.add(`${status} ${body.code ?? ''}`.trim());
      expect(status).toBe(200);
    },
    { timeout: 50_000, interval: 20 },
  );
  // Refused only in the one way that a client may ask again after.
  for (const answer of seen) expect(['200', '503 hub.notReady']).toContain(answer);
  await vi.waitFor(async () => expect((await hub.call(null, 'GET', '/ready')).status).toBe(200), { timeout: 50_000, interval: 50 });
  expect((await hub.call(null, 'GET', '/health')).status).toBe(200);
});

it('undoes what it began where it cannot start', { timeout: 60_000 }, async () => {
  const folder = await makeDataFolder();
  const config = readConfig({}, { PORT: 0, PENNON_DATA: folder, LOG_LEVEL: 'silent' });
  const sessions = async () => {
    throw new Fault('no sessions today');
  };
  const parts = defaultParts();
  await expect(createHub(config, { parts: { ...parts, sessions } })).rejects.toThrow('no sessions today');
  // Whoever holds the folder or left its database running would be in the way now.
  const next = await createHub(config, { parts });
  const codes = async () => {
    const { status } = await fetch(`${next.url}/health`);
    const answer = await fetch(`${next.url}/api/hub`);
    return [status, answer.status, answer.headers.get('retry-after')];
  };
  expect(await codes()).toEqual([200, 503, '1']);
  await next.listen();
  expect(await codes()).toEqual([200, 200, null]);
  await next.close();
  await rm(folder, { recursive: true, force: true });
});

it('answers nobody any more once it is closed, and closes as often as it is asked', { timeout: 60_000 }, async () => {
  const other = await startTestHub();
  const pending = other.call(null, 'GET', '/api/hub');
  await Promise.all([other.hub.close(), other.hub.close()]);
  await pending.catch(() => {});
  await expect(fetch(`${other.url}/health`)).rejects.toThrow();
  await other.stop();
});
