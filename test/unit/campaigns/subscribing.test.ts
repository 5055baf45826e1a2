import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AtWork, startWork } from '../../fixtures/at-work.ts';
import { beginCampaigning } from '../../fixtures/campaigning.ts';
import { problem } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

const HOUR = 60 * 60_000;

it('is asked for, told with the situation, and given up again', async () => {
  const { signedIn, profile, campaigns, subscribe, subscribed, outbound } = await beginCampaigning(work);
  const ana = await signedIn(profile);
  expect(await subscribed(ana)).toEqual([]);
  const before = (await work.banner(ana)).situation;
  expect(before.activity.id).toBe(outbound);
  expect((await subscribe(ana, campaigns.renewals)).status).toBe(202);
  expect((await subscribe(ana, campaigns.winback)).status).toBe(202);
  expect(await subscribed(ana)).toEqual([campaigns.renewals, campaigns.winback]);
  const { seq } = (await work.banner(ana)).situation;
  expect(seq).toBeGreaterThan(before.seq);
  // Said twice it is so once, and nothing is told anew.
  await subscribe(ana, campaigns.renewals);
  expect((await work.banner(ana)).situation.seq).toBe(seq);
  await subscribe(ana, campaigns.renewals, false);
  expect(await subscribed(ana)).toEqual([campaigns.winback]);
});

it('lists one’s campaigns with how they call and how many of their targets wait for this very person', async () => {
  const { centre, signedIn, profile, campaigns, subscribe, target, own } = await beginCampaigning(work, {
    renewals: { callBlending: true },
    settings: { 'voiceCampaigns.callBlending': true },
  });
  const [ana, ben] = [await signedIn(profile), await signedIn(profile)];
  // With this activity nobody is called, so that what waits stays so.
  await work.hub.call(ana, 'PUT', '/api/session/activity', { activityId: centre.activities.phone });
  await target();
  await target({ state: 'planned', at: Date.now() - HOUR }, { owner: ana });
  await target({ state: 'planned', at: Date.now() - HOUR }, { owner: ben });
  await target({ state: 'planned', at: Date.now() + HOUR });
  await target({ state: 'unreached', at: Date.now() - HOUR, tries: 1 });
  await target({ state: 'unreached', at: Date.now() - 1000, tries: 1 });
  await target({ state: 'unreached', at: Date.now() - HOUR, tries: 5 });
  await target({ state: 'reached', at: Date.now() - HOUR, tries: 1 });
  await subscribe(ana, campaigns.renewals);
  expect(await own(ana)).toEqual({
    bears: false,
    campaigns: [
      { id: campaigns.renewals, name: 'Renewals', mode: 'progressive', active: true, blends: true, subscribed: true, waiting: 3, later: 2 },
      { id: campaigns.winback, name: 'Win back', mode: 'preview', active: true, blends: false, subscribed: false, waiting: 0, later: 0 },
      { id: campaigns.stopped, name: 'Stopped', mode: 'progressive', active: false, blends: false, subscribed: false, waiting: 0, later: 0 },
    ],
  });
});

it('is refused for what is no campaign of the profile, and without the right', async () => {
  const { centre, full, signedIn, profile, campaigns, subscribe } = await beginCampaigning(work);
  const ana = await signedIn(profile);
  for (const id of [centre.activities.phone, crypto.randomUUID(), 'nonsense']) expect(problem(await subscribe(ana, id))).toEqual([404, 'notFound']);
  expect(problem(await work.hub.call(ana, 'POST', '/api/commands/mod.voiceCampaigns', {}))).toEqual([400, 'request.invalid']);
  const without = await signedIn(await centre.profile('Without', { ...full, settings: { ...full.settings, 'voiceCampaigns.access': false } }));
  expect(problem(await subscribe(without, campaigns.renewals))).toEqual([403, 'control.refused']);
  expect(problem(await work.hub.call(without, 'GET', '/api/campaigns'))).toEqual([403, 'control.refused']);
});

it('goes with a publish that takes the campaign or the right away, and does not come back with it', async () => {
  const { centre, full, signedIn, profile, campaigns, subscribe, subscribed } = await beginCampaigning(work);
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  await subscribe(ana, campaigns.winback);
  await centre.publish(profile, 'Campaigns', { ...full, rows: { ...full.rows, voiceCampaigns: [{ id: campaigns.winback, mode: 'preview' }] } });
  expect(await subscribed(ana)).toEqual([campaigns.winback]);
  await centre.publish(profile, 'Campaigns', full);
  expect(await subscribed(ana)).toEqual([campaigns.winback]);
  await centre.publish(profile, 'Campaigns', { ...full, settings: { ...full.settings, 'voiceCampaigns.access': false } });
  await centre.publish(profile, 'Campaigns', full);
  expect(await subscribed(ana)).toEqual([]);
});

it('goes with a switch to a profile that does not have the campaign, and stays for one that has', async () => {
  const { centre, full, signedIn, profile, campaigns, subscribe, subscribed } = await beginCampaigning(work);
  const other = await centre.profile('Other campaigns', { ...full, rows: { ...full.rows, voiceCampaigns: [{ id: campaigns.winback, mode: 'preview' }] } });
  const ana = await signedIn(profile, other);
  await subscribe(ana, campaigns.renewals);
  await subscribe(ana, campaigns.winback);
  await work.hub.call(ana, 'PUT', '/api/session/profile', { profileId: other });
  expect(await subscribed(ana)).toEqual([campaigns.winback]);
  await work.hub.call(ana, 'PUT', '/api/session/profile', { profileId: profile });
  expect(await subscribed(ana)).toEqual([campaigns.winback]);
});

it('ends with the session', async () => {
  const { signedIn, profile, campaigns, subscribe, subscribed } = await beginCampaigning(work);
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  await work.hub.call(ana, 'DELETE', '/api/session');
  await work.hub.call(ana, 'POST', '/api/session', { browser: 'Firefox on Linux' });
  expect(await subscribed(ana)).toEqual([]);
});
