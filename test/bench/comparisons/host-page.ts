/** What a page pays for the banner on it, beside no extension, one that does nothing, and a bar on the page itself. */
import type { Page } from 'playwright-core';
import type { PersonKey } from '../../../server/demo/people.ts';
import { browserOver, startChromium, type StartedChromium } from '../../e2e/chromium.ts';
import { type EndToEndHub, startHub } from '../../e2e/hub.ts';
import { signIn, stateIs, useHub } from '../../e2e/person.ts';
import type { Comparison, Measure, Options, Result, Target, Unit } from '../harness/comparison.ts';
import { type Crm, serveCrm } from '../harness/crm.ts';
import { type Extensions, makeExtensions, PAINTED } from '../harness/extensions.ts';
import { TICKETS } from '../harness/tickets-page.ts';
import { costOf, extensionFrame, middleOf, type PageCost } from '../harness/page-cost.ts';
import { spread } from '../harness/statistics.ts';

const LOADS = 3;
const EMPTY = 'an empty script';
const AGAIN = 'an empty script in another browser';
const TWIN = 'a bar in a shadow root';
const NONE = 'no extension';
const OUT = 'not signed in';
const COLLAPSED = 'collapsed';
const SHOWN = 'shown';
const COLLAPSES: PersonKey = 'karin';
/** What is measured on the long page too. */
const ON_LONG = new Set([EMPTY, AGAIN, COLLAPSED, SHOWN]);

interface Variant {
  readonly name: string;
  readonly chromium: StartedChromium;
  readonly check: (page: Page) => Promise<void>;
}

const UNITS = {
  task: ['main thread', 'ms'],
  script: ['script', 'ms'],
  layout: ['layout and styles', 'ms'],
  heap: ['heap', 'kB'],
  longTasks: ['long tasks', 'a load'],
  longTasksAfterLoad: ['long tasks after its load', 'a load'],
  shift: ['CLS', 'of 1'],
  lcp: ['LCP', 'ms'],
  frameHeap: ["heap of the banner's frame", 'kB'],
} as const satisfies Record<keyof PageCost, readonly [string, Unit]>;
const nameOf = (variant: string, what: keyof PageCost): string => `${variant}, ${UNITS[what][0]}`;

async function* run({ rounds, say }: Options): AsyncGenerator<Result> {
  const extensions = await makeExtensions();
  const [crm, hub] = await Promise.all([serveCrm(), startHub()]);
  const variants: Variant[] = [];
  try {
    say('seven browsers are made ready');
    const buttons = await openAll(variants, { crm, hub, extensions });
    const costs = await costsOf(variants, crm.address, { rounds, say });
    yield { title: `A page of the demo CRM with a bar of ${buttons} buttons, ${LOADS} loads a round`, ...costs, targets: targetsOf(costs.measures), notes: NOTES };
    const few = variants.filter(({ name }) => ON_LONG.has(name));
    const there = await costsOf(few, crm.tickets, { rounds, say });
    yield { title: `A page of ${TICKETS} tickets, ${LOADS} loads a round`, ...there, targets: targetsOnLong, notes: ['The same bar, and the same limits, where the page itself is work.'] };
  } finally {
    for (const { chromium } of variants) await chromium.close();
    await Promise.all([hub.stop(), crm.close(), extensions.remove()]);
  }
}

async function costsOf(variants: readonly Variant[], address: string, { rounds, say }: Pick<Options, 'rounds' | 'say'>): Promise<Pick<Result, 'measures'>> {
  const costs: Record<string, PageCost[]> = Object.fromEntries(variants.map(({ name }) => [name, []]));
  // The first round is for caches.
  for (let round = -1; round < rounds; round++) {
    for (const { name, chromium, check } of variants) {
      const loads: PageCost[] = [];
      for (let load = 0; load < LOADS; load++) loads.push(await costOf(chromium.context, address, check));
      if (round >= 0) costs[name]!.push(middleOf(loads));
    }
    say(`round ${round + 1} of ${rounds}`);
  }
  return { measures: measuresOf(costs) };
}

const NOTES = [
  'Only what the page itself pays: its process and main thread. The banner\'s frame is a process of its own, which is checked: no session for it could be had otherwise.',
  `What ${EMPTY} and ${AGAIN} differ by is noise: of the machine, and of one browser from another.`,
  'Times of the processor, from the navigation to 1.5 s after the load event; heap after garbage was collected. LCP is by the clock.',
];

/** @returns how many buttons the banner's bar has */
async function openAll(variants: Variant[], { crm, hub, extensions }: { crm: Crm; hub: EndToEndHub; extensions: Extensions }): Promise<number> {
  const open = async (name: string, extension: string | null, check: Variant['check']) => {
    const chromium = await startChromium(extension);
    variants.push({ name, chromium, check });
    return chromium;
  };
  await open(NONE, null, nothing);
  await open(EMPTY, await extensions.emptyScript(), nothing);
  await open(AGAIN, await extensions.emptyScript(), nothing);
  await open(OUT, extensions.pennon, shows('[data-action="signIn"]'));
  const address = { crm: crm.address, hub: hub.url };
  await prepare(await open(COLLAPSED, extensions.pennon, handleAlone), address, COLLAPSES);
  const buttons = await prepare(await open(SHOWN, extensions.pennon, shows(PAINTED)), address, 'maya');
  await open(TWIN, await extensions.twin(buttons), (page) => demand(page.evaluate(() => document.querySelector('bench-twin') !== null), 'the bar on the page'));
  return buttons;
}

/** Signs in, and leaves the browser without a page of ours. @param person not the same twice: a person has one session */
async function prepare(chromium: StartedChromium, address: { crm: string; hub: string }, person: PersonKey): Promise<number> {
  const browser = browserOver(chromium);
  await useHub(browser, address.hub);
  const page = await browser.openPage(address.crm);
  const banner = await page.banner();
  await signIn(browser, address.hub, banner, person);
  await stateIs(banner, 'core.connection', 'live');
  const buttons = await banner.evaluate(() => document.querySelectorAll('.bar button').length);
  if (person === COLLAPSES) {
    await banner.click('[data-collapse]');
    await page.waitFor('the handle', () => document.querySelector('pennon-frame')?.getBoundingClientRect().height === 28);
  }
  for (const open of await browser.pages()) if (open.url() !== 'about:blank') await open.close();
  return buttons;
}

async function demand(so: Promise<boolean> | boolean | undefined, what: string): Promise<void> {
  if (!(await so)) throw new Error(`not there when it was measured: ${what}`);
}

const nothing = (page: Page) => demand(page.evaluate(() => document.querySelector('pennon-frame, bench-twin') === null), 'a page without a banner');
const shows = (selector: string) => (page: Page) =>
  demand(extensionFrame(page)?.evaluate((wanted) => document.querySelector(wanted) !== null, selector), selector);
const handleAlone = (page: Page) =>
  demand(page.evaluate(() => document.querySelector('pennon-frame')?.getBoundingClientRect().height === 28).then((is) => is && !extensionFrame(page)), 'the handle alone');

const measuresOf = (costs: Readonly<Record<string, readonly PageCost[]>>): Measure[] =>
  (Object.keys(UNITS) as (keyof PageCost)[]).flatMap((what) =>
    Object.entries(costs).flatMap(([variant, of]) =>
      of.some((cost) => cost[what] === null) ? [] : { name: nameOf(variant, what), unit: UNITS[what][1], samples: of.map((cost) => cost[what]!) },
    ),
  );

const beside = (variant: string, other: string, what: keyof PageCost, target: Pick<Target, 'by' | 'most'>): Target => ({ of: nameOf(variant, what), against: nameOf(other, what), ...target });
const nothingOf = (what: keyof PageCost): Target => ({ of: nameOf(SHOWN, what), against: null, by: 'itself', most: 0 });

const targetsOnLong: readonly Target[] = [
  beside(COLLAPSED, EMPTY, 'task', { by: 'ratio', most: 1.05 }),
  beside(COLLAPSED, EMPTY, 'heap', { by: 'difference', most: 150 }),
  beside(SHOWN, EMPTY, 'longTasks', { by: 'difference', most: 0 }),
  nothingOf('longTasksAfterLoad'),
  nothingOf('shift'),
];

/** LCP is compared by the clock: what it differs by between rounds and two browsers of one and the same page is noise. */
function targetsOf(measures: readonly Measure[]): Target[] {
  const noise = spread([EMPTY, AGAIN].flatMap((variant) => measures.find(({ name }) => name === nameOf(variant, 'lcp'))!.samples));
  return [
    ...targetsOnLong,
    beside(SHOWN, EMPTY, 'lcp', { by: 'difference', most: noise }),
    beside(SHOWN, TWIN, 'script', { by: 'ratio', most: 1 }),
  ];
}

export const hostPageComparison: Comparison = { name: 'host-page', about: 'what a page pays for the banner, in Chromium', run };
