import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { watchState } from '../../server/watch/state.ts';
import { startHubWithoutLinks, startTestHub, type TestHub, type TestPerson } from '../fixtures/hub.ts';

let hub: TestHub;
let account: string;
let admin: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  account = await hub.makeAccount();
  admin = await hub.makePerson(account, { type: 'administrator', name: 'Maya' });
  other = await hub.makePerson(account, { type: 'administrator', name: 'Noor' });
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

let names = 0;
const make = async (): Promise<string> => (await hub.call(admin, 'POST', '/api/profiles', { name: `Watched ${++names}` })).body.profileId;
const published = async (): Promise<string> => {
  const id = await make();
  expect((await hub.call(admin, 'POST', `/api/profiles/${id}/publish`, {})).status).toBe(201);
  return id;
};
const watch = (id: string, query: Record<string, string> = {}, who = admin, at = hub) =>
  at.call(who, 'GET', `/api/profiles/${id}/watch?${new URLSearchParams(query)}`);
const save = async (id: string) => {
  const draft = await hub.call(admin, 'GET', `/api/profiles/${id}/draft`);
  const document = { ...draft.body.document, settings: { ...draft.body.document.settings, 'history.access': true } };
  return hub.call(admin, 'PUT', `/api/profiles/${id}/draft`, { document }, { 'if-match': draft.headers.get('etag')! });
};
const assign = (id: string, person: TestPerson) => hub.call(admin, 'PUT', `/api/profiles/${id}/assignments/${person.id}`, {});
const signIn = async (person: TestPerson) => expect((await hub.call(person, 'POST', '/api/session', { browser: 'A browser' })).status).toBe(201);
/** Waits for what changes, long enough that an answer for want of change would end the test. */
const next = async (id: string, tag: string) => (await watch(id, { tag, wait: '20' })).body;
/** As a Maker that goes on watching until it sees what it looks for. */
async function until(id: string, tag: string, holds: (state: Awaited<ReturnType<typeof next>>) => boolean) {
  for (let state = await next(id, tag); ; state = await next(id, state.tag)) if (holds(state)) return state;
}

describe('watching a profile', () => {
  it('answers at once who does not say what they know, and tells who is there', async () => {
    const id = await published();
    const { status, body } = await watch(id, { editor: 'editing' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      summary: { id, version: 1, hasDraft: false, dueAt: null },
      revision: 2,
      draftChangedBy: null,
      editors: [{ personId: admin.id, name: 'Maya', editing: true }],
      receipts: { version: 1, counts: {}, pinned: [] },
      receiptsAt: 0,
      now: { inInteraction: 0, activities: [], flows: { voice: 0, email: 0, messages: 0 } },
    });
  });

  it('answers with the same tag where nothing has changed and the wait is over', async () => {
    const id = await published();
    const { tag } = (await watch(id)).body;
    expect((await watch(id, { tag })).body.tag).toBe(tag);
    expect((await watch(id, { tag, wait: '1' })).body.tag).toBe(tag);
  });

  it('is woken up by a draft that somebody saves, and by a publish', async () => {
    const id = await published();
    const first = (await watch(id)).body;
    const waiting = next(id, first.tag);
    const saved = await save(id);
    const state = await waiting;
    expect(state).toMatchObject({ revision: saved.body.revision, draftChangedBy: 'Maya', summary: { hasDraft: true } });
    const publishing = next(id, state.tag);
    await hub.call(admin, 'POST', `/api/profiles/${id}/publish`, {});
    expect(await publishing).toMatchObject({ summary: { version: 2, hasDraft: false }, receipts: { version: 2 } });
  });

  it('tells who stays on which earlier version, until everyone is given the newest', async () => {
    const id = await published();
    const people = await Promise.all([1, 2, 3].map(() => hub.makePerson(admin.accountId)));
    const publish = async (body: object) => {
      await save(id);
      expect((await hub.call(admin, 'POST', `/api/profiles/${id}/publish`, body)).status).toBe(201);
      return (await watch(id)).body.receipts;
    };
    for (const person of people.slice(0, 2)) await assign(id, person);
    expect(await publish({ to: 'newAssignments' })).toMatchObject({ version: 2, pinned: [{ version: 1, people: 2 }] });
    await assign(id, people[2]!);
    expect(await publish({ to: 'newAssignments' })).toMatchObject({ version: 3, pinned: [{ version: 2, people: 1 }, { version: 1, people: 2 }] });
    expect(await publish({})).toMatchObject({ version: 4, pinned: [] });
  });

  it('shows another who comes, edits and leaves', async () => {
    const id = await published();
    const alone = (await watch(id, { editor: 'reading' })).body;
    const coming = until(id, alone.tag, ({ editors }) => editors.length === 2);
    await watch(id, { editor: 'reading' }, other);
    const both = await coming;
    expect(both.editors.map(({ name }: { name: string }) => name)).toEqual(['Maya', 'Noor']);
    const editing = until(id, both.tag, ({ editors }) => editors.length === 2 && editors[1].editing);
    await watch(id, { editor: 'editing' }, other);
    const leaving = until(id, (await editing).tag, ({ editors }) => editors.length === 1);
    await watch(id, { editor: 'leaving' }, other);
    expect((await leaving).editors).toMatchObject([{ personId: admin.id }]);
  });

  it('counts nobody as there who was not heard of for half a minute', async () => {
    const id = await published();
    await watch(id, { editor: 'editing' }, other);
    await hub.db.updateTable('profile_editor').set({ seen_at: new Date(Date.now() - 31_000) }).where('profile_id', '=', id).execute();
    expect((await watch(id)).body.editors).toEqual([]);
    const back = (await watch(id, { editor: 'reading' }, other)).body.editors;
    expect(back).toMatchObject([{ personId: other.id, editing: false }]);
    expect(back[0].since).toBeGreaterThan(Date.now() - 30_000);
  });

  it('counts receipts and what goes on as people come and take the version', async () => {
    const id = await published();
    const person = await hub.makePerson(account);
    await assign(id, person);
    const before = (await watch(id)).body;
    const signingIn = until(id, before.tag, ({ summary }) => summary.online === 1);
    await signIn(person);
    const online = await signingIn;
    expect([before.receipts.counts, online.receipts.counts]).toEqual([{ offline: 1 }, { queued: 1 }]);
    expect(online.now.activities).toEqual([{ id: null, name: '', people: 1 }]);
    const refreshed = until(id, online.tag, ({ receiptsAt }) => receiptsAt > online.receiptsAt);
    await hub.call(admin, 'POST', `/api/profiles/${id}/refresh`, {});
    expect((await refreshed).receipts.counts).toEqual({ queued: 1 });
    const applied = until(id, (await refreshed).tag, ({ receipts }) => receipts.counts.applied === 1);
    const receipt = { profileId: id, version: 1, state: 'applied' };
    expect((await hub.call(person, 'POST', '/api/session/receipts', receipt)).status).toBe(204);
    expect((await applied).receiptsAt).toBeGreaterThan(0);
    const leaving = until(id, (await applied).tag, ({ summary }) => summary.online === 0);
    await hub.call(person, 'DELETE', '/api/session');
    await leaving;
  });

  it('answers few times however much changes', async () => {
    const id = await published();
    const { tag } = (await watch(id)).body;
    let answers = 0;
    const since = performance.now();
    const watching = (async () => {
      for (let state = await next(id, tag); ; state = await next(id, state.tag)) {
        answers++;
        if (state.revision >= 42) return;
      }
    })();
    for (let i = 0; i < 40; i++) await save(id);
    await watching;
    const seconds = (performance.now() - since) / 1000;
    expect(answers).toBeLessThanOrEqual(Math.ceil(seconds * 5) + 1);
  });

  it('is told on another hub of the same database', async () => {
    const second = await startTestHub({ DATABASE_URL: hub.hub.context.config.databaseUrl! });
    try {
      const id = await published();
      const first = (await watch(id, {}, admin, second)).body;
      expect((await watch(id)).body.tag).toBe(first.tag);
      const waiting = watch(id, { tag: first.tag, wait: '20' }, admin, second);
      await save(id);
      expect((await waiting).body.revision).toBe(3);
    } finally {
      await second.stop();
    }
  });

  it('goes on when the database is not heard for a while', async () => {
    const id = await published();
    const { tag } = (await watch(id)).body;
    const waiting = next(id, tag);
    const { rows } = await sql<{ cut: boolean }>`
      select pg_terminate_backend(pid) as cut from pg_stat_activity where datname = current_database() and query = 'listen pennon_watch'`.execute(hub.db);
    expect(rows).toEqual([{ cut: true }]);
    await save(id);
    expect((await waiting).revision).toBe(3);
    const later = next(id, (await watch(id)).body.tag);
    await hub.call(admin, 'POST', `/api/profiles/${id}/publish`, {});
    expect((await later).summary.version).toBe(2);
  });

  it('ends when the hub stops, without being waited for', async () => {
    const second = await startTestHub({ DATABASE_URL: hub.hub.context.config.databaseUrl! });
    const id = await published();
    const { tag } = (await watch(id, {}, admin, second)).body;
    const waiting = watch(id, { tag, wait: '20' }, admin, second);
    const listens = async () => (await hub.db.selectFrom('profile_editor').select('person_id').where('profile_id', '=', id).execute()).length;
    await watch(id, { editor: 'reading' }, other, second);
    await vi.waitFor(async () => expect(await listens()).toBe(1));
    await second.stop();
    expect((await waiting).status).toBe(200);
  });

  it('of a profile that is deleted meanwhile says that it is not there', async () => {
    const id = await make();
    const { tag } = (await watch(id)).body;
    const waiting = watch(id, { tag, wait: '20' });
    await hub.call(admin, 'DELETE', `/api/profiles/${id}`);
    expect([(await waiting).status, (await watch(id)).status]).toEqual([404, 404]);
  });
});

describe('what one sees who looks at a profile', () => {
  it('is nothing where it is deleted while it is being read', async () => {
    const id = await published();
    let read = 0;
    const deleting = hub.db.withPlugin({
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        // After the summary, and before the rest.
        if (++read === 1) await hub.db.deleteFrom('profile').where('id', '=', id).execute();
        return result;
      },
    });
    expect(await watchState(deleting, account, id)).toBeNull();
  });
});
