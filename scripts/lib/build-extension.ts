/** Builds the extension for one browser, or finds that the last build still holds. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../server/fault.ts';
import type { BrowserKind } from '../browsers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What a build is made of. */
const SOURCES = ['components', 'entrypoints', 'lib', 'locales', 'public', 'package-lock.json', 'tsconfig.json', 'wxt.config.ts', 'scripts/lib/chunks.ts', 'scripts/lib/lean-routes.ts'];
const TARGETS: Readonly<Record<BrowserKind, { readonly wxt: string; readonly folder: string }>> = {
  chromium: { wxt: 'chrome', folder: 'chrome-mv3' },
  firefox: { wxt: 'firefox', folder: 'firefox-mv3' },
};

export interface Build {
  readonly folder: string;
  /** False where the last build was used. */
  readonly fresh: boolean;
}

export interface BuildOptions {
  readonly hub: string;
  readonly output: string;
  readonly signal: AbortSignal;
}

/**
 * @param hub the address of the hub that the extension is built for
 * @param output where builds are put: apart from those of `npm run build`, which are for another hub
 * @throws {Fault} with the end of what the build said, where it fails
 */
export async function buildExtension(kind: BrowserKind, { hub, output, signal }: BuildOptions): Promise<Build> {
  const { wxt, folder: name } = TARGETS[kind];
  const folder = join(output, name);
  const stampFile = `${folder}.stamp`;
  const env = { PENNON_HUB: hub, PENNON_OUT: output };
  const stamp = () => stampOf(env, folder);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()) return { folder, fresh: false };
  await runWxt(['build', '-b', wxt], env, signal);
  writeFileSync(stampFile, stamp());
  return { folder, fresh: true };
}

/** Changes with any source, with what it is built for, and with the build itself, should somebody else make another. */
function stampOf(env: Readonly<Record<string, string>>, output: string): string {
  const hash = createHash('sha256').update(JSON.stringify(env));
  for (const source of SOURCES) addFiles(join(ROOT, source), hash);
  const manifest = join(output, 'manifest.json');
  hash.update(existsSync(manifest) ? String(statSync(manifest).mtimeMs) : 'not built');
  return hash.digest('hex');
}

function addFiles(path: string, hash: ReturnType<typeof createHash>): void {
  if (!existsSync(path)) return;
  const found = statSync(path);
  if (!found.isDirectory()) {
    hash.update(`${relative(ROOT, path)} ${found.size} ${found.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) addFiles(join(path, name), hash);
}

function runWxt(args: readonly string[], env: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
  const program = join(ROOT, 'node_modules', 'wxt', 'bin', 'wxt.mjs');
  if (!existsSync(program)) throw new Fault('The packages are not installed: run npm ci, then npm start again.');
  return new Promise((resolve, reject) => {
    let said = '';
    const child = spawn(process.execPath, [program, ...args], { cwd: ROOT, env: { ...process.env, ...env }, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Fault(`The extension could not be built:\n${said.trim().split('\n').slice(-20).join('\n')}`));
    });
  });
}
