/** The world of the test of suspension: a hub, a person at a browser on a road to it, and what each step does to them. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Snapshot } from '../../lib/api/snapshot.ts';
import type { BrowserKind } from '../../scripts/browsers.ts';
import { setPassword } from '../../server/auth/passwords.ts';
import type { AuthDatabase } from '../../server/auth/tables.ts';
import { launch, type TestBrowser, type TestPage, until } from '../e2e/browser.ts';
import { signIn, stateOf, useHub } from '../e2e/person.ts';
import { type Centre, makeCentre, type ProfileChange } from '../fixtures/centre.ts';
import type { TestPerson } from '../fixtures/hub.ts';
import { serveSites } from '../fixtures/sites/server.ts';
import { PASSWORD } from './a-browser.ts';
import { type FaultHub, type Killed, killFor, startFaultHub } from './a-hub.ts';
import { type Desk, sitAt } from './desk.ts';
import { type DeskStep, type Meets, MOST_PAGES, NAMES } from './desk-steps.ts';
import { insist } from './insist.ts';
import { type Proxy, startProxy } from './proxy.ts';
import type { Chance } from './settings.ts';
import { wrongsOf } from './shown.ts';
import { watchedExtension } from './watched-extension.ts';

export interface Day {
  readonly counts: Record<string, number>;
  /** Milliseconds from the end of the faults to all banners equal to the database, each time. */
  readonly heals: readonly number[];
  /** In words, what should not have been until now. */
  wrongs(): string[];
  shown(): number;
  lives(): number;
  perform(step: DeskStep): Promise<void>;
  close(): Promise<void>;
}

/** A link that is dead without a word is found out after 45 s; then it is tried again, at most half a minute later. */
export const HEALED_MS = 90_000;
const LONG_MS = 30;
/** Longer than a browser keeps a background that does nothing. */
const LULL_MS = 33_000;
/** Longer than an access token is good for. */
const AGED_MS = 700_000;
const SETTINGS = { 'cases.access': true, 'cases.create': true, 'cases.scope': 'all' };

export async function makeDay(kind: BrowserKind, chance: Chance): Promise<Day> {
  let port = 0;
  const road = await startProxy(() => port, chance);
  const hub = await startFaultHub({ PENNON_PUBLIC_URL: road.url });
  ({ port } = hub);
  const centre = await makeCentre(hub);
  const publisher = await makePublisher(hub, centre);
  const person = await centre.person(publisher.profiles);
  await setPassword(hub.db as unknown as AuthDatabase, person.id, PASSWORD);
  const [extension, sites] = [await watchedExtension(kind), await serveSites()];
  const browser = await launch(kind, extension.folder);
  await comeIn(browser, road, person, sites.address);
  const since = Date.now();
  const desk = await sitAt(browser, `${sites.address}/plain.html`, MOST_PAGES);
  const session = await sessionOf(hub, person);
  const counts: Record<string, number> = {};
  const heals: number[] = [];
  let [down, presses] = [Promise.resolve(), 0];
  const kill = (what: Killed) => {
    // What comes next comes while it is down.
    down = down.then(() => killFor(hub, what));
  };
  const count = (what: string) => (counts[what] = (counts[what] ?? 0) + 1);
  const asAdmin = (method: string, path: string, body?: unknown) => insist(hub.url, centre.admin, method, path, body, { 'idempotency-key': crypto.randomUUID() });
  const meet: Readonly<Record<Meets, () => unknown>> = {
    nothing() {},
    suspend: () => browser.stopBackground(),
    reset: () => road.reset(),
    halfOpen: () => road.halfOpen(),
    blackHole: () => road.become({ is: 'blackHole' }),
    kill: () => kill('hub'),
  };

  const suspendAfter = async (ms: number | null): Promise<void> => {
    if (ms === null) return;
    await pause(ms);
    await browser.stopBackground();
  };
  const perform = async (step: DeskStep): Promise<void> => {
    const detail = step.do === 'road' ? step.is : step.do === 'kill' ? step.what : step.do === 'press' ? `and ${step.meets}` : '';
    count(`${step.do} ${detail}`.trim());
    switch (step.do) {
      case 'suspend':
        return browser.stopBackground();
      case 'lull':
        return pause(LULL_MS);
      case 'agedToken':
        return hub.turn(AGED_MS);
      case 'road':
        return becomeBad(road, step.is);
      case 'kill':
        return kill(step.what);
      case 'publish':
        return publisher.publish(step.profile);
      case 'assign':
        return void (await asAdmin('PUT', `/api/profiles/${publisher.profiles[step.profile]}/assignments/${person.id}`, { atLogin: step.profile === 0 }));
      case 'revoke':
        return void (await asAdmin('DELETE', `/api/profiles/${publisher.profiles[step.profile]}/assignments/${person.id}`));
      case 'switch':
        return void (await insist(hub.url, person, 'PUT', '/api/session/profile', { profileId: publisher.profiles[step.profile] }, { 'idempotency-key': crypto.randomUUID() }));
      case 'open':
        return desk.open(() => suspendAfter(step.suspended));
      case 'reload':
        return desk.reload(step.page, step.waits, () => suspendAfter(step.suspended));
      case 'press': {
        const did = await desk.makeCase(`Case ${(presses += 1)}`, async () => {
          await pause(step.after);
          await meet[step.meets]();
        });
        if (!did) count('nothing to press');
        return;
      }
      case 'quiet':
        await down;
        heals.push(await quiet({ hub, road, browser, desk, person }));
        expect(await sessionOf(hub, person), 'still in the session that they signed in to').toBe(session);
        return checkPressed(hub, desk, counts);
    }
  };
  const shown = () => extension.shown.filter(({ born }) => born >= since);
  return {
    counts,
    heals,
    perform,
    wrongs: () => [...new Set([...wrongsOf(shown()), ...extension.failures])],
    shown: () => shown().length,
    lives: extension.lives,
    async close() {
      await down.catch(() => {});
      await browser.close();
      await Promise.all([extension.close(), sites.close(), road.close()]);
      await hub.stop();
    },
  };
}

/** Signs in on a page of its own, which goes: what was to be seen before is no one's business. */
async function comeIn(browser: TestBrowser, road: Proxy, { email }: TestPerson, site: string): Promise<void> {
  await useHub(browser, road.url);
  const page = await browser.openPage(`${site}/plain.html`);
  await signIn(browser, road.url, await page.banner(), { email, password: PASSWORD });
  await page.close();
}

/** Profiles of which each publish is told by the name that the banner shows. */
async function makePublisher(hub: FaultHub, centre: Centre) {
  const change: ProfileChange = { settings: SETTINGS };
  const profiles = await Promise.all(NAMES.map((name) => centre.profile(`${name} 1`, change)));
  const versions = NAMES.map(() => 1);
  let last: Promise<unknown> = Promise.resolve();
  const publish = async (profile: number) => {
    const path = `/api/profiles/${profiles[profile]}`;
    const { headers } = await insist(hub.url, centre.admin, 'GET', `${path}/draft`);
    const document = centre.document(`${NAMES[profile]} ${(versions[profile]! += 1)}`, change);
    const saved = await insist(hub.url, centre.admin, 'PUT', `${path}/draft`, { document }, { 'if-match': headers.get('etag')! });
    // One whose answer was lost was saved all the same.
    expect(saved.status).toBeOneOf([200, 409, 412]);
    expect((await insist(hub.url, centre.admin, 'POST', `${path}/publish`, {}, { 'idempotency-key': crypto.randomUUID() })).status).toBe(201);
  };
  return { profiles, publish: (profile: number): Promise<void> => ((last = last.then(() => publish(profile))) as Promise<void>) };
}

function becomeBad(road: Proxy, is: Extract<DeskStep, { do: 'road' }>['is']): void {
  if (is === 'reset') road.reset();
  else if (is === 'halfOpen') road.halfOpen();
  else road.become(is === 'slow' || is === 'joined' ? { is, ms: LONG_MS } : { is });
}

const sessionOf = async (hub: FaultHub, { id }: TestPerson) =>
  (await hub.db.selectFrom('session').select('id').where('person_id', '=', id).where('closed_at', 'is', null).execute()).map((row) => row.id).join();

/** No more faults: every banner comes to show what the database has, by its own means. */
async function quiet({ hub, road, browser, desk, person }: { hub: FaultHub; road: Proxy; browser: TestBrowser; desk: Desk; person: TestPerson }): Promise<number> {
  await hub.ready();
  road.become({ is: 'clear' });
  const began = performance.now();
  await until(
    'every banner to show what the hub has',
    async () => {
      const { status, body } = await insist(hub.url, person, 'GET', '/api/banner');
      const state = await stateOf(browser);
      const shows = await Promise.all(desk.pages().map(shownOn));
      const hubHas = { name: (body as Snapshot).profile?.active?.name ?? null, seqs: seqsOf(body as Snapshot) };
      const isSame = status === 200 && state?.phase === 'open' && state.connection.state === 'live' && seqsOf(state.snapshot) === hubHas.seqs && shows.every(({ frames, live, profile }) => frames === 1 && live && (hubHas.name === null || profile === hubHas.name));
      if (isSame) return true;
      throw new Error(JSON.stringify({ status, hubHas, held: seqsOf(state?.snapshot ?? null), phase: state?.phase, connection: state?.connection, problem: state?.problem, shows }));
    },
    HEALED_MS,
  );
  return performance.now() - began;
}

const seqsOf = (snapshot: Snapshot | null): string =>
  snapshot?.profile ? [snapshot.epoch, snapshot.situation.sessionId, snapshot.profile.seq, snapshot.person.seq, snapshot.situation.seq].join(' ') : 'nothing';

async function shownOn(page: TestPage): Promise<{ readonly frames: number; readonly live: boolean; readonly profile: string | null }> {
  const banner = await page.banner();
  const shown = await banner.evaluate(() => ({
    live: document.querySelector<HTMLElement>('[data-control="core.connection"]')?.dataset.state === 'live',
    profile: document.querySelector('[data-control="core.profile"] strong')?.textContent ?? null,
  }));
  return { ...shown, frames: page.extensionFrames().length };
}

/** Each press is a case once at the most, and one where the banner said so. */
async function checkPressed(hub: FaultHub, desk: Desk, counts: Record<string, number>): Promise<void> {
  const pressed = await desk.pressed();
  const rows = await hub.db.selectFrom('record').select(sql<string>`values->>'title'`.as('title')).execute();
  for (const { title, outcome } of pressed) {
    const made = rows.filter((row) => row.title === title).length;
    expect(made, `${title}, of which was said: ${outcome}`).toBeOneOf(outcome === 'done' ? [1] : [0, 1]);
  }
  expect(pressed.filter(({ outcome }) => outcome === 'unsaid'), 'of each press it is said what became of it').toEqual([]);
  for (const outcome of ['done', 'refused', 'left', 'closed'] as const) counts[`press ${outcome}`] = pressed.filter((one) => one.outcome === outcome).length;
}
