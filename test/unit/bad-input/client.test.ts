import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { callHub, type HubClientEdges } from '../../../lib/api/client.ts';
import { hubMessage } from '../../../lib/api/live.ts';
import { problem as problemSchema, PROBLEM_TYPE } from '../../../lib/api/problem.ts';
import { type Route, type RouteName, routes } from '../../../lib/api/routes.ts';
import { type Snapshot, snapshot as snapshotSchema } from '../../../lib/api/snapshot.ts';
import { applyUpdate, cursorOf } from '../../../lib/live/apply.ts';
import { eventData } from '../../../lib/live/event-stream.ts';
import { createLink } from '../../../lib/live/link.ts';
import { createSteadyTime } from '../../../lib/live/steady.ts';
import type { StreamListener } from '../../../lib/live/stream.ts';
import { fakeClock, settled } from '../../fakes/clock.ts';
import { aSnapshot } from '../../fakes/state.ts';
import { broken, mangled, oddText, written } from '../../fixtures/fuzz/broken.ts';
import { fromSchema } from '../../fixtures/fuzz/from-schema.ts';
import { FUZZ } from '../../fixtures/fuzz/runs.ts';
import { wordsWith } from '../../fixtures/fuzz/world.ts';

const words = wordsWith(['p1', 'u1', 's1']);
const headerText = oddText.map((text) => text.replaceAll(/[^\x20-\x7e]/g, '~'));

const answering = (answer: () => Response): HubClientEdges => ({
  fetch: () => Promise.resolve(answer()),
  hub: () => 'https://hub.example',
  token: () => Promise.resolve({ ok: true, value: 'token' }),
  session: () => null,
  clock: fakeClock(),
  random: () => 0,
  newKey: () => 'key',
});

describe('whatever a hub answers', () => {
  const answerTo = (route: Route) =>
    fc.record({
      status: fc.constantFrom(200, 200, 200, 201, 202, 203, 302, 400, 401, 404, 409, 418, 429, 500, 502, 503),
      type: fc.oneof(fc.constantFrom('application/json', 'application/json', PROBLEM_TYPE, 'text/html', ''), headerText),
      body: mangled(broken(fc.oneof(route.answer ? fromSchema(route.answer, words) : fc.constant({}), fromSchema(problemSchema, words))).map(written)),
      retryAfter: fc.option(fc.oneof(headerText, fc.constantFrom('9'.repeat(400), '-1', 'Wed, 99 Nov 2026 99:00:00 GMT')), { freq: 3 }),
    });

  it.each(Object.keys(routes) as RouteName[])('to %s is taken as the contract has it, or is a problem', async (name) => {
    const route: Route = routes[name];
    const params = Object.fromEntries([...route.path.matchAll(/:(\w+)/g)].map(([, parameter]) => [parameter!, 'x']));
    const call = fc.asyncProperty(answerTo(route), async ({ status, type, body, retryAfter }) => {
      const headers = { 'content-type': type, ...(retryAfter === null ? {} : { 'retry-after': retryAfter }) };
      const reply = await callHub(answering(() => new Response(new Uint8Array(body), { status, headers })), route, { params, body: {}, ifMatch: '1', attempts: 1 });
      if (!reply.ok) {
        expect(v.is(problemSchema, reply.problem)).toBe(true);
        // A wait that no timer takes would be none at all.
        expect(reply.problem.retryAfter ?? 0).toSatisfy(Number.isFinite);
      } else if (!reply.notModified && route.answer) expect(v.safeParse(route.answer, reply.value).issues).toBeUndefined();
    });
    await fc.assert(call, FUZZ.parameters(FUZZ.runs));
  });
});

it('an answer without an end is no hub’s: the client reads so much of it and no more', async () => {
  let sent = 0;
  const bound = 128_000_000;
  const piece = new Uint8Array(1_000_000).fill(32);
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent > bound) return controller.close();
        sent += piece.length;
        controller.enqueue(piece);
      },
    });
  for (const [status, type, code] of [[200, 'application/json', 'client.malformed'], [409, PROBLEM_TYPE, 'client.malformed']] as const) {
    sent = 0;
    const answer = () => new Response(endless(), { status, headers: { 'content-type': type } });
    const reply = await callHub(answering(answer), routes.banner, { params: {}, body: {}, ifMatch: '1', attempts: 1 });
    expect(reply).toMatchObject({ ok: false, problem: { code } });
    expect(sent).toBeLessThan(bound / 1.5);
  }
});

describe('whatever comes over the link', () => {
  function listening() {
    const clock = fakeClock();
    let held: Snapshot | null = null;
    let stream!: StreamListener;
    let malformed = 0;
    const nothing = () => undefined;
    const connector = (_hello: unknown, listener: StreamListener) => {
      stream = listener;
      return { send: () => true, close: nothing };
    };
    const link = createLink(
      {
        connectors: { socket: connector, events: connector },
        hub: () => 'https://hub.example',
        token: () => Promise.resolve({ ok: true, value: 'token' }),
        holds: () => held && cursorOf(held),
        session: () => 's1',
        clock,
        time: createSteadyTime(clock),
        random: () => 0.5,
      },
      {
        heard: nothing,
        welcomed: nothing,
        apply: (update, fresh) => void (held = applyUpdate(held, update, { fresh })),
        malformed: () => void (malformed += 1),
        changed: nothing,
        lost: nothing,
        waits: nothing,
        ended: nothing,
      },
    );
    link.start();
    const say = (message: unknown) => stream.message(typeof message === 'string' ? message : JSON.stringify(message));
    return { link, clock, say, held: () => held, malformed: () => malformed };
  }
  const message = mangled(broken(fromSchema(hubMessage, words)).map(written)).map((bytes) => bytes.toString());
  const brokenSnapshot = mangled(broken(fc.constant({ type: 'snapshot', ...aSnapshot({ profile: 12 }) })).map(written)).map((bytes) => bytes.toString());

  it('the client holds a whole snapshot of the contract or none, and takes the next good one', async () => {
    const heard = fc.asyncProperty(fc.array(fc.oneof(message, brokenSnapshot), { maxLength: 8 }), async (texts) => {
      const it = listening();
      await settled();
      it.say({ type: 'welcome', sessionId: 's1', now: 1 });
      for (const text of texts) {
        it.say(text);
        const held = it.held();
        if (held !== null) expect(v.safeParse(snapshotSchema, held).issues).toBeUndefined();
      }
      // Told to go, or told to come back: it comes, and what holds then is what it is told first.
      it.link.stop();
      it.link.start();
      await settled();
      it.say({ type: 'welcome', sessionId: 's2', now: 2 });
      const next = aSnapshot({ profile: 20 });
      it.say({ type: 'snapshot', ...next, situation: { ...next.situation, sessionId: 's2' } });
      expect(it.held()?.situation.sessionId).toBe('s2');
      it.link.stop();
    });
    await fc.assert(heard, FUZZ.parameters(FUZZ.runs * 25));
  });

  it.each(['epoch', 'now', 'expiresAt', 'profile.seq', 'person.seq', 'situation.seq'])('no %s is beyond what can be counted or dated: what is pushed after it is taken', async (place) => {
    for (const number of ['1e400', '-1e400', '1e300', '1e16', '-1e16', '9007199254740993', '-1', 'null', '"1"']) {
      const it = listening();
      await settled();
      it.say({ type: 'welcome', sessionId: 's1', now: 1 });
      const [part, inner] = place.split('.') as [keyof Snapshot, string?];
      const good = aSnapshot({ profile: 10 });
      const mark = 'the number';
      const odd = { type: 'snapshot', ...good, [part]: inner === undefined ? mark : { ...(good[part] as object), [inner]: mark } };
      it.say(JSON.stringify(odd).replace(`"${mark}"`, number));
      expect([number, it.held()]).toEqual([number, null]);
      it.say({ type: 'snapshot', ...good });
      expect(it.held()).toEqual(good);
      it.link.stop();
    }
  });

  it('the event stream yields what was said, however its bytes are cut, and ends at what it cannot read', async () => {
    const bytes = fc.tuple(mangled(fc.array(fc.oneof(message, oddText), { maxLength: 5 }).map((all) => all.map((text) => `data: ${text}`).join('\n\n'))), fc.array(fc.nat(), { maxLength: 6 }));
    const read = fc.asyncProperty(bytes, async ([whole, cuts]) => {
      const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)).sort((a, b) => a - b), whole.length];
      const chunks = places.slice(1).map((to, i) => new Uint8Array(whole.subarray(places[i], to)));
      const all = async (of: readonly Uint8Array[]) => {
        const events: string[] = [];
        for await (const event of eventData(new ReadableStream({ start: (controller) => (of.forEach((chunk) => controller.enqueue(chunk)), controller.close()) }))) events.push(event);
        return events;
      };
      expect(await all(chunks)).toEqual(await all([new Uint8Array(whole)]));
    });
    await fc.assert(read, FUZZ.parameters(FUZZ.runs * 10));
  });
});
