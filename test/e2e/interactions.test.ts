/** An interaction from the connector's offer to the end of its wrap-up, in the banner on a page. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import type { PersonKey } from '../../server/demo/people.ts';
import { type TestFrame, type TestPage, until } from './browser.ts';
import { press } from './by-name.ts';
import { type EndToEndHub, startHub } from './hub.ts';
import { cardIs, nothingInHand, pauseOver, signIn, signOut, stateIs, stateOf, useHub } from './person.ts';
import { describeInBrowsers } from './run.ts';
import { createTelephone, type Telephone } from './telephone.ts';

let hub: EndToEndHub;
let telephone: Telephone;
beforeAll(async () => {
  hub = await startHub();
  telephone = createTelephone(hub);
  // Time enough to finish a wrap-up by hand, and no longer a pause than that.
  await setting({ 'interactions.timeoutInboundSec': 15, 'flow.voice.process.supervisionRate': 0 });
});
afterAll(() => hub?.stop());

/** Publishes the profile with these settings changed. */
const setting = (changed: Partial<ProfileDocument['settings']>) => hub.publish('Inbound advisor', (document) => ({ ...document, settings: { ...document.settings, ...changed } }));
const QUEUE = 'Motor claims';

interface Notifying {
  readonly chrome: { readonly notifications: { getAll(): Promise<object>; readonly onClosed: { addListener(listener: (id: string) => void): void } } };
  readonly ended: string[];
}

describeInBrowsers('An interaction', (browser) => {
  let page: TestPage;
  let banner: TestFrame;

  /** Another advisor each time: whoever had a call has a pause after it, which nobody needs to wait for. */
  const advisors: readonly PersonKey[] = ['amira', 'ben', 'ines'];
  let turns = 0;
  const nextPerson = () => advisors[turns++ % advisors.length]!;

  beforeAll(() => useHub(browser(), hub.url));
  beforeEach(async () => {
    page = await browser().openPage(`${hub.url}/demo/customers/20418`);
    await page.setWindow(1440, 900);
    banner = await page.banner();
    await signIn(browser(), hub.url, banner, nextPerson());
    await stateIs(banner, 'core.connection', 'live');
    await pauseOver(browser());
    await banner.waitFor('the voice flow', () => document.querySelector('[data-control="flow.voice"]') !== null);
    if ((await banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="flow.voice"]')!.dataset.state)) === 'off') await banner.click('[data-control="flow.voice"]');
    await stateIs(banner, 'flow.voice', 'on');
  });

  afterEach(() => signOut(banner));

  const offered = async (more?: Parameters<Telephone['offer']>[1]) => {
    const id = await telephone.offer(QUEUE, more);
    await banner.waitFor('the offer', (wanted) => document.querySelector<HTMLElement>('.strip.offer')?.dataset.offer === wanted, id);
    return id;
  };
  /** The profile's "Open customer" opens by itself when a call is accepted, in a tab of its own, once for all frames. */
  const customerOpened = async () => {
    const opened = async () => (await Promise.all((await browser().pages()).map((each) => each.evaluate(() => location.href).catch(() => '')))).filter((address) => address.includes('/demo/?q=%2B33612345678'));
    await until('the customer to be opened', async () => (await opened()).length > 0);
    await page.bringToFront();
    return (await opened()).length;
  };
  const accepted = async (more?: Parameters<Telephone['offer']>[1]) => {
    const id = await offered(more);
    await banner.click('[data-control="offer.accept"]');
    await telephone.obey('answer');
    await customerOpened();
    await cardIs(banner, 'live');
    return id;
  };
  const wrappedUp = async () => {
    await cardIs(banner, 'wrapup');
    await banner.click('[data-control="int.wrapup.finish"]');
    await nothingInHand(banner);
  };

  test('rings on every tab, takes room from the page once, takes no keyboard, and is answered once', async () => {
    const second = await browser().openPage(`${hub.url}/demo/customers/20418`);
    const other = await second.banner();
    await page.bringToFront();
    await page.evaluate(() => {
      const field = document.createElement('input');
      document.body.prepend(field);
      field.focus();
    });
    await offered();
    await other.waitFor('the offer', () => document.querySelector('.strip.offer') !== null);
    await page.waitFor('room for the offer', () => document.documentElement.style.borderTopWidth === '104px');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    expect(await page.evaluate(() => document.documentElement.outerHTML.includes('Garnier'))).toBe(false);
    await banner.click('[data-control="offer.accept"]');
    await telephone.obey('answer');
    expect(await customerOpened()).toBe(1);
    for (const each of [banner, other]) await cardIs(each, 'live');
    expect(await page.evaluate(() => document.documentElement.style.borderTopWidth)).toBe('104px');
    // A menu of the bar opens beyond the card, which stays in reach.
    await banner.click('[data-control="core.status"]');
    await banner.waitFor('the menu below the card', () => document.querySelector('[data-surface="status"]:popover-open')!.getBoundingClientRect().top >= document.querySelector('.strip.card')!.getBoundingClientRect().bottom);
    await banner.click('[data-control="int.hangup"]');
    await telephone.obey('hangup');
    await wrappedUp();
    await page.waitFor('the room to be given back', () => document.documentElement.style.borderTopWidth === '48px');
  });

  test('once accepted leaves the keyboard to the page, where one has begun to write there meanwhile', async () => {
    await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<input id="note" style="position: fixed; z-index: 9; bottom: 8px; left: 8px">'));
    await offered();
    await banner.click('[data-control="offer.accept"]');
    await telephone.asked('answer');
    await page.type('#note', 'Asks ');
    await telephone.obey('answer');
    await customerOpened();
    await cardIs(banner, 'live');
    await page.write('why');
    expect(await page.evaluate(() => document.querySelector<HTMLInputElement>('#note')!.value)).toBe('Asks why');
    await banner.click('[data-control="int.hangup"]');
    await telephone.obey('hangup');
    await wrappedUp();
  });

  test('is held and resumed, muted, and recorded by hand, each pending until the telephone system has done it; a right taken away is lent to its end', async () => {
    await accepted();
    await banner.click('[data-control="int.hold"]');
    await stateIs(banner, 'int.hold', 'pending');
    expect(await banner.evaluate(() => document.querySelector<HTMLElement>('.strip.card')!.dataset.interactionState)).toBe('live');
    await telephone.obey('hold');
    await cardIs(banner, 'held');
    await banner.click('[data-control="int.hold"]');
    await telephone.obey('resume');
    await cardIs(banner, 'live');
    await banner.click('[data-control="int.mute"]');
    await telephone.obey('mute');
    await banner.waitFor('Unmute', () => document.querySelector('[data-control="int.mute"]')?.getAttribute('aria-label') === 'Unmute');
    await banner.click('[data-control="int.record"]');
    await telephone.obey('record');
    await banner.waitFor('REC', () => document.querySelector('[data-control="int.record"] .rec-dot') !== null);
    await setting({ 'flow.voice.process.manualRecord': false });
    await stateIs(banner, 'int.record', 'leased');
    expect(await banner.evaluate(() => document.querySelector('[data-control="int.record"] .rec-dot') !== null)).toBe(true);
    await banner.click('[data-control="int.hangup"]');
    await telephone.obey('hangup');
    await wrappedUp();
    const { version } = await setting({ 'flow.voice.process.manualRecord': true });
    await until('the right to be back', async () => (await stateOf(browser()))?.snapshot?.profile.active?.version === version);
  });

  test('is told by the system to who looks at something else, until it is over', async () => {
    const own = await browser().own();
    // A Firefox without a window has nowhere to show one: it closes each as soon as it is made, and says so.
    await own.evaluate(() => {
      const ended: string[] = [];
      Object.assign(globalThis, { ended });
      (globalThis as unknown as Notifying).chrome.notifications.onClosed.addListener((id) => void ended.push(id));
    });
    const told = () => own.evaluate(async () => Object.keys(await (globalThis as unknown as Notifying).chrome.notifications.getAll()));
    const ended = () => own.evaluate(() => (globalThis as unknown as Notifying).ended);
    await own.evaluate(() => (globalThis as unknown as { chrome: { storage: { local: { set(items: object): Promise<void> } } } }).chrome.storage.local.set({ 'setting.offerNotification': true }));
    await own.bringToFront();
    const id = await offered();
    await until('the notification', async () => [...(await told()), ...(await ended())].includes(`pennon.offer.${id}`));
    await telephone.report(id, { event: 'ended' });
    await until('the notification to go with the offer', async () => (await told()).length === 0);
    await nothingInHand(banner);
  });

  test('is passed on to a queue after a word with it, and its wrap-up is finished', async () => {
    await accepted();
    await banner.click('[data-control="int.transfer"]');
    await banner.click('[data-control="int.transfer.assistedQueue"]');
    await banner.click('[data-choice]');
    await banner.click('.surface:popover-open [data-submit]');
    await telephone.obey('consult');
    await cardIs(banner, 'consulting');
    const id = (await stateOf(browser()))!.snapshot!.situation.interactions[0]!.id;
    await telephone.report(id, { event: 'consultAnswered' });
    await banner.waitFor('the way to complete', () => document.querySelector('[data-step="complete"]:not([aria-disabled="true"])') !== null);
    await banner.click('[data-step="complete"]');
    await telephone.obey('transfer');
    await wrappedUp();
  });

  test('keeps a note by itself, and is over when the customer hangs up', async () => {
    const id = await accepted();
    await banner.click('[data-open-card]');
    await banner.waitFor('the details', () => document.querySelector('[data-surface="int.open"]:popover-open') !== null);
    await banner.type('[data-surface="int.open"] .note-field textarea', 'Rear bumper');
    await banner.waitFor('the note to be saved', () => document.querySelector<HTMLElement>('.note-field')?.dataset.note === 'saved');
    await until('the note at the hub', async () => (await stateOf(browser()))?.snapshot?.situation.interactions[0]?.note === 'Rear bumper');
    await telephone.report(id, { event: 'ended' });
    await wrappedUp();
  });

  test('has its queue’s script at hand, in the customer’s language', async () => {
    const id = await accepted({ customer: { name: 'Hélène Garnier', address: '+33612345678', language: 'fr' } });
    await banner.click('[data-control="int.script"]');
    await banner.waitFor('what to say', () => document.querySelector('.module .script [aria-current]')?.textContent?.includes('service sinistres') === true);
    expect(await banner.evaluate(() => document.querySelector('.module')!.textContent)).toContain('Merci, Hélène Garnier');
    await telephone.report(id, { event: 'ended' });
    await wrappedUp();
  });

  test('shows its number as it is read, and copies it as it is dialled', async () => {
    const id = await accepted();
    await banner.click('[data-open-card]');
    const shown = await banner.waitFor('the number', () => document.querySelector('[data-surface="int.open"]:popover-open [data-e164]')?.textContent);
    expect(shown).toBe('+33 6 12 34 56 78');
    const copied = await banner.evaluate(() => {
      const number = document.querySelector('[data-surface="int.open"] [data-e164]')!;
      getSelection()!.selectAllChildren(number);
      const event = new ClipboardEvent('copy', { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
      number.dispatchEvent(event);
      return [event.defaultPrevented, event.clipboardData!.getData('text/plain')];
    });
    expect(copied).toEqual([true, '+33612345678']);
    await telephone.report(id, { event: 'ended' });
    await wrappedUp();
  });

  test('says in every tab what the customer wrote, until it is looked at in one', async () => {
    await banner.click('[data-control="core.activity"]');
    await press(banner, { name: 'Calls and email', part: true, within: '.surface:popover-open' });
    const id = await telephone.offer(QUEUE, { channel: 'email', subject: 'Windscreen', text: 'A stone hit it.', customer: { name: 'Hélène Garnier', address: 'helene@example.com' } });
    await banner.waitFor('the offer', (wanted) => document.querySelector<HTMLElement>('.strip.offer')?.dataset.offer === wanted, id);
    await banner.click('[data-control="offer.accept"]');
    await telephone.obey('answer');
    await cardIs(banner, 'live');
    await page.bringToFront();
    const second = await browser().openPage(`${hub.url}/demo/customers/20418`);
    const other = await second.banner();
    await cardIs(other, 'live');
    await page.bringToFront();
    await telephone.report(id, { event: 'message', text: 'It is the left one.', key: 'left' });
    await telephone.report(id, { event: 'message', text: 'It is the left one.', key: 'left' });
    for (const each of [banner, other]) await each.waitFor('the mark', () => document.querySelector('[data-open-card] .count.unread')?.textContent === '1');
    await banner.waitFor('it to be said', () => document.querySelector('[role="status"]')?.textContent?.includes('wrote: 1 new message') === true);
    expect(await banner.evaluate(() => document.querySelector('[data-open-card]')!.getAttribute('aria-label'))).toContain('1 new message');
    await banner.click('[data-open-card]');
    for (const each of [banner, other]) await each.waitFor('no mark', () => document.querySelector('.strip.card') !== null && document.querySelector('.count.unread') === null);
    await banner.waitFor('what was written', () => document.querySelectorAll('.thread li').length === 2);
    await banner.click('[data-surface="int.open"]:popover-open [data-close]');
    await telephone.report(id, { event: 'ended' });
    await wrappedUp();
  });

  test('begins with a telephone link of the page, which opens the form and calls nobody', async () => {
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'tel:+33155504712';
      link.id = 'call';
      link.textContent = '+33 1 55 50 47 12';
      link.style.cssText = 'position:fixed;inset:300px auto auto 40px;background:#fff';
      document.body.append(link);
    });
    await page.click('#call');
    const typed = await banner.waitFor('the form', () => document.querySelector<HTMLInputElement>('[data-surface^="out.voice"]:popover-open input[type="tel"]')?.value);
    expect(typed).toBe('+33155504712');
    expect((await stateOf(browser()))?.snapshot?.situation.interactions).toEqual([]);
    await banner.waitFor('the number to be good', () => document.querySelector('[data-number="good"]') !== null);
    await banner.click('.surface:popover-open [data-submit]');
    await telephone.obey('dial');
    await cardIs(banner, 'accepted');
    await banner.click('[data-control="int.hangup"]');
    await telephone.obey('hangup');
    await until('the call to be over', async () => (await stateOf(browser()))?.snapshot?.situation.interactions[0]?.phase !== 'live');
  });
});
