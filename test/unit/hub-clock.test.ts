/** A hub and a database whose clocks differ, as those of two machines do; and one that is corrected. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nextDue } from '../../server/interactions/due.ts';
import { createPace } from '../../server/live/pace.ts';
import { type Centre, makeCentre, makeResource, openSession } from '../fixtures/centre.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AHEAD_MS = 13 * HOUR_MS;

let hub: TestHub;
let centre: Centre;
let profile: string;
let queue: string;
let advisor: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks({ now: () => Date.now() + AHEAD_MS });
  centre = await makeCentre(hub);
  queue = await makeResource(hub.db, centre.accountId, 'queue', 'Motor', {});
  profile = await centre.profile('Advisor', { settings: { 'recording.access': false }, rows: { queues: [{ id: queue, voice: true }] } });
});
afterAll(() => hub.stop());
beforeEach(async () => {
  advisor = await centre.person([profile]);
});

const sessionOf = ({ id }: TestPerson) => hub.db.selectFrom('session').selectAll().where('person_id', '=', id).where('closed_at', 'is', null).executeTakeFirstOrThrow();

describe('a hub that is ahead of its database', () => {
  it('counts what it counts itself by its own clock from the first moment of a session', async () => {
    const before = hub.hub.context.now();
    await openSession(hub, advisor);
    const { opened_at, activity_since, idle_since, quiet_since } = await sessionOf(advisor);
    for (const [name, at] of Object.entries({ opened_at, activity_since, idle_since, quiet_since })) {
      expect([name, at.getTime() >= before && at.getTime() <= hub.hub.context.now()]).toEqual([name, true]);
    }
  });

  it('waits for no pause that is over by its own clock', async () => {
    await openSession(hub, advisor);
    const ends = Date.now() + 60_000;
    await hub.db.updateTable('session').set({ inbound_until: new Date(ends) }).where('person_id', '=', advisor.id).execute();
    expect(await nextDue(hub.db, ends - 1000)).toBe(ends);
    expect(await nextDue(hub.db, ends + 1000)).toBe(null);
  });

  it('grants for today until the day ends by the clock that the grant is held against', async () => {
    const leaders = await centre.profile('Leader', { settings: { 'supervision.access': true, 'recording.access': true, 'recording.download': true }, rows: { queues: [{ id: queue, supervision: true }] } });
    const leader = await hub.makePerson(centre.accountId, { type: 'administrator' });
    await hub.call(centre.admin, 'PUT', `/api/profiles/${leaders}/assignments/${leader.id}`, { atLogin: true });
    for (const each of [leader, advisor]) await openSession(hub, each);
    const { body } = await hub.call(advisor, 'POST', '/api/asks', { control: 'rec.download', timeZone: noonNow() });
    expect((await hub.call(leader, 'POST', `/api/asks/${body.id}/answer`, { grant: 'today' })).status).toBe(204);
    const { rows } = await sql<{ left: number }>`select extract(epoch from until - clock_timestamp())::float8 * 1000 as left from temporary_grant where person_id = ${advisor.id}::uuid`.execute(hub.db);
    expect(rows[0]!.left).toBeGreaterThan(0);
    expect(rows[0]!.left).toBeLessThan(DAY_MS);
  });
});

/** Where it is between noon and one o'clock: to the hub it is tomorrow there. Their signs are the other way round (POSIX). */
function noonNow(): string {
  const east = 12 - new Date().getUTCHours();
  return `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}

it('a clock that is put back refuses nobody who would have been taken', () => {
  let time = 60_000;
  const pace = createPace(10, () => time);
  const meet = (count: number) => Array.from({ length: count }, pace).filter((how) => how.do === 'take').length;
  expect(meet(5)).toBe(5);
  time -= 3000;
  expect(meet(5)).toBe(5);
  time += 500;
  expect(meet(10)).toBe(5);
});
