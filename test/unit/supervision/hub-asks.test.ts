/** "Ask for this" on a real hub: asked, granted for a while, declined, and over by itself. */
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { decideControl, personOf, rightsOf } from '../../../lib/decide/index.ts';
import { createConnector } from '../../../server/connector/connectors.ts';
import { endGrantsOfInteraction } from '../../../server/supervision/grants.ts';
import { situationOf } from '../../../server/session/situation.ts';
import { peopleByRights } from '../../../server/session/parts.ts';
import { type Centre, makeCentre, makeResource, openSession } from '../../fixtures/centre.ts';
import { startTestHub, type TestHub, type TestPerson } from '../../fixtures/hub.ts';
import { connectLive } from '../../fixtures/live-client.ts';

let hub: TestHub;
let centre: Centre;
let queue: string;
let team: string;
let profiles: Record<'advisor' | 'leader', string>;
let leader: TestPerson;
let advisor: TestPerson;

const NO_EMAIL = { 'flow.email.access': false, 'flow.email.canToggle': false };

beforeAll(async () => {
  hub = await startTestHub();
  centre = await makeCentre(hub);
  queue = await makeResource(hub.db, centre.accountId, 'queue', 'Motor', {});
  team = (await hub.db.insertInto('team').values({ account_id: centre.accountId, name: 'Team' }).returning('id').executeTakeFirstOrThrow()).id;
  profiles = {
    advisor: await centre.profile('Advisor', { settings: NO_EMAIL, activities: [centre.activities.all], rows: { queues: [{ id: queue, voice: true }] } }),
    leader: await centre.profile('Leader', { settings: { 'supervision.access': true, 'recording.access': true, 'recording.download': true }, rows: { queues: [{ id: queue, supervision: true }] } }),
  };
});
afterAll(() => hub.stop());

beforeEach(async () => {
  leader = await hub.makePerson(centre.accountId, { type: 'manager', name: 'Karin' });
  await hub.call(centre.admin, 'PUT', `/api/profiles/${profiles.leader}/assignments/${leader.id}`, { atLogin: true });
  advisor = await centre.person([profiles.advisor]);
  await hub.db.insertInto('team_member').values([{ team_id: team, person_id: leader.id, manages: true }, { team_id: team, person_id: advisor.id }]).execute();
  await openSession(hub, leader);
  await openSession(hub, advisor);
});

const ask = (control: string, note?: string, by = advisor) => hub.call(by, 'POST', '/api/asks', { control, ...(note === undefined ? {} : { note }) });
const answer = (id: string, grant: 'interaction' | 'today' | null, note?: string, by = leader) =>
  hub.call(by, 'POST', `/api/asks/${id}/answer`, { grant, ...(note === undefined ? {} : { note }) });
const asked = async (control: string) => (await ask(control)).body.id as string;
const banner = async (by = advisor) => (await hub.call(by, 'GET', '/api/banner')).body;
const allowed = async () => (await banner()).person.allow as string[];
const auditOf = async () =>
  (await hub.db.selectFrom('audit').select(['action', 'actor_id', 'after']).where('subject_id', '=', advisor.id).where('action', 'like', 'ask.%').orderBy('id').execute());
/** As if so much time had gone by for what is granted now. */
const endNow = () => sql`update temporary_grant set until = clock_timestamp() where person_id = ${advisor.id}::uuid and ended_at is null`.execute(hub.db);

describe('asking', () => {
  it('is for what the profile alone keeps away, one at a time for a control', async () => {
    expect((await ask('rec.download', 'For the audit')).status).toBe(201);
    expect((await ask('rec.download')).body.code).toBe('ask.waiting');
    expect((await ask('mod.recordings')).status).toBe(201);
    expect((await banner()).situation.asks).toMatchObject([{ control: 'mod.recordings', answer: null }, { control: 'rec.download', answer: null }]);
  });

  it('is told the supervisors who have the person in reach, and nobody else', async () => {
    const other = await hub.makePerson(centre.accountId, { type: 'manager' });
    await hub.call(centre.admin, 'PUT', `/api/profiles/${profiles.leader}/assignments/${other.id}`, { atLogin: true });
    await openSession(hub, other);
    await ask('rec.download', 'For the audit');
    expect((await banner(leader)).situation.notices).toMatchObject([{ kind: 'asked', why: 'For the audit', detail: { control: 'rec.download' }, seen: false }]);
    expect([(await banner(other)).situation.notices, (await banner()).situation.notices]).toEqual([[], []]);
  });

  it('is refused for what is there, what a grant would not bring, and what there is not', async () => {
    const codes = async (...controls: string[]) => Promise.all(controls.map(async (control) => (await ask(control)).body.code));
    // Without a survey, a licence or a tab nothing would come of it; the flow is there already.
    expect(await codes('flow.voice', 'mod.evaluations', 'mod.directory', 'int.custom.none', 'nothing')).toEqual([
      'ask.notAskable', 'ask.notAskable', 'ask.notAskable', 'ask.notAskable', 'control.unknown',
    ]);
  });
});

describe('an answer', () => {
  it('for today is a right of the person at once, told, put down, and pushed', async () => {
    const link = await connectLive(hub.url, { token: advisor.token });
    await link.until('the first snapshot', (client) => client.held() !== null);
    const id = await asked('rec.download');
    expect((await answer(id, 'today', 'Until the audit is done')).status).toBe(204);
    await link.until('the right', (client) => client.held()!.person.allow.includes('recording.download'));
    await link.until('the notice', (client) => client.held()!.situation.notices?.[0]?.kind === 'grantedToday');
    expect(link.held()!.person.allow).toEqual(['recording.access', 'recording.download']);
    expect(link.held()!.situation.notices![0]).toMatchObject({ who: 'Karin', why: 'Until the audit is done', detail: { control: 'rec.download' } });
    expect(link.held()!.situation.asks).toMatchObject([{ id, answer: 'today' }]);
    await link.close();
    expect(await auditOf()).toMatchObject([
      { action: 'ask.make', actor_id: advisor.id },
      { action: 'ask.grant', actor_id: leader.id, after: { control: 'rec.download', fields: ['recording.access', 'recording.download'], grant: 'today', why: 'Until the audit is done' } },
    ]);
  });

  it('for today ends at midnight where the person is, which their supervisor sees, whatever the zone of the hub', async () => {
    for (const timeZone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu']) {
      const { id } = (await hub.call(advisor, 'POST', '/api/asks', { control: 'rec.download', timeZone })).body;
      const seen = (await hub.call(leader, 'GET', '/api/supervision/watch')).body.asks.find((each: { id: string }) => each.id === id);
      await answer(id, 'today');
      const { until } = await hub.db.selectFrom('temporary_grant').select('until').where('person_id', '=', advisor.id).where('ended_at', 'is', null).executeTakeFirstOrThrow();
      expect(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(until!)).toBe('00:00');
      expect(seen.dayEnds).toBe(until!.getTime());
      expect(until!.getTime() - Date.now()).toBeLessThanOrEqual(25 * 3_600_000);
      await hub.db.deleteFrom('temporary_grant').where('person_id', '=', advisor.id).execute();
    }
  });

  it('is not kept from who is in a zone that this hub does not know: there its own counts; what is no name is refused', async () => {
    const made = await hub.call(advisor, 'POST', '/api/asks', { control: 'rec.download', timeZone: 'Mars/Olympus_Mons' });
    expect(made.status).toBe(201);
    const { time_zone: kept } = await hub.db.selectFrom('ask').select('time_zone').where('id', '=', made.body.id).executeTakeFirstOrThrow();
    expect(kept).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect((await hub.call(advisor, 'POST', '/api/asks', { control: 'mod.recordings', timeZone: '+05:30' })).body.code).toBe('request.invalid');
  });

  it('that declines gives nothing, and may be asked for again', async () => {
    const id = await asked('rec.download');
    await answer(id, null, 'Not today');
    expect([await allowed(), (await banner()).situation.notices[0]]).toMatchObject([[], { kind: 'declined', why: 'Not today' }]);
    expect((await ask('rec.download')).status).toBe(201);
  });

  it('is given once, by who is in reach, and never beyond what they have themselves', async () => {
    const id = await asked('mod.history');
    expect((await answer(id, 'today')).body).toMatchObject({ code: 'grant.refused', fields: ['history.access'] });
    expect((await answer(id, 'today', '', advisor)).body.code).toBe('control.refused');
    await hub.db.deleteFrom('team_member').where('person_id', '=', leader.id).execute();
    expect((await answer(id, null)).body.code).toBe('supervision.outOfReach');
    await hub.db.insertInto('team_member').values({ team_id: team, person_id: leader.id, manages: true }).execute();
    expect((await answer(id, null)).status).toBe(204);
    expect((await answer(id, null)).body.code).toBe('ask.over');
    expect((await answer(crypto.randomUUID(), null)).body.code).toBe('notFound');
  });

  it('does not pass on what one was given for a while oneself', async () => {
    await hub.db
      .insertInto('temporary_grant')
      .values({ account_id: centre.accountId, person_id: leader.id, control: 'mod.history', fields: ['history.access'], span: 'today', until: new Date(Date.now() + 60_000), session_id: null, interaction_id: null, by_person: null, ended_at: null })
      .execute();
    expect((await answer(await asked('mod.history'), 'today')).body.code).toBe('grant.refused');
  });

  it('comes too late where the profile gives it meanwhile', async () => {
    const id = await asked('rec.download');
    await hub.db.updateTable('person').set({ allow: ['recording.access', 'recording.download'] }).where('id', '=', advisor.id).execute();
    expect((await answer(id, 'today')).body.code).toBe('ask.over');
  });
});

describe('an ask that is withdrawn', () => {
  const withdraw = (id: string, by = advisor) => hub.call(by, 'DELETE', `/api/asks/${id}`);
  /** Of the advisor alone: others have asked before. */
  const watch = async (query = ''): Promise<{ tag: string; asks: { personId: string; control: string }[] }> => {
    const { tag, asks } = (await hub.call(leader, 'GET', `/api/supervision/watch${query}`)).body;
    return { tag, asks: asks.filter(({ personId }: { personId: string }) => personId === advisor.id) };
  };

  it('goes from the list of the supervisor who waits, and they are not told of it any more', async () => {
    const id = await asked('rec.download');
    const { tag, asks } = await watch();
    expect(asks).toHaveLength(1);
    const next = watch(`?tag=${tag}&wait=20`);
    expect((await withdraw(id)).status).toBe(204);
    expect((await next).asks).toEqual([]);
    expect([(await banner(leader)).situation.notices, (await banner()).situation.asks]).toEqual([[], []]);
    expect(await auditOf()).toMatchObject([{ action: 'ask.make' }, { action: 'ask.withdraw', actor_id: advisor.id }]);
  });

  it('leaves what was read already, and what else is asked for', async () => {
    const id = await asked('rec.download');
    const [notice] = (await banner(leader)).situation.notices;
    await hub.call(leader, 'POST', '/api/session/notices/seen', { ids: [notice.id] });
    await asked('mod.recordings');
    await withdraw(id);
    expect((await banner(leader)).situation.notices.map(({ detail }: { detail: object }) => detail)).toEqual([{ control: 'mod.recordings' }, { control: 'rec.download' }]);
    expect((await watch()).asks).toMatchObject([{ control: 'mod.recordings' }]);
  });

  it('is answered by nobody, and may be asked for again', async () => {
    const id = await asked('rec.download');
    await withdraw(id);
    expect([(await answer(id, 'today')).body.code, (await answer(id, null)).body.code, await allowed()]).toEqual(['ask.withdrawn', 'ask.withdrawn', []]);
    expect((await withdraw(id)).status).toBe(204);
    expect((await ask('rec.download')).status).toBe(201);
    expect((await auditOf()).filter(({ action }) => action === 'ask.withdraw')).toHaveLength(1);
  });

  it('is only one’s own, and not answered yet', async () => {
    const id = await asked('rec.download');
    expect([(await withdraw(id, leader)).body.code, (await withdraw(crypto.randomUUID())).body.code, (await withdraw('none')).body.code]).toEqual(['notFound', 'notFound', 'notFound']);
    await answer(id, null);
    expect((await withdraw(id)).body.code).toBe('ask.over');
  });

  it('is either withdrawn or answered, never both, however close they come', async () => {
    for (let turn = 0; turn < 6; turn++) {
      const id = await asked('rec.download');
      const both = turn % 2 === 0 ? [withdraw(id), answer(id, 'today')] : [answer(id, 'today'), withdraw(id)];
      const statuses = (await Promise.all(both)).map(({ status }) => status);
      expect(statuses.toSorted()).toEqual([204, 409]);
      const granted = (await hub.db.selectFrom('ask').select('answer').where('id', '=', id).executeTakeFirstOrThrow()).answer === 'today';
      expect(await allowed()).toHaveLength(granted ? 2 : 0);
      await hub.db.deleteFrom('temporary_grant').where('person_id', '=', advisor.id).execute();
    }
  });
});

describe('a grant', () => {
  it('ends at its time: banners hear of it, what it gave goes off, and it is put down', async () => {
    await answer(await asked('flow.email'), 'today');
    expect((await hub.call(advisor, 'PUT', '/api/session/activity', { activityId: centre.activities.all })).body.situation.flows.email.on).toBe(true);
    const link = await connectLive(hub.url, { token: advisor.token });
    await link.until('the flow', (client) => client.held()?.situation.flows.email.on === true);
    await sql`update temporary_grant set until = clock_timestamp() + interval '300 milliseconds' where person_id = ${advisor.id}::uuid`.execute(hub.db);
    // Another grant makes the runner look, and wait for the earlier end.
    await answer(await asked('rec.download'), 'today');
    await link.until('the end', (client) => !client.held()!.person.allow.includes('flow.email.access'));
    await link.until('the notice', (client) => client.held()!.situation.notices?.[0]?.kind === 'grantEnded');
    expect(link.held()!.situation.flows.email.on).toBe(false);
    await link.close();
    expect((await auditOf()).at(-1)).toMatchObject({ action: 'ask.end', actor_id: null });
  });

  it('counts for nothing from its end on, before anybody has put it down', async () => {
    await answer(await asked('rec.download'), 'today');
    await endNow();
    expect(await allowed()).toEqual([]);
  });

  it('for an interaction ends with it', async () => {
    await answer(await asked('rec.download'), 'interaction');
    const interaction = crypto.randomUUID();
    await hub.db.updateTable('temporary_grant').set({ interaction_id: interaction }).where('person_id', '=', advisor.id).execute();
    await hub.db.transaction().execute((trx) => endGrantsOfInteraction(trx, crypto.randomUUID()));
    expect(await allowed()).toHaveLength(2);
    await hub.db.transaction().execute((trx) => endGrantsOfInteraction(trx, interaction));
    expect(await allowed()).toEqual([]);
  });

  it('for an interaction is not given once that is over, however close it comes; for today it still is', async () => {
    const { id: connector } = await createConnector(hub.db, centre.accountId, 'Switchboard', []);
    const { id: session } = await hub.db.selectFrom('session').select('id').where('person_id', '=', advisor.id).where('closed_at', 'is', null).executeTakeFirstOrThrow();
    const at = new Date();
    await hub.db
      .insertInto('interaction')
      .values({ account_id: centre.accountId, connector_id: connector, ref: 'one', channel: 'voice', direction: 'inbound', state: 'live', smart: false, session_id: session, person_id: advisor.id, customer: JSON.stringify({ name: 'Somebody', address: '+33612345678', reference: null, language: null }), offered_at: at, since: at, accepted_at: at, connected_at: at })
      .execute();
    const id = await asked('rec.download');
    const answered = await hub.db.transaction().execute(async (trx) => {
      await trx.updateTable('interaction').set({ state: 'closed', outcome: 'completed', ended_at: at }).where('session_id', '=', session).execute();
      const answering = answer(id, 'interaction');
      // Seen as live by whoever does not wait for this.
      await vi.waitFor(async () => {
        const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(hub.db);
        expect(rows[0]!.waiting).toBe(1);
      });
      return { answering };
    });
    expect((await answered.answering).body.code).toBe('ask.interactionOver');
    expect([await allowed(), (await hub.call(leader, 'GET', '/api/supervision/watch')).body.asks.filter((each: { id: string }) => each.id === id)]).toMatchObject([[], [{ id, interactionOver: true }]]);
    await answer(id, 'today');
    expect(await allowed()).toHaveLength(2);
  });

  it('for an interaction ends with the session at the latest; one for today does not', async () => {
    await answer(await asked('rec.download'), 'interaction');
    await answer(await asked('flow.email'), 'today');
    await hub.call(advisor, 'DELETE', '/api/session');
    expect((await openSession(hub, advisor)).person.allow).toEqual(['flow.email.access', 'flow.email.canToggle']);
  });

  it('is put down once by two hubs', async () => {
    const second = await startTestHub({ DATABASE_URL: hub.hub.context.config.databaseUrl! });
    try {
      await answer(await asked('rec.download'), 'today');
      await endNow();
      const [one, other] = [await asked('flow.email'), await asked('mod.recordings')];
      await Promise.all([answer(one, 'today'), hub.call(leader, 'POST', `/api/asks/${other}/answer`, { grant: 'today' }), second.call(leader, 'POST', `/api/asks/${other}/answer`, { grant: 'today' })]);
      await vi.waitFor(async () => expect((await auditOf()).filter(({ action }) => action === 'ask.end')).toHaveLength(1));
    } finally {
      await second.stop();
    }
  });

  it('never outlives its end, and never goes before what is denied: whatever was granted', async () => {
    const FIELDS = ['recording.access', 'recording.download', 'history.access', 'users.colleagues'] as const;
    const some = fc.subarray([...FIELDS]);
    const grants = fc.array(fc.record({ fields: fc.subarray([...FIELDS], { minLength: 1 }), endsInSec: fc.integer({ min: -100, max: 100 }).filter((sec) => Math.abs(sec) > 20), putDown: fc.boolean() }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(some, some, grants, async (allow, deny, all) => {
        await hub.db.deleteFrom('temporary_grant').where('person_id', '=', advisor.id).execute();
        await hub.db.updateTable('person').set({ allow, deny }).where('id', '=', advisor.id).execute();
        for (const { fields, endsInSec, putDown } of all) {
          const until = new Date(Date.now() + endsInSec * 1000);
          await hub.db
            .insertInto('temporary_grant')
            .values({ account_id: centre.accountId, person_id: advisor.id, control: 'mod.history', fields, span: 'today', until, session_id: null, interaction_id: null, by_person: null, ended_at: putDown ? new Date() : null })
            .execute();
        }
        const counts = all.filter(({ endsInSec, putDown }) => endsInSec > 0 && !putDown).flatMap(({ fields }) => fields);
        const snapshot = await banner();
        const person = (await peopleByRights(hub.db, [advisor.id])).get(advisor.id)!;
        expect(new Set(person.allow)).toEqual(new Set([...allow, ...counts]));
        expect(snapshot.person.allow).toEqual(person.allow);
        const view = snapshot.profile.active;
        const rights = rightsOf(view, personOf(snapshot.person));
        for (const [control, field] of [['mod.history', 'history.access'], ['mod.recordings', 'recording.access'], ['mod.colleagues', 'users.colleagues']] as const) {
          const { enabled } = decideControl(control, rights, situationOf(snapshot.situation, view, Date.now()));
          expect(enabled).toBe(!deny.includes(field) && (allow.includes(field) || counts.includes(field)));
        }
      }),
      { numRuns: 25 },
    );
  });
});
