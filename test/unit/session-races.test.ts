import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { logChange } from '../../server/db/changes.ts';
import type { Trx } from '../../server/db/connect.ts';
import { loadProfileView } from '../../server/profiles/view.ts';
import { holdSessions } from '../../server/session/hold.ts';
import { createSeen } from '../../server/session/seen.ts';
import { settleSessions } from '../../server/session/settle.ts';
import { createSweeper, GRACE_ROUNDS } from '../../server/session/sweep.ts';
import { createViews } from '../../server/session/views.ts';
import { type Centre, makeCentre, openSession, type ProfileChange } from '../fixtures/centre.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });
/** Waits on a condition, not on a time: how long is only when to give up. */
const SOON = { timeout: 10_000 };

let hub: TestHub;
let centre: Centre;
let inbound: string;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeCentre(hub);
  inbound = await centre.profile('Inbound', { defaultActivity: centre.activities.phone });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const put = (person: TestPerson, what: string, body: object) => hub.call(person, 'PUT', `/api/session/${what}`, body);
const banner = async (person: TestPerson) => (await hub.call(person, 'GET', '/api/banner')).body;

/** A transaction that goes as far as `work` and then waits to be committed. */
async function heldOpen(work: (trx: Trx) => Promise<unknown>): Promise<{ commit(): Promise<void> }> {
  const done = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const transaction = hub.db.transaction().execute(async (trx) => {
    await work(trx);
    done.resolve();
    await commit.promise;
  });
  await Promise.race([done.promise, transaction]);
  return {
    commit: () => {
      commit.resolve();
      return transaction;
    },
  };
}

/** Resolves once so many transactions wait for another's lock. */
const waits = (least: number) =>
  expect
    .poll(async () => {
      const { rows } = await sql<{ count: number }>`
        select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(hub.db);
      return rows[0]!.count;
    }, SOON)
    .toBeGreaterThanOrEqual(least);
const somebodyWaits = () => waits(1);

/** What a publish does to the tables. */
async function publishIn(trx: Trx, profileId: string, name: string, change: ProfileChange): Promise<void> {
  await trx.selectFrom('profile').select('id').where('id', '=', profileId).forNoKeyUpdate().execute();
  const document = JSON.stringify(centre.document(name, change));
  await trx.insertInto('profile_version').values({ profile_id: profileId, version: 2, document }).execute();
  const seq = await logChange(trx, { accountId: centre.accountId, kind: 'profile', subjectId: profileId });
  await trx.updateTable('profile').set({ current_version: 2, published_seq: seq }).where('id', '=', profileId).execute();
  await settleSessions(trx, profileId, null, createViews(loadProfileView));
}

describe('at the same moment', () => {
  it('a switch to a profile that is being published waits for it, and begins on the new version', async () => {
    const id = await centre.profile('Target');
    const person = await centre.person([inbound, id]);
    await openSession(hub, person);
    const publish = await heldOpen((trx) => publishIn(trx, id, 'Target', { activities: [centre.activities.mail] }));
    const switched = put(person, 'profile', { profileId: id });
    await somebodyWaits();
    await publish.commit();
    const { body } = await switched;
    expect([body.profile.active.version, body.situation.activity.id]).toEqual([2, centre.activities.mail]);
  });

  it('a session opening on a profile that is being published waits for it too', async () => {
    const id = await centre.profile('Opening');
    const person = await centre.person([id]);
    const publish = await heldOpen((trx) => publishIn(trx, id, 'Opening', { activities: [centre.activities.mail] }));
    const opening = openSession(hub, person);
    await somebodyWaits();
    await publish.commit();
    expect((await opening).situation.activity.id).toBe(centre.activities.mail);
  });

  it('a flow turned on by the old version is found by the publish that takes it away', async () => {
    const id = await centre.profile('Taking', { defaultActivity: centre.activities.phone });
    const person = await centre.person([id]);
    const { situation } = await openSession(hub, person);
    await put(person, 'flows/voice', { on: false });
    const turning = await heldOpen(async (trx) => {
      await sql`select from session where id = ${situation.sessionId}::uuid for no key update`.execute(trx);
      await trx.updateTable('session_flow').set({ is_on: true }).where('session_id', '=', situation.sessionId).where('channel', '=', 'voice').execute();
    });
    const change = { defaultActivity: centre.activities.phone, settings: { 'flow.voice.access': false } };
    const published = centre.publish(id, 'Taking', change);
    await somebodyWaits();
    await turning.commit();
    await published;
    expect((await banner(person)).situation.flows.voice.on).toBe(false);
  });

  it('a publish that looks at no session waits for what was begun by the version before, and what comes meanwhile is decided by its own', async () => {
    const id = await centre.profile('Same ground', { defaultActivity: centre.activities.phone });
    const [one, other] = [await centre.person([id]), await centre.person([id])];
    const [begins, comes] = [(await openSession(hub, one)).situation.sessionId, (await openSession(hub, other)).situation.sessionId];
    const publish = (settings: ProfileChange['settings'] = {}) => centre.publish(id, 'Same ground', { defaultActivity: centre.activities.phone, settings });
    await publish();
    const locks = async () => (await sql<{ xmax: string }>`select xmax::text from session where id = ${comes}::uuid`.execute(hub.db)).rows;
    const before = await locks();

    const begun = await heldOpen((trx) => holdSessions(trx, [begins]));
    const published = publish({ 'history.access': true });
    await waits(1);
    const decided = hub.db.transaction().execute(async (trx) => {
      await holdSessions(trx, [comes]);
      return trx.selectFrom('profile').select('current_version').where('id', '=', id).executeTakeFirst();
    });
    await waits(2);
    // Before anything is asked for that session: that it was heard of is written into it a while later.
    expect(await locks()).toEqual(before);
    expect((await banner(other)).profile.active.version).toBe(2);
    await begun.commit();
    await published;
    expect(await decided).toEqual({ current_version: 3 });
  });

  it('whoever holds a session that was switched meanwhile holds the profile that it is on now', async () => {
    const [from, to] = [await centre.profile('From'), await centre.profile('To')];
    const person = await centre.person([from, to]);
    const { situation } = await openSession(hub, person);
    const switching = await heldOpen(async (trx) => {
      await sql`select from session where id = ${situation.sessionId}::uuid for no key update`.execute(trx);
      await trx.updateTable('session').set({ profile_id: to }).where('id', '=', situation.sessionId).execute();
    });
    const held = heldOpen((trx) => holdSessions(trx, [situation.sessionId]));
    await somebodyWaits();
    await switching.commit();
    const { commit } = await held;
    const published = centre.publish(to, 'To', {});
    await somebodyWaits();
    await commit();
    await published;
    expect((await banner(person)).profile.active).toMatchObject({ id: to, version: 2 });
  });

  it('a switch to a profile that is being taken away is refused, or undone by it', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await centre.profile(`Going ${round}`);
      const person = await centre.person([inbound, id]);
      await openSession(hub, person);
      const [switched, unassigned] = await Promise.all([
        put(person, 'profile', { profileId: id }),
        hub.call(centre.admin, 'DELETE', `/api/profiles/${id}/assignments/${person.id}`),
      ]);
      expect([200, 403]).toContain(switched.status);
      expect(unassigned.status).toBe(204);
      const { profile, situation } = await banner(person);
      expect([profile.active?.name, situation.activity.id]).toEqual(['Inbound', centre.activities.phone]);
    }
  });

  it('a session\'s changes get their numbers in the order of their commits', async () => {
    const person = await centre.person([inbound]);
    const { situation } = await openSession(hub, person);
    const first = await heldOpen(async (trx) => {
      await sql`select from session where id = ${situation.sessionId}::uuid for no key update`.execute(trx);
    });
    const second = put(person, 'status', { status: 'busy' });
    await somebodyWaits();
    const { rows } = await sql<{ last: number }>`select nextval('change_log_id_seq') as last`.execute(hub.db);
    await first.commit();
    expect((await second).body.situation.seq).toBeGreaterThan(rows[0]!.last);
  });
});

describe('who is heard of', () => {
  it('for the first time is written down soon, for a hub may end before its round; afterwards in the rounds', async () => {
    const person = await centre.person([inbound]);
    const { situation } = await openSession(hub, person);
    const longAgo = new Date(Date.now() - 3_600_000);
    const forget = () => hub.db.updateTable('session').set({ seen_at: longAgo }).where('id', '=', situation.sessionId).execute();
    const seenAt = async () => (await hub.db.selectFrom('session').select('seen_at').where('id', '=', situation.sessionId).executeTakeFirstOrThrow()).seen_at.getTime();
    await forget();
    const seen = createSeen({ db: hub.db, log: hub.hub.context.log });
    seen.mark(situation.sessionId);
    await expect.poll(seenAt, { timeout: 10_000 }).toBeGreaterThan(longAgo.getTime());
    await forget();
    seen.mark(situation.sessionId);
    await seen.flush();
    expect(await seenAt()).toBeGreaterThan(longAgo.getTime());
    await forget();
    seen.mark(situation.sessionId);
    expect(await seenAt()).toBe(longAgo.getTime());
    await seen.flush();
    expect(await seenAt()).toBeGreaterThan(longAgo.getTime());
  });
});

describe('the sweeper', () => {
  it('writes down who was seen, closes who was not, and forgets old changes', async () => {
    const [seenPerson, gone] = [await centre.person([inbound]), await centre.person([inbound])];
    const { situation } = await openSession(hub, seenPerson);
    await openSession(hub, gone);
    const longAgo = new Date(Date.now() - 3 * 24 * 3_600_000);
    await hub.db.updateTable('session').set({ seen_at: longAgo }).where('person_id', 'in', [seenPerson.id, gone.id]).execute();
    await hub.db.updateTable('change_log').set({ at: longAgo }).where('subject_id', '=', situation.sessionId).execute();
    const { log } = hub.hub.context;
    const seen = createSeen({ db: hub.db, log });
    const counts: number[] = [];
    const sweeper = createSweeper({ db: hub.db, log, seen, idleSec: 600, counted: (open) => counts.push(open) });
    seen.mark(situation.sessionId);
    for (let round = 0; round <= GRACE_ROUNDS; round += 1) await sweeper.sweep();
    await sweeper.stop();
    expect((await hub.call(seenPerson, 'GET', '/api/banner')).status).toBe(200);
    expect((await hub.call(gone, 'GET', '/api/banner')).body.code).toBe('session.none');
    expect(counts[0]).toBeGreaterThan(0);
    expect(await hub.db.selectFrom('change_log').select('id').where('subject_id', '=', situation.sessionId).execute()).toEqual([]);
  });

  it('closes nobody who could not be heard, since the hub or its database was away', async () => {
    const person = await centre.person([inbound]);
    await openSession(hub, person);
    const forget = () => hub.db.updateTable('session').set({ seen_at: new Date(Date.now() - 3_600_000) }).where('person_id', '=', person.id).execute();
    const isOpen = async () => (await hub.db.selectFrom('session').select('closed_at').where('person_id', '=', person.id).executeTakeFirstOrThrow()).closed_at === null;
    let away = false;
    const db = new Proxy(hub.db, {
      get(target, name) {
        if (away) throw new Error('away');
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const { log } = hub.hub.context;
    const sweeper = createSweeper({ db, log, seen: createSeen({ db, log }), idleSec: 600, counted: () => {} });
    await forget();
    const rounds: boolean[] = [];
    const sweep = async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        await sweeper.sweep();
        rounds.push(await isOpen());
      }
    };
    // Begun just now; then the database is away, for as long as a session may be idle.
    await sweep(GRACE_ROUNDS);
    away = true;
    await sweep(1);
    away = false;
    await sweep(GRACE_ROUNDS);
    expect(rounds).not.toContain(false);
    await sweep(1);
    expect(rounds.at(-1)).toBe(false);
    await sweeper.stop();
  });
});
