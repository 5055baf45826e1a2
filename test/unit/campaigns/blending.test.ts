/** Call blending: who has not subscribed is a back-up at a low point of incoming calls, and back with the first that waits. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { beginCampaigning, type CampaignChange } from '../../fixtures/campaigning.ts';
import type { TestPerson } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

const DELAY_MS = 600_000;
const BLENDS: CampaignChange = {
  renewals: { callBlending: true },
  settings: { 'voiceCampaigns.callBlending': true, 'voiceCampaigns.callBlendingDelaySec': DELAY_MS / 1000 },
};
const first = (person: TestPerson) => until(() => work.inHand(person), ([held]) => held !== undefined).then(([held]) => held);
const nothing = (person: TestPerson) => until(() => work.inHand(person), (all) => all.length === 0);
const quietSince = async (person: TestPerson): Promise<number> => (await work.banner(person)).situation.campaigns.quietSince;

it('calls only once it has been quiet for the delay, and an incoming call begins it anew', async () => {
  const { board, signedIn, profile, target, queue, use } = await beginCampaigning(work, BLENDS);
  await target();
  const ana = await signedIn(profile);
  await work.look();
  expect(await work.inHand(ana)).toEqual([]);
  await work.pass(DELAY_MS / 2);
  const id = await board.offer({ queueId: queue });
  await until(() => work.inHand(ana), ([held]) => held?.id === id);
  await use(ana, 'offer.accept', { interactionId: id });
  await board.obey();
  await work.pass(DELAY_MS * 2);
  await board.report(id, { event: 'ended' });
  await nothing(ana);
  await work.look();
  expect(await work.inHand(ana)).toEqual([]);
  await work.pass(DELAY_MS);
  expect(await first(ana)).toMatchObject({ direction: 'outbound' });
});

it('has an incoming call that waits switch one back after the current one', async () => {
  const { board, signedIn, profile, target, queue } = await beginCampaigning(work, BLENDS);
  await target();
  await target();
  const ana = await signedIn(profile);
  await work.pass(DELAY_MS);
  const called = await first(ana);
  await board.obey();
  await board.report(called.id, { event: 'answered' });
  const before = await quietSince(ana);
  const waiting = await board.offer({ queueId: queue });
  await until(() => quietSince(ana), (since) => since > before);
  expect((await work.inHand(ana)).map(({ id }: { id: string }) => id)).toEqual([called.id]);
  await board.report(called.id, { event: 'ended' });
  await until(() => work.inHand(ana), ([held]) => held?.id === waiting);
  // It gives up: the quiet begins anew, and the second target has to wait for it.
  await board.report(waiting, { event: 'ended' });
  await nothing(ana);
  await work.look();
  expect(await work.inHand(ana)).toEqual([]);
});

it('needs the voice flow on, and counts from when it was turned on', async () => {
  const { signedIn, profile, target } = await beginCampaigning(work, BLENDS);
  await target();
  const ana = await signedIn(profile);
  const flow = (on: boolean) => work.hub.call(ana, 'PUT', '/api/session/flows/voice', { on });
  expect((await flow(false)).status).toBe(200);
  await work.pass(DELAY_MS);
  await work.look();
  expect(await work.inHand(ana)).toEqual([]);
  await flow(true);
  await work.look();
  expect(await work.inHand(ana)).toEqual([]);
  await work.pass(DELAY_MS);
  await first(ana);
});

it('is for who has not subscribed: who has is called whenever they are free', async () => {
  const { signedIn, profile, campaigns, subscribe, target } = await beginCampaigning(work, BLENDS);
  await target();
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  expect((await first(ana)).campaign.id).toBe(campaigns.renewals);
});

it('leaves to a subscriber who is free what they can call, and takes the rest', async () => {
  const { signedIn, profile, campaigns, subscribe, target } = await beginCampaigning(work, BLENDS);
  // Idle for longer than the subscriber, and so before them were they alike.
  const [backUp, subscriber] = [await signedIn(profile), await signedIn(profile)];
  await work.pass(DELAY_MS);
  await target({ customer: 'First' });
  await subscribe(subscriber, campaigns.renewals);
  expect((await first(subscriber)).customer.name).toBe('First');
  await work.look();
  expect(await work.inHand(backUp)).toEqual([]);
  await target({ customer: 'Second' });
  await work.look();
  expect((await first(backUp)).customer.name).toBe('Second');
});

it('needs neither an activity that bears campaigns nor more than one of the two, but the right and the row', async () => {
  const { signedIn, profile, target, centre } = await beginCampaigning(work, BLENDS);
  await target();
  const ana = await signedIn(profile);
  await work.hub.call(ana, 'PUT', '/api/session/activity', { activityId: centre.activities.phone });
  await work.pass(DELAY_MS);
  await first(ana);

  for (const lacks of [{ ...BLENDS, renewals: {} }, { renewals: { callBlending: true } }]) {
    const other = await beginCampaigning(work, lacks);
    await other.target();
    const ben = await other.signedIn(other.profile);
    await work.pass(DELAY_MS * 2);
    await work.look();
    expect(await work.inHand(ben)).toEqual([]);
  }
});

it('is over with what is offered for a look, once the flow is off', async () => {
  const { signedIn, profile, campaigns, target } = await beginCampaigning(work, { ...BLENDS, winback: { callBlending: true } });
  await target({}, { campaign: campaigns.winback });
  const ana = await signedIn(profile);
  await work.pass(DELAY_MS);
  expect(await first(ana)).toMatchObject({ phase: 'offered' });
  await work.hub.call(ana, 'PUT', '/api/session/flows/voice', { on: false });
  await nothing(ana);
});
