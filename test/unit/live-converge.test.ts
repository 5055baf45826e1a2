import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PARTS } from '../../lib/api/parts.ts';
import type { Snapshot } from '../../lib/api/snapshot.ts';
import { CHANNELS } from '../../lib/catalogue/index.ts';
import { activityOf } from '../../lib/decide/index.ts';
import { applyUpdate } from '../../lib/live/apply.ts';
import type { Hub } from '../../server/hub.ts';
import { type Centre, makeCentre, openSession } from '../fixtures/centre.ts';
import { startTestHub, type TestHub, type TestPerson } from '../fixtures/hub.ts';
import { connectLive, type LiveClient } from '../fixtures/live-client.ts';
import { besides, cutListeners, NO_POLL, partsWith } from '../fixtures/live-hub.ts';

let hub: TestHub;
let second: Hub;
let centre: Centre;
let profiles: string[];
let people: TestPerson[];
const PEOPLE = 3;
const PROFILES = 3;

beforeAll(async () => {
  hub = await startTestHub({}, { parts: partsWith(NO_POLL) });
  second = await besides(hub.hub);
  centre = await makeCentre(hub);
  profiles = [];
  for (let at = 0; at < PROFILES; at++) profiles.push(await centre.profile(`Profile ${at}`));
  people = [];
  for (let at = 0; at < PEOPLE; at++) people.push(await centre.person(profiles, { atLogin: profiles[at]! }));
}, 60_000);
afterAll(async () => {
  await second?.close();
  await hub?.stop();
}, 60_000);

const activityNames = ['phone', 'mail', 'all', 'pause'] as const;
const person = fc.nat(PEOPLE - 1);
const profile = fc.nat(PROFILES - 1);
const activities = fc.uniqueArray(fc.constantFrom(...activityNames), { minLength: 1 });
const step = fc.oneof(
  fc.record({ do: fc.constant('switch' as const), person, profile }),
  fc.record({ do: fc.constant('activity' as const), person, name: fc.constantFrom(...activityNames) }),
  fc.record({ do: fc.constant('flow' as const), person, channel: fc.constantFrom(...CHANNELS), on: fc.boolean() }),
  fc.record({ do: fc.constant('publish' as const), profile, activities, voice: fc.boolean() }),
  fc.record({ do: fc.constant('unassign' as const), person, profile }),
  fc.record({ do: fc.constant('assign' as const), person, profile }),
  fc.record({ do: fc.constant('reconnect' as const), person, hub: fc.nat(1) }),
  fc.record({ do: fc.constant('cut' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Everything one person's clients have been told: connection after connection, from what was held before. */
interface Watched {
  client: LiveClient;
  readonly clients: { readonly from: Snapshot | null; readonly client: LiveClient }[];
}

async function watch(at: number, sessionId: string, url: string, from: Snapshot | null): Promise<LiveClient> {
  const client = await connectLive(url, { token: people[at]!.token, sessionId, held: from });
  await client.until('the first word', ({ snapshots }) => snapshots.length > 0);
  return client;
}

/** What is refused, or was changed by another at the same moment, is refused: only a failure of the hub is one here. */
async function call(who: TestPerson, method: string, path: string, body?: object, headers = {}) {
  const answer = await hub.call(who, method, path, body, headers);
  expect(answer.status, `${method} ${path} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
  return answer;
}

async function run(each: Step, watched: readonly Watched[], sessionIds: readonly string[]): Promise<void> {
  switch (each.do) {
    case 'switch':
      return void (await call(people[each.person]!, 'PUT', '/api/session/profile', { profileId: profiles[each.profile] }));
    case 'activity':
      return void (await call(people[each.person]!, 'PUT', '/api/session/activity', { activityId: centre.activities[each.name] }));
    case 'flow':
      return void (await call(people[each.person]!, 'PUT', `/api/session/flows/${each.channel}`, { on: each.on }));
    case 'publish': {
      const path = `/api/profiles/${profiles[each.profile]}`;
      const document = centre.document(`Profile ${each.profile}`, {
        activities: each.activities.map((name) => centre.activities[name]),
        settings: { 'flow.voice.access': each.voice },
      });
      const draft = await call(centre.admin, 'GET', `${path}/draft`);
      await call(centre.admin, 'PUT', `${path}/draft`, { document }, { 'if-match': draft.headers.get('etag')! });
      return void (await call(centre.admin, 'POST', `${path}/publish`, {}));
    }
    case 'unassign':
    case 'assign': {
      const method = each.do === 'assign' ? 'PUT' : 'DELETE';
      return void (await call(centre.admin, method, `/api/profiles/${profiles[each.profile]}/assignments/${people[each.person]!.id}`, {}));
    }
    case 'reconnect': {
      const of = watched[each.person]!;
      const from = of.client.held();
      await of.client.close();
      of.client = await watch(each.person, sessionIds[each.person]!, each.hub ? second.url : hub.url, from);
      of.clients.push({ from, client: of.client });
      return;
    }
    case 'cut':
      return void (await cutListeners(hub.db));
  }
}

/** At every single message: nothing goes back, and what is held is of one piece. */
function checkEveryMessage({ from, client }: Watched['clients'][number]): void {
  let held = from;
  for (const update of client.snapshots) {
    for (const part of PARTS) {
      const pushed = update[part];
      if (pushed && held) expect(pushed.seq).toBeGreaterThan(held[part].seq);
    }
    held = applyUpdate(held, update, { fresh: held === null });
    const { active } = held!.profile;
    const { activity, flows } = held!.situation;
    const known = activityOf(activity?.id ?? null, active ?? 'none');
    expect(known?.id ?? null, 'the activity is one of the profile shown').toBe(activity?.id ?? null);
    for (const channel of CHANNELS) {
      if (flows[channel].on) expect([channel, known?.channels[channel]]).toEqual([channel, true]);
    }
  }
}

it('whatever happens at once, every client ends with what the database holds, and is never shown a mix', async () => {
  const batches = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 6, maxLength: 14 });
  await fc.assert(
    fc.asyncProperty(batches, async (all) => {
      const snapshots: Snapshot[] = await Promise.all(people.map((who) => openSession(hub, who, { takeOver: true })));
      const sessionIds = snapshots.map(({ situation }) => situation.sessionId);
      const watched: Watched[] = await Promise.all(
        people.map(async (_, at) => {
          const client = await watch(at, sessionIds[at]!, at % 2 ? second.url : hub.url, null);
          return { client, clients: [{ from: null, client }] };
        }),
      );
      for (const batch of all) {
        // One connection a person: two reconnections of the same at once would only cut each other off.
        const once = batch.filter((each, at) => each.do !== 'reconnect' || batch.findIndex((other) => other.do === 'reconnect') === at);
        await Promise.all(once.map((each) => run(each, watched, sessionIds)));
      }
      for (const [at, { client, clients }] of watched.entries()) {
        const { body } = await hub.call(people[at]!, 'GET', '/api/banner');
        const whole = ({ profile, person, situation }: Snapshot) => JSON.stringify([profile.seq, person.seq, situation.seq]);
        await client.until(`the state of the database, ${whole(body)}`, (c) => c.held() !== null && whole(c.held()!) === whole(body));
        const { profile, person, situation } = client.held()!;
        expect({ profile, person, situation }).toEqual({ profile: body.profile, person: body.person, situation: body.situation });
        for (const each of clients) checkEveryMessage(each);
        await client.close();
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 240_000);
