/** Of every route that names something in its path, and of every id in a body or query: another account's thing of that very kind is a thing that is nowhere. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { type RawBuilder, sql } from 'kysely';
import type * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bodyOf } from '../../../lib/api/interaction-commands.ts';
import { type Route, type RouteName, routes, SESSION_HEADER } from '../../../lib/api/routes.ts';
import { panels } from '../../../lib/modules/panels.ts';
import { supervisionBodies } from '../../../server/supervision/commands.ts';
import { fromSchema } from '../../fixtures/fuzz/from-schema.ts';
import { type Kind, makeThings, type Things } from '../../fixtures/fuzz/things.ts';
import { makeWorld, type World } from '../../fixtures/fuzz/world.ts';
import { type Answer, startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

let hub: TestHub;
let ours: World;
let theirs: World;
let their: Things;
let before: Awaited<ReturnType<typeof theirState>>;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  ours = await makeWorld(hub);
  theirs = await makeWorld(hub);
  their = await makeThings(hub, theirs.people[1]!);
  before = await theirState();
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

/** What was asked before may have ended the session of whoever asks next. */
beforeEach(async () => {
  const answers = await Promise.all(ours.people.map((person) => hub.call(person, 'GET', '/api/banner')));
  if (answers.some(({ status }) => status !== 200)) ours = await makeWorld(hub);
});

const OF_ACCOUNT = ['person', 'profile', 'resource', 'record', 'team', 'schedule', 'interaction', 'ask', 'notice', 'temporary_grant', 'payment_request', 'connector'] as const;

/** All of another account's that anything asked here could have changed. What happens there by itself is left out: what rings is missed, a command is given up, a connector is heard of. */
async function theirState(): Promise<Readonly<Record<string, unknown>>> {
  const { accountId } = theirs;
  const { interaction, command } = their.ids;
  const but: Readonly<Record<string, RawBuilder<unknown>>> = { record: sql`and module <> 'mod.history'`, interaction: sql`and id = ${interaction}::uuid` };
  const rowsOf = async (query: RawBuilder<{ row: unknown }>) => (await query.execute(hub.db)).rows.map(({ row }) => row);
  const state: Record<string, unknown> = {};
  for (const table of OF_ACCOUNT) state[table] = await rowsOf(sql`select to_jsonb(t) - 'heard_at' as row from ${sql.table(table)} t where account_id = ${accountId}::uuid ${but[table] ?? sql``} order by id`);
  const ofPeople = (table: 'assignment' | 'session', row: RawBuilder<unknown>) => rowsOf(sql`select ${row} as row from ${sql.table(table)} t join person p on p.id = t.person_id where p.account_id = ${accountId}::uuid order by 1`);
  state['assignment'] = await ofPeople('assignment', sql`to_jsonb(t)`);
  state['session'] = await ofPeople('session', sql`jsonb_build_array(t.id, t.profile_id, t.activity_id, t.next_profile_id, t.closed_at)`);
  state['command'] = await rowsOf(sql`select to_jsonb(c.answered_at) as row from connector_command c where id = ${command}::uuid`);
  return state;
}

/** By the part of the path before it, what a parameter names. A route with another one needs a line here, and a thing. */
const NAMED: Readonly<Record<string, Kind>> = {
  profiles: 'profile', schedules: 'schedule', assignments: 'person', people: 'person', teams: 'team', ':kind': 'resource', ':module': 'record', interactions: 'interaction', asks: 'ask', commands: 'command', payments: 'payment',
};
/** These name no thing: words of the catalogue, or a number. */
const WORDS = new Set([':control', ':channel', ':kind', ':module', ':version']);

const partsOf = ({ path }: Route): readonly string[] => path.split('/');
/** Where in the path the ids are, with what they name. */
const idsIn = (route: Route): readonly { readonly at: number; readonly kind: Kind }[] =>
  partsOf(route).flatMap((part, at) => {
    if (!part.startsWith(':') || WORDS.has(part)) return [];
    const kind = NAMED[partsOf(route)[at - 1]!];
    if (!kind) throw new Error(`nothing is known of ${part} in ${route.path}`);
    return [{ at, kind }];
  });

/** @param ids of what the path names, in order */
const pathWith = (route: Route, ids: readonly string[], things: Things): string => {
  const left = [...ids];
  const words: Record<string, string> = { ':kind': things.resourceKind, ':module': 'mod.recordings', ':channel': 'voice', ':version': '1' };
  return partsOf(route).map((part) => (!part.startsWith(':') ? part : (words[part] ?? left.shift()!))).join('/');
};

/** What fits, always the same. */
const sampled = (schema: v.GenericSchema): unknown => fc.sample(fromSchema(schema, fc.constantFrom('Some text')), { numRuns: 1, seed: 1 })[0];

/** What would not fit by chance: a time to come, a version that there is. */
const FITTING: Partial<Record<RouteName, object>> = { publish: {}, schedulePublish: { at: Date.now() + 3_600_000 }, rollBack: { version: 1 } };
const HEADERS = { 'if-match': '"1"' };
/** Whoever may do most there: others are refused before anything is looked for. */
const askerOf = ({ needs }: Route, things: Things): TestPerson => (needs === 'connector' ? things.connector : ours.people[needs === 'session' || needs === 'person' ? 1 : 2]!);
const said = ({ status, body }: Answer) => ({ status, code: status < 400 ? undefined : body.code });

function ask(who: TestPerson, name: RouteName, path: string): Promise<Answer> {
  const route: Route = routes[name];
  const body = FITTING[name] ?? (route.body ? sampled(route.body) : {});
  const query = route.query && 'wait' in (route.query as unknown as { entries: object }).entries ? '?wait=0' : '';
  return hub.call(who, route.method, path + query, route.method === 'GET' ? undefined : body, HEADERS);
}

const all = Object.entries(routes) as [RouteName, Route][];

describe('what a path names', () => {
  it.each(all.filter(([, route]) => idsIn(route).length > 0))('%s: theirs is nowhere, and ours is known', async (name, route) => {
    const our = await makeThings(hub, ours.people[1]!);
    const named = idsIn(route).map(({ kind }) => kind);
    // Theirs in one place at the least, with what is our own in the others.
    const mixes = named.length === 1 ? [[their]] : [[their, their], [our, their], [their, our]];
    const who = askerOf(route, our);
    for (const mix of mixes) {
      const ids = named.map((kind, at) => mix[at]!.ids[kind]);
      const nowhere = named.map((kind, at) => (mix[at] === their ? randomUUID() : mix[at]!.ids[kind]));
      const [met, missed] = [await ask(who, name, pathWith(route, ids, our)), await ask(who, name, pathWith(route, nowhere, our))];
      expect(said(met), JSON.stringify(met.body)).toEqual(said(missed));
      expect(met.status).toBeGreaterThanOrEqual(400);
      for (const id of their.all) if (!ids.includes(id)) expect(JSON.stringify(met.body)).not.toContain(id);
    }
    expect(await theirState()).toEqual(before);
    // Else all of this would be true of a path that knows nobody's.
    const missed = await ask(who, name, pathWith(route, named.map(() => randomUUID()), our));
    const found = await ask(who, name, pathWith(route, named.map((kind) => our.ids[kind]), our));
    expect(said(found), JSON.stringify(found.body)).not.toEqual(said(missed));
  });
});

/** What the texts of a body or a query name, by their keys; of what is in a list, by the list's. */
const KEYS: Readonly<Record<string, (of: Things) => string>> = {
  profileId: ({ ids }) => ids.profile,
  'profiles.id': ({ ids }) => ids.profile,
  personId: ({ ids }) => ids.person,
  'teams.id': ({ ids }) => ids.team,
  interactionId: ({ ids }) => ids.interaction,
  resume: ({ ids }) => ids.session,
  activityId: ({ resources }) => resources['activity']!,
  queueId: ({ resources }) => resources['queue']!,
  ruleId: ({ resources }) => resources['transferRule']!,
  mailboxId: ({ resources }) => resources['voiceMailbox']!,
  senderId: ({ resources }) => resources['smsNumber']!,
  // Else it would be refused for that.
  number: () => '+33612345678',
};
/** What has another meaning, or none, elsewhere. */
const IN_ROUTE: Partial<Record<RouteName, Readonly<Record<string, (of: Things) => string>>>> = {
  seeNotices: { ids: ({ ids }) => ids.notice },
  exportProfiles: { ids: ({ ids }) => ids.profile },
  listAudit: { actor: ({ ids }) => ids.person, subject: ({ ids }) => ids.profile },
  exportAudit: { actor: ({ ids }) => ids.person, subject: ({ ids }) => ids.profile },
};

const NOWHERE = new Proxy({} as Things, { get: () => new Proxy({}, { get: () => randomUUID() }) });

/** The same value, with what it names in its texts; `named` says how often. */
function naming(value: unknown, keys: typeof KEYS, of: Things, key = ''): { readonly value: unknown; readonly named: number } {
  const name = typeof value === 'string' ? keys[key] : undefined;
  if (name) return { value: name(of), named: 1 };
  if (typeof value !== 'object' || value === null) return { value, named: 0 };
  // One of each: the same one twice is refused for that.
  const inner = Object.entries(Array.isArray(value) ? value.slice(0, 1) : value).map(([own, each]) => [own, naming(each, keys, of, Array.isArray(value) ? key : keys[`${key}.${own}`] ? `${key}.${own}` : own)] as const);
  const entries = inner.map(([own, found]) => [own, found.value] as const);
  return { value: Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries), named: inner.reduce((sum, [, { named }]) => sum + named, 0) };
}

/** Some values that a schema takes, those that name most first. */
function tellingMost(schema: v.GenericSchema, keys: typeof KEYS, many: number): readonly unknown[] {
  const all = fc.sample(fromSchema(schema, fc.constantFrom('Some text')), { numRuns: 40, seed: 7 });
  const named = all.map((value) => [value, naming(value, keys, NOWHERE).named] as const).filter(([, names]) => names > 0);
  return named.toSorted(([, a], [, b]) => b - a).slice(0, many).map(([value]) => value);
}

/** Texts of their own: what somebody has written already may be refused for that. */
const fresh = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('Some text', `Text ${randomUUID()}`)) as unknown;

async function isNowhere(send: (of: unknown) => Promise<Answer>, values: readonly unknown[], keys: typeof KEYS): Promise<void> {
  for (const value of values) {
    const asked = naming(value, keys, their).value;
    const [met, missed] = [await send(fresh(asked)), await send(fresh(naming(value, keys, NOWHERE).value))];
    expect(said(met), `${JSON.stringify(asked)}: ${JSON.stringify(met.body)}`).toEqual(said(missed));
    for (const id of their.all) if (!JSON.stringify(asked).includes(id)) expect(JSON.stringify(met.body) ?? '').not.toContain(id);
  }
}

const VALUES = 2;
const inBodies = all.flatMap(([name, route]) => {
  const keys = { ...KEYS, ...IN_ROUTE[name] };
  const schema = route.body ?? route.query;
  const values = schema && name !== 'command' ? tellingMost(schema, keys, VALUES) : [];
  return values.length > 0 ? [{ name, route, keys, values }] : [];
});

describe('what a body or a query names', () => {
  it('is found in the routes', () => {
    expect(inBodies.map(({ name }) => name)).toEqual(expect.arrayContaining(['openSession', 'switchProfile', 'setActivity', 'receipts', 'seeNotices', 'exportProfiles', 'createPerson', 'updatePerson', 'createTeam', 'updateTeam', 'offerInteraction', 'listAudit', 'exportAudit']));
  });

  it.each(inBodies)('$name: theirs is nowhere', async ({ route, keys, values }) => {
    const our = await makeThings(hub, ours.people[1]!);
    const path = pathWith(route, idsIn(route).map(({ kind }) => our.ids[kind]), our);
    const send = (value: unknown) => {
      const query = route.body ? '' : `?${new URLSearchParams(value as Record<string, string>)}`;
      return hub.call(askerOf(route, our), route.method, path + query, route.body ? value : undefined, HEADERS);
    };
    await isNowhere(send, values, keys);
    expect(await theirState()).toEqual(before);
  });

  it('of any command: theirs is nowhere', { timeout: 60_000 }, async () => {
    const verbs = panels.flatMap(({ module, verbs: of }) => of.map(({ control }) => ({ control: control as string, module })));
    const spoken = Object.entries({ ...bodyOf, ...supervisionBodies }).map(([verb, schema]) => ({ control: verb in supervisionBodies ? `sup.${verb}` : verb, schema: schema as v.GenericSchema }));
    expect(verbs.length + spoken.length).toBeGreaterThan(70);
    const use = (control: string) => (body: unknown) => hub.call(ours.people[1]!, 'POST', `/api/commands/${control}`, body);
    for (const { control, schema } of spoken) await isNowhere(use(control), tellingMost(schema, KEYS, 2), KEYS);
    for (const { control, module } of verbs) {
      const keys = { id: ({ records }: Things) => records[module]! };
      await isNowhere(use(control), [{ id: 'x', values: {} }, { rows: [{ id: 'x' }], values: {} }], keys);
    }
    expect(await theirState()).toEqual(before);
  });
});

it('another’s session, said in the header, is a session that is nowhere', async () => {
  const as = (session: string) => hub.call(ours.people[0]!, 'GET', '/api/banner', undefined, { [SESSION_HEADER]: session });
  expect(said(await as(their.ids.session))).toEqual(said(await as(randomUUID())));
  expect((await as(their.ids.session)).status).toBe(409);
});
