/**
 * `npm start`: the whole thing on this machine. A hub with its database and a demo centre, the extension built for it, and
 * a browser that has both. Ctrl-C ends all of it; what was changed is there at the next start.
 */
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../server/config.ts';
import { defaultParts } from '../server/default-parts.ts';
import { type Demo, readDemo } from '../server/demo/accounts.ts';
import { demoPages } from '../server/demo/pages.ts';
import { seedDemo } from '../server/demo/seed.ts';
import { demoServices, giveDemoSecret } from '../server/demo/services.ts';
import { Fault } from '../server/fault.ts';
import { createHub, type Hub, type HubStep } from '../server/hub.ts';
import { createLog } from '../server/log.ts';
import { adviceFor, BROWSER_KINDS, type BrowserKind, findBrowser } from './browsers.ts';
import { accountsTable, byHand } from './lib/accounts.ts';
import { readArguments, type StartOptions, USAGE } from './lib/arguments.ts';
import { type Build, buildExtension } from './lib/build-extension.ts';
import { emptyFolder, refuseFolderInUse, refuseTakenPort } from './lib/data-folder.ts';
import { hasScreen, openBrowser } from './lib/open-browser.ts';
import { createProgress } from './lib/progress.ts';
import { QUIET_MINUTES, startTraffic } from './lib/start-traffic.ts';

const HOST = '127.0.0.1';
/** A browser that has not opened its page by then is not going to. */
const PATIENCE_MS = 30_000;
const SAME_SIGNAL_MS = 1000;
const NAMES: Readonly<Record<BrowserKind, string>> = { chromium: 'Chromium', firefox: 'Firefox' };
const STEPS: Readonly<Record<Exclude<HubStep, 'ready'>, string>> = {
  'database.created': 'Database created',
  'database.started': 'Database started',
  'database.migrated': 'Tables up to date',
};

const progress = createProgress((line) => console.log(line));
/** Aborted by the first page that a browser asks for. */
const visited = new AbortController();
/** What has been begun, to be ended in the reverse order. */
const undo: (() => Promise<void>)[] = [];
const stopping = new AbortController();

async function start(options: StartOptions): Promise<void> {
  const folder = resolve(options.data ?? '.pennon');
  refuseFolderInUse(folder);
  await refuseTakenPort(options.port, HOST);
  const found = chooseBrowser(options);
  if (options.reset) emptyFolder(folder);
  progress.done(options.reset ? 'Earlier demo centre removed' : 'Port and folder are free');

  const hub = await startHub(options.port, folder);
  if (stopping.signal.aborted) return;
  if (!options.noTraffic) await letCustomersCome(hub, folder);
  const kind = found?.kind ?? options.browser ?? 'chromium';
  const build = await buildExtension(kind, { hub: hub.url, output: join(folder, 'extension'), signal: stopping.signal });
  progress.done(build.fresh ? `Extension built for ${NAMES[kind]}` : `Extension for ${NAMES[kind]} is up to date`);
  if (stopping.signal.aborted) return;

  const address = `${hub.url}/demo/customers/20418`;
  const opened = found !== null && (await open(found, { build, address, headless: options.headless }));
  const demo = (await readDemo(hub.context.db)) as Demo;
  console.log(`\n${accountsTable(demo)}\n`);
  if (!opened) console.log(`${byHand(kind, build.folder, address)}\n`);
  console.log(
    [
      `  Hub       ${hub.url}`,
      `  Demo CRM  ${address}`,
      '  Maker     as Maya or Petra: the extension’s button in the toolbar, then “Open the Maker”',
      `  Log       ${join(folder, 'hub.log')}`,
      '',
      `  Ctrl-C ends everything; what you change is kept in ${folder}`,
    ].join('\n'),
  );
}

async function startHub(port: number, folder: string): Promise<Hub> {
  let seeded = false;
  const hub = await createHub(readConfig({}, { PORT: port, HOST, PENNON_DATA: folder, PENNON_COUNTRY: 'FR', PENNON_SERVICE_HOSTS: HOST }), {
    parts: defaultParts({ pages: (context) => [demoServices(context), demoPages(() => visited.abort())] }),
    log: createLog(process.env.LOG_LEVEL ?? 'info', logFile(folder)),
    progress: (step) => step !== 'ready' && progress.done(STEPS[step]),
    prepare: async ({ db, config }) => {
      seeded = await seedDemo(db, { hubUrl: config.publicUrl });
      await giveDemoSecret(db, Date.now());
      progress.done(seeded ? 'Demo centre seeded' : 'Demo centre as you left it');
    },
  });
  undo.push(() => hub.close());
  await hub.listen();
  progress.done(`Hub started on ${hub.url}`);
  return hub;
}

async function letCustomersCome(hub: Hub, folder: string): Promise<void> {
  const traffic = await startTraffic({
    db: hub.context.db,
    hubUrl: hub.url,
    folder,
    onDied(log) {
      if (!stopping.signal.aborted) console.log(`\n  The traffic has ended by itself, so nobody calls or writes any more; ${log} says why. The hub goes on.`);
    },
  });
  undo.push(() => traffic.end());
  progress.done(`Customers come in ${QUIET_MINUTES} minutes (--no-traffic leaves them out)`);
}

/** Opened at the first line, when the folder is there. */
function logFile(folder: string): NodeJS.WritableStream {
  let file: NodeJS.WritableStream | undefined;
  return { write: (line: string) => (file ??= createWriteStream(join(folder, 'hub.log'), { flags: 'a', mode: 0o600 })).write(line) } as NodeJS.WritableStream;
}

interface Found {
  readonly kind: BrowserKind;
  readonly program: string;
}

/** @throws {Fault} where the one asked for is not there */
function chooseBrowser({ noBrowser, browser, headless }: StartOptions): Found | null {
  if (noBrowser) return null;
  if (!headless && !hasScreen()) {
    progress.say('  There is no screen here, so no browser is opened (--headless opens one without a window).');
    return null;
  }
  for (const kind of browser ? [browser] : BROWSER_KINDS) {
    const program = programOf(kind);
    if (program) return { kind, program };
  }
  if (browser) throw new Fault(`No ${NAMES[browser]} was found. ${adviceFor(browser)}`);
  progress.say('  No Chromium and no Firefox was found, so no browser is opened.');
  return null;
}

function programOf(kind: BrowserKind): string | null {
  try {
    return findBrowser(kind);
  } catch (error) {
    throw new Fault((error as Error).message);
  }
}

/** @returns whether it could be opened; where not, everything else goes on */
async function open({ kind, program }: Found, { build, address, headless }: { build: Build; address: string; headless: boolean }): Promise<boolean> {
  const closed = new AbortController();
  try {
    const browser = await openBrowser(kind, {
      program,
      extension: build.folder,
      address,
      headless,
      onClosed() {
        closed.abort();
        if (visited.signal.aborted) console.log(`\n  ${NAMES[kind]} was closed. The hub goes on; Ctrl-C ends it.`);
      },
    });
    undo.push(() => browser.close());
    await wait(PATIENCE_MS, null, { signal: AbortSignal.any([visited.signal, closed.signal, stopping.signal]) }).catch(() => {});
    if (!visited.signal.aborted) {
      progress.say(`  ${NAMES[kind]} ${closed.signal.aborted ? 'ended by itself and' : 'was started but'} has not opened the demo CRM.`);
      return false;
    }
    progress.done(`${NAMES[kind]} opened on the demo CRM`);
    return true;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    progress.say(`  ${error.message}`);
    return false;
  }
}

let ending: Promise<void> | null = null;
function end(): Promise<void> {
  const all = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step().catch((error: unknown) => console.error(String(error)));
  };
  return (ending ??= all());
}

let stoppedAt = 0;
/** A second Ctrl-C does not wait; npm passes the first one on, so that it may come twice at once. */
function stop(): void {
  if (stopping.signal.aborted) {
    if (performance.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(1);
    return;
  }
  stoppedAt = performance.now();
  stopping.abort();
  console.log('\n  Stopping …');
}

/**
 * npm runs its scripts in a shell, and where npm is ended by a signal the shell goes without passing it on: noticed by
 * having another parent.
 */
function endWithParent(): void {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    stop();
  }, 500).unref();
}

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  // A terminal that was closed takes no more lines, and all must be ended all the same.
  process.stdout.on('error', () => {});
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  if (process.env.npm_lifecycle_event) endWithParent();
  console.log('Pennon');
  const stopped = new Promise<void>((done) => stopping.signal.addEventListener('abort', () => done()));
  await start(options);
  await stopped;
  return ended();
}

const ended = async (): Promise<number> => {
  await end();
  console.log('  Stopped.');
  return 0;
};

/** What was stopped half-way has failed at nothing. */
const failed = async (error: unknown): Promise<number> => {
  if (stopping.signal.aborted) return ended();
  await end();
  console.error(error instanceof Fault ? error.message : error);
  return 1;
};
process.exit(await main().catch(failed));
