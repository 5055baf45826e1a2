/** Two hubs on one database, people who press at random, and a hub that goes away in the middle. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sql } from 'kysely';
import type { Hub } from '../../../server/hub.ts';
import { defaultParts } from '../../../server/default-parts.ts';
import { makeCentre, makeResource, openSession } from '../../fixtures/centre.ts';
import { startTestHub, type TestHub } from '../../fixtures/hub.ts';
import { besides } from '../../fixtures/live-hub.ts';
import { noLive } from '../../fixtures/no-live.ts';
import { makeSwitchboard } from '../../fixtures/switchboard.ts';

const parts = { ...defaultParts(), live: noLive };
const CALLS = 12;
let hub: TestHub;
let other: Hub;

beforeAll(async () => {
  hub = await startTestHub({}, { parts });
  other = await besides(hub.hub, parts);
}, 60_000);
afterAll(async () => {
  await other?.close();
  await hub?.stop();
}, 60_000);

/** The same numbers every time. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

it('offer each call to one person at a time, lose none, and give nobody more than the profile allows', { timeout: 60_000 }, async () => {
  const centre = await makeCentre(hub);
  const board = await makeSwitchboard(hub, centre.accountId);
  const queue = await makeResource(hub.db, centre.accountId, 'queue', 'Claims', { voice: true });
  const profile = await centre.profile('Inbound', { settings: { 'flow.voice.manage.canRefuse': true }, rows: { queues: [{ id: queue, voice: true, flow: true }] } });
  const people = await Promise.all(['a', 'b', 'c'].map(() => centre.person([profile])));
  for (const person of people) await openSession(hub, person);
  const calls = await Promise.all(Array.from({ length: CALLS }, () => board.offer({ queueId: queue })));
  const random = randomOf(7);
  let away = false;

  const most = async () => {
    const { rows } = await sql<{ person_id: string; hands: number }>`
      select person_id, count(*) as hands from interaction where state not in ('offered', 'closed') and person_id is not null group by 1`.execute(hub.db);
    for (const { hands } of rows) expect(hands).toBeLessThanOrEqual(1);
    // One offer of each at a time: what is open is of somebody, and once.
    const { rows: open } = await sql<{ n: number }>`select count(*) as n from interaction_offer where outcome is null group by interaction_id having count(*) > 1`.execute(hub.db);
    expect(open).toEqual([]);
  };
  const press = async (person: (typeof people)[number]) => {
    const { body } = await hub.call(person, 'GET', '/api/banner');
    const [held] = body.situation.interactions;
    if (!held) return;
    const use = (control: string) => hub.call(person, 'POST', `/api/commands/${control}`, { interactionId: held.id });
    if (held.phase === 'offered') await use(random() < 0.2 ? 'offer.refuse' : 'offer.accept');
    else if (held.state === 'live') await use('int.hangup');
    else if (held.phase === 'wrapup') await use('int.wrapup.finish');
  };

  await vi.waitFor(
    async () => {
      await Promise.all(people.map(press));
      await board.obey();
      await most();
      const { n } = await hub.db.selectFrom('interaction').select((e) => e.fn.countAll<number>().as('n')).where('state', '=', 'closed').executeTakeFirstOrThrow();
      // In the middle of it one hub goes.
      if (n > CALLS / 2 && !away) {
        away = true;
        await other.close();
      }
      expect(n).toBe(CALLS);
    },
    { timeout: 50_000, interval: 20 },
  );
  const { rows } = await sql<{ accepted: number }>`select count(*) as accepted from interaction_event where event = 'accept' group by interaction_id`.execute(hub.db);
  expect(rows.map(({ accepted }) => accepted)).toEqual(calls.map(() => 1));
});
