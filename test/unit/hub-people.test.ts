import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { personOfPassword } from '../../server/auth/passwords.ts';
import type { AuthDatabase } from '../../server/auth/tables.ts';
import { openSession } from '../fixtures/centre.ts';
import { type Answer, type TestPerson, problem } from '../fixtures/hub.ts';
import { byes, connectLive } from '../fixtures/live-client.ts';
import { email, fresh, holding, peopleCalls, type PeopleHub, startPeopleHub } from '../fixtures/people-hub.ts';
import { wholeList } from '../fixtures/whole-list.ts';

vi.setConfig({ testTimeout: 30_000 });

let started: PeopleHub;
let hub: PeopleHub['hub'];
let centre: PeopleHub['centre'];
let inbound: string;
let mailing: string;
const { asAdmin, create, entries, read, update } = peopleCalls(() => started);

beforeAll(async () => {
  started = await startPeopleHub();
  ({ hub, centre, inbound, mailing } = started);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

describe('people', () => {
  it('are added with everything that one may say of them', async () => {
    const team = (await asAdmin('POST', '/api/teams', { name: fresh('Team'), note: '', members: [] })).body;
    const content = {
      name: 'Zoë', email: email(), licence: 'essentials', type: 'manager', allow: ['recording.access'], deny: ['transfers.external'],
      teams: [{ id: team.id, manages: true }], profiles: [holding(inbound, true, 80), holding(mailing, false)], disabled: false,
    };
    const made = await create({ ...content, email: ` ${content.email.toUpperCase()} ` });
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.body).toEqual({ id, revision: expect.any(Number), online: false, ...content });
    expect([made.headers.get('etag'), made.headers.get('location')]).toEqual([`"${made.body.revision}"`, `/api/people/${id}`]);
    expect(await read(id)).toEqual(made.body);
    const list = await wholeList(async (path) => (await asAdmin('GET', path)).body, '/api/people', 'people');
    expect(list.find((each: { id: string }) => each.id === id)).toEqual({
      id, name: 'Zoë', email: content.email, licence: 'essentials', type: 'manager', extras: 2, disabled: false, online: false,
      profiles: [{ id: inbound, name: 'Inbound', atLogin: true }, { id: mailing, name: 'Mailing', atLogin: false }],
      teams: [{ id: team.id, name: team.name, manages: true }],
    });
  });

  it('keep what a change leaves out, and are changed by the revision that was read', async () => {
    const { body } = await create({ profiles: [holding(inbound)], allow: ['recording.access'] });
    const changed = await update(body.id, { licence: 'essentials' }, centre.admin, `"${body.revision}"`);
    expect(changed.body).toEqual({ ...body, licence: 'essentials', revision: expect.any(Number) });
    const late = await update(body.id, { name: 'Late' }, centre.admin, `"${body.revision}"`);
    expect([...problem(late), late.headers.get('etag')]).toEqual([412, 'record.conflict', `"${changed.body.revision}"`]);
    expect((await update(body.id, { licence: 'essentials' }, centre.admin, `"${changed.body.revision}"`)).body.revision).toBe(changed.body.revision);
    expect(problem(await asAdmin('PUT', `/api/people/${body.id}`, {}))).toEqual([428, 'request.precondition']);
  });

  it('have another revision after an assignment elsewhere and after a change to their team', async () => {
    const { body } = await create();
    await asAdmin('PUT', `/api/profiles/${inbound}/assignments/${body.id}`, {});
    const assigned = await read(body.id);
    expect([assigned.revision > body.revision, assigned.profiles]).toEqual([true, [holding(inbound)]]);
    const team = (await asAdmin('POST', '/api/teams', { name: fresh('Team'), note: '', members: [{ personId: body.id, manages: false }] })).body;
    const inTeam = await read(body.id);
    expect([inTeam.revision > assigned.revision, inTeam.teams]).toEqual([true, [{ id: team.id, manages: false }]]);
    expect((await asAdmin('DELETE', `/api/teams/${team.id}`)).status).toBe(204);
    expect((await read(body.id)).revision).toBeGreaterThan(inTeam.revision);
  });

  it('share no email address, in no account', async () => {
    const stranger = await hub.makePerson(await hub.makeAccount());
    expect(problem(await create({ email: stranger.email.toUpperCase() }))).toEqual([409, 'person.emailTaken']);
    const { body } = await create();
    expect(problem(await update(body.id, { email: stranger.email }))).toEqual([409, 'person.emailTaken']);
    expect(problem(await create({ email: 'nobody' }))).toEqual([400, 'request.invalid']);
  });

  it('of another account are not found, nor profiles and teams of one', async () => {
    const stranger = await hub.makePerson(await hub.makeAccount(), { type: 'administrator' });
    const { body } = await create();
    expect(problem(await hub.call(stranger, 'GET', `/api/people/${body.id}`))).toEqual([404, 'notFound']);
    expect(problem(await update(body.id, {}, stranger))).toEqual([404, 'notFound']);
    expect(problem(await hub.call(stranger, 'DELETE', `/api/people/${body.id}`))).toEqual([404, 'notFound']);
    expect(problem(await hub.call(stranger, 'PUT', `/api/people/${body.id}/password`, { password: 'long enough' }))).toEqual([404, 'notFound']);
    const theirs = await hub.call(stranger, 'POST', '/api/people', { name: 'x', email: email(), profiles: [holding(inbound)] });
    expect(problem(theirs)).toEqual([404, 'notFound']);
    expect(problem(await asAdmin('GET', '/api/people/x'))).toEqual([404, 'notFound']);
    expect(problem(await create({ teams: [{ id: crypto.randomUUID(), manages: false }] }))).toEqual([404, 'notFound']);
  });

  it.each([
    [{ allow: ['no.such.right'] }, 'allow.0'],
    [{ deny: ['recording.access', 'console.type'] }, 'deny.1'],
    [{ profiles: [{ id: 'a', atLogin: true, score: 1 }, { id: 'b', atLogin: true, score: 1 }] }, 'profiles'],
    [{ profiles: [{ id: 'a', atLogin: true, score: 101 }] }, 'profiles.0.score'],
  ])('with %j are refused, with the place', async (body, place) => {
    const answer = await create(body);
    expect([...problem(answer), answer.body.issues[0].path.join('.')]).toEqual([400, 'request.invalid', place]);
  });

  it('are given no archived profile, and keep one that was archived since', async () => {
    const old = await centre.profile(fresh('Old'));
    const { body } = await create({ profiles: [holding(old)] });
    await hub.db.updateTable('profile').set({ archived: true }).where('id', '=', old).execute();
    expect(problem(await create({ profiles: [holding(old)] }))).toEqual([409, 'profile.archived']);
    expect((await update(body.id, { profiles: [holding(old, false), holding(inbound)] })).status).toBe(200);
  });

  it('are not given a profile that is being archived meanwhile', async () => {
    const going = await centre.profile(fresh('Going'));
    const { promise: archived, resolve: commit } = Promise.withResolvers<void>();
    const { promise: held, resolve: hold } = Promise.withResolvers<void>();
    const archiving = hub.db.transaction().execute(async (trx) => {
      await sql`select from profile where id = ${going}::uuid for update`.execute(trx);
      await trx.updateTable('profile').set({ archived: true }).where('id', '=', going).execute();
      hold();
      await archived;
    });
    await held;
    const creating = create({ profiles: [holding(going)] });
    const waits = sql<{ count: number }>`select count(*)::int as count from pg_locks l join pg_database d on d.datname = current_database() where not l.granted`;
    await vi.waitUntil(async () => (await waits.execute(hub.db)).rows[0]!.count > 0, { timeout: 10_000 });
    commit();
    await archiving;
    expect(problem(await creating)).toEqual([409, 'profile.archived']);
  });

  it('leave in the audit what differs, and no password', async () => {
    const { body } = await create({ password: 'a very secret one' });
    await update(body.id, { licence: 'essentials', profiles: [holding(inbound)] });
    await update(body.id, { profiles: [] });
    const all = await entries(body.id);
    expect(all.map(({ action }) => action)).toEqual(['person.create', 'person.setPassword', 'person.update']);
    expect([all[2]!.actor_id, all[2]!.before, all[2]!.after]).toEqual([centre.admin.id, { licence: 'smart' }, { licence: 'essentials' }]);
    expect(JSON.stringify(all)).not.toContain('secret');
    const given = (await entries(inbound)).slice(-2);
    expect(given.map(({ action, before, after }) => [action, before, after])).toEqual([
      ['profile.assign', null, { personId: body.id, at_login: true, score: 50 }],
      ['profile.unassign', { personId: body.id, at_login: true, score: 50 }, null],
    ]);
  });
});

describe('signing in', () => {
  const passwords = () => hub.db as unknown as AuthDatabase;

  it('works with the password that was set last, and what was signed in before has ended', async () => {
    const { body } = await create({ password: 'first password' });
    expect(await personOfPassword(passwords(), body.email, 'first password')).toBe(body.id);
    const person = await centre.person([inbound]);
    const { situation } = await openSession(hub, person);
    const client = await connectLive(hub.url, { token: person.token, sessionId: situation.sessionId });
    await passwords().insertInto('oidc_payload').values({ model: 'Grant', id: 'g', payload: '{}', grant_id: null, uid: null, subject: person.id, consumed_at: null, expires_at: null }).execute();
    expect((await asAdmin('PUT', `/api/people/${person.id}/password`, { password: 'second password' })).status).toBe(204);
    await client.until('the end', () => client.closed() !== null);
    expect(byes(client)).toEqual(['signedOut']);
    expect(await personOfPassword(passwords(), person.email, 'second password')).toBe(person.id);
    expect(await passwords().selectFrom('oidc_payload').select('id').where('subject', '=', person.id).execute()).toEqual([]);
  });

  it('ends everywhere with being disabled, and may begin again once that is taken back', async () => {
    const person = await centre.person([inbound]);
    const { situation } = await openSession(hub, person);
    const client = await connectLive(hub.url, { token: person.token, sessionId: situation.sessionId });
    expect((await asAdmin('DELETE', `/api/people/${person.id}`)).status).toBe(204);
    await client.until('the end', () => client.closed() !== null);
    expect(problem(await hub.call(person, 'POST', '/api/session', { browser: 'x' }))[0]).toBe(401);
    const listed = async (query = '') => (await asAdmin('GET', `/api/people${query}`)).body.people.some(({ id }: { id: string }) => id === person.id);
    expect([await listed(), await listed('?disabled=true')]).toEqual([false, true]);
    expect(await read(person.id)).toMatchObject({ disabled: true, online: false, profiles: [{ id: inbound }] });
    await update(person.id, { disabled: false });
    expect((await hub.call(person, 'POST', '/api/session', { browser: 'x' })).status).toBe(201);
    expect((await entries(person.id)).map(({ action }) => action).slice(-2)).toEqual(['person.disable', 'person.enable']);
  });
});

describe('an open session follows at once', () => {
  const live = async (profiles: readonly string[], options?: object) => {
    const person = await centre.person(profiles, options);
    const { situation } = await openSession(hub, person);
    const client = await connectLive(hub.url, { token: person.token, sessionId: situation.sessionId });
    await client.until('a snapshot', ({ held }) => held() !== null);
    const flows = () => Object.entries(client.held()!.situation.flows).flatMap(([channel, { on }]) => (on ? [channel] : []));
    return { person, client, flows };
  };

  it('when the licence goes: smart flows go off', async () => {
    const { person, client, flows } = await live([inbound]);
    expect(flows()).toEqual(['voice', 'email', 'messages']);
    await update(person.id, { licence: 'essentials' });
    await client.until('flows off', () => flows().length === 0);
    expect(client.held()!.person.licence).toBe('essentials');
    await client.close();
  });

  it('when a right is denied: that flow goes off, the others stay', async () => {
    const { person, client, flows } = await live([inbound]);
    await update(person.id, { deny: ['flow.voice.access'], allow: ['recording.access'] });
    await client.until('voice off', () => flows().join() === 'email,messages');
    expect([client.held()!.person.deny, client.held()!.person.allow]).toEqual([['flow.voice.access'], ['recording.access']]);
    await client.close();
  });

  it('when the active profile is taken away: to the one at login, else to none', async () => {
    const { person, client, flows } = await live([inbound, mailing]);
    await update(person.id, { profiles: [holding(mailing)] });
    await client.until('the other profile', ({ held }) => held()!.profile.active?.id === mailing);
    expect([flows(), client.held()!.situation.activity?.id]).toEqual([['email'], centre.activities.mail]);
    expect(client.held()!.person.profiles).toEqual([{ id: mailing, name: 'Mailing', atLogin: true }]);
    await update(person.id, { profiles: [] });
    await client.until('no profile', ({ held }) => held()!.profile.active === null);
    expect(flows()).toEqual([]);
    await client.close();
  });

  describe('where there was no profile, with the first that is given', () => {
    const given = { id: '', activity: '' };
    beforeAll(() => void Object.assign(given, { id: mailing, activity: centre.activities.mail }));
    const arrives = async ({ person, client, flows }: Awaited<ReturnType<typeof live>>) => {
      await client.until('the profile', ({ held }) => held()!.profile.active?.id === given.id);
      expect([flows(), client.held()!.situation.activity?.id, client.held()!.person.profiles.map(({ id }) => id)]).toEqual([['email'], given.activity, [given.id]]);
      await client.close();
      // A file cannot say that none is for login: what follows exports them all.
      await update(person.id, { profiles: [] });
    };
    const ways: Record<string, (person: TestPerson) => Promise<Answer>> = {
      'by an assignment': ({ id }) => asAdmin('PUT', `/api/profiles/${mailing}/assignments/${id}`, {}),
      'by one that is not for login': ({ id }) => asAdmin('PUT', `/api/profiles/${mailing}/assignments/${id}`, { atLogin: false }),
      'by a change to the person': ({ id }) => update(id, { profiles: [holding(mailing)] }),
      'by a file': ({ email }) => asAdmin('POST', '/api/people/import', { people: [{ name: 'Test', email, profiles: ['Mailing'] }] }),
    };
    it.each(Object.keys(ways))('%s', async (way) => {
      const linked = await live([]);
      expect(linked.client.held()!.profile.active).toBeNull();
      expect((await ways[way]!(linked.person)).status).toBe(200);
      await arrives(linked);
    });

    it('after the only one was taken away, or archived', async () => {
      const linked = await live([inbound]);
      expect((await asAdmin('DELETE', `/api/profiles/${inbound}/assignments/${linked.person.id}`)).status).toBe(204);
      await linked.client.until('no profile', ({ held }) => held()!.profile.active === null);
      await ways['by an assignment']!(linked.person);
      await arrives(linked);

      const old = await centre.profile(fresh('Old'));
      const other = await live([old]);
      await hub.db.updateTable('profile').set({ archived: true }).where('id', '=', old).execute();
      await ways['by an assignment']!(other.person);
      await other.client.until('the profile', ({ held }) => held()!.profile.active?.id === mailing);
      await other.client.close();
    });

    it('and who works with one is left on it', async () => {
      const { person, client } = await live([inbound]);
      await asAdmin('PUT', `/api/profiles/${mailing}/assignments/${person.id}`, { atLogin: true });
      await client.until('word of it', ({ held }) => held()!.person.profiles.length === 2);
      expect(client.held()!.profile.active?.id).toBe(inbound);
      await client.close();
    });

    it('of two given at once one, and none where neither is for login', async () => {
      const people = await Promise.all(Array.from({ length: 3 }, () => live([])));
      const answers = await Promise.all(
        people.flatMap(({ person: { id } }) => [inbound, mailing].map((profile) => asAdmin('PUT', `/api/profiles/${profile}/assignments/${id}`, {}))),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      for (const { client } of people) {
        await client.until('both', ({ held }) => held()!.person.profiles.length === 2 && held()!.profile.active !== null);
        await client.close();
      }
      const bare = await live([]);
      await update(bare.person.id, { profiles: [holding(inbound, false), holding(mailing, false)] });
      await bare.client.until('both', ({ held }) => held()!.person.profiles.length === 2);
      expect(bare.client.held()!.profile.active).toBeNull();
      await update(bare.person.id, { profiles: [holding(inbound, false), holding(mailing, true)] });
      await bare.client.until('the one at login', ({ held }) => held()!.profile.active?.id === mailing);
      await bare.client.close();
    });
  });

  it('and switching, publishing and opening meanwhile end with the rights of the end', async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => centre.person([inbound, mailing])));
    for (const person of people) await openSession(hub, person);
    const late = await centre.person([inbound]);
    const answers = await Promise.all([
      ...people.flatMap((person) => [
        hub.call(person, 'PUT', '/api/session/profile', { profileId: mailing }),
        update(person.id, { licence: 'essentials' }),
      ]),
      asAdmin('POST', `/api/profiles/${inbound}/refresh`),
      asAdmin('POST', `/api/profiles/${mailing}/refresh`),
      update(late.id, { licence: 'essentials' }),
      hub.call(late, 'POST', '/api/session', { browser: 'x' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 202, 202, 200, 201]);
    for (const person of [...people, late]) {
      const { situation } = (await hub.call(person, 'GET', '/api/banner')).body;
      expect(Object.values(situation.flows as Record<string, { on: boolean }>).some(({ on }) => on)).toBe(false);
    }
  });
});
