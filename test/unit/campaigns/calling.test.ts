/** Targets that are called: by a real hub, on a real database, with a switchboard that does what it is told. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LOOK_MS } from '../../../server/interactions/engine.ts';
import { TRY_AGAIN_MS } from '../../../lib/distribution/targets.ts';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { beginCampaigning } from '../../fixtures/campaigning.ts';
import { problem, type TestPerson } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

const first = (person: TestPerson) => until(() => work.inHand(person), ([held]) => held !== undefined).then(([held]) => held);
const nothing = (person: TestPerson) => until(() => work.inHand(person), (all) => all.length === 0);
/** One whole round of the hub, whatever it was doing: what it would do by then it has done. */
const round = () => work.look();

describe('a target of a progressive campaign', () => {
  it('is dialled by itself, and is reached with what came of it once that is closed', async () => {
    const { board, signedIn, profile, campaigns, subscribe, target, valuesOf, use } = await beginCampaigning(work);
    const id = await target({ customer: 'Camille Besson', phone: '06 39 98 20 41', tries: 1, note: 'In the evening' });
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.renewals);
    const held = await first(ana);
    expect(held).toMatchObject({
      direction: 'outbound',
      state: 'accepted',
      customer: { name: 'Camille Besson', address: '+33639982041' },
      campaign: { id: campaigns.renewals, name: 'Renewals', tries: 1, note: 'In the evening' },
    });
    const [command] = await board.commands();
    expect(command).toMatchObject({ verb: 'dial', to: { address: '+33639982041' } });
    await board.answer(command!.id, { result: 'done', ref: 'line-1' });
    await board.report(held.id, { event: 'answered' });
    expect((await use(ana, 'int.qualify', { interactionId: held.id, qualification: 'Renewed' })).status).toBe(202);
    expect(await valuesOf(id)).toMatchObject({ state: 'pool', tries: 1 });
    await board.report(held.id, { event: 'ended' });
    expect(await valuesOf(id)).toMatchObject({ state: 'reached', tries: 2, disposition: 'Renewed' });
    // Said again it is so once.
    await board.report(held.id, { event: 'ended' });
    expect(await valuesOf(id)).toMatchObject({ state: 'reached', tries: 2 });
    await nothing(ana);
  });

  it('that nobody answers is tried again after a while, and is left alone after five times', async () => {
    const { board, signedIn, profile, campaigns, subscribe, target, valuesOf } = await beginCampaigning(work);
    const id = await target();
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.renewals);
    for (let tries = 1; tries <= 5; tries += 1) {
      const held = await first(ana);
      await board.obey();
      await board.report(held.id, { event: 'failed', why: 'Busy' });
      await nothing(ana);
      expect(await valuesOf(id)).toMatchObject({ state: 'unreached', tries });
      await work.pass(TRY_AGAIN_MS);
    }
    await round();
    expect(await work.inHand(ana)).toEqual([]);
  });

  it('goes to the one it is planned for, at its time', async () => {
    const { signedIn, profile, campaigns, subscribe, target } = await beginCampaigning(work);
    const [ana, ben] = [await signedIn(profile), await signedIn(profile)];
    const soon = Date.now() + 10 * TRY_AGAIN_MS;
    await target({ customer: 'Of Ben', state: 'planned', at: soon }, { owner: ben });
    await subscribe(ana, campaigns.renewals);
    await subscribe(ben, campaigns.renewals);
    await round();
    for (const person of [ana, ben]) expect(await work.inHand(person)).toEqual([]);
    await work.pass(20 * TRY_AGAIN_MS);
    expect((await first(ben)).customer.name).toBe('Of Ben');
    expect(await work.inHand(ana)).toEqual([]);
  });

  it('of a number that the profile may not reach is not dialled at all', async () => {
    const { board, signedIn, profile, campaigns, subscribe, target } = await beginCampaigning(work);
    await target({ customer: 'Abroad', phone: '+34 600 00 00 00' });
    await target({ customer: 'Premium', phone: '0899 70 12 34' });
    await target({ customer: 'No number', phone: 'nonsense' });
    await target({ customer: 'Camille Besson' });
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.renewals);
    expect((await first(ana)).customer.name).toBe('Camille Besson');
    expect(await board.commands()).toHaveLength(1);
  });

  it('is not called for a campaign that is stopped, nor with an activity that bears none, nor without being asked for', async () => {
    const { centre, board, signedIn, profile, campaigns, subscribe, target, outbound } = await beginCampaigning(work);
    await target({}, { campaign: campaigns.stopped });
    await target();
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.stopped);
    await round();
    const activity = (activityId: string) => work.hub.call(ana, 'PUT', '/api/session/activity', { activityId });
    await activity(centre.activities.phone);
    await subscribe(ana, campaigns.renewals);
    await round();
    expect(await board.commands()).toEqual([]);
    await activity(outbound);
    await first(ana);
  });

  it('keeps the plan that somebody made while it was called', async () => {
    const { board, signedIn, profile, campaigns, subscribe, target, valuesOf, full, centre, use } = await beginCampaigning(work);
    await centre.publish(profile, 'Campaigns', { ...full, settings: { ...full.settings, 'voiceCampaigns.target.reprogram': true } });
    const id = await target();
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.renewals);
    const held = await first(ana);
    await board.obey();
    await board.report(held.id, { event: 'answered' });
    const at = Date.now() + 100 * TRY_AGAIN_MS;
    expect((await use(ana, 'camp.voice.reprogram', { id, revision: 1, values: { at } })).status).toBe(202);
    await board.report(held.id, { event: 'ended' });
    expect(await valuesOf(id)).toMatchObject({ state: 'planned', at, tries: 1 });
  });

  it('is as it was where the telephone system is away, and its person is left in peace for a while', async () => {
    const { board, signedIn, profile, campaigns, subscribe, target, valuesOf } = await beginCampaigning(work);
    const id = await target();
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.renewals);
    const { id: undialled } = await first(ana);
    await work.pass(10_500);
    await nothing(ana);
    expect(await valuesOf(id)).toMatchObject({ state: 'pool', tries: 0 });
    await round();
    expect(await work.inHand(ana)).toEqual([]);
    await work.pass(30_000);
    await first(ana);
    expect(await board.commands()).toMatchObject([{ verb: 'dial' }]);
    expect((await board.commands())[0]!.interactionId).not.toBe(undialled);
  });

  it('that is deleted while it is called stays deleted', async () => {
    const { board, signedIn, profile, campaigns, subscribe, target, recordOf } = await beginCampaigning(work);
    const id = await target();
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.renewals);
    const held = await first(ana);
    await work.hub.db.updateTable('record').set({ deleted_at: new Date() }).where('id', '=', id).execute();
    await board.obey();
    await board.report(held.id, { event: 'failed', why: 'Busy' });
    await nothing(ana);
    expect((await recordOf(id)).deleted_at).not.toBeNull();
  });

  it('shows of its customer what the profile shows', async () => {
    const { signedIn, campaigns, subscribe, target, centre, full } = await beginCampaigning(work);
    await target({ customer: 'Camille Besson' });
    const ana = await signedIn(await centre.profile('Masked', { ...full, settings: { ...full.settings, 'mask.name': true, 'mask.phone': true } }));
    await subscribe(ana, campaigns.renewals);
    const { customer } = await first(ana);
    expect(customer.masked).toBe(true);
    expect(JSON.stringify(customer)).not.toMatch(/Besson|\+33639820/);
  });
});

describe('a target that is looked at first', () => {
  it('rings with what is known of it, and is dialled once it is accepted', async () => {
    const { board, signedIn, profile, campaigns, subscribe, target, use, valuesOf } = await beginCampaigning(work);
    const id = await target({ customer: 'Camille Besson', note: 'Left in May' }, { campaign: campaigns.winback });
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.winback);
    const held = await first(ana);
    expect(held).toMatchObject({ phase: 'offered', state: 'ringing', direction: 'outbound', campaign: { name: 'Win back', note: 'Left in May' } });
    expect(await board.commands()).toEqual([]);
    expect((await use(ana, 'offer.accept', { interactionId: held.id })).status).toBe(202);
    expect(await board.obey()).toEqual(['dial']);
    await board.report(held.id, { event: 'answered' });
    await board.report(held.id, { event: 'ended' });
    expect(await valuesOf(id)).toMatchObject({ state: 'reached', tries: 1 });
  });

  it('that is skipped is offered to another, and not again to the same one', async () => {
    const { board, signedIn, profile, campaigns, subscribe, target, use, valuesOf } = await beginCampaigning(work);
    const id = await target({ customer: 'Camille Besson' }, { campaign: campaigns.winback });
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.winback);
    const held = await first(ana);
    expect((await use(ana, 'mod.voiceCampaigns', { skip: held.id })).status).toBe(202);
    await nothing(ana);
    await round();
    expect(await work.inHand(ana)).toEqual([]);
    const ben = await signedIn(profile);
    await subscribe(ben, campaigns.winback);
    const other = await first(ben);
    expect(other.customer.name).toBe('Camille Besson');
    expect(problem(await use(ana, 'mod.voiceCampaigns', { skip: other.id }))).toEqual([409, 'interaction.state']);
    expect(await valuesOf(id)).toMatchObject({ state: 'pool', tries: 0 });
    expect(await board.commands()).toEqual([]);
    // Nobody was called: nothing is left of it in the history.
    const history = await work.hub.db.selectFrom('record').select('id').where('module', '=', 'mod.history').where('id', '=', held.id).execute();
    expect(history).toEqual([]);
  });

  it('counts as missed where nobody looks at it', async () => {
    const { signedIn, profile, campaigns, subscribe, target, centre, full } = await beginCampaigning(work);
    await centre.publish(profile, 'Campaigns', { ...full, settings: { ...full.settings, 'interactions.maxMissed': 1, 'interactions.missedActivityId': centre.activities.phone } });
    for (let n = 0; n < 3; n += 1) await target({}, { campaign: campaigns.winback });
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.winback);
    const held = await first(ana);
    await work.pass(LOOK_MS);
    await until(() => work.inHand(ana), ([next]) => next !== undefined && next.id !== held.id);
    await work.pass(LOOK_MS);
    await nothing(ana);
    expect((await work.banner(ana)).situation.activity.id).toBe(centre.activities.phone);
  });

  it('goes with the campaign that is left, with the activity, and with a publish, and cannot be accepted by then', async () => {
    const { signedIn, profile, campaigns, subscribe, target, centre, full, outbound } = await beginCampaigning(work);
    await target({}, { campaign: campaigns.winback });
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.winback);
    await first(ana);
    await subscribe(ana, campaigns.winback, false);
    await nothing(ana);
    await subscribe(ana, campaigns.winback);
    await first(ana);
    await work.hub.call(ana, 'PUT', '/api/session/activity', { activityId: centre.activities.phone });
    await nothing(ana);
    await work.hub.call(ana, 'PUT', '/api/session/activity', { activityId: outbound });
    await first(ana);
    await centre.publish(profile, 'Campaigns', { ...full, rows: { ...full.rows, voiceCampaigns: [{ id: campaigns.renewals }] } });
    await nothing(ana);
  });

  it('makes room for a call that waits', async () => {
    const { signedIn, profile, campaigns, subscribe, target, board, queue, use } = await beginCampaigning(work);
    await target({}, { campaign: campaigns.winback });
    const ana = await signedIn(profile);
    await subscribe(ana, campaigns.winback);
    await first(ana);
    const id = await board.offer({ queueId: queue });
    await until(() => work.inHand(ana), ([held]) => held?.id === id);
    await use(ana, 'offer.accept', { interactionId: id });
    expect(await board.obey()).toEqual(['answer']);
  });
});
