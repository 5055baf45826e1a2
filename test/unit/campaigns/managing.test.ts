/** Managing a campaign: its targets, whoever they are planned for, and how far it is. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AtWork, startWork } from '../../fixtures/at-work.ts';
import { beginCampaigning } from '../../fixtures/campaigning.ts';
import { problem, type TestPerson } from '../../fixtures/hub.ts';

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

const MANAGES = { renewals: { manager: true, mode: 'powerDialer' }, settings: { 'voiceCampaigns.target.program': true, 'voiceCampaigns.target.reprogram': true, 'voiceCampaigns.target.pool': true } };
const PANEL = '/api/modules/mod.myVoiceCampaign';
const idsOf = async (person: TestPerson, path = PANEL): Promise<string[]> =>
  (await work.hub.call(person, 'GET', path)).body.rows.map(({ id }: { readonly id: string }) => id).toSorted();

it('shows the targets of the campaigns that one manages, and no others', async () => {
  const { signedIn, profile, target, campaigns } = await beginCampaigning(work, MANAGES);
  const [ana, ben] = [await signedIn(profile), await signedIn(profile)];
  const own = [await target(), await target({ state: 'planned', at: work.now() + 1000 }, { owner: ben })].toSorted();
  const other = await target({}, { campaign: campaigns.winback });
  expect(await idsOf(ana)).toEqual(own);
  expect(await idsOf(ana, '/api/modules/mod.voiceCampaigns')).toEqual([...own, other].toSorted());
  expect((await work.hub.call(ana, 'GET', `${PANEL}/${own[0]}`)).status).toBe(200);
  expect(problem(await work.hub.call(ana, 'GET', `${PANEL}/${other}`))).toEqual([404, 'notFound']);
});

it('lets one plan them for somebody else, as far as the rights to targets go', async () => {
  const { signedIn, profile, target, valuesOf, recordOf, use } = await beginCampaigning(work, MANAGES);
  const [ana, ben] = [await signedIn(profile), await signedIn(profile)];
  const id = await target({ customer: 'Camille Besson' });
  const { rows } = (await work.hub.call(ana, 'GET', PANEL)).body;
  expect(rows[0]).toMatchObject({ id, values: { customer: 'Camille Besson', state: 'pool' }, may: ['camp.voice.reprogram'] });
  const at = work.now() + 60_000;
  expect((await use(ana, 'camp.voice.reprogram', { id, revision: 1, values: { at, owner: ben.id } })).status).toBe(202);
  expect(await valuesOf(id)).toMatchObject({ state: 'planned', at });
  expect((await recordOf(id)).owner_id).toBe(ben.id);
  expect((await use(ana, 'camp.voice.remove', { rows: [{ id, revision: 2 }] })).status).toBe(403);
});

it('says how far each campaign is, and who takes part', async () => {
  const { signedIn, profile, target, campaigns, subscribe, centre, full } = await beginCampaigning(work, MANAGES);
  const [ana, ben] = [await signedIn(profile), await signedIn(profile)];
  for (const state of ['pool', 'pool', 'reached', 'unreached']) await target({ state, tries: 5 });
  await target({ state: 'reached' }, { campaign: campaigns.winback });
  const managed = async () => (await work.hub.call(ana, 'GET', '/api/campaigns/managed')).body.campaigns;
  const renewals = { id: campaigns.renewals, name: 'Renewals', mode: 'powerDialer', active: true, planned: 0, pool: 2, reached: 1, unreached: 1 };
  expect(await managed()).toEqual([{ ...renewals, people: 0 }]);
  // With an activity that bears none nobody is called, who has subscribed all the same.
  await work.hub.call(ben, 'PUT', '/api/session/activity', { activityId: centre.activities.phone });
  await subscribe(ben, campaigns.renewals);
  expect(await managed()).toEqual([{ ...renewals, people: 1 }]);
  await work.hub.call(ben, 'DELETE', '/api/session');
  expect(await managed()).toEqual([{ ...renewals, people: 0 }]);
  // Who manages none has no such module.
  await centre.publish(profile, 'Campaigns', { ...full, rows: { ...full.rows, voiceCampaigns: [{ id: campaigns.renewals }] } });
  expect(problem(await work.hub.call(ana, 'GET', '/api/campaigns/managed'))).toEqual([403, 'control.refused']);
  expect(problem(await work.hub.call(ana, 'GET', PANEL))).toEqual([403, 'control.refused']);
});
