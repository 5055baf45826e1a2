/**
 * The centre at work: customers of the traffic process, and two people, the one in the browser that is tried, the other in
 * the other one.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { people } from '../../server/demo/people.ts';
import { launch, type TestBrowser, type TestFrame, until } from './browser.ts';
import { choose, press, says } from './by-name.ts';
import { callNobody, type EndToEndHub, startHub } from './hub.ts';
import { activeProfile, cardIs, type Desk, nothingInHand, pauseOver, signOut, sitDown, stateIs, stateOf } from './person.ts';
import { describeInBrowsers, extensionFor, otherKind } from './run.ts';
import { startTraffic, type TrafficProcess } from './traffic.ts';

const QUEUE = 'Motor claims';
const SUPERVISION = { within: '[data-surface="mod.supervision"]' };

let hub: EndToEndHub;
let traffic: TrafficProcess;
beforeAll(async () => {
  hub = await startHub();
  await callNobody(hub);
  traffic = await startTraffic(hub);
  await publish({ 'interactions.timeoutInboundSec': 15, 'flow.voice.process.supervisionRate': 0, 'flow.email.manage.pool': true });
});
afterAll(async () => {
  await traffic?.stop();
  await hub?.stop();
});

/** Publishes both advisors' profile with these settings changed; no button opens a page of its own. */
const publish = (changed: Partial<ProfileDocument['settings']>) =>
  hub.publish('Inbound advisor', ({ settings, configuration, ...document }) => ({
    ...document,
    settings: { ...settings, ...changed },
    configuration: { ...configuration, customButtons: { rows: [] } },
  }));

const ringsAt = ({ banner }: Desk, channel = 'voice') => banner.waitFor('an offer', (of) => document.querySelector(`.strip.offer[data-channel="${of}"]`) !== null, channel);
const cardShows = (banner: TestFrame, text: string) => banner.waitFor(`the card to show ${text}`, (wanted) => document.querySelector('.strip.card')?.textContent?.includes(wanted), text);

async function turnVoice({ banner }: Desk, to: 'on' | 'off'): Promise<void> {
  await banner.waitFor('the voice flow', () => ['on', 'off'].includes(document.querySelector<HTMLElement>('[data-control="flow.voice"]')?.dataset.state ?? ''));
  if ((await banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="flow.voice"]')!.dataset.state)) !== to) await banner.click('[data-control="flow.voice"]');
  await stateIs(banner, 'flow.voice', to);
}

describeInBrowsers('The centre', (browser) => {
  let others: TestBrowser;
  let amira: Desk;
  let ben: Desk;

  beforeAll(async () => {
    const kind = otherKind(browser().kind);
    others = await launch(kind, extensionFor(kind));
  });
  afterAll(() => others?.close());
  beforeEach(async () => {
    amira = await sitDown(browser(), hub.url, 'amira');
    await amira.page.setWindow(1440, 900);
    ben = await sitDown(others, hub.url, 'ben');
    await ben.page.setWindow(1440, 900);
  });

  const wrapUp = async (desk: Desk) => {
    await cardIs(desk.banner, 'wrapup');
    await desk.banner.click('[data-control="int.wrapup.finish"]');
    await nothingInHand(desk.banner);
  };
  const inHand = async (desk: Desk) => (await stateOf(desk.browser))!.snapshot!.situation.interactions;

  test('a call is recorded by hand beyond the right to, goes on with a colleague after a word, and the right is gone after wrap-up', async () => {
    await turnVoice(ben, 'off');
    await turnVoice(amira, 'on');
    const customer = { name: 'Camille Besson', address: '+33199004712', reference: '20418', language: 'fr' };
    const { id } = await traffic.offer({ channel: 'voice', queue: QUEUE, subject: 'Windscreen damage', customer });
    await ringsAt(amira);
    await amira.banner.click('[data-control="offer.accept"]');
    await cardIs(amira.banner, 'live');
    await amira.banner.click('[data-control="int.record"]');
    const recording = () => amira.banner.evaluate(() => document.querySelector('[data-control="int.record"] .rec-dot') !== null);
    await until('REC', recording);

    const { version } = await publish({ 'flow.voice.process.manualRecord': false });
    await stateIs(amira.banner, 'int.record', 'leased');
    expect(await recording()).toBe(true);
    expect(await traffic.asked('stopRecording')).toEqual([]);
    await until('the colleague to have it', async () => (await stateOf(others))?.snapshot?.profile.active?.version === version);

    await turnVoice(ben, 'on');
    await amira.banner.click('[data-control="int.transfer"]');
    await amira.banner.click('[data-control="int.transfer.assistedQueue"]');
    await press(amira.banner, { name: QUEUE, part: true, among: '[data-choice]' });
    await amira.banner.click('.surface:popover-open [data-submit]');
    await cardIs(amira.banner, 'consulting');
    await ringsAt(ben);
    await ben.banner.click('[data-control="offer.accept"]');
    await cardIs(ben.banner, 'live');
    expect((await inHand(amira)).map((each) => each.id)).toEqual([id]);
    await amira.banner.waitFor('the way to complete', () => document.querySelector('[data-step="complete"]:not([aria-disabled="true"])') !== null);
    await amira.banner.click('[data-step="complete"]');

    await wrapUp(amira);
    await cardShows(ben.banner, customer.name);
    // The right was lent to her, for her part of the call.
    await cardIs(ben.banner, 'live');
    expect(await ben.banner.evaluate(() => document.querySelector('[data-control="int.record"]') === null)).toBe(true);
    expect((await stateOf(browser()))!.snapshot!.situation.leases).toEqual([]);
    const refused = await hub.ask(people.amira.email, 'POST', '/api/commands/int.record', { interactionId: id }, { 'idempotency-key': crypto.randomUUID() });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
    await until('the recording to be kept', async () => {
      const { body } = await hub.ask<{ rows: { id: string }[] }>(people.amira.email, 'GET', '/api/modules/mod.recordings?search=Besson');
      return body.rows.length > 0;
    });

    await ben.banner.click('[data-control="int.hangup"]');
    await wrapUp(ben);
    expect((await traffic.asked('hangup')).length).toBe(1);
  });

  test('a call to a country that the profile does not allow is refused before anybody dials', async () => {
    const { banner } = amira;
    await banner.click('[data-control="out.voice.direct"]');
    const field = '.surface:popover-open input[type="tel"]';
    await banner.type(field, '+1 212 555 01 34');
    await banner.waitFor('the reason', () => document.querySelector('[data-number="country"] [role="alert"]')?.textContent?.includes('United States'));
    expect(await banner.evaluate(() => document.querySelector('.surface:popover-open [data-submit]')!.getAttribute('aria-disabled'))).toBe('true');
    await amira.page.press('Enter');
    // The hub decides it again, whatever a banner would send.
    const control = '/api/commands/out.voice.direct';
    const refused = await hub.ask<{ code: string }>(people.amira.email, 'POST', control, { number: '+12125550134' }, { 'idempotency-key': crypto.randomUUID() });
    expect(refused).toMatchObject({ status: 403, body: { code: 'number.country' } });
    expect(await inHand(amira)).toEqual([]);
    expect(await traffic.asked('dial')).toEqual([]);
  });

  test('a supervisor turns a flow off, so that the call that waits rings only once it is on again, and changes a profile', async () => {
    await signOut(ben.banner);
    const karin = await sitDown(others, hub.url, 'karin');
    await turnVoice(amira, 'on');
    await pauseOver(browser());
    const { name } = people.amira;
    await karin.banner.waitFor('supervision', () => document.querySelector('[data-control="mod.supervision"]') !== null);
    await karin.banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="mod.supervision"]')!.click());
    await press(karin.banner, { name, part: true, among: '.sup-person > button', ...SUPERVISION });
    await press(karin.banner, { name: `Turn Voice off: ${name}`, ...SUPERVISION });
    await stateIs(amira.banner, 'flow.voice', 'forcedOff');
    await says(amira.banner, `${people.karin.name} turned your Voice flow off`);

    const { ref, id } = await traffic.offer({ channel: 'voice', queue: QUEUE });
    const { waiting } = await hub.call<{ waiting: { id: string }[] }>('amira', 'GET', '/api/pools/voice');
    expect(waiting.map((each) => each.id)).toEqual([id]);
    expect(await inHand(amira)).toEqual([]);
    await press(karin.banner, { name: `Turn Voice on: ${name}`, ...SUPERVISION });
    await ringsAt(amira);
    await traffic.end(ref);
    await nothingInHand(amira.banner);

    for (const [profile, word] of [['Outbound campaigns', 'put you on the profile Outbound campaigns'], ['Inbound advisor', 'put you on the profile Inbound advisor']] as const) {
      await choose(karin.banner, { name: 'Profile', among: 'select', part: true, ...SUPERVISION }, profile);
      await press(karin.banner, { name: `Change an advisor’s profile: ${name}`, ...SUPERVISION });
      await says(amira.banner, `${people.karin.name} ${word}`);
      await until('the banner to follow', async () => (await activeProfile(browser())) === profile);
    }
    await karin.banner.click('[data-surface="mod.supervision"] [data-close]');
    await signOut(karin.banner);
  });

  test('beyond the missed maximum the activity changes by itself, and the flow says what keeps it off', async () => {
    await turnVoice(ben, 'off');
    // Two that ring at once are missed at once; and not for as long as people are given.
    await publish({ 'interactions.maxMissed': 1, 'flow.voice.manage.maxSimultaneous': 2 });
    await traffic.stop();
    await hub.kill();
    await hub.start({ PENNON_RING: '3' });
    // The hub of the tests gives out a new token at each start.
    traffic = await startTraffic(hub);
    await stateIs(amira.banner, 'core.connection', 'live');
    await turnVoice(amira, 'on');
    await pauseOver(browser());
    const calls = [await traffic.offer({ channel: 'voice', queue: QUEUE }), await traffic.offer({ channel: 'voice', queue: QUEUE })];
    const activity = () => amira.banner.evaluate(() => document.querySelector('[data-control="core.activity"]')!.textContent);
    await until('the maximum to be reached', async () => (await activity())?.includes('Away, calls missed'), 60_000);
    await stateIs(amira.banner, 'flow.voice', 'forcedOff');
    const why = await amira.banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="flow.voice"]')!.dataset.why);
    expect(why).toMatch(/missed/i);
    await nothingInHand(amira.banner);
    for (const { ref } of calls) await traffic.end(ref);
  });

  test('an email that waits is taken by one of two who ask at once, and the other is told so', async () => {
    await Promise.all([pauseOver(browser()), pauseOver(others)]);
    const { id, ref } = await traffic.offer({ channel: 'email', queue: QUEUE, subject: 'Attestation', text: 'Please send me my attestation.' });
    const take = `[data-take="${id}"]`;
    for (const { banner } of [ben, amira]) {
      await banner.waitFor('the pool', () => document.querySelector('[data-control="pool.email"]') !== null);
      await banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="pool.email"]')!.click());
      await banner.waitFor('the email', (selector) => document.querySelector(selector) !== null, take);
    }
    await Promise.all([amira.banner.click(take), ben.banner.click(take)]);
    const winner = await until('one to have it', async () => {
      for (const desk of [amira, ben]) if ((await inHand(desk)).some((each) => each.id === id)) return desk;
      return null;
    });
    const other = winner === amira ? ben : amira;
    await cardIs(winner.banner, 'live');
    await other.banner.waitFor('word of it', () => document.querySelector('[data-problem="interaction.taken"]')?.textContent);
    await other.banner.waitFor('it to be gone', (selector) => document.querySelector(selector) === null, take);
    expect(await inHand(other)).toEqual([]);
    expect((await traffic.asked('answer')).filter((command) => command.interactionId === id).length).toBe(1);
    await traffic.end(ref);
    await wrapUp(winner);
  });
});
