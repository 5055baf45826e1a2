import { expect, it } from 'vitest';
import type { OwnCampaignView, OwnSmsCampaignView } from '../../../lib/api/routes-campaigns.ts';
import { BannerModel } from '../../../lib/models/banner.ts';
import { SmsCampaignsModel } from '../../../lib/models/modules/campaign-list.ts';
import { CampaignsModel } from '../../../lib/models/modules/campaigns.ts';
import { FRESH_MS } from '../../../lib/models/modules/fresh.ts';
import type { Answer, Client } from '../../../lib/session/client-state.ts';
import { createFakeClient } from '../../fixtures/gallery/fake-client.ts';
import { problemOf } from '../../fixtures/gallery/fake-modules.ts';
import { everything } from '../../fixtures/gallery/profiles.ts';
import { NOW, openState, snapshotOf } from '../../fixtures/gallery/scenes.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';

const renewals: OwnCampaignView = { id: 'renewals', name: 'Renewals', mode: 'preview', active: true, blends: false, subscribed: false, waiting: 3, later: 1 };
const settled = () => new Promise<void>((done) => setTimeout(done));

function open() {
  const clock = createHandClock(NOW);
  const background = createFakeClient(openState(snapshotOf(everything)), (answer) => answer());
  const sent: unknown[] = [];
  const hub = { waiting: 3, command: { ok: true, value: undefined } as Answer<undefined>, answers: [] as (() => void)[] };
  const call = async (verb: string, ...args: readonly unknown[]): Promise<unknown> => {
    if (verb === 'ask') return { ok: true, value: { value: { bears: true, campaigns: [{ ...renewals, waiting: hub.waiting }] }, etag: null, notModified: false } };
    sent.push(args);
    await new Promise<void>((answered) => hub.answers.push(answered));
    return hub.command;
  };
  const banner = new BannerModel(background, clock, () => {});
  const model = new CampaignsModel({ client: { call } as Pick<Client, 'call'>, view: banner.view, clock });
  const tell = (subscribed: readonly string[]) =>
    background.change(({ situation }) => ({ situation: { ...situation, seq: situation.seq + 1, campaigns: { subscribed: subscribed.map((id) => ({ id, since: NOW })), quietSince: NOW } } }));
  return { clock, hub, sent, model, tell, only: () => model.parts.value[0]! };
}

it('is so once the hub has told it, and not before: in this tab as in any other', async () => {
  const { model, hub, sent, tell, only } = open();
  expect(only()).toMatchObject({ id: 'renewals', counts: null });
  model.watch();
  await settled();
  expect(only()).toMatchObject({ id: 'renewals', subscribed: false, counts: { waiting: 3, later: 1 } });
  const asked = model.subscribe('renewals', true);
  void model.subscribe('renewals', true);
  expect(sent).toEqual([['mod.voiceCampaigns', { campaignId: 'renewals', on: true }]]);
  expect([only().subscribed, model.asking.value.has('renewals')]).toEqual([false, true]);
  for (const answer of hub.answers) answer();
  await asked;
  expect([only().subscribed, model.asking.value.has('renewals')]).toEqual([false, false]);
  tell(['renewals']);
  expect(only().subscribed).toBe(true);
});

it('says why it was refused, until it is done', async () => {
  const { model, hub } = open();
  hub.command = { ok: false, problem: problemOf('control.refused') };
  const refused = model.subscribe('renewals', true);
  hub.answers.pop()!();
  await refused;
  expect(model.problem.value?.code).toBe('control.refused');
  hub.command = { ok: true, value: undefined };
  const done = model.subscribe('renewals', true);
  hub.answers.pop()!();
  await done;
  expect(model.problem.value).toBeNull();
});

it('counts anew while it is looked at', async () => {
  const { model, hub, clock, only } = open();
  const stop = model.watch();
  await settled();
  hub.waiting = 2;
  clock.pass(FRESH_MS);
  await settled();
  expect(only().counts?.waiting).toBe(2);
  stop();
});

it('of SMS says why they cannot be read again, beside what was read before', async () => {
  const clock = createHandClock(NOW);
  const reminders: OwnSmsCampaignView = { id: 'reminders', name: 'Reminders', state: 'running', waiting: 2, later: 0, sent: 5 };
  let answer: Answer<unknown> = { ok: true, value: { value: { campaigns: [reminders] }, etag: null, notModified: false } };
  const model = new SmsCampaignsModel({ client: { call: async () => answer } as unknown as Pick<Client, 'call'>, clock });
  model.watch();
  await settled();
  expect([model.campaigns.value, model.problem.value]).toEqual([[reminders], null]);
  answer = { ok: false, problem: problemOf('hub.notReady') };
  await model.refresh();
  expect([model.campaigns.value, model.problem.value?.code]).toEqual([[reminders], 'hub.notReady']);
});
