/**
 * How fast the Maker is for a person, in Chromium and Firefox: `npx node test/bench/maker.ts [--people 5000] [--queues 500]
 * [--rounds 7] [--browsers chromium,firefox] [--json FILE]`. Needs the build for tests. Times run from the browser's own
 * stamp of the press or key to the frame that shows what was asked for; work is what the page's main thread did
 * meanwhile, which a busy machine changes less.
 */
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { BrowserKind } from '../../scripts/browsers.ts';
import { launch, type TestPage } from '../e2e/browser.ts';
import { press } from '../e2e/by-name.ts';
import { type EndToEndHub, profileIdOf, startHub } from '../e2e/hub.ts';
import { accountOf, edit, goTo, openMaker, openProfile, saved } from '../e2e/maker-page.ts';
import { extensionFor } from '../e2e/run.ts';

const { values: wanted } = parseArgs({
  options: {
    people: { type: 'string', default: '5000' },
    queues: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '7' },
    browsers: { type: 'string', default: 'chromium,firefox' },
    json: { type: 'string' },
  },
});
const [people, queues, rounds] = [Number(wanted.people), Number(wanted.queues), Number(wanted.rounds)];

/** In milliseconds; `work` is null where the browser does not say. */
interface Sample {
  readonly clock: number;
  readonly work: number | null;
}
interface Figure {
  readonly browser: BrowserKind;
  readonly what: string;
  readonly target: number | null;
  readonly samples: readonly Sample[];
}
const figures: Figure[] = [];

const GIVEN = ['Ada', 'Björn', 'Chloé', 'Dmitri', 'Esra', 'Farah', 'Giulia', 'Hamid', 'Inés', 'João', 'Kenji', 'Leila', 'Marek', 'Noor'];
const FAMILY = ['Abbott', 'Bianchi', 'Çelik', 'Dubois', 'Eriksen', 'Fischer', 'García', 'Horvat', 'Ivanova', 'Jansen', 'Kowalski', 'Lindqvist'];
const PROFILES = ['Everything', 'Inbound advisor', 'Team leader'];

const SETTINGS = '[data-load="ready"] .settings-tab';
const PEOPLE = '.records-list .data-table .body > [role="row"]';
const ROWS = '[data-tab="queues"] .row-table .body > [role="row"]';

for (const kind of wanted.browsers.split(',') as BrowserKind[]) {
  // One each: a person has one session.
  const hub = await startHub();
  try {
    await fillCentre(hub);
    await measure(kind, hub);
  } finally {
    await hub.stop();
  }
}
report();
if (wanted.json) await writeFile(wanted.json, `${JSON.stringify({ people, queues, rounds, load: loadavg(), figures }, null, 1)}\n`);

/** People by the import, queues one by one; as many in the profile "Everything", and as many that it could still take. */
async function fillCentre({ call, publish }: EndToEndHub): Promise<void> {
  const lines = Array.from({ length: people }, (_, at) => ({
    name: `${GIVEN[at % GIVEN.length]!} ${FAMILY[Math.trunc(at / GIVEN.length) % FAMILY.length]!} ${at}`,
    email: `person-${at}@harbour.example`,
    profiles: [PROFILES[at % PROFILES.length]!],
  }));
  for (let from = 0; from < lines.length; from += 5000) {
    await call('maya', 'POST', '/api/people/import', { people: lines.slice(from, from + 5000) }, { 'idempotency-key': crypto.randomUUID() });
  }
  const ids: string[] = [];
  for (let at = 0; at < queues * 2; at++) {
    const body = { name: `${FAMILY[at % FAMILY.length]!} line ${at}`, attributes: { voice: true, email: at % 2 === 0 } };
    const { id } = await call<{ id: string }>('maya', 'POST', '/api/resources/queue', body, { 'idempotency-key': crypto.randomUUID() });
    if (at < queues) ids.push(id);
  }
  await publish('Everything', (document) => ({
    ...document,
    configuration: { ...document.configuration, queues: { ...document.configuration.queues, rows: ids.map((id) => ({ id, voice: true, supervision: true })) } },
  }) as typeof document);
}

async function measure(kind: BrowserKind, { url, call }: EndToEndHub): Promise<void> {
  const browser = await launch(kind, extensionFor(kind));
  try {
    const page = await openMaker(browser, url, accountOf('maya'));
    const profileId = await profileIdOf(call, 'Everything');
    const note = async (what: string, target: number | null, run: (round: number) => Promise<Sample>, times = rounds) => {
      const samples: Sample[] = [];
      for (let round = 0; round < times; round++) samples.push(await run(round));
      figures.push({ browser: kind, what, target, samples });
      console.error(`${kind}: ${what}: ${samples.map(({ clock }) => clock.toFixed(0)).join(' ')} ms`);
    };
    await measureProfile(page, profileId, note);
    await measurePeople(page, note);
    await measureQueues(page, profileId, note);
  } finally {
    await browser.close();
  }
}

type Note = (what: string, target: number | null, run: (round: number) => Promise<Sample>, times?: number) => Promise<void>;

async function measureProfile(page: TestPage, profileId: string, note: Note): Promise<void> {
  const link = `a.named[href="#/profiles/${profileId}/settings"]`;
  const toList = async () => {
    await goTo(page, '#/profiles');
    await page.waitFor('the list', (selector) => document.querySelector(selector) !== null, link);
  };
  await openProfile(page, profileId);
  await note('open a profile from the list, opened before', 200, async () => {
    await toList();
    return timed(page, 'click', { selector: SETTINGS }, () => page.click(link));
  });
  await note('open it from the list, first time in a fresh page', 200, async () => {
    await toList();
    await reload(page);
    await page.waitFor('the list', (selector) => document.querySelector(selector) !== null, link);
    return timed(page, 'click', { selector: SETTINGS }, () => page.click(link));
  });
  await openProfile(page, profileId);
  await note('reload the page at a profile, from the navigation on', null, () => reloaded(page, 'pennon-profile-painted', SETTINGS));
  await edit(page);
  const field = '[data-field="recording.download"] [role="switch"]';
  await page.evaluate((selector) => document.querySelector(selector)!.scrollIntoView({ block: 'center', behavior: 'instant' }), field);
  await note('press a switch, to what it shows', 100, async () => {
    const shown = await page.evaluate((selector) => document.querySelector(selector)!.getAttribute('aria-checked')!, field);
    const sample = await timed(page, 'click', { selector: field, attribute: 'aria-checked', not: shown }, () => page.click(field));
    await saved(page);
    return sample;
  });
  await note('press a switch, to the hub having it', null, async () => {
    return timed(page, 'click', { selector: '.profile-page', attribute: 'data-save', through: 'saving', is: 'saved' }, () => page.click(field));
  });
  const name = '[data-field="general.name"] input';
  await page.click(name);
  await note('type into a text field, a key', 50, () => keys(page, 12));
  await page.press('Escape');
  await saved(page);
}

async function measurePeople(page: TestPage, note: Note): Promise<void> {
  const search = '.records-bar input[type="search"]';
  const table = '.records-list .data-table';
  await goTo(page, '#/people');
  await page.waitFor('the people', (selector) => document.querySelector(selector) !== null, PEOPLE);
  await note(`open the list of ${people} people from the cache`, 200, async () => {
    await goTo(page, '#/profiles');
    await page.waitFor('the list', () => document.querySelector('.profiles-page .data-table') !== null);
    return timed(page, 'click', { selector: PEOPLE }, () => page.click('aside.side a[href="#/people"]'));
  });
  await page.click(search);
  await note('search the people, a letter', 50, async (round) => {
    const before = await page.evaluate((selector) => document.querySelector(selector)!.getAttribute('aria-rowcount')!, table);
    return timed(page, 'keydown', { selector: table, attribute: 'aria-rowcount', not: before }, () => page.press(round % 2 === 0 ? '7' : 'Backspace'));
  });
  await page.press('Escape');
  await note('sort the people', 100, async () => {
    const head = `${table} [role="columnheader"][aria-sort]`;
    const before = await page.evaluate((selector) => document.querySelector(selector)!.getAttribute('aria-sort')!, head);
    return timed(page, 'click', { selector: head, attribute: 'aria-sort', not: before }, () => page.click(`${head} .sorter`));
  });
  await note('scroll the people by pages, the longest frame', 50, () => scrolled(page, table));
}

async function measureQueues(page: TestPage, profileId: string, note: Note): Promise<void> {
  const toQueues = `#/profiles/${profileId}/configuration/queues`;
  await openProfile(page, profileId);
  await goTo(page, toQueues);
  await page.waitFor('the queues', (selector) => document.querySelector(selector) !== null, ROWS);
  await note(`open a tab of ${queues} queues`, 100, async () => {
    await goTo(page, toQueues.replace('queues', 'surveys'));
    await page.waitFor('another tab', () => document.querySelector('.configuration-tab[data-tab="surveys"]') !== null);
    return timed(page, 'click', { selector: ROWS }, () => page.click(`.configuration a[href="${toQueues}"]`));
  });
  if (await page.evaluate(() => document.querySelector('[data-editing="true"]') === null)) await edit(page);
  await note('scroll the queues by pages, the longest frame', 50, () => scrolled(page, '[data-tab="queues"] .row-table'));
  await page.evaluate(() => document.querySelector('[data-tab="queues"] .row-table')!.scrollTo({ top: 0, behavior: 'instant' }));
  const first = '[data-tab="queues"] .row-table .body > [aria-rowindex="3"] [role="switch"]';
  await note('press a switch of a queue', 50, async () => {
    const shown = await page.waitFor('the switch', (selector) => document.querySelector(selector)?.getAttribute('aria-checked') ?? '', first);
    const sample = await timed(page, 'click', { selector: first, attribute: 'aria-checked', not: shown }, () => page.click(first));
    await saved(page);
    return sample;
  });
  await note(`open the picker of ${queues * 2} queues`, 100, async () => {
    const sample = await timed(page, 'click', { selector: 'dialog .picker [role="option"]' }, () => press(page, { name: 'Add', part: true, within: '.configuration-tab', among: 'button' }));
    await page.press('Escape');
    await page.waitFor('the picker to close', () => document.querySelector('dialog .picker') === null);
    return sample;
  });
  await press(page, { name: 'Add', part: true, within: '.configuration-tab', among: 'button' });
  const option = 'dialog .picker [role="option"]';
  await note('search in the picker, a letter', 50, async (round) => {
    const before = await page.waitFor('options', (selector) => document.querySelector(selector)?.getAttribute('aria-setsize') ?? '', option);
    return timed(page, 'keydown', { selector: option, attribute: 'aria-setsize', not: before }, () => page.press(round % 2 === 0 ? '7' : 'Backspace'));
  });
  await page.press('Escape');
}

/** What is looked for in each frame. */
interface Shown {
  readonly selector: string;
  readonly attribute?: string;
  /** The attribute is this, or is not that; having been a third before. */
  readonly is?: string;
  readonly not?: string;
  readonly through?: string;
}

/** From the browser's stamp of the event until the frame with what is looked for is out. */
async function timed(page: TestPage, event: 'click' | 'keydown', shown: Shown, act: () => Promise<void>): Promise<Sample> {
  const before = await page.busy();
  await page.evaluate(
    ({ event, shown: { selector, attribute, is, not, through } }) => {
      const held = globalThis as unknown as { bench: Promise<number> };
      held.bench = new Promise((resolve) => {
        let from: number | null = null;
        let been = through === undefined;
        addEventListener(event, (seen) => (from = seen.timeStamp), { capture: true, once: true });
        const met = () => {
          const value = attribute === undefined ? null : document.querySelector(selector)?.getAttribute(attribute);
          been ||= value === through;
          if (attribute === undefined) return document.querySelector(selector) !== null;
          return been && value !== undefined && (is === undefined || value === is) && (not === undefined || value !== not);
        };
        const look = () => {
          if (from === null || !met()) return void requestAnimationFrame(look);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - from!);
          port2.postMessage(null);
        };
        requestAnimationFrame(look);
      });
    },
    { event, shown },
  );
  await act();
  const clock = await page.evaluate(() => (globalThis as unknown as { bench: Promise<number> }).bench);
  const after = await page.busy();
  return { clock, work: before === null || after === null ? null : after - before };
}

/** By the page itself: Firefox never says that an extension's page is there again. */
async function reload(page: TestPage): Promise<void> {
  await page.evaluate(() => {
    Object.assign(globalThis, { before: true });
    setTimeout(() => location.reload());
  });
  await page.waitFor('the page to be another', () => !('before' in globalThis) && document.readyState === 'complete');
}

/** From the beginning of the navigation to the mark that the page leaves. */
async function reloaded(page: TestPage, mark: string, selector: string): Promise<Sample> {
  await reload(page);
  await page.waitFor(selector, (wanted) => document.querySelector(wanted) !== null, selector);
  const clock = await page.waitFor(mark, (name) => performance.getEntriesByName(name)[0]?.startTime ?? 0, mark);
  return { clock, work: await page.busy() };
}

/** The mean of many keys, from key to frame. */
async function keys(page: TestPage, count: number): Promise<Sample> {
  const each: Sample[] = [];
  for (let at = 0; at < count; at++) each.push(await timed(page, 'keydown', { selector: ':focus' }, () => page.press('abcdefgh'[at % 8]!)));
  for (let at = 0; at < count; at++) await page.press('Backspace');
  const mean = (of: (sample: Sample) => number | null) => each.reduce((sum, sample) => sum + (of(sample) ?? 0), 0) / count;
  return { clock: mean(({ clock }) => clock), work: each[0]!.work === null ? null : mean(({ work }) => work) };
}

/** A page of rows in every frame, forty times: the longest time between two frames, and the work of one. */
async function scrolled(page: TestPage, selector: string): Promise<Sample> {
  const before = await page.busy();
  const clock = await page.evaluate(async (wanted) => {
    const scroller = document.querySelector(wanted)!;
    scroller.scrollTo({ top: 0, behavior: 'instant' });
    const frame = () => new Promise<number>(requestAnimationFrame);
    await frame();
    let [last, longest] = [await frame(), 0];
    for (let step = 0; step < 40; step++) {
      scroller.scrollBy({ top: scroller.clientHeight * 0.9, behavior: 'instant' });
      const now = await frame();
      longest = Math.max(longest, now - last);
      last = now;
    }
    return longest;
  }, selector);
  const after = await page.busy();
  return { clock, work: before === null || after === null ? null : (after - before) / 40 };
}

function report(): void {
  const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
  const median = (numbers: readonly number[]) => sorted(numbers)[numbers.length >> 1]!;
  console.log(`| What | Browser | Target | Median | From–to | Main thread |\n| --- | --- | ---: | ---: | ---: | ---: |`);
  for (const what of new Set(figures.map((figure) => figure.what))) {
    for (const { browser, target, samples } of figures.filter((figure) => figure.what === what)) {
      const clocks = sorted(samples.map(({ clock }) => clock));
      const work = samples.flatMap((sample) => sample.work ?? []);
      const cells = [what, browser, target === null ? '' : `< ${target}`, median(clocks).toFixed(0), `${clocks[0]!.toFixed(0)}–${clocks.at(-1)!.toFixed(0)}`, work.length > 0 ? median(work).toFixed(1) : ''];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
  console.log(`\nMilliseconds; ${rounds} rounds; load ${loadavg().map((each) => each.toFixed(1)).join(' ')}`);
}
