import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Route, type RouteName, routes } from '../../../lib/api/routes.ts';
import { type Ask, wellFormedAskOf } from '../../fixtures/fuzz/asks.ts';
import { FUZZ } from '../../fixtures/fuzz/runs.ts';
import { makeWorld, type World } from '../../fixtures/fuzz/world.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

let hub: TestHub;
let ours: World;
let theirs: World;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  ours = await makeWorld(hub);
  theirs = await makeWorld(hub);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

const TABLES = ['person', 'profile', 'resource', 'record', 'team'] as const;
/** Of an account; without the history, in which stands what rings there and is missed by itself. */
const rowsOf = (accountId: string) =>
  Promise.all(TABLES.map((table) => sql<{ row: unknown }>`select to_jsonb(t) as row from ${sql.table(table)} t where account_id = ${accountId}::uuid ${table === 'record' ? sql`and module <> 'mod.history'` : sql``} order by id`.execute(hub.db)));

/** All of another account that somebody could have got at. */
async function theirState(): Promise<string> {
  const rows = await rowsOf(theirs.accountId);
  return createHash('sha256').update(JSON.stringify(rows.map(({ rows: all }) => all))).digest('hex');
}

/** The same with ids that are nowhere, each always as the same other one. */
function nowhere(text: string): string {
  let all = text;
  for (const id of theirs.ids) if (all.includes(id)) all = all.replaceAll(id, randomUUID());
  return all;
}

/** Whether one has written it oneself: a name, a note, in what was asked before. */
const isOurOwnText = async (id: string): Promise<boolean> => JSON.stringify((await rowsOf(ours.accountId)).map(({ rows }) => rows)).includes(id);

/** Whether what is taken was taken by ourselves: a name asked for before, with one of those ids in it. */
async function isOurOwnName(said: string): Promise<boolean> {
  for (const id of theirs.ids) if (said.includes(id) && (await isOurOwnText(id))) return true;
  return false;
}

/** What somebody learns from an answer. */
async function learns({ method, path, headers, body }: Ask, who: TestPerson): Promise<{ status: number; code: unknown; text: string }> {
  const response = await fetch(hub.url + path, { method, headers: { authorization: `Bearer ${who.token}`, ...headers }, ...(body === null ? {} : { body: new Uint8Array(body) }) });
  const text = await response.text();
  return { status: response.status, code: response.ok ? undefined : JSON.parse(text).code, text };
}

const pathOf = ({ path }: Ask): string => path.split('?', 1)[0]!;

/** What comes of asking the same thing twice. */
const TWICE = new Set(['profile.nameTaken', 'person.emailTaken', 'team.nameTaken', 'resource.nameTaken']);
const named = (Object.keys(routes) as RouteName[]).filter((name) => routes[name].path.includes(':') || 'body' in routes[name]);
/** It ends one's own session, or means nobody but oneself. */
const ABOUT_ONESELF: ReadonlySet<RouteName> = new Set(['openSession']);

describe('the ids of another account', () => {
  it.each(named.filter((name) => !ABOUT_ONESELF.has(name)))('are to %s as ids that are nowhere', { timeout: FUZZ.timeoutMs }, async (name) => {
    const route: Route = routes[name];
    const before = await theirState();
    const words = fc.constantFrom(...theirs.ids);
    const asked = fc.asyncProperty(wellFormedAskOf(route, words), async (ask) => {
      if (pathOf(ask) === '/api/commands/core.logout') return;
      const said = `${ask.path} ${ask.body}`;
      const twin: Ask = { ...ask, path: nowhere(ask.path), body: ask.body && Buffer.from(nowhere(ask.body.toString())) };
      for (const who of route.needs === 'connector' ? [ours.connector] : ours.people) {
        const [met, missed] = [await learns(ask, who), await learns(twin, who)];
        if (TWICE.has(String(missed.code)) || (TWICE.has(String(met.code)) && (await isOurOwnName(said)))) continue;
        expect({ ...met, text: undefined }, met.text).toEqual({ ...missed, text: undefined });
        if (pathOf(twin) !== pathOf(ask)) expect(met.status, met.text).toBeGreaterThanOrEqual(400);
        for (const id of theirs.ids) if (!said.includes(id) && met.text.includes(id)) expect(await isOurOwnText(id), `${id} in ${met.text}`).toBe(true);
      }
    });
    await fc.assert(asked, FUZZ.parameters(name === 'command' ? FUZZ.runs * 8 : FUZZ.runs));
    expect(await theirState()).toBe(before);
  });
});
