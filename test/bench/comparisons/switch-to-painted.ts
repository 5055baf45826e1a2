/**
 * From a person's press on "switch" to the other profile's name painted in the bar, the hub durable; beside one durable UPDATE, and
 * beside what a browser takes for that alone.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import { type TestFrame, until } from '../../e2e/browser.ts';
import { browserOver, pageOf, startChromium, type StartedChromium } from '../../e2e/chromium.ts';
import { chooseProfile, signIn, stateIs, useHub } from '../../e2e/person.ts';
import { type Comparison, interleave, measuresOf, type Options, type Result } from '../harness/comparison.ts';
import { type Crm, serveCrm } from '../harness/crm.ts';
import { BARE_NAME, makeExtensions } from '../harness/extensions.ts';
import { type HubProgram, withHub } from '../harness/hub-program.ts';
import { extensionFrame } from '../harness/page-cost.ts';
import { median } from '../harness/statistics.ts';

const TIMES = 10;
const PERSON = { email: 'banner@example.test', password: 'as long as it must be' };

interface Profile {
  readonly id: string;
  readonly name: string;
}

async function* run(options: Options): AsyncGenerator<Result> {
  const extensions = await makeExtensions();
  const crm = await serveCrm();
  try {
    yield await withHub({ people: 1 }, async (hub) => {
      const profiles = await join(hub);
      const [token] = await hub.ask({ query: "select t.id from api_token t join person p on p.id = t.person_id where p.email = 'bench-0@example.test'" });
      const update = `${hub.url}/bench/update/${token.id}`;
      const chromium = await startChromium(extensions.pennon);
      const bareChromium = await startChromium(await extensions.bareSwitch(update));
      try {
        const bare = await inFrame(bareChromium, crm);
        const browser = browserOver(chromium);
        await useHub(browser, hub.url);
        const ours = await inFrame(chromium, crm);
        const banner = await pageOf(ours.page).banner();
        await signIn(browser, hub.url, banner, PERSON);
        await stateIs(banner, 'core.connection', 'live');
        return await compare(options, { ours, banner, profiles, bare, update });
      } finally {
        await Promise.all([chromium.close(), bareChromium.close()]);
      }
    });
  } finally {
    await Promise.all([crm.close(), extensions.remove()]);
  }
}

/** Somebody with two profiles, the one at login first. */
async function join(hub: HubProgram): Promise<readonly [Profile, Profile]> {
  await hub.ask({ join: PERSON });
  const [, second] = hub.ready.profileIds;
  await hub.ask({ query: `insert into assignment (person_id, profile_id) select id, '${second}' from person where email = '${PERSON.email}'` });
  const rows: readonly Profile[] = await hub.ask({ query: 'select id, name from profile' });
  return hub.ready.profileIds.map((id: string) => rows.find((row) => row.id === id));
}

interface InFrame {
  readonly page: Page;
  readonly frame: Frame;
}

async function inFrame({ context }: StartedChromium, { address }: Crm): Promise<InFrame> {
  const page = await context.newPage();
  await page.goto(address);
  return { page, frame: await until('the frame', () => extensionFrame(page)) };
}

interface Compared {
  readonly ours: InFrame;
  readonly banner: TestFrame;
  readonly profiles: readonly [Profile, Profile];
  readonly bare: InFrame;
  /** Of one UPDATE. */
  readonly update: string;
}

const SWITCH = 'switch, to painted';
const BARE = 'one UPDATE, to painted in a bare extension';
const UPDATE = 'one UPDATE';

async function compare({ rounds, say }: Options, { ours, banner, profiles, bare, update }: Compared): Promise<Result> {
  say(`${TIMES} times a round`);
  let turn = 0;
  const samples = await interleave(rounds, {
    [SWITCH]: () => middle(() => switchOnce(ours, banner, profiles[(turn += 1) % 2]!)),
    [BARE]: () => middle(() => pressBare(bare)),
    [UPDATE]: () => middle(async () => {
      await pause(1);
      const begun = performance.now();
      await (await fetch(update, { method: 'PUT' })).text();
      return performance.now() - begun;
    }),
  });
  return {
    title: `Switching the profile, from the press to painted in the banner; the middle of ${TIMES} a round`,
    measures: measuresOf(samples, 'ms'),
    targets: [{ of: SWITCH, against: UPDATE, by: 'difference', most: 20 }],
    notes: [
      'From the browser\'s own stamp of the press to the frame with the other name being out. The UPDATE goes through the same server and pool, without a token.',
      'The bare extension is a button in a frame, a port, a background that asks for that UPDATE, and a text that changes: what a browser takes for it, with nothing to decide or to draw.',
    ],
  };
}

async function middle(act: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) times.push(await act());
  return median(times);
}

async function switchOnce(ours: InFrame, banner: TestFrame, { id, name }: Profile): Promise<number> {
  await chooseProfile(banner, id);
  return pressOnce(ours, { button: `[data-switch="${id}"]`, where: '[data-control="core.profile"]', name });
}

async function pressBare(bare: InFrame): Promise<number> {
  const where = `[${BARE_NAME}]`;
  const name = await bare.frame.evaluate((shown) => (document.querySelector(shown)!.textContent === 'One' ? 'Two' : 'One'), where);
  return pressOnce(bare, { button: 'button', where, name });
}

/** As long as somebody reads what they would gain and lose, at the least; what the driver did before is over by then. Milliseconds. */
const READ_MS = 150;

/** Nothing is asked of the browser between the press and its painting: a driver that looks takes the processor from what it waits for. */
async function pressOnce({ page, frame }: InFrame, { button, where, name }: Press): Promise<number> {
  const { x, y, width, height } = (await (await frame.$(button))!.boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  const took = frame.evaluate(watch, { name, where });
  await pause(READ_MS);
  await page.mouse.down();
  await page.mouse.up();
  return took;
}

interface Press {
  readonly button: string;
  /** In what the name is shown. */
  readonly where: string;
  readonly name: string;
}

/** How long it is from the next press to the frame with this name there, in milliseconds. */
function watch({ name, where }: Pick<Press, 'name' | 'where'>): Promise<number> {
  const isThere = () => document.querySelector(where)!.textContent!.includes(name);
  if (isThere()) throw new Error(`there already: ${name}`);
  return new Promise((resolve, reject) => {
    let pressed = 0;
    addEventListener('click', ({ timeStamp }) => (pressed = timeStamp), { capture: true, once: true });
    // Looked for where it changes, and not in every frame: that would have the browser draw frames that nobody asked for.
    const changes = new MutationObserver(() => {
      if (!isThere()) return;
      changes.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - pressed);
        port2.postMessage(null);
      });
    });
    changes.observe(document, { childList: true, characterData: true, subtree: true });
    setTimeout(() => reject(new Error(`${name} did not come`)), 20_000);
  });
}

export const switchToPaintedComparison: Comparison = { name: 'switch-to-painted', about: "from a person's press to the other profile painted, beside one durable UPDATE", run };
