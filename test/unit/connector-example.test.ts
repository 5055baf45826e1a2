/** The example of docs/connector.md, as a reader would run it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createConnector } from '../../server/connector/connectors.ts';
import { makeCentre, makeResource, openSession } from '../fixtures/centre.ts';
import { startHubWithoutLinks, type TestHub } from '../fixtures/hub.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

let hub: TestHub;
beforeAll(async () => {
  hub = await startHubWithoutLinks();
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

function run(token: string) {
  const child = spawn(NODE, ['docs/examples/connector.ts', hub.url, 'Motor claims'], { cwd: ROOT, env: { ...process.env, PENNON_CONNECTOR_TOKEN: token } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, said: () => said };
}

it('offers a call that a person takes, holds and ends', async () => {
  const centre = await makeCentre(hub);
  const { token } = await createConnector(hub.db, centre.accountId, 'Example');
  const queue = await makeResource(hub.db, centre.accountId, 'queue', 'Motor claims', { voice: true });
  const profile = await centre.profile('Inbound', { rows: { queues: [{ id: queue, voice: true, flow: true }] } });
  const agent = await centre.person([profile]);
  await openSession(hub, agent);
  const { child, ended, said } = run(token);
  try {
    const inHand = async (state: string): Promise<{ id: string; customer: { name: string } }> =>
      vi.waitFor(async () => {
        const [first] = (await hub.call(agent, 'GET', '/api/banner')).body.situation.interactions;
        if (first?.state !== state) throw new Error(`not yet ${state}: ${JSON.stringify(first)} ${said()}`);
        return first;
      }, { timeout: 15_000, interval: 40 });
    const use = (control: string, body: object) => hub.call(agent, 'POST', `/api/commands/${control}`, body);
    const { id: interactionId, customer } = await inHand('ringing');
    expect(customer.name).toBe('Camille Besson');
    await use('offer.accept', { interactionId });
    await inHand('live');
    await use('int.hold', { interactionId, on: true });
    await inHand('held');
    await use('int.hangup', { interactionId });
    expect(await ended).toBe(0);
    expect(said()).toMatch(/^Example offered (\S+) to Motor claims: \S+, offered\nanswer \1: done\nhold \1: done\nhangup \1: done\n$/);
  } finally {
    child.kill();
  }
});

it('says that its token is not known', async () => {
  const { ended, said } = run('pnc_nobody');
  expect(await ended).toBe(1);
  expect(said()).toBe('The hub does not take this token.\n');
});
