/** The world of the model test: a hub, clients in browsers, and what each step does to them. */
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { PARTS } from '../../lib/api/parts.ts';
import type { Snapshot } from '../../lib/api/snapshot.ts';
import { setPassword } from '../../server/auth/passwords.ts';
import type { AuthDatabase } from '../../server/auth/tables.ts';
import { type Centre, makeCentre, makeResource, type ProfileChange } from '../fixtures/centre.ts';
import { makeSwitchboard, type Switchboard } from '../fixtures/switchboard.ts';
import { type FaultBrowser, PASSWORD, startBrowser, WAYS } from './a-browser.ts';
import { type FaultHub, killFor, startFaultHub } from './a-hub.ts';
import { insist, once } from './insist.ts';
import type { Chance } from './settings.ts';
import { PEOPLE, PROFILES, type Step } from './steps.ts';
import { createWitness, type Witness } from './witness.ts';
import { turnHub } from './world-clock.ts';
import { makeAsking } from './world-grants.ts';
import { MANUAL_RECORD, overreach } from './world-rights.ts';

/** What was acknowledged, as the audit must have it: once each. */
interface Acknowledged {
  readonly action: string;
  readonly subject: string;
  /** A part of the entry, that no other one of the subject has; or how many there are. */
  readonly side: 'before' | 'after';
  readonly has: Readonly<Record<string, unknown>>;
}

export interface World {
  readonly hub: FaultHub;
  readonly browsers: readonly FaultBrowser[];
  readonly witness: Witness;
  readonly counts: Record<string, number>;
  /** Milliseconds from the end of the faults to all clients equal to the database, each time. */
  readonly heals: readonly number[];
  perform(step: Step): Promise<void>;
  /** Ends what is still in hand, and holds what is left to what was acknowledged. */
  checkEnd(): Promise<void>;
  close(): Promise<void>;
}

/** So long after the last fault every client holds what the database does. */
export const HEALED_MS = 60_000;
/** In no profile of theirs: only ever granted for a while. */
const MUTE = 'flow.voice.process.mute';
const LONG_MS = 30;
/** How many of the profiles everybody has from the beginning. */
const GIVEN = 2;

export async function makeWorld(chance: Chance): Promise<World> {
  const hub = await startFaultHub();
  const centre = await makeCentre(hub);
  const board = await makeSwitchboard(hub, centre.accountId);
  const queue = await makeResource(hub.db, centre.accountId, 'queue', 'Motor', {});
  /** As every version of every profile is, but for what it says of recording. */
  const profileWith = (settings: Record<string, unknown>): ProfileChange => ({ settings, rows: { queues: [{ id: queue, voice: true }] } });
  const profiles = await makeProfiles(centre, profileWith);
  const witness = createWitness();
  const browsers: FaultBrowser[] = [];
  for (let at = 0; at < PEOPLE; at += 1) browsers.push(await signedIn(hub, centre, profiles, at, chance, witness));
  // What nobody ever gave them is theirs as little as what was taken.
  for (const { person } of browsers) for (const profile of profiles.slice(GIVEN)) witness.revoked(profile, person.id, witness.revokeBegins());
  const acknowledged: Acknowledged[] = [];
  const counts: Record<string, number> = {};
  const count = (what: string) => (counts[what] = (counts[what] ?? 0) + 1);
  const asking = await makeAsking(hub, centre, browsers.map(({ person }) => person), [MANUAL_RECORD, MUTE], queue, count);
  const places = await placesOf(hub, browsers);
  const heals: number[] = [];
  const { id: since } = await hub.db.selectFrom('audit').select('id').orderBy('id', 'desc').executeTakeFirstOrThrow();
  const admin = adminSteps({ hub, centre, profiles, profileWith, witness, acknowledged, chance });
  let down: Promise<void> = Promise.resolve();

  const perform = async (step: Step): Promise<void> => {
    const name = step.do === 'road' ? `road ${step.is}` : step.do === 'kill' ? `kill ${step.what}` : step.do;
    count(name);
    switch (step.do) {
      case 'edit':
      case 'dropDraft':
      case 'publish':
      case 'rollBack':
        return admin[step.do](step as never);
      case 'assign':
      case 'revoke':
        return admin[step.do](step, browsers[step.person]!.person.id);
      case 'offer':
        return offer(hub, board, browsers[step.person]!);
      case 'obey':
        return obey(hub, board);
      case 'overreach':
        return void (await overreach(hub, browsers[step.person]!.person, count, witness));
      case 'ask':
        // For an interaction that they have: without one it would be for as long as they are signed in.
        if (browsers[step.person]!.state().snapshot?.situation.interactions.some(({ phase }) => phase !== 'offered')) await asking.ask(browsers[step.person]!.person, step.control);
        return;
      case 'answer':
        return asking.answer(step.grant);
      case 'turnHub':
        return turnHub(hub, browsers, step.seconds, count, witness);
      case 'kill':
        down = down.then(() => killFor(hub, step.what));
        // What comes next comes while it is down.
        return;
      case 'quiet':
        await down;
        heals.push(await quiet(hub, browsers));
        expect(await placesOf(hub, browsers), 'everybody is in the session that they signed in to').toEqual(places);
        return asking.check();
      default:
        return client(step, browsers[step.person]!, profiles, centre);
    }
  };
  return {
    hub,
    browsers,
    witness,
    counts,
    heals,
    perform,
    async checkEnd() {
      await endAll(hub, board);
      await asking.check();
      await checkAudit(hub, acknowledged, since);
    },
    async close() {
      await down.catch(() => {});
      for (const browser of browsers) await browser.close();
      await hub.stop();
    },
  };
}

/** The open session of each. */
const placesOf = async (hub: FaultHub, browsers: readonly FaultBrowser[]) => {
  const open = await hub.db.selectFrom('session').select(['id', 'person_id']).where('closed_at', 'is', null).execute();
  return browsers.map(({ person }) => open.find((row) => row.person_id === person.id)?.id);
};

/** The first one does not let one record: what somebody does in it past the banner is refused. */
async function makeProfiles(centre: Centre, profileWith: Admin['profileWith']): Promise<string[]> {
  const made: string[] = [];
  for (let at = 0; at < PROFILES; at += 1) made.push(await centre.profile(`Profile ${at}`, profileWith({ [MANUAL_RECORD]: at !== 0 })));
  return made;
}

async function signedIn(hub: FaultHub, centre: Centre, profiles: readonly string[], at: number, chance: Chance, witness: Witness): Promise<FaultBrowser> {
  const person = await centre.person(profiles.slice(0, GIVEN));
  await setPassword(hub.db as unknown as AuthDatabase, person.id, PASSWORD);
  const browser = await startBrowser({ hub, person, way: WAYS[at % WAYS.length]!, chance, seen: (state) => witness.seen(person.id, state) });
  expect(await browser.call('signIn')).toMatchObject({ ok: true });
  return browser;
}

interface Admin {
  readonly hub: FaultHub;
  readonly centre: Centre;
  readonly profiles: readonly string[];
  readonly profileWith: (settings: Record<string, unknown>) => ProfileChange;
  readonly witness: Witness;
  readonly acknowledged: Acknowledged[];
  readonly chance: Chance;
}

/** What an administrator does, asked until it is answered. Two at once may be in each other's way: that is refused, and no failure. */
function adminSteps({ hub, centre, profiles, profileWith, witness, acknowledged, chance }: Admin) {
  const { admin } = centre;
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await insist(hub.url, admin, method, path, body, { 'idempotency-key': crypto.randomUUID(), ...headers });
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
    return { ...answer, done: answer.status < 300 };
  };
  const edit = async (profile: number, record: boolean) => {
    const path = `/api/profiles/${profiles[profile]}/draft`;
    const { headers } = await ask('GET', path);
    const document = centre.document(`Profile ${profile}`, profileWith({ [MANUAL_RECORD]: record, 'general.reference': crypto.randomUUID() }));
    const saved = await once(hub.url, admin, 'PUT', path, { document }, { 'if-match': headers.get('etag')! });
    if (saved?.status !== 200) return;
    const revision = Number(saved.headers.get('etag')!.replaceAll('"', ''));
    acknowledged.push({ action: 'profile.saveDraft', subject: profiles[profile]!, side: 'after', has: { revision } });
  };
  const version = async (profile: number, what: 'publish' | 'rollback', body: object) => {
    const subject = profiles[profile]!;
    witness.publishBegins(subject);
    const { done, body: made } = await ask('POST', `/api/profiles/${subject}/${what}`, body);
    if (!done) return;
    witness.published(subject, made.version);
    acknowledged.push({ action: what === 'publish' ? 'profile.publish' : 'profile.rollBack', subject, side: 'after', has: { version: made.version } });
  };
  return {
    edit: ({ profile }: { profile: number }) => edit(profile, true),
    async publish({ profile, record, emergency }: { profile: number; record: boolean; emergency: boolean }) {
      await edit(profile, record);
      await version(profile, 'publish', { emergency });
    },
    async rollBack({ profile }: { profile: number }) {
      const { body } = await ask('GET', `/api/profiles/${profiles[profile]}/versions`);
      await version(profile, 'rollback', { version: chance.of(body.versions as { version: number }[]).version });
    },
    async dropDraft({ profile }: { profile: number }) {
      const path = `/api/profiles/${profiles[profile]}/draft`;
      const { headers } = await ask('GET', path);
      await once(hub.url, admin, 'DELETE', path, undefined, { 'if-match': headers.get('etag')! });
    },
    async assign({ profile }: { profile: number }, person: string) {
      const subject = profiles[profile]!;
      witness.assignBegins(subject, person);
      const score = chance.below(101);
      const { done } = await ask('PUT', `/api/profiles/${subject}/assignments/${person}`, { score });
      witness.assignEnds(subject, person);
      if (done) acknowledged.push({ action: 'profile.assign', subject, side: 'after', has: { personId: person } });
    },
    async revoke({ profile }: { profile: number }, person: string) {
      const subject = profiles[profile]!;
      const began = witness.revokeBegins();
      const { done } = await ask('DELETE', `/api/profiles/${subject}/assignments/${person}`);
      if (!done) return;
      witness.revoked(subject, person, began);
      acknowledged.push({ action: 'profile.unassign', subject, side: 'before', has: { personId: person } });
    },
  };
}

let calls = 0;

async function offer(hub: FaultHub, board: Switchboard, { person }: FaultBrowser): Promise<void> {
  const customer = { name: 'Hélène Garnier', address: '+33612345678' };
  await insist(hub.url, board, 'POST', '/api/connector/interactions', { ref: `model-${(calls += 1)}`, channel: 'voice', personId: person.id, customer });
}

async function obey(hub: FaultHub, board: Switchboard): Promise<void> {
  const { body } = await insist(hub.url, board, 'GET', '/api/connector/commands');
  for (const { id } of body.commands) await insist(hub.url, board, 'POST', `/api/connector/commands/${id}`, { result: 'done' });
}

/** Customers hang up, and leave. */
async function endAll(hub: FaultHub, board: Switchboard): Promise<void> {
  for (const until = Date.now() + HEALED_MS; ; await pause(50)) {
    const left = await hub.db.selectFrom('interaction').select(['id', 'state']).where('state', '!=', 'closed').execute();
    if (left.length === 0) return;
    if (Date.now() > until) throw new Error(`never closed: ${JSON.stringify(left)}`);
    for (const { id } of left) await insist(hub.url, board, 'POST', `/api/connector/interactions/${id}/events`, { event: 'ended' });
  }
}

type OfClient = Extract<Step, { readonly do: 'switch' | 'activity' | 'refresh' | 'ring' | 'suspend' | 'accept' | 'record' | 'hangUp' | 'road' | 'turn' }>;

/** What a client is asked is not waited for: it may be waiting for a hub that is down, or for the end of a black hole. */
async function client(step: OfClient, browser: FaultBrowser, profiles: readonly string[], centre: Centre): Promise<void> {
  const inHand = browser.state().snapshot?.situation.interactions[0];
  const command = (control: 'offer.accept' | 'int.record' | 'int.hangup', more = {}) => {
    if (inHand) void browser.call('command', control, { interactionId: inHand.id, ...more });
  };
  switch (step.do) {
    case 'switch':
      return void browser.call('switchProfile', profiles[step.profile]!);
    case 'activity':
      return void browser.call('setActivity', centre.activities[step.name]);
    case 'refresh':
      return void browser.call('refresh');
    case 'ring':
      return void browser.ring();
    case 'suspend':
      return browser.suspend();
    case 'accept':
      return command('offer.accept');
    case 'record':
      return command('int.record', { on: !inHand?.recording });
    case 'hangUp':
      return command('int.hangup');
    case 'turn':
      return browser.clock.turn(step.seconds * 1000);
    case 'road':
      if (step.is === 'reset') return void browser.road.reset();
      if (step.is === 'halfOpen') return void browser.road.halfOpen();
      return browser.road.become(step.is === 'slow' || step.is === 'joined' ? { is: step.is, ms: LONG_MS } : { is: step.is });
  }
}

/** No more faults: everybody must come to hold what the database does, by their own means and an alarm every half minute. */
async function quiet(hub: FaultHub, browsers: readonly FaultBrowser[]): Promise<number> {
  await hub.ready();
  const began = performance.now();
  for (const { road } of browsers) road.become({ is: 'clear' });
  await Promise.all(browsers.map((browser) => healed(hub, browser)));
  return performance.now() - began;
}

async function healed(hub: FaultHub, browser: FaultBrowser): Promise<void> {
  const { person, way } = browser;
  // The alarm wakes a background that was ended; the one that has no link asks at each.
  await browser.ring();
  for (const until = Date.now() + HEALED_MS; ; await pause(50)) {
    if (way === 'polling') await browser.ring();
    const { status, body } = await insist(hub.url, person, 'GET', '/api/banner');
    const { phase, snapshot, confirmed, connection } = browser.state();
    const isLive = way === 'polling' ? confirmed : connection.state === 'live';
    const isSame = status === 200 && phase === 'open' && isLive && same(snapshot, body);
    if (isSame) checkWhole(snapshot!, body);
    // Past all that the hub keeps in memory. What a client asked for on a bad road may still come in between.
    const kept = isSame ? await keptOf(hub, person.id) : null;
    if (kept && isDeepStrictEqual(kept, heldOf(snapshot!))) return;
    if (Date.now() < until) continue;
    const { problem, ended } = browser.state();
    const seqs = (of: Snapshot | null) => of && [of.epoch, of.profile.seq, of.person.seq, of.situation.seq, of.situation.sessionId];
    throw new Error(`${way}: not healed: ${JSON.stringify({ phase, connection, problem, ended, confirmed, held: seqs(snapshot), hub: status === 200 ? seqs(body) : body, kept, shown: snapshot && heldOf(snapshot) })}`);
  }
}

const same = (held: Snapshot | null, is: Snapshot): boolean =>
  held !== null && held.situation.sessionId === is.situation.sessionId && PARTS.every((part) => held[part].seq === is[part].seq);

/** The same numbers must be the same documents; and of no right is more left than there is work. */
function checkWhole(held: Snapshot, { profile, person, situation }: Snapshot): void {
  expect({ profile: held.profile, person: held.person, situation: held.situation }).toEqual({ profile, person, situation });
  expect(profile.active === null || person.profiles.some(({ id }) => id === profile.active!.id), 'works under a profile that is assigned').toBe(true);
}

/** What of a snapshot the database says in so many words. */
const heldOf = ({ profile: { active }, person, situation }: Snapshot) => ({
  session: situation.sessionId,
  active: active?.id ?? null,
  version: active?.version ?? null,
  activity: situation.activity?.id ?? null,
  profiles: person.profiles.map(({ id }) => id).toSorted(),
});

async function keptOf(hub: FaultHub, personId: string): Promise<ReturnType<typeof heldOf> | null> {
  const { rows } = await sql<ReturnType<typeof heldOf>>`
    select s.id as session, s.profile_id as active, coalesce(a.pinned_version, f.current_version) as version, s.activity_id as activity,
      array(select profile_id::text from assignment where person_id = s.person_id order by 1) as profiles
    from session s left join profile f on f.id = s.profile_id left join assignment a on a.profile_id = f.id and a.person_id = s.person_id
    where s.person_id = ${personId}::uuid and s.closed_at is null`.execute(hub.db);
  return rows[0] ?? null;
}

/** @param since the last entry of what made the world */
async function checkAudit(hub: FaultHub, acknowledged: readonly Acknowledged[], since: number): Promise<void> {
  const rows = await hub.db.selectFrom('audit').select(['action', 'subject_id', 'before', 'after']).where('id', '>', since).execute();
  const keyOf = (action: string, subject: string | null, has: unknown) => `${action} ${subject} ${JSON.stringify(has)}`;
  const expected = Map.groupBy(acknowledged, ({ action, subject, has }) => keyOf(action, subject, has));
  for (const [key, all] of expected) {
    const { action, subject, side, has } = all[0]!;
    const entries = rows.filter((row) => row.action === action && row.subject_id === subject && Object.entries(has).every(([name, value]) => (row[side] as Record<string, unknown> | null)?.[name] === value));
    expect(entries.length, `${key}: audited, of ${all.length} acknowledged`).toBe(all.length);
  }
}
