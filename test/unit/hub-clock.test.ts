/** A hub and a database whose clocks differ, as those of two machines do. */
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runsBySession, settleRun } from '../../server/buttons/runs.ts';
import { dueBy } from '../../server/interactions/due.ts';
import { toldBySession } from '../../server/supervision/told.ts';
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
let leaders: string | undefined;

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
    expect((await dueBy(hub.db, new Date(ends - 1000))).next?.getTime()).toBe(ends);
    expect((await dueBy(hub.db, new Date(ends + 1000))).next).toBe(null);
  });

  it('tells for a minute that a button has worked, by the clock that says when that is over', async () => {
    await openSession(hub, advisor);
    const { id: session } = await sessionOf(advisor);
    const run = await usedButton(session);
    const told = async () => (await runsBySession(hub.db, [session]))(session).map(({ state }) => state);
    await hub.db.transaction().execute((trx) => settleRun(trx, run, { ok: true, message: null, open: null }));
    expect(await told()).toEqual(['done']);
    await ended(run, '59 seconds');
    expect(await told()).toEqual(['done']);
    await ended(run, '2 seconds');
    expect(await told()).toEqual([]);
  });

  it('tells for twelve hours what was answered, by the clock that says when they are over', async () => {
    const leader = await aLeader();
    for (const each of [leader, advisor]) await openSession(hub, each);
    const { id: session } = await sessionOf(advisor);
    const { body } = await hub.call(advisor, 'POST', '/api/asks', { control: 'rec.download' });
    // As the machine's own clock is where the hub runs.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR_MS });
    try {
      expect((await hub.call(leader, 'POST', `/api/asks/${body.id}/answer`, { grant: null })).status).toBe(204);
    } finally {
      vi.useRealTimers();
    }
    const told = async () => (await toldBySession(hub.db, [session]))(session).asks.map(({ answer }) => answer);
    expect(await told()).toEqual(['declined']);
    await hub.db.updateTable('ask').set({ answered_at: sql`answered_at - interval '12 hours 1 second'` }).where('id', '=', body.id).execute();
    expect(await told()).toEqual([]);
  });

  it('grants for today until the day ends by the clock that the grant is held against', async () => {
    const leader = await aLeader();
    for (const each of [leader, advisor]) await openSession(hub, each);
    const { body } = await hub.call(advisor, 'POST', '/api/asks', { control: 'rec.download', timeZone: noonNow() });
    expect((await hub.call(leader, 'POST', `/api/asks/${body.id}/answer`, { grant: 'today' })).status).toBe(204);
    const { rows } = await sql<{ left: number }>`select extract(epoch from until - clock_timestamp())::float8 * 1000 as left from temporary_grant where person_id = ${advisor.id}::uuid`.execute(hub.db);
    expect(rows[0]!.left).toBeGreaterThan(0);
    expect(rows[0]!.left).toBeLessThan(DAY_MS);
  });
});

/** Somebody who may give what the advisor lacks. */
async function aLeader(): Promise<TestPerson> {
  leaders ??= await centre.profile('Leader', { settings: { 'supervision.access': true, 'recording.access': true, 'recording.download': true }, rows: { queues: [{ id: queue, supervision: true }] } });
  const leader = await hub.makePerson(centre.accountId, { type: 'administrator' });
  await hub.call(centre.admin, 'PUT', `/api/profiles/${leaders}/assignments/${leader.id}`, { atLogin: true });
  return leader;
}

/** The advisor has used one, and it is under way. @returns the id of that */
async function usedButton(session: string): Promise<string> {
  const button = await makeResource(hub.db, centre.accountId, 'customButton', 'Hook', {});
  const { id } = await hub.db
    .insertInto('button_run')
    .values({
      account_id: centre.accountId, person_id: advisor.id, session_id: session, button_id: button, control: `top.custom.${button}`, subject: '', interaction_id: null,
      trigger: 'byHand', opens: 'webService', state: 'calling', at: new Date(), key: crypto.randomUUID(), target: 'https://hooks.example/', body: '{}',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** It ended so much longer ago. */
const ended = (run: string, by: string) => hub.db.updateTable('button_run').set({ ended_at: sql`ended_at - ${by}::interval` }).where('id', '=', run).execute();

/** Where it is between noon and one o'clock: to the hub it is tomorrow there. Their signs are the other way round (POSIX). */
function noonNow(): string {
  const east = 12 - new Date().getUTCHours();
  return `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}
