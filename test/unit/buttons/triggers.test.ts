import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultParts } from '../../../server/default-parts.ts';
import type { Hub } from '../../../server/hub.ts';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { buttonsAt } from '../../fixtures/buttons.ts';
import type { TestPerson } from '../../fixtures/hub.ts';
import { besides } from '../../fixtures/live-hub.ts';
import { noLive } from '../../fixtures/no-live.ts';
import { startWebService } from '../../fixtures/web-service.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
let other: Hub;
let service: Awaited<ReturnType<typeof startWebService>>;
let buttons: ReturnType<typeof buttonsAt>;
beforeAll(async () => {
  service = await startWebService();
  work = await startWork({ PENNON_SERVICE_HOSTS: '127.0.0.1' });
  other = await besides(work.hub.hub, { ...defaultParts(), live: noLive }, { PENNON_SERVICE_HOSTS: '127.0.0.1' });
  buttons = buttonsAt(work, service.url);
}, 60_000);
afterAll(async () => {
  await other?.close();
  await work?.hub.stop();
  await service?.stop();
}, 60_000);

describe('by itself', () => {
  it('goes off once when an interaction is presented and once when it is accepted, with two hubs and whoever takes it', async () => {
    const { ids, person, use, board, ringsAt, queue, signedIn, profile, workflows } = await buttons.withButtons({
      presented: buttons.web({ place: 'interaction', trigger: 'presented' }),
      accepted: buttons.workflow({ place: 'interaction', trigger: 'accepted' }),
      elsewhere: buttons.web({ place: 'interaction', trigger: 'accepted', condition: 'channel = email' }),
      byHand: buttons.web({ place: 'interaction' }),
    }, { settings: { 'flow.voice.manage.canRefuse': true } });
    const ben = await signedIn(profile);
    const id = await board.offer({ queueId: queue });
    const [first, second] = await until(async () => [await work.inHand(person), await work.inHand(ben)], (all) => all.some(([one]) => one?.phase === 'offered')).then(([mine]) => (mine!.length > 0 ? [person, ben] : [ben, person])) as [TestPerson, TestPerson];
    expect(await buttons.settled(first)).toMatchObject([{ control: `int.custom.${ids['presented']}`, subject: id, state: 'done' }]);
    // Refused, it rings at somebody else: it was presented already.
    await use(first, 'offer.refuse', { interactionId: id });
    await ringsAt(second);
    const accept = () => use(second, 'offer.accept', { interactionId: id });
    const all = await Promise.all([accept(), accept()]);
    expect(all.map(({ status }) => status)).toContain(202);
    expect(await workflows()).toMatchObject([{ workflow: 'plan-call-back', trigger: 'accepted', interactionId: id, agent: { id: second.id } }]);
    expect(service.heard.map(({ text }) => JSON.parse(text).trigger)).toEqual(['presented']);
    const kept = await work.hub.db.selectFrom('button_run').select(['button_id', 'trigger']).where('interaction_id', '=', id).execute();
    expect(kept.map(({ trigger }) => trigger).toSorted()).toEqual(['accepted', 'presented']);
  });

  it('says why where it cannot be asked, and takes nothing away from the call', async () => {
    const { person, talk, queue } = await buttons.withButtons({ hook: buttons.web({ place: 'interaction', trigger: 'accepted', target: 'https://10.0.0.1/' }) });
    const id = await talk(person, queue);
    expect(await work.inHand(person)).toMatchObject([{ id, state: 'live' }]);
    expect(await buttons.runs(person)).toMatchObject([{ state: 'failed', problem: 'service.address' }]);
  });
});
