/**
 * Finds the browsers to run the extension in: by environment variable, on the path, in the usual folders, and where
 * allowed (Debian, as root) from the system's packages.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type BrowserKind = 'chromium' | 'firefox';
export const BROWSER_KINDS: readonly BrowserKind[] = ['chromium', 'firefox'];

interface Known {
  readonly variable: string;
  /** Branded Chrome and Edge are left out: they no longer load an unpacked extension from the command line. */
  readonly names: readonly string[];
  readonly places: readonly string[];
  readonly debianPackage: string;
  readonly advice: string;
}

const KNOWN: Readonly<Record<BrowserKind, Known>> = {
  chromium: {
    variable: 'PENNON_CHROMIUM',
    names: ['chromium', 'chromium-browser', 'brave-browser'],
    places: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
      'C:\\Program Files\\Chromium\\Application\\chrome.exe',
      'C:\\Program Files\\BraveSoftware\\Brave-Browser\\Application\\brave.exe',
      '/snap/bin/chromium',
    ],
    debianPackage: 'chromium',
    advice: 'Install Chromium (Debian: apt install chromium; macOS: brew install --cask chromium), or set PENNON_CHROMIUM to its program. Chrome and Edge do not load an unpacked extension from the command line.',
  },
  firefox: {
    variable: 'PENNON_FIREFOX',
    names: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
    places: ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
    debianPackage: 'firefox-esr',
    advice: 'Install Firefox (Debian: apt install firefox-esr), or set PENNON_FIREFOX to its program.',
  },
};

/**
 * The program of a browser, or null where there is none.
 *
 * @throws Error where its environment variable names what is not a program
 */
export function findBrowser(kind: BrowserKind, env: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const { variable, names, places } = KNOWN[kind];
  const named = env[variable];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`${variable} is ${named}, and there is no program there.`);
  }
  const onPath = (env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const candidates = names.flatMap((name) => onPath.map((folder) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)));
  return [...candidates, ...places].find(isProgram) ?? null;
}

/**
 * The same, installing the browser first where the system's package manager may be used: on Debian, as root.
 *
 * @throws Error that says what to install
 */
export function needBrowser(kind: BrowserKind): string {
  const found = findBrowser(kind) ?? (canInstall() && install(KNOWN[kind].debianPackage) ? findBrowser(kind) : null);
  if (found === null) throw new Error(`No ${kind} was found. ${KNOWN[kind].advice}`);
  return found;
}

export const adviceFor = (kind: BrowserKind): string => KNOWN[kind].advice;

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/etc/debian_version');

function install(name: string): boolean {
  console.log(`Installing the Debian package ${name} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): boolean => spawnSync('apt-get', args, { stdio: 'inherit', env }).status === 0;
  // Old lists would bring an old browser, or one that is no longer to be had; without a network they are all there is.
  apt('update');
  return apt('install', '-y', '--no-install-recommends', name);
}

/** As the browser says it of itself, `Chromium 156.0.8078.79`. */
export const versionOf = (program: string): string =>
  execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
