/** Two hubs on one database that give targets to people at the same time. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sql } from 'kysely';
import { defaultParts } from '../../../server/default-parts.ts';
import type { Hub } from '../../../server/hub.ts';
import { type AtWork, startWork } from '../../fixtures/at-work.ts';
import { beginCampaigning } from '../../fixtures/campaigning.ts';
import { besides } from '../../fixtures/live-hub.ts';
import { noLive } from '../../fixtures/no-live.ts';

const TARGETS = 14;
let work: AtWork;
let other: Hub;
beforeAll(async () => {
  work = await startWork();
  other = await besides(work.hub.hub, { ...defaultParts(), live: noLive });
}, 60_000);
afterAll(async () => {
  await other?.close();
  await work?.hub.stop();
}, 60_000);

it('call each target once and nobody twice at a time, and each comes to its end', { timeout: 60_000 }, async () => {
  const { board, signedIn, profile, campaigns, subscribe, target, valuesOf } = await beginCampaigning(work);
  const people = [await signedIn(profile), await signedIn(profile), await signedIn(profile)];
  const ids: string[] = [];
  for (let n = 0; n < TARGETS; n += 1) ids.push(await target());
  await Promise.all(people.map((person) => subscribe(person, campaigns.renewals)));
  let twice = 0;
  await vi.waitFor(
    async () => {
      await Promise.all([work.look(), other.look()]);
      const { rows: hands } = await sql<{ n: number }>`
        select count(*)::int as n from interaction where state <> 'closed' group by person_id having count(*) > 1`.execute(work.hub.db);
      twice += hands.length;
      await board.obey();
      const { rows: dialled } = await sql<{ id: string }>`select id from interaction where state <> 'closed'`.execute(work.hub.db);
      // One hangs up after they have talked, the next does not answer.
      for (const [at, { id }] of dialled.entries()) {
        if (at % 2 === 0) await board.report(id, { event: 'answered' });
        await board.report(id, at % 2 === 0 ? { event: 'ended' } : { event: 'failed', why: 'Busy' });
      }
      const { n } = await work.hub.db.selectFrom('interaction').select((eb) => eb.fn.countAll<number>().as('n')).where('state', '=', 'closed').executeTakeFirstOrThrow();
      expect(n).toBeGreaterThanOrEqual(TARGETS);
    },
    { timeout: 50_000, interval: 20 },
  );
  expect(twice).toBe(0);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from interaction group by target_id`.execute(work.hub.db);
  expect(rows.map(({ n }) => n)).toEqual(ids.map(() => 1));
  for (const id of ids) expect(await valuesOf(id)).toMatchObject({ state: expect.stringMatching(/^(un)?reached$/), tries: 1 });
});

it('call ahead as many as the pace says, each target once, and each comes to its end', { timeout: 60_000 }, async () => {
  const { board, signedIn, profile, campaigns, subscribe, target, valuesOf } = await beginCampaigning(work, { renewals: { mode: 'powerDialer' } });
  await work.hub.db.updateTable('resource').set({ attributes: JSON.stringify({ active: true, linesPerTen: 20, mostGivenUpPercent: 20 }) }).where('id', '=', campaigns.renewals).execute();
  // It is there to be asked.
  await board.commands();
  const ids: string[] = [];
  for (let n = 0; n < TARGETS; n += 1) ids.push(await target());
  const people = [await signedIn(profile), await signedIn(profile), await signedIn(profile)];
  await Promise.all(people.map((person) => subscribe(person, campaigns.renewals)));
  const lines = () =>
    work.hub.db.selectFrom('interaction').select(['id', 'state', 'person_id', 'target_id']).where('campaign_id', '=', campaigns.renewals).where('state', '<>', 'closed').execute();
  let [most, twice] = [0, 0];
  await vi.waitFor(
    async () => {
      await Promise.all([work.look(), other.look()]);
      const open = await lines();
      most = Math.max(most, open.length);
      const held = open.flatMap(({ person_id }) => person_id ?? []);
      twice += held.length - new Set(held).size;
      await board.obey();
      for (const { id, state } of await lines()) await board.report(id, state === 'dialling' ? { event: 'answered' } : { event: 'ended' });
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from interaction where campaign_id = ${campaigns.renewals}::uuid and state = 'closed'`.execute(work.hub.db);
      expect(rows[0]!.n).toBeGreaterThanOrEqual(ids.length);
    },
    { timeout: 50_000, interval: 20 },
  );
  expect(most).toBeGreaterThan(people.length);
  expect(most).toBeLessThanOrEqual(people.length * 2);
  expect(twice).toBe(0);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from interaction where campaign_id = ${campaigns.renewals}::uuid group by target_id`.execute(work.hub.db);
  expect(rows.map(({ n }) => n)).toEqual(ids.map(() => 1));
  for (const id of ids) expect(await valuesOf(id)).toMatchObject({ state: expect.stringMatching(/^(un)?reached$/), tries: 1 });
});
