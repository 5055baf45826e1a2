/** A supervisor at work, the whole way: what is done to somebody shows in their banner, with who and why; so do answers. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../server/demo/people.ts';
import type { BrowserKind } from '../../scripts/browsers.ts';
import { launch, type TestBrowser, type TestFrame, until } from './browser.ts';
import { choose, fill, press, says } from './by-name.ts';
import { callNobody, type EndToEndHub, profileIdOf, startHub } from './hub.ts';
import { activeProfile, type Desk, signOut, sitDown, stateOf } from './person.ts';
import { describeInBrowsers, extensionFor } from './run.ts';

let hub: EndToEndHub;
beforeAll(async () => {
  hub = await startHub();
  await callNobody(hub);
});
afterAll(() => hub?.stop());

const PANEL = { within: '[data-surface="mod.supervision"]' };

/** What cannot be undone is believed only once it has been in sight for a moment, where the browser can tell. */
const inSight = (banner: TestFrame, selector: string): Promise<unknown> =>
  banner.evaluate(
    (of) =>
      new Promise<void>((resolve) => {
        if (!('isVisible' in IntersectionObserverEntry.prototype)) return resolve();
        let settled: ReturnType<typeof setTimeout> | undefined;
        const observer = new IntersectionObserver(
          (entries) => {
            clearTimeout(settled);
            if ((entries.at(-1) as IntersectionObserverEntry & { isVisible: boolean }).isVisible) settled = setTimeout(resolve, 500);
          },
          { threshold: 1, trackVisibility: true, delay: 100 } as IntersectionObserverInit,
        );
        observer.observe(document.querySelector(of)!);
      }),
    selector,
  );

describeInBrowsers('Supervision', (browser) => {
  let advisors: TestBrowser;
  /** One in each browser: what they are granted for today they still have in the other. */
  const who = () => (browser().kind === 'chromium' ? 'amira' : 'hugo');
  const them = () => people[who()];
  let leader: Desk;
  let advisor: Desk;

  beforeAll(async () => {
    // The browser before this one may have been closed without a word.
    await hub.call('karin', 'DELETE', '/api/session');
    advisors = await launch(browser().kind as BrowserKind, extensionFor(browser().kind as BrowserKind));
  });
  afterAll(() => advisors?.close());

  /** Both on their pages, the leader with the panel open and the advisor's row unfolded. */
  async function bothAtWork(): Promise<void> {
    leader = await sitDown(browser(), hub.url, 'karin');
    advisor = await sitDown(advisors, hub.url, who());
    await leader.page.bringToFront();
    await openPanel();
  }
  async function openPanel(): Promise<void> {
    await leader.banner.waitFor('supervision', () => document.querySelector('[data-control="mod.supervision"]') !== null);
    await leader.banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="mod.supervision"]')!.click());
    await leader.banner.waitFor('the people', () => document.querySelector('.sup-people') !== null);
  }
  const unfold = () => press(leader.banner, { name: them().name, part: true, among: '.sup-person > button', ...PANEL });
  const voiceOf = (desk: Desk) => desk.banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="flow.voice"]')?.dataset['state'] ?? null);

  test('shows who is signed out apart from those at work, and moves them as they sign in and out', async () => {
    const { name } = them();
    const isAway = (of: string) => [...document.querySelectorAll('[data-away-person] strong')].some(({ textContent }) => textContent === of);
    const isAtWork = (of: string) => [...document.querySelectorAll('.sup-person > button strong')].some(({ textContent }) => textContent === of);
    leader = await sitDown(browser(), hub.url, 'karin');
    await openPanel();
    const counted = () => leader.banner.evaluate(() => Number(document.querySelector<HTMLElement>('[data-away]')!.dataset['away']));
    const before = await counted();
    expect(await leader.banner.evaluate(isAway, name)).toBe(false);
    await press(leader.banner, { name: `${before} signed out`, ...PANEL });
    await leader.banner.waitFor('them among the signed out', isAway, name);
    // Nothing can be done with who is not there.
    expect(await leader.banner.evaluate(() => document.querySelector('.sup-away li :is(button, select, input)'))).toBeNull();
    advisor = await sitDown(advisors, hub.url, who());
    await leader.page.bringToFront();
    await leader.banner.waitFor('them at work', isAtWork, name);
    expect([await leader.banner.evaluate(isAway, name), await counted()]).toEqual([false, before - 1]);
    await advisor.page.bringToFront();
    await signOut(advisor.banner);
    await leader.page.bringToFront();
    await leader.banner.waitFor('them to be signed out again', isAway, name);
    await leader.banner.waitFor('since when', (of) => {
      const line = [...document.querySelectorAll('[data-away-person]')].find((each) => each.querySelector('strong')!.textContent === of);
      return line !== undefined && /Away since/.test(line.textContent!);
    }, name);
    expect(await leader.banner.evaluate(isAtWork, name)).toBe(false);
  });

  test('shows the people of one’s queues and teams as they are, and turns a flow off with who and why', async () => {
    await bothAtWork();
    await says(leader.banner, them().name);
    expect(await leader.banner.evaluate(() => [...document.querySelectorAll('[role="tab"]')].map(({ textContent }) => textContent?.replace(/\s*\d+$/, '')))).toEqual([
      'Everyone', 'Motor claims', 'Home claims', 'New customers', 'Complaints', 'Autumn renewals',
    ]);
    await until('the flow to be on', async () => (await voiceOf(advisor)) === 'on');
    await unfold();
    await fill(leader.banner, { name: 'Why (optional)', part: true, ...PANEL }, 'Coaching until three');
    await press(leader.banner, { name: `Turn Voice off: ${them().name}`, ...PANEL });
    await says(advisor.banner, `${people.karin.name} turned your Voice flow off`);
    await says(advisor.banner, 'Coaching until three');
    expect(await voiceOf(advisor)).toBe('forcedOff');
    await leader.banner.waitFor('the row to say so', () => document.querySelector('.sup-person [data-flow="forced"]') !== null);
    await press(leader.banner, { name: `Turn Voice on: ${them().name}`, ...PANEL });
    await until('the flow to be on again', async () => (await voiceOf(advisor)) === 'on');
  });

  test('puts somebody on another of their profiles, and their banner follows and says who did it', async () => {
    await bothAtWork();
    const outbound = await profileIdOf(hub.call, 'Outbound campaigns');
    await unfold();
    await choose(leader.banner, { name: 'Profile', among: 'select', part: true, ...PANEL }, 'Outbound campaigns');
    await press(leader.banner, { name: `Change an advisor’s profile: ${them().name}`, ...PANEL });
    await says(advisor.banner, `${people.karin.name} put you on the profile Outbound campaigns`);
    expect((await stateOf(advisors))?.snapshot?.profile.active?.id).toBe(outbound);
    await press(leader.banner, { name: 'Everyone', part: true, among: '[role="tab"]', ...PANEL });
    // The name alone stands among the choices too.
    await leader.banner.waitFor('the row to follow', () => [...document.querySelectorAll('.sup-person > .row')].some((row) => row.textContent!.includes('Outbound campaigns')));
    await choose(leader.banner, { name: 'Profile', among: 'select', part: true, ...PANEL }, 'Inbound advisor');
    await press(leader.banner, { name: `Change an advisor’s profile: ${them().name}`, ...PANEL });
    await until('the profile to be back', async () => (await activeProfile(advisors)) === 'Inbound advisor');
  });

  /** From the lock in the advisor's bar, until the leader has it before them. */
  async function askFromLock(why: string): Promise<void> {
    await advisor.page.bringToFront();
    await advisor.banner.waitFor('the locked flow', () => document.querySelector('[data-control="flow.email"]') !== null);
    // What is locked takes no click of a test driver, but a person’s.
    await advisor.banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="flow.email"]')!.click());
    await sendAsk(why);
  }
  async function sendAsk(why: string): Promise<void> {
    await fill(advisor.banner, { name: 'Why you need Email flow', part: true }, why);
    await press(advisor.banner, { name: 'Ask', within: '.ask-form' });
    await says(advisor.banner, /Asked at .*: waiting for a supervisor/);
    await leader.page.bringToFront();
    await says(leader.banner, `${them().name}: Email flow`);
    await says(leader.banner, why);
    // Heard, and not over the panel that shows it.
    await leader.banner.waitFor('it to be said', (name) => [...document.querySelectorAll('[role="status"]')].some(({ textContent }) => textContent!.includes(`${name} asks you for`)), them().name);
    expect(await leader.banner.evaluate(() => document.querySelector('.toast'))).toBeNull();
  }
  const withdrawn = async () => {
    await leader.banner.waitFor('the ask to be gone', () => document.querySelector('.sup-asks') === null);
    await until('it to be asked for no more', async () => (await stateOf(advisors))?.snapshot?.situation.asks?.length === 0);
  };

  test('what is asked for is withdrawn while the supervisor looks at it, from the lock or from what happened', async () => {
    await bothAtWork();
    await askFromLock('Not needed after all');
    await advisor.page.bringToFront();
    await press(advisor.banner, { name: 'Withdraw what you asked for: Email flow', within: '[data-locked="flow.email"]' });
    await withdrawn();
    const again = 'Ask for it: Email flow';
    await advisor.banner.waitFor('the keyboard where it can be asked again', (label) => document.activeElement?.getAttribute('aria-label') === label, again);
    await press(advisor.banner, { name: again, within: '[data-locked="flow.email"]' });
    await sendAsk('Once more');
    await advisor.page.bringToFront();
    await press(advisor.banner, { name: 'What happened', part: true, among: 'summary' });
    await press(advisor.banner, { name: 'Withdraw what you asked for: Email flow', within: '[data-waiting="flow.email"]' });
    await withdrawn();
  });

  test('grants for today what somebody asks for from a lock, and it is there at once', async () => {
    await bothAtWork();
    await askFromLock('The mailbox is full');
    await press(leader.banner, { name: 'For today', ...PANEL });
    await until('the right to have come', async () => (await stateOf(advisors))?.snapshot?.person.allow.includes('flow.email.canToggle') === true);
    await advisor.page.bringToFront();
    await says(advisor.banner, `${people.karin.name} gave you “Email flow” for today`);
    await leader.banner.waitFor('the ask to be gone', () => document.querySelector('[data-ask] [data-grant]') === null);
  });

  test('disconnects only when asked twice, and the banner says that it was a supervisor', async () => {
    await bothAtWork();
    await unfold();
    await press(leader.banner, { name: 'Disconnect…', ...PANEL });
    expect((await stateOf(advisors))?.phase).toBe('open');
    const sure = { name: `Disconnect ${them().name}?`, among: 'button', ...PANEL };
    await inSight(leader.banner, '.sup-confirm .danger');
    await press(leader.banner, sure);
    await until('the session to be closed', async () => (await stateOf(advisors))?.phase === 'signedOut');
    expect((await stateOf(advisors))?.ended).toBe('disconnected');
    await leader.banner.waitFor('the row to be gone', () => document.querySelector('.sup-person') === null);
  });
});
