/** Targets that are written to: by real hubs, on a real database, with a gateway that does what it is told. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sql } from 'kysely';
import { COMMAND_MS } from '../../../lib/api/connector.ts';
import { MOST_IN_WINDOW, SENDING_WINDOW_MS } from '../../../lib/distribution/sms.ts';
import { TRY_AGAIN_MS } from '../../../lib/distribution/targets.ts';
import { defaultParts } from '../../../server/default-parts.ts';
import type { Hub } from '../../../server/hub.ts';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { besides } from '../../fixtures/live-hub.ts';
import { noLive } from '../../fixtures/no-live.ts';
import { beginTexting } from '../../fixtures/texting.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
let other: Hub;
beforeAll(async () => {
  work = await startWork();
  other = await besides(work.hub.hub, { ...defaultParts(), live: noLive }, { PENNON_COUNTRY: 'FR' }, { now: work.now });
}, 60_000);
afterAll(async () => {
  await other?.close();
  await work?.hub.stop();
}, 60_000);

const interactionsOf = (ids: readonly string[]) => work.hub.db.selectFrom('interaction').selectAll().where('target_id', 'in', ids).execute();
/** Both hubs, whatever they were doing: what they would do by now they have done. */
const look = () => Promise.all([work.look(), other.look()]);

it('is sent at its time with its text and sender, to nobody’s hands, and is reached once that is done', async () => {
  const { board, planner, use, campaigns, valuesOf, own } = await beginTexting(work);
  const at = Date.now() + TRY_AGAIN_MS;
  const body = { values: { resourceId: campaigns.reminders, customer: 'Camille Besson', phone: '06 39 98 20 41', at, note: 'Tuesday' } };
  expect((await use(planner, 'camp.sms.program', body)).status).toBe(202);
  await look();
  expect(await board.commands()).toEqual([]);
  expect(await own(planner)).toMatchObject([{ name: 'Reminders', state: 'running', waiting: 0, later: 1, sent: 0 }, { state: 'running' }, { state: 'stopped' }]);
  await work.pass(TRY_AGAIN_MS + 1000);
  await board.commands();
  const [sent] = await until(board.commands, ([first]) => first !== undefined);
  expect(sent).toMatchObject({ verb: 'send', channel: 'messages', to: { address: '+33639982041' }, text: 'Hello Camille Besson: Tuesday', sender: '+33639000100' });
  expect(sent).not.toHaveProperty('agent');
  const [row] = await work.hub.db.selectFrom('interaction').selectAll().where('id', '=', sent!.interactionId!).execute();
  expect(row).toMatchObject({ state: 'accepted', session_id: null, person_id: null });
  expect(await work.inHand(planner)).toEqual([]);
  await board.answer(sent!.id, { result: 'done' });
  expect(await valuesOf(row!.target_id!)).toMatchObject({ state: 'reached', tries: 1, why: null, by: planner.id });
  expect(await work.stateOf(row!.id)).toMatchObject({ state: 'closed', outcome: 'completed' });
  const history = await work.hub.db.selectFrom('record').selectAll().where('module', '=', 'mod.history').where('id', '=', row!.id).executeTakeFirstOrThrow();
  expect(history).toMatchObject({ owner_id: null, values: { channel: 'messages', direction: 'outbound', outcome: 'handled', phone: '+33639982041' } });
  expect(await own(planner)).toMatchObject([{ waiting: 0, later: 0, sent: 1 }, {}, {}]);
  await look();
  expect(await board.commands()).toEqual([]);
});

it('of the pool is due at once, is tried again where the gateway fails, and is left alone after five times', async () => {
  const { board, target, valuesOf } = await beginTexting(work);
  const id = await target();
  for (let tries = 1; tries <= 5; tries += 1) {
    await look();
    expect(await board.obey({ result: 'failed', why: 'Switched off' })).toEqual(['send']);
    expect(await valuesOf(id)).toMatchObject({ state: 'unreached', why: 'failed', tries });
    await look();
    expect(await board.commands()).toEqual([]);
    await work.pass(TRY_AGAIN_MS);
    await board.commands();
  }
  await look();
  expect(await board.commands()).toEqual([]);
});

it('of a campaign that is stopped, has no text, or names a sender that there is not, waits', async () => {
  const { board, planner, own, target, campaigns, setCampaign, valuesOf } = await beginTexting(work);
  const ids = [await target({}, campaigns.stopped), await target({}, campaigns.storm), await target()];
  await setCampaign(campaigns.storm, { text: 'On {date}' });
  await setCampaign(campaigns.reminders, { sender: 'NOBODY' });
  // A round that began before is over then.
  await look();
  await board.obey();
  const before = await interactionsOf(ids);
  await look();
  expect(await interactionsOf(ids)).toHaveLength(before.length);
  expect(await own(planner)).toMatchObject([{ state: 'notReady' }, { state: 'notReady' }, { state: 'stopped', waiting: 1, sent: 0 }]);
  await setCampaign(campaigns.stopped, { active: true });
  await look();
  expect(await board.obey()).toEqual(['send']);
  expect(await valuesOf(ids[0]!)).toMatchObject({ state: 'reached' });
});

it('is sent with the rights of whoever planned it last, as they are then; and without them not at all', async () => {
  const { board, centre, profile, full, planner, signedIn, use, target, valuesOf, recordOf, campaigns } = await beginTexting(work);
  const later = { state: 'planned', at: Date.now() + 10 * TRY_AGAIN_MS };
  const [abroad, premium, empty, mine, nobodys] = [
    await target({ phone: '+34 600 00 00 00' }),
    await target({ phone: '0899 70 12 34' }),
    await target({ note: '' }),
    await target(later),
    await target({ by: undefined, profileId: undefined }),
  ];
  await look();
  expect(await board.commands()).toEqual([]);
  expect(await Promise.all([abroad, premium, empty, nobodys].map(valuesOf))).toMatchObject(['number', 'number', 'text', 'rights'].map((why) => ({ state: 'unreached', why, tries: 1 })));
  // Their profile loses the campaign: what they planned is not sent, what another one plans anew is.
  const wider = await centre.profile('Wider', { ...full, settings: { ...full.settings, 'flow.messages.out.countries': 'all' } });
  await centre.publish(profile, 'Texting', { ...full, rows: { smsCampaigns: [{ id: campaigns.storm }] } });
  const ana = await signedIn(wider);
  const { revision } = await recordOf(abroad!);
  expect((await use(ana, 'camp.sms.pool', { rows: [{ id: abroad, revision }] })).status).toBe(202);
  expect(await valuesOf(abroad!)).toMatchObject({ by: ana.id });
  await look();
  expect(await board.commands()).toMatchObject([{ to: { address: '+34600000000' } }]);
  await board.obey();
  expect(await valuesOf(abroad!)).toMatchObject({ state: 'reached', by: ana.id, why: null });
  await work.pass(11 * TRY_AGAIN_MS);
  await board.commands();
  await until(() => valuesOf(mine!), ({ state }) => state === 'unreached');
  expect(await valuesOf(mine!)).toMatchObject({ why: 'rights', by: planner.id });
  // Nor with a profile that they have no more, nor of somebody who may not sign in.
  const of = { profileId: wider, by: ana.id };
  await work.hub.db.deleteFrom('assignment').where('person_id', '=', ana.id).execute();
  const [taken] = [await target(of)];
  await look();
  expect(await valuesOf(taken!)).toMatchObject({ state: 'unreached', why: 'rights' });
});

it('is not sent again by itself where nobody answers, and is known to be reached once somebody does', async () => {
  const { board, target, valuesOf, recordOf, planner, use } = await beginTexting(work);
  const [told, lost, failed] = [await target(), await target(), await target()];
  await look();
  const commands = await board.commands();
  expect(commands).toHaveLength(3);
  await work.pass(COMMAND_MS + 500);
  await until(() => Promise.all([told, lost, failed].map(valuesOf)), (all) => all.every(({ state, why }) => state === 'unreached' && why === 'noAnswer'));
  const commandOf = async (id: string) => {
    const [row] = await interactionsOf([id]);
    return commands.find(({ interactionId }) => interactionId === row!.id)!.id;
  };
  await board.answer(await commandOf(told), { result: 'done' });
  await board.answer(await commandOf(told), { result: 'done' });
  expect(await valuesOf(told)).toMatchObject({ state: 'reached', why: null, tries: 1 });
  await board.answer(await commandOf(failed), { result: 'failed', why: 'No route' });
  expect(await valuesOf(failed)).toMatchObject({ state: 'unreached', why: 'failed', tries: 1 });
  await work.pass(TRY_AGAIN_MS);
  await board.commands();
  await look();
  expect(await board.obey()).toEqual(['send']);
  expect((await interactionsOf([lost])).length).toBe(1);
  // Somebody who has looked sends it anew.
  const { revision } = await recordOf(lost);
  expect((await use(planner, 'camp.sms.pool', { rows: [{ id: lost, revision }] })).status).toBe(202);
  await look();
  expect(await board.obey()).toEqual(['send']);
  expect(await valuesOf(lost)).toMatchObject({ state: 'reached', tries: 2 });
});

it('keeps the plan that somebody made while it was sent, and stays deleted where it was deleted', async () => {
  const { board, target, valuesOf, recordOf, planner, use } = await beginTexting(work);
  const [again, gone] = [await target(), await target()];
  await look();
  const at = Date.now() + 1000 * TRY_AGAIN_MS;
  expect((await use(planner, 'camp.sms.reprogram', { id: again, revision: 1, values: { at } })).status).toBe(202);
  await work.hub.db.updateTable('record').set({ deleted_at: new Date() }).where('id', '=', gone).execute();
  expect(await board.obey()).toEqual(['send', 'send']);
  expect(await valuesOf(again)).toMatchObject({ state: 'planned', at, tries: 1 });
  expect((await recordOf(gone)).deleted_at).not.toBeNull();
});

it('is sent once by two hubs, and no faster than may be', async () => {
  const { board, target, valuesOf, centre } = await beginTexting(work);
  const ids: string[] = [];
  for (let n = 0; n < MOST_IN_WINDOW + 6; n += 1) ids.push(await target());
  const sentSoFar = async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from interaction where account_id = ${centre.accountId}::uuid and campaign_id is not null`.execute(work.hub.db);
    return rows[0]!.n;
  };
  let windows = 0;
  while (windows < 10 && (await sentSoFar()) < ids.length) {
    const before = await sentSoFar();
    await look();
    await board.obey();
    await look();
    await board.obey();
    expect((await sentSoFar()) - before).toBeLessThanOrEqual(MOST_IN_WINDOW);
    windows += 1;
    await work.pass(SENDING_WINDOW_MS);
    await board.commands();
  }
  expect(windows).toBeGreaterThan(1);
  await board.obey();
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from interaction where target_id = any(${ids}::uuid[]) group by target_id`.execute(work.hub.db);
  expect(rows.map(({ n }) => n)).toEqual(ids.map(() => 1));
  for (const id of ids) expect(await valuesOf(id)).toMatchObject({ state: 'reached', tries: 1 });
});
