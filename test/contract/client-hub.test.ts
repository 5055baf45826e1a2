import { HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CALL_TIMEOUT_MS, createHubClient, type HubClientEdges } from '../../lib/api/client.ts';
import { routes } from '../../lib/api/routes.ts';
import { PROBLEM_TYPE, PROBLEMS, type ProblemCode } from '../../lib/api/problem.ts';
import { type FakeClock, fakeClock } from '../fakes/clock.ts';
import { aSnapshot } from '../fakes/state.ts';
import { until } from './a-client.ts';
import { aProblem, HUB, type HandHub, handHub } from './hand-hub.ts';

let hub: HandHub;
let clock: FakeClock;
beforeEach(() => {
  hub = handHub();
  clock = fakeClock();
});
afterEach(() => hub.close());

function hubClient(edges: Partial<HubClientEdges> = {}) {
  let keys = 0;
  return createHubClient({
    fetch: (...request) => fetch(...request),
    hub: () => HUB,
    token: (rejected) => Promise.resolve({ ok: true, value: rejected ? 'second' : 'first' }),
    session: () => 's1',
    clock,
    random: () => 1,
    newKey: () => `key-${(keys += 1)}`,
    ...edges,
  }, routes);
}

/** Lets time pass until the call is answered: tries, waits and all. */
async function answered<T>(call: Promise<T>): Promise<T> {
  const answer = call.then((value) => ({ value }));
  for (;;) {
    const next = clock.nextAt();
    // What times a call out is left alone while its answer may still come.
    if (next !== null && next - clock.now() < CALL_TIMEOUT_MS) await clock.pass(next - clock.now());
    const done = await Promise.race([answer, new Promise<null>((resolve) => setTimeout(resolve, 1, null))]);
    if (done) return done.value;
  }
}

const keysOf = (name: string) =>
  hub.heard.filter((each) => each.name === name).map(({ headers }) => headers.get('idempotency-key'));

describe('a problem', () => {
  it.each(Object.keys(PROBLEMS) as ProblemCode[])('%s comes as the hub sent it', async (code) => {
    hub.refuses('setFlow', code, { detail: 'for the log', retryAfter: 60 });
    const reply = await answered(hubClient().setFlow({ params: { channel: 'voice' }, body: { on: true } }));
    expect(reply).toMatchObject({ ok: false, problem: { code, status: PROBLEMS[code], detail: 'for the log' } });
  });

  it('keeps the reason of a refused control', async () => {
    const reason = { code: 'profile.right', layer: 'profile', setting: 'flow.voice.canToggle', askable: true };
    hub.refuses('setFlow', 'control.refused', { control: 'flow.voice', reason });
    const reply = await answered(hubClient().setFlow({ params: { channel: 'voice' }, body: { on: true } }));
    expect(reply).toMatchObject({ ok: false, problem: { control: 'flow.voice', reason } });
  });

  it.each([
    ['a proxy with nothing behind it', 'client.offline', () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 })],
    ['a portal of the network', 'client.notHub', () => HttpResponse.html('<h1>Welcome to our Wi-Fi</h1>')],
    ['a redirect to a portal', 'client.notHub', () => new HttpResponse(null, { status: 302, headers: { location: 'https://portal.example' } })],
    ['another service', 'client.notHub', () => HttpResponse.json({ error: 'no' }, { status: 404 })],
    ['no network', 'client.offline', () => HttpResponse.error()],
    ['an answer that is cut short', 'client.malformed', () => new HttpResponse('{"epoch":1', { headers: { 'content-type': 'application/json' } })],
    ['an answer of another shape', 'client.malformed', () => HttpResponse.json({ ...aSnapshot(), profile: null })],
    ['a problem of another shape', 'client.malformed', () => new HttpResponse('{}', { status: 400, headers: { 'content-type': PROBLEM_TYPE } })],
  ])('is said where there is %s', async (_what, code, resolver) => {
    hub.answers('banner', resolver);
    expect(await answered(hubClient().banner())).toMatchObject({ ok: false, problem: { code } });
  });

  it('says where an answer is malformed, and nothing of what stands there', async () => {
    hub.answers('banner', () => HttpResponse.json({ ...aSnapshot(), person: { ...aSnapshot().person, name: 7, email: 'secret@example.com' } }));
    const reply = await answered(hubClient().banner());
    expect(reply).toMatchObject({ problem: { detail: 'person.name: expected string' } });
  });

  it('is said when nothing answers in time', async () => {
    hub.answers('banner', () => new Promise<never>(() => {}));
    const call = hubClient().banner({ attempts: 1 });
    await until(() => clock.nextAt() !== null);
    await clock.pass(CALL_TIMEOUT_MS);
    expect(await call).toMatchObject({ ok: false, problem: { code: 'client.timeout' } });
  });

  it('reads Retry-After from the header, as seconds or as a date', async () => {
    hub.answers('banner', () => aProblem('rate.limited', {}, { 'retry-after': '30' }), 1);
    expect(await answered(hubClient().banner({ attempts: 1 }))).toMatchObject({ problem: { retryAfter: 30 } });
    const date = 'Sat, 21 Nov 2026 21:00:00 GMT';
    hub.answers('banner', () => aProblem('rate.limited', {}, { date, 'retry-after': 'Sat, 21 Nov 2026 21:01:00 GMT' }), 1);
    expect(await answered(hubClient().banner({ attempts: 1 }))).toMatchObject({ problem: { retryAfter: 60 } });
  });
});

describe('a call', () => {
  it('with an ETag is answered that what is held still holds', async () => {
    const client = hubClient();
    const first = await answered(client.banner());
    if (!first.ok || first.notModified) throw new Error('not read');
    expect(await answered(client.banner({ ifNoneMatch: first.etag }))).toEqual({ ok: true, notModified: true, etag: first.etag });
  });

  it('takes a document of a later schema, with what it does not know left in it', async () => {
    const later = aSnapshot();
    const document = { ...later.profile.active!.document, schema: 9, settings: { 'general.name': 'x', 'hologram.access': true } };
    hub.answers('banner', () => HttpResponse.json({ ...later, profile: { ...later.profile, active: { ...later.profile.active, document } } }));
    const reply = await answered(hubClient().banner());
    expect(reply).toMatchObject({ ok: true, value: { profile: { active: { document: { schema: 9, settings: { 'hologram.access': true } } } } } });
  });

  it('that writes is tried again with the same key when its answer is lost', async () => {
    let tries = 0;
    hub.answers('switchProfile', () => {
      tries += 1;
      return tries < 3 ? HttpResponse.error() : HttpResponse.json(hub.snapshot);
    });
    const reply = await answered(hubClient().switchProfile({ body: { profileId: 'p1' } }));
    expect(reply.ok).toBe(true);
    expect(keysOf('switchProfile')).toEqual(['key-1', 'key-1', 'key-1']);
  });

  it('is given up after three tries', async () => {
    hub.answers('switchProfile', () => HttpResponse.error());
    const reply = await answered(hubClient().switchProfile({ body: { profileId: 'p1' } }));
    expect(reply).toMatchObject({ ok: false, problem: { code: 'client.offline' } });
    expect(hub.count('switchProfile')).toBe(3);
  });

  it('that would do its work twice is not tried again', async () => {
    hub.answers('saveDraft', () => HttpResponse.error());
    await answered(hubClient().saveDraft({ params: { id: 'p1' }, body: { document: {} }, ifMatch: '"1"' }));
    expect(hub.count('saveDraft')).toBe(1);
    expect(hub.last('saveDraft')?.headers.get('if-match')).toBe('"1"');
  });

  it.each(['control.refused', 'request.invalid', 'hub.failed', 'session.none'] as const)('is not tried again after %s', async (code) => {
    hub.refuses('setFlow', code);
    await answered(hubClient().setFlow({ params: { channel: 'voice' }, body: { on: true } }));
    expect(hub.count('setFlow')).toBe(1);
  });

  it('waits as long as the hub asks, and says so where that is longer than a person waits', async () => {
    hub.refuses('banner', 'hub.stopping', { retryAfter: 2 }, 1);
    const started = clock.now();
    expect((await answered(hubClient().banner())).ok).toBe(true);
    expect(clock.now() - started).toBeGreaterThanOrEqual(2000);
    hub.refuses('banner', 'rate.limited', { retryAfter: 120 });
    const before = hub.count('banner');
    expect(await answered(hubClient().banner())).toMatchObject({ problem: { code: 'rate.limited', retryAfter: 120 } });
    expect(hub.count('banner') - before).toBe(1);
  });

  it('is made once more with a new token, then not again', async () => {
    hub.refuses('banner', 'auth.invalid');
    expect(await answered(hubClient().banner())).toMatchObject({ problem: { code: 'auth.invalid' } });
    expect(hub.heard.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer first', 'Bearer second']);
  });

  it('brings its token and session only where they are needed, and no cookie', async () => {
    await answered(hubClient().hub());
    expect(hub.last('hub')?.headers.get('authorization')).toBeNull();
    await answered(hubClient().openSession({ body: { browser: 'x' } }));
    expect(hub.last('openSession')?.headers.get('pennon-session')).toBeNull();
    await answered(hubClient().banner());
    expect(hub.last('banner')?.headers.get('pennon-session')).toBe('s1');
    expect(hub.last('banner')?.headers.get('cookie')).toBeNull();
  });

  it('writes its parameters into the address so that they stay one part of it', async () => {
    const asked: string[] = [];
    const client = hubClient({
      fetch: (input) => {
        asked.push(String(input));
        return Promise.resolve(Response.json({ version: null, receipts: [] }));
      },
    });
    await client.listReceipts({ params: { id: 'a/../b?c' }, query: { version: '3' } });
    expect(asked).toEqual([`${HUB}/api/profiles/a%2F..%2Fb%3Fc/receipts?version=3`]);
  });

  it('that is called off answers so and asks no more', async () => {
    const off = new AbortController();
    hub.answers('banner', () => new Promise<never>(() => {}));
    const call = hubClient().banner({ signal: off.signal });
    await until(() => clock.nextAt() !== null);
    off.abort();
    expect(await call).toMatchObject({ ok: false, problem: { code: 'client.interrupted' } });
  });
});
