/**
 * Writers of the durability test: each does one kind of thing again and again, asks until it is answered, and knows what
 * was acknowledged. `check` then holds the database to that.
 */
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Centre } from '../fixtures/centre.ts';
import { openSession } from '../fixtures/centre.ts';
import type { TestPerson } from '../fixtures/hub.ts';
import type { Switchboard } from '../fixtures/switchboard.ts';
import type { FaultHub } from './a-hub.ts';
import { insist, type Insisted, once } from './insist.ts';

export interface Writer {
  readonly name: string;
  /** One round: some writes, each acknowledged when it returns. */
  write(): Promise<void>;
  /** How many writes were acknowledged, and how many answers were lost on the way. */
  counts(): { readonly acknowledged: number; readonly lost: number };
  check(): Promise<void>;
}

export interface Place {
  readonly hub: FaultHub;
  /** Where writers ask: a proxy before the hub. */
  readonly url: string;
  readonly centre: Centre;
  readonly board: Switchboard;
}

let keys = 0;
const newKey = () => ({ 'idempotency-key': `durable-${(keys += 1)}` });

function counting({ url }: Place) {
  const counts = { acknowledged: 0, lost: 0 };
  return {
    counts: () => counts,
    async ask(person: Pick<TestPerson, 'token'>, expected: number, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Insisted> {
      const answer = await insist(url, person, method, path, body, headers);
      expect([answer.status, answer.body], `${method} ${path}: ${JSON.stringify(answer.body)}`).toEqual([expected, answer.body]);
      counts.acknowledged += 1;
      counts.lost += answer.lost;
      return answer;
    },
    /** Of what has no key: whatever it was answered, what holds is read. */
    note(lost: number) {
      counts.acknowledged += 1;
      counts.lost += lost;
    },
  };
}

const auditOf = ({ hub, centre }: Place, action: string, subjectId: string) =>
  hub.db.selectFrom('audit').select(['before', 'after']).where('account_id', '=', centre.accountId).where('action', '=', action).where('subject_id', '=', subjectId).orderBy('id').execute();

const upTo = (many: number): number[] => Array.from({ length: many }, (_, at) => at + 1);

/** Saves a draft and publishes it. */
export async function publisher(place: Place): Promise<Writer> {
  const { hub, url, centre } = place;
  const { counts, ask, note } = counting(place);
  const { body } = await hub.call(centre.admin, 'POST', '/api/profiles', { name: 'Durable' });
  const id = String(body.profileId);
  const path = `/api/profiles/${id}`;
  let rounds = 0;
  const save = async (reference: string) => {
    const document = centre.document('Durable', { settings: { 'general.reference': reference } });
    for (let lost = 0; ; lost += 1) {
      const draft = await insist(url, centre.admin, 'GET', `${path}/draft`);
      // Saved, though its answer was lost.
      if (draft.body.document.settings['general.reference'] === reference) return note(lost);
      const saved = await once(url, centre.admin, 'PUT', `${path}/draft`, { document }, { 'if-match': draft.headers.get('etag')! });
      if (saved && saved.status !== 503 && saved.status !== 200) expect([saved.status, saved.body.code]).toEqual([412, 'draft.conflict']);
      if (saved?.status === 200) return note(lost);
    }
  };
  return {
    name: 'drafts and publishes',
    counts,
    async write() {
      const round = (rounds += 1);
      await save(`r${round}`);
      const answer = await ask(centre.admin, 201, 'POST', `${path}/publish`, { message: `m${round}` }, newKey());
      expect(answer.body.version).toBe(round);
    },
    async check() {
      const all = upTo(rounds);
      const versions = await hub.db.selectFrom('profile_version').select(['version', 'message', sql<string>`document->'settings'->>'general.reference'`.as('reference')]).where('profile_id', '=', id).orderBy('version').execute();
      expect(versions).toEqual(all.map((version) => ({ version, message: `m${version}`, reference: `r${version}` })));
      const { current_version } = await hub.db.selectFrom('profile').select('current_version').where('id', '=', id).executeTakeFirstOrThrow();
      expect(current_version).toBe(rounds);
      const published = await auditOf(place, 'profile.publish', id);
      expect(published.map(({ after }) => (after as { version: number }).version)).toEqual(all);
      expect(await auditOf(place, 'profile.saveDraft', id)).toHaveLength(rounds);
      const logged = await hub.db.selectFrom('change_log').select(sql<number>`(detail->>'version')::int`.as('version')).where('kind', '=', 'profile').where('subject_id', '=', id).orderBy('id').execute();
      expect(logged.map(({ version }) => version)).toEqual(all);
    },
  };
}

/** Gives a profile with another score, and now and then takes it. */
export async function assigner(place: Place): Promise<Writer> {
  const { hub, centre } = place;
  const { counts, ask } = counting(place);
  const id = await centre.profile('Given');
  const person = await centre.person([]);
  const path = `/api/profiles/${id}/assignments/${person.id}`;
  const scores: number[] = [];
  let taken = 0;
  return {
    name: 'assignments',
    counts,
    async write() {
      const score = scores.length % 101;
      await ask(centre.admin, 200, 'PUT', path, { score }, newKey());
      scores.push(score);
      if (scores.length % 5 !== 0) return;
      await ask(centre.admin, 204, 'DELETE', path, undefined, newKey());
      taken += 1;
    },
    async check() {
      expect((await auditOf(place, 'profile.assign', id)).map(({ after }) => (after as { score: number }).score)).toEqual(scores);
      expect(await auditOf(place, 'profile.unassign', id)).toHaveLength(taken);
      const rows = await hub.db.selectFrom('assignment').select('score').where('profile_id', '=', id).execute();
      expect(rows).toEqual(scores.length % 5 === 0 ? [] : [{ score: scores.at(-1) }]);
    },
  };
}

/** Switches to and fro. */
export async function switcher(place: Place): Promise<Writer> {
  const { hub, centre } = place;
  const { counts, ask } = counting(place);
  const both = [await centre.profile('To'), await centre.profile('Fro')] as const;
  const person = await centre.person(both);
  const { situation } = await openSession(hub, person);
  let now: string = both[0];
  let switches = 0;
  return {
    name: 'switches',
    counts,
    async write() {
      now = both[(switches += 1) % 2]!;
      const { body } = await ask(person, 200, 'PUT', '/api/session/profile', { profileId: now }, newKey());
      expect(body.profile.active.id).toBe(now);
    },
    async check() {
      const session = await hub.db.selectFrom('session').select(['id', 'profile_id', 'closed_at']).where('person_id', '=', person.id).execute();
      expect(session).toEqual([{ id: situation.sessionId, profile_id: now, closed_at: null }]);
      const logged = await hub.db.selectFrom('change_log').select('id').where('kind', '=', 'session').where('subject_id', '=', situation.sessionId).execute();
      // One for each switch; opening the session wrote none or one.
      expect(logged.length - switches).toBeOneOf([0, 1]);
    },
  };
}

/** Makes cases: a command that would do its work twice. */
export async function recorder(place: Place): Promise<Writer> {
  const { hub, centre } = place;
  const { counts, ask } = counting(place);
  const id = await centre.profile('Cases', { settings: { 'cases.access': true, 'cases.create': true, 'cases.scope': 'all' } });
  const person = await centre.person([id]);
  await openSession(hub, person);
  let made = 0;
  return {
    name: 'commands that make a row',
    counts,
    async write() {
      made += 1;
      await ask(person, 202, 'POST', '/api/commands/case.create', { values: { title: `Case ${made}`, priority: 'high' } }, newKey());
    },
    async check() {
      const rows = await hub.db.selectFrom('record').select(['id', sql<string>`values->>'title'`.as('title')]).where('owner_id', '=', person.id).orderBy('created_at').execute();
      expect(rows.map(({ title }) => title)).toEqual(upTo(made).map((n) => `Case ${n}`));
      for (const { id: row } of rows) expect(await auditOf(place, 'case.create', row)).toHaveLength(1);
    },
  };
}

/** Calls from offer to end: offered by the connector, the rest by the person's commands. */
export async function talker(place: Place): Promise<Writer> {
  const { hub, url, centre, board } = place;
  const { counts, ask } = counting(place);
  const id = await centre.profile('Calls', { settings: { 'flow.voice.process.mute': true } });
  const person = await centre.person([id]);
  await openSession(hub, person);
  const connector = { token: board.token };
  let calls = 0;
  const obey = async () => {
    const { body } = await insist(url, connector, 'GET', '/api/connector/commands');
    for (const { id: command } of body.commands) await ask(connector, 204, 'POST', `/api/connector/commands/${command}`, { result: 'done' });
  };
  const phaseIs = async (phase: string) => {
    let last: unknown;
    for (const until = Date.now() + 60_000; Date.now() < until; ) {
      const { status, body } = await insist(url, person, 'GET', '/api/banner');
      if (body.situation?.interactions[0]?.phase === phase) return;
      last = { status, said: body.situation ?? body };
    }
    const kept = await hub.db.selectFrom('interaction').select(['ref', 'state']).where('account_id', '=', centre.accountId).orderBy('offered_at', 'desc').limit(2).execute();
    throw new Error(`the call never was ${phase}: ${JSON.stringify({ last, kept })}`);
  };
  const use = (control: string, interactionId: string, more = {}) => ask(person, 202, 'POST', `/api/commands/${control}`, { interactionId, ...more }, newKey());
  return {
    name: 'calls',
    counts,
    async write() {
      const ref = `durable-${(calls += 1)}`;
      const offer = { ref, channel: 'voice', personId: person.id, customer: { name: 'Hélène Garnier', address: '+33612345678' } };
      const { body } = await ask(connector, 201, 'POST', '/api/connector/interactions', offer);
      await phaseIs('offered');
      await use('offer.accept', body.id);
      await obey();
      await use('int.mute', body.id, { on: true });
      await obey();
      await use('int.hangup', body.id);
      await obey();
    },
    async check() {
      const rows = await hub.db.selectFrom('interaction').select(['id', 'ref', 'state', 'person_id']).where('account_id', '=', centre.accountId).orderBy('offered_at').execute();
      expect(rows.map(({ ref, state, person_id }) => ({ ref, state, person_id }))).toEqual(upTo(calls).map((n) => ({ ref: `durable-${n}`, state: 'closed', person_id: person.id })));
      for (const row of rows) {
        const events = await hub.db.selectFrom('interaction_event').select('event').where('interaction_id', '=', row.id).orderBy('id').execute();
        const told = events.map(({ event }) => event);
        expect(told, `each thing once: ${told.join(', ')}`).toEqual([...new Set(told)]);
        const commands = await hub.db.selectFrom('connector_command').select(['verb', 'result']).where('interaction_id', '=', row.id).orderBy('at').execute();
        expect(commands).toEqual(['answer', 'mute', 'hangup'].map((verb) => ({ verb, result: 'done' })));
        const offers = await hub.db.selectFrom('interaction_offer').select(['person_id', 'outcome']).where('interaction_id', '=', row.id).execute();
        expect(offers).toEqual([{ person_id: person.id, outcome: 'accepted' }]);
      }
    },
  };
}
