/**
 * Extensions to measure beside ours, made where they are needed. All have our key, so that they are at our address, and a
 * background like ours that only registers, so that a page is all they differ in.
 */
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { CHROMIUM_KEY } from '../../../lib/extension-id.ts';
import { buildExtension } from '../../../scripts/lib/build-extension.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TWIN = fileURLToPath(new URL('../fixtures/twin.tsx', import.meta.url));
const SITES = 'http://127.0.0.1/*';

export interface Extensions {
  /** Ours, as it is built for people, for any page on the loopback. */
  readonly pennon: string;
  /** A script on the page that does nothing. */
  emptyScript(): Promise<string>;
  /** A bar with so many buttons, drawn by Preact in a closed shadow root of the page itself. */
  twin(buttons: number): Promise<string>;
  /** Ours, with a page in the frame that only holds what the selector of `PAINTED` names. */
  emptyFrame(): Promise<string>;
  /** A page in a frame with a button and a text, and a background that asks one thing of an address for it: the least that a switch takes. */
  bareSwitch(address: string): Promise<string>;
  remove(): Promise<void>;
}

/** What is on screen once a banner has its snapshot: the name of a control, in the part that is fitted last. */
export const PAINTED = '.work .label';
/** Where the banner page is then, for signing in. */
export const MOVED = 'moved.html';
/** What the bare switch shows its name in. */
export const BARE_NAME = 'data-name';
const EMPTY_PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body class="work"><p class="label">Empty</p></body></html>';

export async function makeExtensions(): Promise<Extensions> {
  process.env['PENNON_SITES'] = SITES;
  const { folder: pennon } = await buildExtension('chromium', { hub: 'http://127.0.0.1:7420', output: join(ROOT, '.output/bench'), signal: new AbortController().signal });
  const made = await mkdtemp(join(tmpdir(), 'pennon-bench-extensions-'));
  return {
    pennon,
    emptyScript: async () => withScript(join(made, 'empty-script'), ''),
    async twin(buttons) {
      const folder = join(made, 'twin');
      await withScript(folder, '');
      await build({
        configFile: false,
        logLevel: 'error',
        define: { BUTTONS: String(buttons), 'process.env.NODE_ENV': '"production"' },
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        build: { lib: { entry: TWIN, formats: ['iife'], name: 'twin', fileName: () => 'content.js' }, outDir: folder, emptyOutDir: false, target: 'chrome125' },
      });
      return folder;
    },
    async emptyFrame() {
      const folder = join(made, 'empty-frame');
      await cp(pennon, folder, { recursive: true });
      await rename(join(folder, 'banner.html'), join(folder, MOVED));
      await writeFile(join(folder, 'banner.html'), EMPTY_PAGE);
      return folder;
    },
    bareSwitch: async (address) => bareSwitch(join(made, 'bare-switch'), address),
    remove: () => rm(made, { recursive: true, force: true }),
  };
}

async function withScript(folder: string, script: string, more: object = {}, background = ''): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Beside it',
    version: '1',
    key: CHROMIUM_KEY,
    background: { service_worker: 'background.js' },
    content_scripts: [{ matches: [SITES], js: ['content.js'], run_at: 'document_idle' }],
    ...more,
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'background.js'), background);
  await writeFile(join(folder, 'content.js'), script);
  return folder;
}

/** The button says what it would switch to, and what it was switched to is the text beside it. */
async function bareSwitch(folder: string, address: string): Promise<string> {
  const page = 'bare.html';
  const shown = { host_permissions: [SITES], web_accessible_resources: [{ resources: [page], matches: [SITES] }] };
  const script = `const frame = document.createElement('iframe'); frame.src = chrome.runtime.getURL('${page}'); document.body.prepend(frame);`;
  const background = `chrome.runtime.onConnect.addListener((port) => port.onMessage.addListener(async (name) => {
    await (await fetch(${JSON.stringify(address)}, { method: 'PUT', cache: 'no-store' })).text();
    port.postMessage(name);
  }));`;
  await withScript(folder, script, shown, background);
  await writeFile(join(folder, page), `<!doctype html><meta charset="utf-8"><title>Bare</title><button>Switch</button> <span ${BARE_NAME}>One</span><script src="bare.js"></script>`);
  await writeFile(
    join(folder, 'bare.js'),
    `const port = chrome.runtime.connect(); const button = document.querySelector('button'); const shown = document.querySelector('[${BARE_NAME}]');
    port.onMessage.addListener((name) => { shown.textContent = name; });
    button.addEventListener('click', () => port.postMessage(shown.textContent === 'One' ? 'Two' : 'One'));`,
  );
  return folder;
}
