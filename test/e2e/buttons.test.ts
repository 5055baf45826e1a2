/** Custom buttons that are workflows and web services, from the press to what is said of it, in the banner on a page. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { demoId } from '../../server/demo/identity.ts';
import type { TestFrame, TestPage } from './browser.ts';
import { type EndToEndHub, startHub } from './hub.ts';
import { signOut, sitDown, stateIs } from './person.ts';
import { describeInBrowsers } from './run.ts';
import { createTelephone, type Telephone } from './telephone.ts';

const CALL_BACK = `int.custom.${demoId('customButton', 'callback')}`;
const ESCALATE = `case.custom.${demoId('customButton', 'escalate')}`;

let hub: EndToEndHub;
let telephone: Telephone;
beforeAll(async () => {
  hub = await startHub();
  telephone = createTelephone(hub);
  await hub.publish('Inbound advisor', (document) => {
    const rows = [...(document.configuration.customButtons?.rows ?? []), { id: demoId('customButton', 'escalate') }];
    return {
      ...document,
      settings: { ...document.settings, 'interactions.timeoutInboundSec': 15, 'cases.access': true, 'cases.scope': 'all' },
      configuration: { ...document.configuration, customButtons: { rows } },
    };
  });
});
afterAll(() => hub?.stop());

describeInBrowsers('A custom button', (browser) => {
  let page: TestPage;
  let banner: TestFrame;

  const says = (text: string) => banner.waitFor(`“${text}” to be said`, (wanted) => document.querySelector('.toast[data-notice="button"]')?.textContent?.includes(wanted) === true, text);

  beforeEach(async () => {
    ({ page, banner } = await sitDown(browser(), hub.url, 'amira'));
    await page.setWindow(1440, 900);
  });
  // One person has one session: the next browser is to have it.
  afterAll(async () => {
    ({ banner } = await sitDown(browser(), hub.url, 'amira'));
    await signOut(banner);
  });

  test('starts a workflow of the telephone system, says why it did not, tries again, and says what it answers', async () => {
    await banner.waitFor('the voice flow', () => document.querySelector('[data-control="flow.voice"]') !== null);
    if ((await banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="flow.voice"]')!.dataset.state)) === 'off') await banner.click('[data-control="flow.voice"]');
    await stateIs(banner, 'flow.voice', 'on');
    const id = await telephone.offer('Motor claims');
    await banner.click('[data-control="offer.accept"]');
    await telephone.obey('answer');
    await stateIs(banner, 'int.hold', 'ready');
    // What opens by itself when a call is accepted is in front now.
    await page.bringToFront();

    await banner.evaluate((control) => document.querySelector<HTMLElement>(`[data-control="${control}"]`)?.scrollIntoView(), CALL_BACK);
    await banner.click(`[data-control="${CALL_BACK}"]`);
    await stateIs(banner, CALL_BACK, 'pending');
    const asked = await telephone.obey('run', { result: 'failed', why: 'No advisor is free today.' });
    expect(asked).toMatchObject({ verb: 'run', workflow: 'plan-call-back', interactionId: id, variables: { 'customer.number': '+33612345678' } });
    await says('No advisor is free today.');
    await stateIs(banner, CALL_BACK, 'ready');

    await banner.click('.toast .again');
    await stateIs(banner, CALL_BACK, 'pending');
    await telephone.obey('run', { result: 'done', message: 'Planned for 15:00.' });
    await says('Planned for 15:00.');
    await stateIs(banner, CALL_BACK, 'ready');
    await telephone.report(id, { event: 'ended' });
    await banner.click('[data-control="int.wrapup.finish"]');
  });

  test('of a case has the hub call the web service, and says its sentence', async () => {
    await banner.waitFor('the cases', () => document.querySelector('[data-control="mod.cases"]') !== null);
    await banner.evaluate(() => document.querySelector<HTMLElement>('[data-control="mod.cases"]')!.click());
    await banner.waitFor('a case', () => document.querySelector('[data-module="mod.cases"] .line-open') !== null);
    await banner.click('[data-module="mod.cases"] .line-open');
    await stateIs(banner, ESCALATE, 'ready');
    await banner.click(`[data-control="${ESCALATE}"]`);
    await says('calls Amira');
    await stateIs(banner, ESCALATE, 'ready');
    const { entries } = await hub.call<{ entries: { action: string; subject: { name: string } | null }[] }>('maya', 'GET', '/api/audit?action=case.custom');
    expect(entries[0]).toMatchObject({ action: 'case.custom', subject: { name: 'Escalate' } });
  });
});
