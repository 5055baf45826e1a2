/** What it costs as there is more of everything: hubs side by side, whose databases hold as many, ten and a hundred times as many of one thing. */
import { type Comparison, interleave, type Measure, measuresOf, type Options, type Result, type Target } from '../harness/comparison.ts';
import { type GrowthPanel, growthPlot } from '../harness/growth-plot.ts';
import { type HubProgram, TOKEN, withHub } from '../harness/hub-program.ts';
import { median } from '../harness/statistics.ts';
import { wholeList } from '../../fixtures/whole-list.ts';
import { BASE, type Dimension, type GrownHub, grow } from './growth-fill.ts';

const TIMES = [1, 10, 100] as const;
/** A hundred times as many take twice as long, as a logarithm does from 100 to 10,000: what is flat stays far below, what is linear far above. */
const MOST = 2;
const READS = 9;
/** Fewer, since each makes a version more. */
const PUBLISHES = 5;

/** As the Maker asks for them: of each list the first page. */
const LISTS = { people: '/api/people?disabled=true', profiles: '/api/profiles' } as const;
/** All pages of the list of what grows. As long as there is more of it: without a target. */
const WHOLE = 'whole list';

type Act = () => Promise<number>;

async function timed(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

async function middle(times: number, act: Act): Promise<number> {
  const taken: number[] = [];
  for (let time = 0; time < times; time++) taken.push(await act());
  return median(taken);
}

async function read(url: string, token: string): Promise<void> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
}

/** One right more or less; what is timed is the publish to its answer. */
function publishing({ admin }: GrownHub, profileId: string): Act {
  let turn = 0;
  const path = `/api/profiles/${profileId}`;
  return async () => {
    const { body, etag } = await admin('GET', `${path}/draft`, 200);
    const document = { ...body.document, settings: { ...body.document.settings, 'recording.download': (turn += 1) % 2 === 0 } };
    await admin('PUT', `${path}/draft`, 200, { document }, { 'if-match': etag! });
    return timed(() => admin('POST', `${path}/publish`, 201, {}));
  };
}

function actsOn(grown: GrownHub, dimension: Dimension): Record<string, Act> {
  const { hub, teams, everybodys } = grown;
  const admin = String(hub.ready.adminToken);
  const get = async (path: string) => (await grown.admin('GET', path, 200)).body;
  const reading = (path: string, token: string): Act => () => middle(READS, () => timed(() => read(hub.url + path, token)));
  const publish = publishing(grown, teams);
  const toAll = publishing(grown, everybodys);
  return {
    'snapshot': reading('/api/banner', `${TOKEN}0`),
    'publish': () => middle(PUBLISHES, publish),
    'people list': reading(LISTS.people, admin),
    'profile list': reading(LISTS.profiles, admin),
    ...(dimension === 'people' ? { 'publish to all': () => middle(PUBLISHES, toAll) } : {}),
    ...(dimension === 'people' || dimension === 'profiles' ? { [WHOLE]: () => middle(READS, () => timed(() => wholeList(get, LISTS[dimension], dimension))) } : {}),
  };
}

const nameOf = (act: string, times: number): string => `${act}, ${times} ×`;

async function measure(dimension: Dimension, hubs: readonly HubProgram[], { rounds }: Options): Promise<{ acts: string[]; measures: Measure[] }> {
  const acts: Record<string, Act>[] = [];
  for (const [at, hub] of hubs.entries()) acts.push(actsOn(await grow(hub, dimension, TIMES[at]!), dimension));
  const names = Object.keys(acts[0]!);
  const runs = Object.fromEntries(names.flatMap((name) => TIMES.map((times, at) => [nameOf(name, times), acts[at]![name]!])));
  for (const warm of Object.values(runs)) await warm();
  return { acts: names, measures: measuresOf(await interleave(rounds, runs), 'ms') };
}

const withHubs = <T>(use: (hubs: readonly HubProgram[]) => Promise<T>, hubs: readonly HubProgram[] = []): Promise<T> =>
  hubs.length === TIMES.length ? use(hubs) : withHub({ people: BASE.people }, (hub) => withHubs(use, [...hubs, hub]));

function panelOf(dimension: Dimension, acts: readonly string[], measures: readonly Measure[]): GrowthPanel {
  const at = (name: string) => median(measures.find((measure) => measure.name === name)!.samples);
  return { title: dimension, sizes: TIMES.map((times) => BASE[dimension] * times), lines: acts.map((name) => ({ name, values: TIMES.map((times) => at(nameOf(name, times))) })) };
}

const NOTES: Readonly<Record<Dimension, string>> = {
  people: 'All are at work on one profile; "publish" is of another one that ten of them are on, "publish to all" of theirs. The people list is its first page; the whole list all its pages, one after another, without a target.',
  profiles: 'Each published and one person\'s. The profile list is its first page; the whole list all its pages, without a target.',
  queues: 'Of the account; the profile that is shown and published holds ten of them.',
  versions: 'Of the profile that is shown and published, each with ten receipts.',
};

async function* run(options: Options): AsyncGenerator<Result> {
  const panels: GrowthPanel[] = [];
  for (const dimension of Object.keys(BASE) as Dimension[]) {
    const sizes = TIMES.map((times) => (BASE[dimension] * times).toLocaleString('en')).join(', ');
    options.say(`${sizes} ${dimension}`);
    const { acts, measures } = await withHubs((hubs) => measure(dimension, hubs, options));
    panels.push(panelOf(dimension, acts, measures));
    const targets = acts.filter((act) => act !== WHOLE).map((act): Target => ({ of: nameOf(act, 100), against: nameOf(act, 1), by: 'ratio', most: MOST }));
    const isLast = panels.length === Object.keys(BASE).length;
    yield { title: `As ${dimension} grow: ${sizes}`, measures, targets, notes: [NOTES[dimension]], ...(isLast ? { plot: { file: 'growth.svg', svg: growthPlot(panels) } } : {}) };
  }
}

export const growthComparison: Comparison = { name: 'growth', about: 'snapshot, publish and lists as people, profiles, queues and versions grow a hundredfold', run };
