/** From a publish acknowledged to what it changes painted in a real banner, while thousands are served; beside the fan-out alone. */
import type { TestFrame } from '../../e2e/browser.ts';
import { browserOver, startChromium } from '../../e2e/chromium.ts';
import { signIn, stateIs, useHub } from '../../e2e/person.ts';
import { type Comparison, measuresOf, type Options, type Result } from '../harness/comparison.ts';
import { serveCrm } from '../harness/crm.ts';
import { makeExtensions } from '../harness/extensions.ts';
import { type HubProgram, TOKEN, withHub } from '../harness/hub-program.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { quantile } from '../harness/statistics.ts';
import { fanOut } from './fan-out.ts';

const COUNT = 5000;
const PUBLISHES = 20;
const PERSON = { email: 'banner@example.test', password: 'as long as it must be' };

async function* run(options: Options): AsyncGenerator<Result> {
  const extensions = await makeExtensions();
  const crm = await serveCrm();
  try {
    yield await withHub({ people: COUNT }, async (hub) => {
      const chromium = await startChromium(extensions.pennon);
      const halves: Program[] = [];
      // The banner's link is in the middle of the others, as the hub goes through them.
      const addHalf = async () => halves.push(await startProgram('clients.ts', { port: hub.port, kind: 'hub', count: COUNT / 2, from: (halves.length * COUNT) / 2, token: TOKEN }));
      try {
        options.say(`${COUNT} sockets and a banner`);
        await addHalf();
        await hub.ask({ join: PERSON });
        const browser = browserOver(chromium);
        await useHub(browser, hub.url);
        const page = await browser.openPage(crm.address);
        const banner = await page.banner();
        await signIn(browser, hub.url, banner, PERSON);
        await stateIs(banner, 'core.connection', 'live');
        await page.bringToFront();
        await addHalf();
        return await compare(options, hub, together(halves), banner);
      } finally {
        await chromium.close();
        for (const half of halves) await half.stop();
      }
    });
  } finally {
    await Promise.all([crm.close(), extensions.remove()]);
  }
}

async function compare({ rounds, say }: Options, hub: HubProgram, clients: Clients, banner: TestFrame): Promise<Result> {
  const samples: Record<string, number[]> = {};
  const note = (name: string, times: readonly number[]) => {
    for (const [point, share] of [['p50', 0.5], ['p99', 0.99]] as const) (samples[`${name}, ${point}`] ??= []).push(quantile(times, share));
  };
  // The first round is for compilers.
  for (let round = -1; round < rounds; round++) {
    const painted: number[] = [];
    const sockets: number[] = [];
    const alone: number[] = [];
    for (let turn = 0; turn < PUBLISHES; turn++) {
      const one = await publishOnce(hub, clients, banner, { marker: `publish-${round}-${turn}-`, free: turn % 2 === 1 });
      painted.push(one.painted);
      sockets.push(...one.sockets);
      alone.push(...(await fanOut({ server: hub, clients }, `alone-${round}-${turn}-`, `alone-${round}-${turn}-`)));
    }
    if (round < 0) continue;
    note('painted', painted);
    note('at the other sockets', sockets);
    note('fan-out alone', alone);
    say(`round ${round + 1} of ${rounds}`);
  }
  return {
    title: `A publish, from its answer to painted in a banner, with ${COUNT} other sockets; ${PUBLISHES} a round`,
    measures: measuresOf(samples, 'ms'),
    targets: [
      { of: 'painted, p50', against: 'fan-out alone, p50', by: 'difference', most: 25 },
      { of: 'painted, p99', against: 'fan-out alone, p99', by: 'ratio', most: 2 },
    ],
    notes: [`The p99 of painted is the slowest of ${PUBLISHES}: there is one banner. Its link came when half of the others were there. All run on this one machine.`],
  };
}

/** Locks or unlocks a switch in the bar. By the machine's clock: a browser's own, begun at another time, may have moved away from the hub's. */
async function publishOnce(hub: HubProgram, clients: Clients, banner: TestFrame, { marker, free }: { marker: string; free: boolean }): Promise<{ painted: number; sockets: number[] }> {
  const state = free ? 'on' : 'onLocked';
  await banner.evaluate(watch, `[data-control="flow.voice"][data-state="${state}"]`);
  await clients.ask({ expect: marker });
  const { at, date } = await hub.ask({ publish: marker, settings: { 'flow.voice.canToggle': free } });
  const shown = await banner.waitFor(`the switch to be ${state}`, () => (globalThis as unknown as Watched).shown);
  const arrived: number[] = (await clients.ask({ arrived: true })).at;
  return { painted: shown! - date, sockets: arrived.map((time) => time - at) };
}

interface Watched {
  shown: number | null;
}

/** Notes in the banner page when the frame with what is looked for is out, which must not be there yet. */
function watch(selector: string): void {
  const held = globalThis as unknown as Watched;
  held.shown = null;
  if (document.querySelector(selector) !== null) throw new Error(`there already: ${selector}`);
  const look = () => {
    if (document.querySelector(selector) === null) return void requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => void (held.shown = Date.now());
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

type Clients = Pick<Program, 'ask' | 'stop'>;

/** Told the same, and answering as one. */
const together = (programs: readonly Program[]): Clients => ({
  async ask(message) {
    const answers = await Promise.all(programs.map((program) => program.ask(message)));
    return { at: answers.flatMap(({ at }) => at ?? []) };
  },
  async stop() {
    for (const program of programs) await program.stop();
  },
});

export const publishToPaintedComparison: Comparison = { name: 'publish-to-painted', about: 'a publish to painted in a banner among 5,000 others, beside the fan-out alone', run };
