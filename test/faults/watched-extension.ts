/** The extension as it is built, with a few lines before its banner page and its background that tell what is shown and what fails. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserKind } from '../../scripts/browsers.ts';
import { buildExtension } from '../../scripts/lib/build-extension.ts';
import type { Shown } from './shown.ts';

type Told = { readonly shown: Shown } | { readonly failed: string } | { readonly life: 'background' };

export interface WatchedExtension {
  readonly folder: string;
  readonly shown: readonly Shown[];
  /** Errors that nobody caught, in words. */
  readonly failures: readonly string[];
  /** How many lives its background has had. */
  lives(): number;
  close(): Promise<void>;
}

const OUTPUT = fileURLToPath(new URL('../../.output/faults', import.meta.url));

export async function watchedExtension(kind: BrowserKind): Promise<WatchedExtension> {
  // No prompt for a permission can be answered in a browser without a window.
  Object.assign(process.env, { PENNON_TEST: '1', PENNON_SITES: 'http://127.0.0.1/*,http://localhost/*' });
  const { folder: built } = await buildExtension(kind, { hub: 'http://127.0.0.1:7420', output: OUTPUT, signal: new AbortController().signal });
  const shown: Shown[] = [];
  const failures: string[] = [];
  let lives = 0;
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    response.end();
    const told = JSON.parse(Buffer.concat(pieces).toString()) as Told;
    if ('shown' in told) shown.push(told.shown);
    else if ('failed' in told) failures.push(told.failed);
    else lives += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const folder = await mkdtemp(join(tmpdir(), 'pennon-watched-'));
  await cp(built, folder, { recursive: true });
  await writeFile(join(folder, 'watched.js'), `(${watchErrors})('banner', ${JSON.stringify(address)});(${watchPage})(${JSON.stringify(address)});`);
  await change(join(folder, 'banner.html'), (page) => page.replace('<head>', '<head><script src="/watched.js"></script>'));
  await change(join(folder, 'background.js'), (script) => `(${watchErrors})('background', ${JSON.stringify(address)});\n${script}`);
  return {
    folder,
    shown,
    failures,
    lives: () => lives,
    async close() {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const change = async (file: string, to: (text: string) => string) => writeFile(file, to(await readFile(file, 'utf8')));

/** Runs there, whatever comes after it. */
function watchErrors(where: 'banner' | 'background', address: string): void {
  // Goes on though the page or the background ends.
  const tell = (told: Told) => void fetch(address, { method: 'POST', mode: 'no-cors', keepalive: true, body: JSON.stringify(told) }).catch(() => {});
  const words = (what: unknown) => `${where}: ${what instanceof Error ? `${what.name}: ${what.message} ${what.stack}` : String(what)}`;
  // A page that is being left says that what it was loading has failed, and no more after that.
  const fail = (what: unknown) => setTimeout(() => tell({ failed: words(what) }), 300);
  addEventListener('error', (event) => fail((event as ErrorEvent).error ?? (event as ErrorEvent).message));
  addEventListener('unhandledrejection', (event) => fail(event.reason));
  if (where === 'background') tell({ life: 'background' });
}

/** Runs in the banner page: after each change of it, what is to be seen, where that is another. */
function watchPage(address: string): void {
  const frame = crypto.randomUUID().slice(0, 8);
  const born = Date.now();
  let count = 0;
  let last = '';
  const look = () => {
    const seen = {
      profile: document.querySelector('[data-control="core.profile"] strong')?.textContent ?? null,
      connection: document.querySelector<HTMLElement>('[data-control="core.connection"]')?.dataset.state ?? null,
      wayIn: document.querySelector('[data-group="signIn"]') !== null,
      buttons: document.querySelectorAll('button').length,
    };
    const now = JSON.stringify(seen);
    if (now === last) return;
    last = now;
    const shown: Shown = { frame, count: (count += 1), born, at: Date.now(), ...seen };
    void fetch(address, { method: 'POST', mode: 'no-cors', keepalive: true, body: JSON.stringify({ shown }) }).catch(() => {});
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['data-state'] });
}
