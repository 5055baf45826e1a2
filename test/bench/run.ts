/**
 * `npm run bench`: Pennon beside its peers, as in `docs/benchmarks.md`. Whatever misses its target is said, and makes the
 * exit code 1.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { comparisons } from './comparisons/index.ts';
import { judge, type Result } from './harness/comparison.ts';
import { installPeers } from './harness/peers.ts';
import { print, say } from './harness/report.ts';

const LEAST_ROUNDS = 3;
const HELP = `npm run bench -- [NAME…] [--rounds N] [--json FILE] [--plots FOLDER]
  NAME      runs only those:
${comparisons.map(({ name, about }) => `    ${name.padEnd(20)}${about}`).join('\n')}
  --rounds  of each comparison, ${LEAST_ROUNDS} at least (7)
  --json    writes every sample there
  --plots   writes there what is drawn of a comparison`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '7' }, json: { type: 'string' }, plots: { type: 'string' }, help: { type: 'boolean' } },
});
if (values.help) {
  console.log(HELP);
  process.exit();
}
const rounds = Number(values.rounds);
const unknown = positionals.filter((name) => comparisons.every((each) => each.name !== name));
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < LEAST_ROUNDS) {
  console.error(`${unknown.length > 0 ? `There is no ${unknown.join(', ')}.` : `--rounds is a whole number from ${LEAST_ROUNDS}.`}\n${HELP}`);
  process.exit(2);
}

installPeers(console.error);
const machine = { node: process.version, cores: cpus().length, model: cpus()[0]?.model, loadBefore: loadavg() };
const results: Result[] = [];
for (const { name, run } of comparisons.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  for await (const result of run({ rounds, say: (text) => console.error(`${name}: ${text}`) })) {
    results.push(result);
    console.log(print(result));
  }
}
if (values.json) {
  const judged = results.map(({ plot: _, ...result }) => ({ ...result, verdicts: judge(result) }));
  writeFileSync(values.json, `${JSON.stringify({ ...machine, loadAfter: loadavg(), rounds, results: judged }, null, 1)}\n`);
}
if (values.plots) {
  mkdirSync(values.plots, { recursive: true });
  for (const { plot } of results) if (plot) writeFileSync(join(values.plots, plot.file), plot.svg);
}
const missed = results.flatMap((result) => judge(result).filter(({ reached }) => !reached).map((verdict) => `${result.title}: ${say(verdict)}`));
console.log(missed.length === 0 ? 'Every target is reached.' : `Missed:\n${missed.map((line) => `  ${line}`).join('\n')}`);
process.exitCode = missed.length === 0 ? 0 : 1;
