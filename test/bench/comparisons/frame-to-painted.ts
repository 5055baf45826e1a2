/** From the banner's frame being made to its bar painted, from what the browser holds; beside an empty page in the same frame. */
import type { PersonKey } from '../../../server/demo/people.ts';
import { until } from '../../e2e/browser.ts';
import { browserOver, startChromium, type StartedChromium } from '../../e2e/chromium.ts';
import { type EndToEndHub, startHub } from '../../e2e/hub.ts';
import { signIn, stateIs, useHub } from '../../e2e/person.ts';
import { type Comparison, measuresOf, type Options, type Result } from '../harness/comparison.ts';
import { type Crm, serveCrm } from '../harness/crm.ts';
import { makeExtensions, MOVED, PAINTED } from '../harness/extensions.ts';
import { extensionFrame } from '../harness/page-cost.ts';
import { median } from '../harness/statistics.ts';

const LOADS = 5;
const BANNER = 'the banner';
const FROZEN = 'the banner, under a hub that does not answer';
const EMPTY = 'an empty page';
const REQUESTS = 'requests of the banner before it was painted';

interface Load {
  /** Of the frame, from its navigation, in milliseconds. */
  readonly painted: number;
  /** To anywhere but the extension itself, by the frame, until that was seen. */
  readonly requests: number;
}

async function* run({ rounds, say }: Options): AsyncGenerator<Result> {
  const extensions = await makeExtensions();
  const [crm, hub] = await Promise.all([serveCrm(), startHub()]);
  const opened: StartedChromium[] = [];
  try {
    const open = async (extension: string, banner: string, person: PersonKey) => {
      const chromium = await startChromium(extension);
      opened.push(chromium);
      await signInApart(chromium, hub, banner, person);
      return chromium;
    };
    const ours = await open(extensions.pennon, 'banner.html', 'maya');
    const empty = await open(await extensions.emptyFrame(), MOVED, 'karin');
    const samples: Record<string, number[]> = {};
    const requests: number[] = [];
    const note = (name: string, loads: readonly Load[]) => (samples[name] ??= []).push(median(loads.map(({ painted }) => painted)));
    // The first round is for caches.
    for (let round = -1; round < rounds; round++) {
      const banner = await loadsOf(ours, crm);
      const page = await loadsOf(empty, crm);
      const frozen = await whileFrozen(hub, () => loadsOf(ours, crm));
      if (round < 0) continue;
      note(BANNER, banner);
      note(EMPTY, page);
      note(FROZEN, frozen);
      requests.push(Math.max(...[...banner, ...frozen].map((load) => load.requests)));
      say(`round ${round + 1} of ${rounds}`);
    }
    yield {
      title: `From frame to painted, the background asleep before; the middle of ${LOADS} loads a round`,
      measures: [...measuresOf(samples, 'ms'), ...measuresOf({ [REQUESTS]: requests }, 'a load')],
      targets: [
        { of: BANNER, against: EMPTY, by: 'ratio', most: 1.5 },
        { of: FROZEN, against: EMPTY, by: 'ratio', most: 1.5 },
        { of: REQUESTS, against: null, by: 'itself', most: 0 },
      ],
      notes: NOTES,
    };
  } finally {
    for (const chromium of opened) await chromium.close();
    await Promise.all([hub.stop(), crm.close(), extensions.remove()]);
  }
}

const NOTES = [
  'From the navigation of the frame to the first paint of the name of a control in the bar, as the browser notes it (Element Timing). The script on the page has woken the background before it makes the frame, to be told where: that is not in it.',
  'The empty page is put into the same frame by the same script and the same background, of an extension that has it in the place of the banner page.',
];

/** In a tab, since the empty page offers no way in; no page of the extension's own is left. */
async function signInApart(chromium: StartedChromium, { url }: EndToEndHub, banner: string, person: PersonKey): Promise<void> {
  const browser = browserOver(chromium);
  await useHub(browser, url);
  const page = await browser.extensionPage(banner);
  await signIn(browser, url, page, person);
  await stateIs(page, 'core.connection', 'live');
  await page.close();
  await (await browser.own()).close();
}

async function whileFrozen<T>(hub: EndToEndHub, act: () => Promise<T>): Promise<T> {
  hub.freeze();
  try {
    return await act();
  } finally {
    hub.thaw();
  }
}

async function loadsOf(chromium: StartedChromium, crm: Crm): Promise<Load[]> {
  const loads: Load[] = [];
  for (let load = 0; load < LOADS; load++) loads.push(await loadOnce(chromium, crm));
  return loads;
}

async function loadOnce(chromium: StartedChromium, { address }: Crm): Promise<Load> {
  await browserOver(chromium).stopBackground();
  const page = await chromium.context.newPage();
  const requests: string[] = [];
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && request.frame() !== page.mainFrame()) requests.push(request.url());
  });
  await page.addInitScript(watch, PAINTED);
  try {
    await page.goto(address, { waitUntil: 'load' });
    const painted = await until('the frame to be painted', () => extensionFrame(page)?.evaluate(() => (globalThis as unknown as Watched).painted ?? null));
    return { painted, requests: requests.length };
  } finally {
    await page.close();
  }
}

interface Watched {
  /** Milliseconds from the frame's navigation. */
  painted?: number;
}

/** Runs in every frame: in one of an extension the browser itself notes when what is looked for was painted first. */
function watch(selector: string): void {
  if (location.protocol !== 'chrome-extension:') return;
  // In the moment in which it comes, before it is painted; each one, since the first may be gone by then.
  const changes = new MutationObserver(() => {
    for (const found of document.querySelectorAll(selector)) found.setAttribute('elementtiming', 'painted');
  });
  const painted = new PerformanceObserver((list) => {
    const [{ renderTime }] = list.getEntries() as [PerformanceEntry & { renderTime: number }];
    (globalThis as unknown as Watched).painted ??= renderTime;
    changes.disconnect();
  });
  painted.observe({ type: 'element', buffered: true });
  changes.observe(document, { childList: true, subtree: true });
}

export const frameToPaintedComparison: Comparison = { name: 'frame-to-painted', about: "from the banner's frame to its bar painted, beside an empty page", run };
