/** Opens a browser with the extension in a profile of its own that is thrown away afterwards. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../server/fault.ts';
import type { BrowserKind } from '../browsers.ts';

export interface OpenBrowserOptions {
  readonly program: string;
  readonly extension: string;
  readonly address: string;
  readonly headless: boolean;
  /** Hears once where the person closes the browser. */
  readonly onClosed: () => void;
}

export interface OpenBrowser {
  /** Ends it and removes its profile. */
  close(): Promise<void>;
}

export const openBrowser = (kind: BrowserKind, options: OpenBrowserOptions): Promise<OpenBrowser> =>
  kind === 'firefox' ? openFirefox(options) : openChromium(options);

/** Linux without a display server shows no window. */
export const hasScreen = ({ DISPLAY, WAYLAND_DISPLAY }: NodeJS.ProcessEnv = process.env): boolean =>
  process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY);

const isRoot = (): boolean => process.getuid?.() === 0;

async function openChromium({ program, extension, address, headless, onClosed }: OpenBrowserOptions): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'pennon-chromium-'));
  const child = spawn(
    program,
    [
      `--user-data-dir=${profile}`,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Chromium's sandbox does not work for root.
      ...(isRoot() ? ['--no-sandbox'] : []),
      ...(headless ? ['--headless=new'] : []),
      address,
    ],
    // A group of its own, so that all its processes can be ended together.
    { stdio: 'ignore', detached: process.platform !== 'win32' },
  );
  let closing = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      if (!closing) onClosed();
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', ({ message }) => reject(new Fault(`${program} did not start: ${message}`)));
  });
  return {
    async close() {
      closing = true;
      if (child.exitCode === null && child.signalCode === null) endGroup(child.pid as number);
      await ended;
      removeProfile(profile);
    },
  };
}

function endGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

/** Processes that end late may still write for a moment. */
const removeProfile = (profile: string): void => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });

/** Firefox takes an unsigned extension only over its automation interface. */
async function openFirefox({ program, extension, address, headless, onClosed }: OpenBrowserOptions): Promise<OpenBrowser> {
  const { launch } = await import('puppeteer-core');
  const browser = await launch({
    browser: 'firefox',
    executablePath: program,
    headless,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    defaultViewport: null,
  }).catch(({ message }: Error) => {
    throw new Fault(`${program} did not start: ${message.split('\n')[0]}`);
  });
  let closing = false;
  browser.once('disconnected', () => {
    if (!closing) onClosed();
  });
  await browser.installExtension(extension);
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  await page.goto(address);
  return {
    async close() {
      closing = true;
      if (browser.connected) await browser.close();
    },
  };
}
