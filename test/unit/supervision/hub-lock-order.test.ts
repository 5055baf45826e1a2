/** Everything that holds sessions, at once: nobody waits for somebody who waits for them. */
import { sql } from 'kysely';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Centre, makeCentre, makeResource, openSession } from '../../fixtures/centre.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';
import { makeSwitchboard, type Switchboard } from '../../fixtures/switchboard.ts';

vi.setConfig({ testTimeout: 60_000 });

const ROUNDS = 6;

let hub: TestHub;
let centre: Centre;
let profiles: Record<'Advisor' | 'Second' | 'Leader', string>;
let leaders: TestPerson[];
let advisors: TestPerson[];
let board: Switchboard;
let rows: { queues: { id: string; voice: boolean; email: boolean; supervision: boolean }[] };

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeCentre(hub);
  const queue = await makeResource(hub.db, centre.accountId, 'queue', 'Motor', {});
  rows = { queues: [{ id: queue, voice: true, email: true, supervision: true }] };
  profiles = {
    Advisor: await centre.profile('Advisor', { rows }),
    Second: await centre.profile('Second', { rows }),
    Leader: await centre.profile('Leader', { settings: { 'supervision.access': true }, rows }),
  };
  leaders = await Promise.all([1, 2].map(() => hub.makePerson(centre.accountId, { type: 'manager' })));
  advisors = await Promise.all([1, 2, 3, 4].map(() => centre.person([profiles.Advisor, profiles.Second])));
  // Each leads the other too.
  const all = [...leaders, ...advisors];
  const { id } = await hub.db.insertInto('team').values({ account_id: centre.accountId, name: 'All' }).returning('id').executeTakeFirstOrThrow();
  await hub.db.insertInto('team_member').values(all.map((person) => ({ team_id: id, person_id: person.id, manages: leaders.includes(person) }))).execute();
  for (const leader of leaders) await hub.call(centre.admin, 'PUT', `/api/profiles/${profiles.Leader}/assignments/${leader.id}`, { atLogin: true });
  for (const person of all) await openSession(hub, person);
  board = await makeSwitchboard(hub, centre.accountId);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const sup = (by: TestPerson, verb: string, body: object) => hub.call(by, 'POST', `/api/commands/sup.${verb}`, body);
const put = (by: TestPerson, what: string, body: object) => hub.call(by, 'PUT', `/api/session/${what}`, body);
const publish = (name: keyof typeof profiles, settings: object) =>
  centre.publish(profiles[name], name, { rows, settings: { ...(name === 'Leader' && { 'supervision.access': true }), ...settings } });

/** Circles that the database has had to break. Each connection says what it has seen once it is used again, a second later. */
async function circles(): Promise<number> {
  await pause(1100);
  await Promise.all(Array.from({ length: 30 }, () => sql`select pg_sleep(0.05)`.execute(hub.db)));
  const { rows: [found] } = await sql<{ deadlocks: number }>`select deadlocks from pg_stat_database where datname = current_database()`.execute(hub.db);
  return Number(found!.deadlocks);
}

/** What a round does, each thing of which holds one session or several, or all on a profile. */
const together = (round: number): Promise<{ readonly status: number }>[] => [
  ...advisors.flatMap((advisor, at) => [
    put(advisor, 'profile', { profileId: profiles[(round + at) % 2 ? 'Second' : 'Advisor'] }),
    put(advisor, 'status', { status: round % 2 ? 'busy' : 'available' }),
    put(advisor, 'flows/voice', { on: round % 3 > 0 }),
    hub.call(advisor, 'POST', '/api/session/notices/seen', { ids: [] }),
  ]),
  ...leaders.flatMap((leader, at) => [
    sup(leader, 'toggleFlow', { personId: leaders[1 - at]!.id, channel: 'voice', on: round % 2 === 0 }),
    ...advisors.flatMap(({ id }) => [
      sup(leader, 'toggleFlow', { personId: id, channel: 'voice', on: (round + at) % 2 === 0 }),
      sup(leader, 'changeProfile', { personId: id, profileId: profiles[(round + at) % 2 ? 'Advisor' : 'Second'] }),
    ]),
  ]),
  ...advisors.map(async (advisor) => {
    const id = await board.offer({ personId: advisor.id });
    await hub.call(advisor, 'POST', '/api/commands/offer.accept', { interactionId: id });
    await board.obey();
    return board.report(id, { event: 'ended' });
  }),
];

it('a centre at work, with supervisors over one another and every profile published again and again', async () => {
  const before = await circles();
  const seen: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const published = (Object.keys(profiles) as (keyof typeof profiles)[]).map(async (name) => {
      // The first as it stands, the second on new ground.
      await publish(name, { 'history.access': round % 2 === 0 });
      await publish(name, { 'history.access': round % 2 === 0, 'flow.email.access': round % 2 === 1 });
    });
    seen.push(...(await Promise.all(together(round))).map(({ status }) => status));
    await Promise.all(published);
  }
  expect(seen.filter((status) => status >= 500)).toEqual([]);
  expect(seen.filter((status) => status < 300).length).toBeGreaterThan(seen.length / 4);
  expect(await circles()).toBe(before);
});

it('would be seen otherwise', async () => {
  const before = await circles();
  const ids = (await hub.db.selectFrom('session').select('id').where('closed_at', 'is', null).execute()).map(({ id }) => id);
  const met = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const hold = (own: 0 | 1) =>
    hub.db.transaction().execute(async (trx) => {
      await sql`select from session where id = ${ids[own]}::uuid for update`.execute(trx);
      met[own]!.resolve();
      await met[1 - own]!.promise;
      await sql`select from session where id = ${ids[1 - own]}::uuid for update`.execute(trx);
    });
  const ended = await Promise.allSettled([hold(0), hold(1)]);
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(await circles()).toBe(before + 1);
});
