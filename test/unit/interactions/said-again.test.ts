/** Events of a connector that are said many times under one key, at once, to two hubs, and after a restart. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ConnectorEvent } from '../../../lib/api/connector.ts';
import type { Hub } from '../../../server/hub.ts';
import { defaultParts } from '../../../server/default-parts.ts';
import { type AtWork, startWork } from '../../fixtures/at-work.ts';
import { problem } from '../../fixtures/hub.ts';
import { besides } from '../../fixtures/live-hub.ts';
import { noLive } from '../../fixtures/no-live.ts';

vi.setConfig({ testTimeout: 60_000 });

const parts = { ...defaultParts(), live: noLive };
let work: AtWork;
let other: Hub;
beforeAll(async () => {
  work = await startWork();
  other = await besides(work.hub.hub, parts);
}, 60_000);
afterAll(async () => {
  await other?.close();
  await work?.hub.stop();
}, 60_000);

/** An email in somebody's hands, and the connector's way to either hub. */
async function begin() {
  const { centre, board, use, signedIn, full, queue, ringsAt } = await work.begin();
  const person = await signedIn(await centre.profile('Written', { ...full, activities: [centre.activities.all] }));
  const id = await board.offer({ channel: 'email', queueId: queue, customer: { address: 'lena@example.com' } });
  await ringsAt(person);
  await use(person, 'offer.accept', { interactionId: id });
  await board.obey();
  const path = `/api/connector/interactions/${id}/events`;
  const headers = { authorization: `Bearer ${board.token}`, 'content-type': 'application/json' };
  const texts = async () => (await work.hub.db.selectFrom('interaction_message').select('text').where('interaction_id', '=', id).orderBy('id').execute()).map(({ text }) => text);
  const noted = async () => (await work.hub.db.selectFrom('interaction_event').select('event').where('interaction_id', '=', id).execute()).map(({ event }) => event);
  const recordings = () => work.hub.db.selectFrom('record').select('id').where('account_id', '=', centre.accountId).where('module', '=', 'mod.recordings').execute();
  return {
    board,
    id,
    texts,
    noted,
    recordings,
    say: async (event: ConnectorEvent, at: 'first' | 'other') => (await fetch((at === 'first' ? work.hub.url : other.url) + path, { method: 'POST', headers, body: JSON.stringify(event) })).status,
  };
}

const RECORDING = { event: 'recorded', seconds: 2, type: 'audio/wav', base64: 'AAAA' } as const;
const saidOften = fc.tuple(
  fc.array(fc.constantFrom<'message' | 'recorded'>('message', 'message', 'recorded'), { minLength: 1, maxLength: 5 }),
  fc.array(fc.tuple(fc.nat(), fc.constantFrom<'first' | 'other'>('first', 'other')), { minLength: 4, maxLength: 16 }),
);

it('count once each, however often and wherever they are said', async () => {
  await fc.assert(
    fc.asyncProperty(saidOften, async ([kinds, times]) => {
      const { say, texts, noted, recordings } = await begin();
      const events = kinds.map((kind, at): ConnectorEvent => ({ key: `event ${at}`, ...(kind === 'message' ? { event: 'message', text: `Message ${at}` } : { ...RECORDING, seconds: at }) }));
      const all = [...events.map((event, at) => [event, at % 2 ? 'first' : 'other'] as const), ...times.map(([at, where]) => [events[at % events.length]!, where] as const)];
      const statuses = await Promise.all(all.map(([event, where]) => say(event, where)));
      expect(new Set(statuses)).toEqual(new Set([200]));
      const messages = kinds.flatMap((kind, at) => (kind === 'message' ? [`Message ${at}`] : []));
      expect((await texts()).toSorted()).toEqual(messages);
      expect(await recordings()).toHaveLength(kinds.length - messages.length);
      expect((await noted()).filter((event) => event === 'written')).toHaveLength(messages.length);
    }),
    { numRuns: 5 },
  );
});

it('are known after a restart of the hub', async () => {
  const { say, texts } = await begin();
  const event = { event: 'message', text: 'Hello', key: 'm-1' } as const;
  await say(event, 'other');
  await other.close();
  other = await besides(work.hub.hub, parts);
  expect(await say(event, 'other')).toBe(200);
  expect(await texts()).toEqual(['Hello']);
});

it('are kept each time without a key, and a key is of one interaction alone', async () => {
  const [one, two] = [await begin(), await begin()];
  for (let times = 0; times < 2; times += 1) await one.board.report(one.id, { event: 'message', text: 'Hello' });
  expect(await one.texts()).toEqual(['Hello', 'Hello']);
  for (const { board, id } of [one, two]) await board.report(id, { event: 'message', text: 'Hi', key: 'same' });
  expect([(await one.texts()).length, await two.texts()]).toEqual([3, ['Hi']]);
});

it('are refused under the key of another, which stays', async () => {
  const { board, id, texts } = await begin();
  await board.report(id, { event: 'message', text: 'Hello', key: 'k' });
  expect(problem(await board.report(id, { event: 'message', text: 'Something else', key: 'k' }))).toEqual([409, 'request.replayed']);
  expect(await texts()).toEqual(['Hello']);
});
