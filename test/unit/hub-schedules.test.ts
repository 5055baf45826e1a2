import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RouteAnswer } from '../../lib/api/routes.ts';
import { defaultParts } from '../../server/default-parts.ts';
import { loadProfileView } from '../../server/profiles/view.ts';
import type { Runner } from '../../server/runner.ts';
import { createScheduleRunner } from '../../server/schedule/runner.ts';
import { createConsoleRights } from '../../server/session/console-rights.ts';
import { settleSessions } from '../../server/session/settle.ts';
import { createViews } from '../../server/session/views.ts';
import { createHandClock, type HandClock } from '../fixtures/hand-clock.ts';
import { problem, startHubWithoutLinks, startTestHub, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { noLive } from '../fixtures/no-live.ts';

const HOUR = 3_600_000;

let hub: TestHub;
let account: string;
let admin: TestPerson;
const runners: Runner[] = [];

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  account = await hub.makeAccount();
  admin = await hub.makePerson(account, { type: 'administrator', name: 'Maya' });
}, 60_000);
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
  // What a test leaves is not due in the next one.
  await hub.db.updateTable('schedule').set({ state: 'cancelled' }).where('state', '=', 'waiting').execute();
});
afterAll(() => hub?.stop(), 60_000);

/** A runner as each hub has one, by a clock of its own. */
async function runnerBy(clock: HandClock): Promise<Runner> {
  const views = createViews(loadProfileView);
  const runner = createScheduleRunner({
    db: hub.db,
    log: hub.hub.context.log,
    clock,
    settle: async (trx, profileId) => void (await settleSessions(trx, profileId, null, views)),
    consoleRights: createConsoleRights({ views }),
    published: () => {},
  });
  runners.push(runner);
  await runner.look();
  return runner;
}

let names = 0;
const document = (settings: object) => ({ schema: 1, settings, configuration: {} });
const save = async (id: string, settings: object) => {
  const draft = await hub.call(admin, 'GET', `/api/profiles/${id}/draft`);
  const name = draft.body.document.settings['general.name'];
  const saved = await hub.call(admin, 'PUT', `/api/profiles/${id}/draft`, { document: document({ 'general.name': name, ...settings }) }, { 'if-match': draft.headers.get('etag')! });
  expect(saved.status).toBe(200);
};
const publish = (id: string, body: object = {}) => hub.call(admin, 'POST', `/api/profiles/${id}/publish`, body);
/** Published, and with a draft that has gone on since. */
const published = async (): Promise<string> => {
  const id = (await hub.call(admin, 'POST', '/api/profiles', { name: `Scheduled ${++names}` })).body.profileId;
  expect((await publish(id)).status).toBe(201);
  await save(id, { 'history.access': true });
  return id;
};
const schedule = (id: string, body: object, who = admin, headers: Record<string, string> = {}) => hub.call(who, 'POST', `/api/profiles/${id}/schedules`, body, headers);
const schedulesOf = async (id: string): Promise<RouteAnswer<'listSchedules'>['schedules']> => (await hub.call(admin, 'GET', `/api/profiles/${id}/schedules`)).body.schedules;
const summaryOf = async (id: string) => (await hub.call(admin, 'GET', `/api/profiles/${id}`)).body.summary;
const newest = async (id: string) => (await hub.call(admin, 'GET', `/api/profiles/${id}/versions`)).body.versions[0];
const auditOf = (subject: string, action: string) =>
  hub.db.selectFrom('audit').selectAll().where('subject_id', '=', subject).where('action', '=', action).orderBy('id').execute();
const becomes = (id: string, state: string) => vi.waitFor(async () => expect((await schedulesOf(id)).map((each) => each.state)).toContain(state), 10_000);

describe('a publish at a time', () => {
  it('happens then and not before, as the one who asked for it', async () => {
    const id = await published();
    const clock = createHandClock(Date.now());
    const at = clock.now() + HOUR;
    const asked = await schedule(id, { at, message: 'For the autumn', emergency: true });
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({ profileId: id, what: 'publish', at, until: null, by: 'Maya', state: 'waiting', to: 'everyone', emergency: true, problem: null });
    expect(await summaryOf(id)).toMatchObject({ version: 1, dueAt: at, hasDraft: true });
    await runnerBy(clock);
    clock.pass(HOUR - 1);
    expect((await summaryOf(id)).version).toBe(1);
    clock.pass(1);
    await becomes(id, 'done');
    expect(await summaryOf(id)).toMatchObject({ version: 2, dueAt: null, hasDraft: false });
    expect(await newest(id)).toMatchObject({ version: 2, message: 'For the autumn', publishedBy: 'Maya', emergency: true });
    expect((await auditOf(id, 'profile.schedule'))[0]).toMatchObject({ actor_id: admin.id, after: { schedule: asked.body.id, at } });
    expect((await auditOf(id, 'profile.publish')).at(-1)).toMatchObject({ actor_id: admin.id, after: { version: 2, schedule: asked.body.id } });
  });

  it('takes the draft as it was when it was asked for, and leaves one that has gone on', async () => {
    const id = await published();
    const clock = createHandClock(Date.now());
    await schedule(id, { at: clock.now() + HOUR });
    await save(id, { 'scripts.access': true });
    await runnerBy(clock);
    clock.pass(HOUR);
    await becomes(id, 'done');
    const { summary, published: now } = (await hub.call(admin, 'GET', `/api/profiles/${id}`)).body;
    expect([now.document.settings['history.access'], summary.hasDraft]).toEqual([true, true]);
    expect((await hub.call(admin, 'GET', `/api/profiles/${id}/draft`)).body.document.settings).toMatchObject({ 'scripts.access': true });
  });

  it('is refused in the past, before it begins, without a draft, over another draft, and where it cannot be published', async () => {
    const id = await published();
    const at = Date.now() + HOUR;
    expect(problem(await schedule(id, { at: Date.now() - 1 }))).toEqual([409, 'schedule.past']);
    expect(problem(await schedule(id, { at, until: at }))).toEqual([409, 'schedule.past']);
    expect(problem(await schedule(id, { at }, admin, { 'if-match': '"0"' }))).toEqual([412, 'draft.conflict']);
    await save(id, { 'interactions.maxMissed': 3 });
    expect(problem(await schedule(id, { at }))).toEqual([422, 'document.invalid']);
    await save(id, {});
    await publish(id);
    expect(problem(await schedule(id, { at }))).toEqual([409, 'draft.none']);
    expect(await schedulesOf(id)).toEqual([]);
  });

  it('is called off, once', async () => {
    const id = await published();
    const clock = createHandClock(Date.now());
    const { id: asked } = (await schedule(id, { at: clock.now() + HOUR })).body;
    const cancel = () => hub.call(admin, 'DELETE', `/api/profiles/${id}/schedules/${asked}`);
    expect((await cancel()).status).toBe(204);
    expect(problem(await cancel())).toEqual([409, 'schedule.done']);
    expect(problem(await hub.call(admin, 'DELETE', `/api/profiles/${id}/schedules/none`))).toEqual([404, 'notFound']);
    await runnerBy(clock);
    clock.pass(2 * HOUR);
    expect(await schedulesOf(id)).toMatchObject([{ state: 'cancelled' }]);
    expect(await summaryOf(id)).toMatchObject({ version: 1, dueAt: null });
    expect(await auditOf(id, 'profile.cancelSchedule')).toHaveLength(1);
  });

  it('is called off with the profile that is archived', async () => {
    const id = await published();
    await schedule(id, { at: Date.now() + HOUR });
    expect((await hub.call(admin, 'PUT', `/api/profiles/${id}/archived`, { archived: true })).status).toBe(200);
    expect(await schedulesOf(id)).toMatchObject([{ state: 'cancelled' }]);
    expect(problem(await schedule(id, { at: Date.now() + HOUR }))).toEqual([409, 'profile.archived']);
  });

  it('that is refused then says why, and stands in nobody’s way', async () => {
    const clock = createHandClock(Date.now());
    const author = await hub.makePerson(account, { type: 'administrator', name: 'Gone' });
    const [refused, taken, fine] = [await published(), await published(), await published()];
    // Due last: once it is done the others have had their turn.
    const due = clock.now() + HOUR;
    for (const [id, who, at] of [[refused, author, due], [taken, admin, due], [fine, admin, due + 1]] as const) await schedule(id, { at }, who);
    await hub.db.updateTable('person').set({ disabled: true }).where('id', '=', author.id).execute();
    // The document of the schedule bears a name that somebody else's profile has by then.
    const { name } = await summaryOf(taken);
    await hub.db.updateTable('profile').set({ name: `${name} before` }).where('id', '=', taken).execute();
    expect((await hub.call(admin, 'POST', '/api/profiles', { name })).status).toBe(201);
    await runnerBy(clock);
    clock.pass(HOUR + 1);
    await becomes(fine, 'done');
    expect([await schedulesOf(refused), await schedulesOf(taken)]).toMatchObject([
      [{ state: 'failed', problem: 'forbidden' }],
      [{ state: 'failed', problem: 'profile.nameTaken' }],
    ]);
    expect([(await summaryOf(refused)).version, (await summaryOf(taken)).version]).toEqual([1, 1]);
  });

  it('is done once, however many hubs see that it is due', async () => {
    const id = await published();
    const clocks = [1, 2, 3].map(() => createHandClock(Date.now()));
    await schedule(id, { at: Date.now() + HOUR });
    for (const clock of clocks) await runnerBy(clock);
    for (const clock of clocks) clock.pass(HOUR + 1000);
    await becomes(id, 'done');
    for (const runner of runners) await runner.look();
    expect(await newest(id)).toMatchObject({ version: 2 });
    expect(await schedulesOf(id)).toHaveLength(1);
  });

  it('happens although the hub that was asked is gone: the next one does it as it starts', async () => {
    const id = await published();
    const options = { DATABASE_URL: hub.hub.context.config.databaseUrl! };
    await schedule(id, { at: Date.now() + HOUR });
    const later = await startTestHub(options, { now: () => Date.now() + 2 * HOUR, parts: { ...defaultParts(), live: noLive } });
    try {
      await becomes(id, 'done');
      expect((await summaryOf(id)).version).toBe(2);
    } finally {
      await later.stop();
    }
  });

  it('that a running hub is asked for is done by that hub', async () => {
    const id = await published();
    await schedule(id, { at: Date.now() + 400 });
    await becomes(id, 'done');
    expect((await summaryOf(id)).version).toBe(2);
  });
});

describe('a publish until a time', () => {
  it('rolls itself back then, as the next version', async () => {
    const id = await published();
    const clock = createHandClock(Date.now());
    const until = clock.now() + HOUR;
    expect((await publish(id, { until })).body).toMatchObject({ version: 2 });
    expect(await schedulesOf(id)).toMatchObject([{ what: 'rollBack', at: until, from: 2, back: 1, by: 'Maya', state: 'waiting' }]);
    await runnerBy(clock);
    clock.pass(HOUR);
    await becomes(id, 'done');
    expect(await newest(id)).toMatchObject({ version: 3, rolledBackFrom: 1, publishedBy: 'Maya' });
    const { published: now } = (await hub.call(admin, 'GET', `/api/profiles/${id}`)).body;
    expect(now.document.settings).not.toHaveProperty(['history.access']);
    expect((await auditOf(id, 'profile.rollBack'))[0]?.after).toMatchObject({ version: 3, rolledBackFrom: 1, schedule: (await schedulesOf(id))[0]!.id });
  });

  it('that itself begins at a time does both', async () => {
    const id = await published();
    const clock = createHandClock(Date.now());
    await schedule(id, { at: clock.now() + HOUR, until: clock.now() + 2 * HOUR });
    await runnerBy(clock);
    clock.pass(HOUR);
    await vi.waitFor(async () => expect((await schedulesOf(id)).map(({ what, state }) => [what, state])).toEqual([['rollBack', 'waiting'], ['publish', 'done']]), 10_000);
    await runners[0]!.look();
    clock.pass(HOUR);
    await vi.waitFor(async () => expect((await schedulesOf(id)).map(({ state }) => state)).toEqual(['done', 'done']), 10_000);
    expect(await newest(id)).toMatchObject({ version: 3, rolledBackFrom: 1 });
  });

  it('is not rolled back once something else is published', async () => {
    const id = await published();
    const clock = createHandClock(Date.now());
    await publish(id, { until: clock.now() + HOUR });
    await save(id, { 'scripts.access': true });
    await publish(id);
    expect(await schedulesOf(id)).toMatchObject([{ what: 'rollBack', state: 'overtaken' }]);
    await runnerBy(clock);
    clock.pass(2 * HOUR);
    expect(await newest(id)).toMatchObject({ version: 3, rolledBackFrom: null });
  });

  it('over another one goes back to what was before both', async () => {
    const id = await published();
    const clock = createHandClock(Date.now());
    await publish(id, { until: clock.now() + HOUR });
    await save(id, { 'scripts.access': true });
    await publish(id, { until: clock.now() + 2 * HOUR });
    expect(await schedulesOf(id)).toMatchObject([{ from: 3, back: 1, state: 'waiting' }, { from: 2, state: 'overtaken' }]);
  });

  it('is refused in the past, and where there is nothing to go back to', async () => {
    const id = await published();
    expect(problem(await publish(id, { until: Date.now() - 1 }))).toEqual([409, 'schedule.past']);
    const fresh = (await hub.call(admin, 'POST', '/api/profiles', { name: `Scheduled ${++names}` })).body.profileId;
    expect(problem(await publish(fresh, { until: Date.now() + HOUR }))).toEqual([400, 'request.invalid']);
    expect((await summaryOf(fresh)).version).toBe(null);
  });
});
