/**
 * The real hub on its embedded PostgreSQL, with its people signed in. Told to `push`, it sends everybody a new snapshot whose
 * documents are at hand already: that is the fan-out alone, of the hub's own reader, pusher, links and sockets. Everything else
 * is asked of it as of any hub.
 */
import { Hono } from 'hono';
import { sql } from 'kysely';
import { type ConfigOptions, readConfig } from '../../../server/config.ts';
import { logChange } from '../../../server/db/changes.ts';
import type { Db } from '../../../server/db/connect.ts';
import { defaultParts } from '../../../server/default-parts.ts';
import { createHub } from '../../../server/hub.ts';
import { createLive } from '../../../server/live/live.ts';
import { snapshotMessage } from '../../../server/live/message.ts';
import { TIMING } from '../../../server/live/timing.ts';
import type { HubParts, Sessions } from '../../../server/parts.ts';
import type { PublishedProfile, Snapshots } from '../../../server/session/snapshots.ts';
import { atHand } from '../../fixtures/hub.ts';
import { type BenchCentre, fillCentre } from './centre.ts';
import { clock, memory, options, rest, serve, startCounting } from './told.ts';

interface Settings {
  readonly people: number;
  readonly config: ConfigOptions;
  /** False where the folder has its centre already. */
  readonly fill: boolean;
  /** No beats within the run, as no peer has any. */
  readonly quiet: boolean;
}
const { people, config, fill, quiet } = options as Settings;
const HOUR_MS = 3_600_000;

let prepared: { readonly documents: ReadonlyMap<string, PublishedProfile>; readonly taken: (at: number) => void } | null = null;
let snapshots: Snapshots;

const parts: HubParts = {
  ...defaultParts(),
  live(context, auth, sessions: Sessions) {
    ({ snapshots } = sessions);
    const published: Snapshots['published'] = async (profileIds) => {
      if (!prepared) return sessions.snapshots.published(profileIds);
      const { documents, taken } = prepared;
      prepared = null;
      startCounting();
      taken(clock());
      return documents;
    };
    const timing = quiet ? { ...TIMING, beatMs: HOUR_MS, stallMs: HOUR_MS } : TIMING;
    return createLive(context, auth, { ...sessions, snapshots: { ...sessions.snapshots, published } }, timing);
  },
  pages: (context) => [...defaultParts().pages(context), updateAlone(context.db)],
};

/** One row written and committed, by the same server over the same connections: what a durable change costs at the least. */
function updateAlone(db: Db): Hono {
  return new Hono().put('/bench/update/:id', async (context) => {
    await sql`update session set seen_at = now() where person_id = (select person_id from api_token where id = ${context.req.param('id')}::uuid)`.execute(db);
    return new Response(null, { status: 204 });
  });
}

const hub = await createHub(readConfig({}, { PORT: 0, LOG_LEVEL: 'silent', DATABASE_POOL: 10, PENNON_ACCEPT_RATE: 100_000, PENNON_SESSION_IDLE: 86_400, ...config }), { parts });
await hub.listen();
const { db } = hub.context;
const centre: BenchCentre | null = fill ? await fillCentre({ db, ...atHand(hub.url, () => db) }, people) : null;
const openSessions = async () => (people > 0 ? (await db.selectFrom('session').select('id').where('closed_at', 'is', null).execute()).map(({ id }) => id) : []);

/** Documents with this reference, as new as the change that is written for them. */
async function push(reference: string): Promise<number> {
  const [anyone] = await openSessions();
  const { profile: real } = (await snapshots.load([anyone!])).get(anyone!)!;
  await rest();
  const { profileIds, accountId } = centre!;
  const { promise, resolve: taken } = Promise.withResolvers<number>();
  await db.transaction().execute(async (trx) => {
    const seq = await logChange(trx, { accountId, kind: 'profile', subjectId: profileIds[0] });
    const active = real!.active!;
    const view = { ...active, key: reference, json: active.json.replace(/"general.reference":"[^"]*"/, `"general.reference":"${reference}"`) };
    const profile = { seq, active: view };
    prepared = { documents: new Map([[profileIds[0]!, { profile, notFor: new Set() }]]), taken };
  });
  return promise;
}

/** What a push says, for peers to say the same. */
async function sample(): Promise<string | null> {
  const [first] = await openSessions();
  const loaded = first === undefined ? undefined : (await snapshots.load([first])).get(first);
  if (!loaded?.profile?.active) return null;
  const { seq, active } = loaded.profile;
  return snapshotMessage({ epoch: snapshots.epoch, now: Date.now(), expiresAt: snapshots.expiresAt() }, { profile: `{"seq":${seq},"active":${active.json}}` }).json;
}

const ready = { port: hub.port, url: hub.url, sample: await sample(), ...(centre ? { adminToken: centre.adminToken, profileIds: centre.profileIds } : {}) };
await serve(
  ready,
  async (told) => {
    if (told.push !== undefined) return { at: await push(told.push) };
    if (told.publish !== undefined) {
      await centre!.publish(told.publish, told.settings);
      return { at: clock(), date: Date.now() };
    }
    if (told.join !== undefined) return centre!.join(told.join.email, told.join.password);
    if (told.query !== undefined) return (await sql.raw(told.query).execute(db)).rows;
    return { memory: await memory() };
  },
  () => hub.close(),
);
