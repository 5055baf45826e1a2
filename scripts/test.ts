/**
 * `npm test`: every check there is, a line for each with its time as it ends, failures whole as they happen, and at the
 * end one line, `N passed, N failed`. A check that is no test counts one where it fails. With names it runs only those:
 * `npm test -- types unit`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BROWSER_KINDS, type BrowserKind, needBrowser, versionOf } from './browsers.ts';
import { weigh } from './lib/budgets.ts';
import type { Counts } from './lib/failures-reporter.ts';
import { inParts } from './lib/parts.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BUILDS: Readonly<Record<BrowserKind, string>> = { chromium: 'chrome', firefox: 'firefox' };
const SCRATCH = mkdtempSync(join(tmpdir(), 'pennon-test-'));
process.once('exit', () => rmSync(SCRATCH, { recursive: true, force: true }));

interface Step {
  readonly name: string;
  readonly title: string;
  /** What is to be said beside the title once it went well; counts of tests; or it throws. */
  run(): Promise<string | Counts>;
}

/**
 * One row after the other. Those of a row run beside each other: a browser and who drives it mostly wait for one another,
 * while all before them keep every core busy by themselves, and would keep it from a browser whose tests have only so
 * much patience.
 */
const rows: readonly (readonly Step[])[] = [
  [{ name: 'types', title: 'Types', run: () => commands(['wxt', 'prepare'], ['tsc', '--noEmit']) }],
  [{ name: 'lint', title: 'Lint and import rules', run: () => commands(['oxlint', '--quiet']) }],
  [{ name: 'unit', title: 'Unit tests', run: () => vitest('unit', 'unit') }],
  [{ name: 'contract', title: 'Contract tests', run: () => vitest('contract', 'contract') }],
  [{ name: 'build', title: 'Extension built for tests', run: build }],
  [{ name: 'budgets', title: 'Weight of the extension', run: budgets }],
  BROWSER_KINDS.map((kind) => ({ name: kind, title: `End to end in ${kind === 'chromium' ? 'Chromium' : 'Firefox'}`, run: () => endToEnd(kind) })),
];

async function build(): Promise<string> {
  const env = { PENNON_TEST: '1', PENNON_SITES: 'http://127.0.0.1/*,http://localhost/*' };
  for (const browser of Object.values(BUILDS)) await command(['wxt', 'build', '-b', browser], env);
  return '';
}

async function budgets(): Promise<string> {
  const weights = weigh(join(ROOT, '.output/test/chrome-mv3'));
  const kb = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  const over = weights.filter(({ bytes, limit }) => bytes > limit);
  if (over.length > 0) throw new Error(over.map(({ name, bytes, limit }) => `The ${name} is ${kb(bytes)} gzipped; it may be ${kb(limit)}.`).join('\n'));
  return weights.map(({ name, bytes }) => `${name} ${kb(bytes)}`).join(', ');
}

async function endToEnd(kind: BrowserKind): Promise<Counts> {
  console.log(`  ${versionOf(needBrowser(kind))}`);
  return vitest(kind, 'e2e', { PENNON_E2E: kind });
}

/** @param step of which no two run at a time */
async function vitest(step: string, project: string, env: Readonly<Record<string, string>> = {}): Promise<Counts> {
  const file = join(SCRATCH, `${step}.json`);
  const reporter = join(ROOT, 'scripts/lib/failures-reporter.ts');
  const said = inParts((part) => process.stdout.write(part));
  const code = await run(['vitest', 'run', '--project', project, '--reporter', reporter], { ...env, PENNON_COUNTS: file }, said.hear);
  said.end();
  const counts = countsIn(file);
  if (counts === null) throw new Error('Vitest ended before it had run.');
  return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function countsIn(file: string): Counts | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counts;
  } catch {
    return null;
  }
}

async function commands(...all: readonly (readonly string[])[]): Promise<string> {
  for (const each of all) await command(each);
  return '';
}

/** @throws Error with what the command said, where it fails */
async function command(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  let said = '';
  const code = await run(words, env, (text) => {
    said += text;
  });
  if (code !== 0) throw new Error(`${words.join(' ')} failed:\n${said.trim()}`);
}

/** Runs one of the project's own programs with the project's own Node. */
function run(words: readonly string[], env: Readonly<Record<string, string>>, heard: (text: string) => void): Promise<number | null> {
  const [program, ...args] = words as [string, ...string[]];
  const bin = join(ROOT, 'node_modules/.bin');
  const child = spawn(join(bin, program), args, {
    cwd: ROOT,
    // Each hub that a test starts, and each call of a command line, reads the same modules: what Node made of them is kept.
    env: { ...process.env, NO_COLOR: '1', PATH: `${bin}:${process.env.PATH}`, NODE_COMPILE_CACHE: join(SCRATCH, 'compiled'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  child.stdout.setEncoding('utf8').on('data', heard);
  child.stderr.setEncoding('utf8').on('data', heard);
  return new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

type Totals = { -readonly [key in keyof Counts]: number };

/** Says how it went once it ended, and adds that to the totals. */
async function take(step: Step, total: Totals): Promise<void> {
  const began = performance.now();
  try {
    const result = await step.run();
    if (typeof result === 'string') {
      console.log(`✓ ${step.title} (${seconds(began)})${result && `: ${result}`}`);
      return;
    }
    total.passed += result.passed;
    total.failed += result.failed;
    console.log(`${result.failed === 0 ? '✓' : '✗'} ${step.title} (${seconds(began)}): ${result.passed} passed, ${result.failed} failed`);
  } catch (error) {
    total.failed += 1;
    console.log(`✗ ${step.title} (${seconds(began)})\n${(error as Error).message.replaceAll(/^/gm, '    ')}`);
  }
}

async function main(names: readonly string[]): Promise<void> {
  const known = rows.flat().map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no check ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
    process.exit(2);
  }
  const total: Totals = { passed: 0, failed: 0 };
  for (const row of rows) await Promise.all(row.filter(({ name }) => names.length === 0 || names.includes(name)).map((step) => take(step, total)));
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

await main(process.argv.slice(2));
