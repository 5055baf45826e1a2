/**
 * `npm run test:faults`: the hub and its clients under faults, as in `docs/reliability.md`. Prints its seed; with the
 * same seed and lengths it does the same again: `npm run test:faults -- model --seed 7 --steps 150`.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BROWSER_KINDS } from './browsers.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const ENDING = '.test.ts';
const KNOWN = readdirSync(join(ROOT, 'test/faults')).filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
/** How long a run is: by default some minutes, with --long for a night. */
const LENGTHS = {
  steps: { env: 'PENNON_FAULTS_STEPS', usual: 150, long: 5000 },
  kills: { env: 'PENNON_FAULTS_KILLS', usual: 50, long: 500 },
  publishes: { env: 'PENNON_FAULTS_PUBLISHES', usual: 12, long: 200 },
  full: { env: 'PENNON_FAULTS_FULL', usual: 3, long: 30 },
  clients: { env: 'PENNON_FAULTS_CLIENTS', usual: 300, long: 2000 },
  minutes: { env: 'PENNON_FAULTS_MINUTES', usual: 3, long: 30 },
} as const;
type Length = keyof typeof LENGTHS;
const names = Object.keys(LENGTHS) as Length[];

const HELP = `npm run test:faults -- [NAME…] [--seed N] [--browser NAME] [--long] [--steps N] [--kills N] [--publishes N] [--full N] [--clients N] [--minutes N]
  NAME         runs only those: ${KNOWN.join(', ')}
  --seed       of an earlier run, to do the same again
  --browser    real one, of the suspension test: ${BROWSER_KINDS.join(' or ')}; both by default
  --long       thousands of steps, hundreds of kills
  --steps      of the model and the suspension test (${LENGTHS.steps.usual}, long ${LENGTHS.steps.long})
  --kills      of the durability test (${LENGTHS.kills.usual}, long ${LENGTHS.kills.long})
  --publishes  with the hub killed in them (${LENGTHS.publishes.usual}, long ${LENGTHS.publishes.long})
  --full       how often the disk is full, or fails (${LENGTHS.full.usual}, long ${LENGTHS.full.long})
  --clients    of the soak (${LENGTHS.clients.usual}, long ${LENGTHS.clients.long})
  --minutes    of the soak (${LENGTHS.minutes.usual}, long ${LENGTHS.minutes.long})`;

const option = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: option, browser: option, steps: option, kills: option, publishes: option, full: option, clients: option, minutes: option, long: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log(HELP);
  process.exit();
}

const unknown = positionals.filter((name) => !KNOWN.includes(name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}.\n${HELP}`);
  process.exit(2);
}
const { browser } = values;
if (browser !== undefined && !(BROWSER_KINDS as readonly string[]).includes(browser)) {
  console.error(`There is no browser ${browser}.\n${HELP}`);
  process.exit(2);
}

function whole(name: Length | 'seed', otherwise: number): number {
  const given = values[name];
  if (given === undefined) return otherwise;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  console.error(`--${name} is a whole number from 1.\n${HELP}`);
  return process.exit(2);
}

const seed = whole('seed', randomInt(1, 1_000_000));
const lengths = names.map((name) => [name, whole(name, LENGTHS[name][values.long ? 'long' : 'usual'])] as const);
const again = [...positionals, '--seed', seed, ...(browser === undefined ? [] : ['--browser', browser]), ...lengths.flatMap(([name, length]) => [`--${name}`, length])].join(' ');
console.log(`Seed ${seed}. The same again: npm run test:faults -- ${again}`);

const env = Object.fromEntries(lengths.map(([name, length]) => [LENGTHS[name].env, String(length)]));
const files = positionals.map((name) => `test/faults/${name}${ENDING}`);
const bin = join(ROOT, 'node_modules/.bin');
const child = spawn(join(bin, 'vitest'), ['run', ...files, '--project', 'faults', '--disable-console-intercept'], {
  cwd: ROOT,
  env: { ...process.env, NO_COLOR: '1', PATH: `${bin}:${process.env.PATH}`, PENNON_FAULTS_SEED: String(seed), ...(browser === undefined ? {} : { PENNON_FAULTS_BROWSER: browser }), ...env },
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
child.on('close', (code) => {
  if (code !== 0) console.log(`Failed with seed ${seed}. The same again: npm run test:faults -- ${again}`);
  process.exitCode = code ?? 1;
});
