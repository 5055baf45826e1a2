/** What a supervisor sees, live, on a real hub. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SupervisionWatch } from '../../../lib/api/shapes-supervision.ts';
import { type Centre, makeCentre, makeResource, openSession } from '../../fixtures/centre.ts';
import { startHubWithoutLinks, startTestHub, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

let hub: TestHub;
let centre: Centre;
let queues: Record<'motor' | 'home' | 'other', string>;
let leaderProfile: string;
let advisorProfile: string;
let leader: TestPerson;
let advisor: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeCentre(hub);
  const queue = (name: string) => makeResource(hub.db, centre.accountId, 'queue', name, {});
  queues = { motor: await queue('Motor'), home: await queue('Home'), other: await queue('Other') };
  const supervised = [queues.motor, queues.home].map((id) => ({ id, supervision: true }));
  leaderProfile = await centre.profile('Leader', { settings: { 'supervision.access': true }, rows: { queues: [...supervised, { id: queues.other, voice: true }] } });
  advisorProfile = await centre.profile('Advisor', { rows: { queues: [{ id: queues.motor, voice: true }, { id: queues.other, voice: true, email: true }] } });
  const elsewhere = await centre.profile('Elsewhere', { rows: { queues: [{ id: queues.other, voice: true }] } });
  leader = await hub.makePerson(centre.accountId, { type: 'administrator', name: 'Karin' });
  await hub.call(centre.admin, 'PUT', `/api/profiles/${leaderProfile}/assignments/${leader.id}`, { atLogin: true });
  advisor = await centre.person([advisorProfile, elsewhere]);
  await hub.db.updateTable('person').set({ name: 'Amira' }).where('id', '=', advisor.id).execute();
  const unseen = await centre.person([elsewhere]);
  for (const each of [leader, advisor, unseen]) await openSession(hub, each);
});
afterAll(() => hub.stop());

const watch = async (query: Record<string, string> = {}, by = leader, at = hub) => at.call(by, 'GET', `/api/supervision/watch?${new URLSearchParams(query)}`);
const now = async (): Promise<SupervisionWatch> => (await watch()).body;
const next = async (tag: string): Promise<SupervisionWatch> => (await watch({ tag, wait: '20' })).body;

describe('the watch of a supervisor', () => {
  it('shows the people on the queues that they supervise, and nobody else', async () => {
    const state = await now();
    expect(state.queues).toEqual([
      { id: queues.motor, name: 'Motor', people: 1, flows: { voice: 1, email: 0, messages: 0 } },
      { id: queues.home, name: 'Home', people: 0, flows: { voice: 0, email: 0, messages: 0 } },
    ]);
    expect(state.people).toMatchObject([
      {
        id: advisor.id,
        name: 'Amira',
        queues: [queues.motor],
        profile: { id: advisorProfile, name: 'Advisor', version: 1 },
        activity: { id: centre.activities.phone, name: 'Phone', category: 'processing' },
        status: 'connected',
        lostSince: null,
        interaction: null,
      },
    ]);
    expect(state.people[0]!.flows).toEqual(['voice', 'email', 'messages'].map((channel) => ({ channel, on: channel === 'voice', possible: channel === 'voice', forced: null })));
    expect(state.people[0]!.profiles.map(({ name }) => name)).toEqual(['Advisor', 'Elsewhere']);
    expect(state.activities[`${advisorProfile} 1`]!.map(({ name }) => name)).toEqual(['Phone', 'Mail', 'All', 'Pause']);
  });

  describe('of those who are signed out', () => {
    const names = (state: SupervisionWatch) => state.away.map(({ name }) => name);
    const named = async (name: string, profiles: readonly string[], atLogin: string | null = profiles[0] ?? null) => {
      const person = await centre.person(profiles, { atLogin });
      await hub.db.updateTable('person').set({ name }).where('id', '=', person.id).execute();
      return person;
    };

    it('shows who would be in reach by the profile that they would have at login', async () => {
      const elsewhere = (await hub.db.selectFrom('profile').select('id').where('account_id', '=', centre.accountId).where('name', '=', 'Elsewhere').executeTakeFirstOrThrow()).id;
      const both = [await named('AtLogin', [elsewhere, advisorProfile], advisorProfile), await named('Only', [advisorProfile], null)];
      await named('OtherAtLogin', [elsewhere, advisorProfile], elsewhere);
      await named('NoneAtLogin', [elsewhere, advisorProfile], null);
      await named('Elsewhere', [elsewhere]);
      const gone = await named('Disabled', [advisorProfile]);
      await hub.db.updateTable('person').set({ disabled: true }).where('id', '=', gone.id).execute();
      const state = await now();
      expect(names(state)).toEqual(['AtLogin', 'Only']);
      expect(state.away[0]).toMatchObject({ queues: [queues.motor], profile: { id: advisorProfile, name: 'Advisor' }, since: null });
      expect(state.people.map(({ name }) => name)).toEqual(['Amira']);
      for (const [at, person] of both.entries()) {
        expect((await openSession(hub, person)).profile.active.id).toBe(state.away[at]!.profile.id);
        await hub.call(person, 'DELETE', '/api/session');
      }
    });

    it('moves them as they sign in and out, with since when they are away', async () => {
      const person = await named('Zoe', [advisorProfile]);
      let { tag } = await now();
      const becomes = async (at: 'people' | 'away') => {
        for (;;) {
          const state = await next(tag);
          ({ tag } = state);
          if (state[at].some(({ name }) => name === 'Zoe')) return state;
        }
      };
      await openSession(hub, person);
      const there = await becomes('people');
      expect([names(there).includes('Zoe'), there.queues[0]!.people]).toEqual([false, 2]);
      const before = Date.now();
      await hub.call(person, 'DELETE', '/api/session');
      const left = await becomes('away');
      expect(left.people.map(({ name }) => name)).not.toContain('Zoe');
      expect(left.away.find(({ name }) => name === 'Zoe')!.since).toBeGreaterThanOrEqual(before - 1000);
    }, 60_000);

    it('counts who was not heard of any more as away since they last were', async () => {
      const person = await named('Idle', [advisorProfile]);
      await openSession(hub, person);
      await hub.db.updateTable('session').set({ seen_at: new Date(5000), closed_at: new Date(), closed_because: 'idle' }).where('person_id', '=', person.id).execute();
      expect((await now()).away.find(({ name }) => name === 'Idle')!.since).toBe(5000);
    });

    it('does nothing with them', async () => {
      const only = (await now()).away.find(({ name }) => name === 'Only')!;
      const answer = await hub.call(leader, 'POST', '/api/commands/sup.toggleFlow', { personId: only.id, channel: 'voice', on: false });
      expect(answer.body.code).toBe('supervision.away');
    });

    it('shows a manager those of their teams alone', async () => {
      const manager = await hub.makePerson(centre.accountId, { type: 'manager', name: 'Manager' });
      await hub.call(centre.admin, 'PUT', `/api/profiles/${leaderProfile}/assignments/${manager.id}`, { atLogin: true });
      await openSession(hub, manager);
      const seen = async () => names((await watch({}, manager)).body);
      expect(await seen()).toEqual([]);
      const team = (await hub.db.insertInto('team').values({ account_id: centre.accountId, name: 'Team' }).returning('id').executeTakeFirstOrThrow()).id;
      const { id } = (await now()).away.find(({ name }) => name === 'Only')!;
      await hub.db.insertInto('team_member').values([{ team_id: team, person_id: manager.id, manages: true }, { team_id: team, person_id: id }]).execute();
      expect(await seen()).toEqual(['Only']);
      await hub.call(manager, 'DELETE', '/api/session');
    });
  });

  it('waits while nothing changes, and hears soon of what does', async () => {
    const { tag } = await now();
    const waiting = next(tag);
    await hub.call(advisor, 'PUT', '/api/session/flows/voice', { on: false });
    const changed = await waiting;
    expect([changed.people[0]!.flows[0]!.on, changed.queues[0]!.flows.voice]).toEqual([false, 0]);
    expect((await watch({ tag: changed.tag, wait: '0' })).body.tag).toBe(changed.tag);
  });

  it('has what people ask for, and whether the supervisor could give it', async () => {
    const waiting = next((await now()).tag);
    await hub.call(advisor, 'POST', '/api/asks', { control: 'mod.history', note: 'A complaint' });
    expect((await waiting).asks).toMatchObject([{ personId: advisor.id, name: 'Amira', control: 'mod.history', note: 'A complaint', mayGrant: false }]);
  });

  it('is told on another hub of the same database', async () => {
    const second = await startTestHub({ DATABASE_URL: hub.hub.context.config.databaseUrl! });
    try {
      const { tag } = (await watch({}, leader, second)).body;
      expect((await now()).tag).toBe(tag);
      const waiting = watch({ tag, wait: '20' }, leader, second);
      await hub.call(advisor, 'PUT', '/api/session/status', { status: 'busy' });
      expect((await waiting).body.people[0].status).toBe('busy');
    } finally {
      await second.stop();
    }
  });

  it('says since when nothing is heard of somebody', async () => {
    await hub.db.updateTable('session').set({ seen_at: new Date(1000) }).where('person_id', '=', advisor.id).execute();
    expect((await now()).people[0]!.lostSince).toBe(1000);
  });

  it('is refused without the right, and from the moment it is taken away', async () => {
    expect((await watch({}, advisor)).body.code).toBe('control.refused');
    const waiting = watch({ tag: (await now()).tag, wait: '20' });
    await centre.publish(leaderProfile, 'Leader', { rows: { queues: [{ id: queues.motor, supervision: true }] } });
    expect((await waiting).body.code).toBe('control.refused');
  });
});
