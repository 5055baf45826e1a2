import { parseArgs } from 'node:util';
import { Fault } from '../../server/fault.ts';
import { BROWSER_KINDS, type BrowserKind } from '../browsers.ts';

export const USAGE = `npm start -- [options]

Builds the extension, starts a hub with a demo centre and its customers on this machine, and opens a browser with both.

  --port N                     port of the hub (7420)
  --data FOLDER                where its database is kept (.pennon)
  --reset                      begin with a new demo centre: what was changed before is lost
  --browser chromium|firefox   which browser to open (the first that is found)
  --headless                   open it without a window
  --no-browser                 open none
  --no-traffic                 let nobody call or write: no customers are played
  --help                       print this`;

export interface StartOptions {
  readonly port: number;
  /** Null: the default one. */
  readonly data: string | null;
  readonly reset: boolean;
  /** Null: whichever is found. */
  readonly browser: BrowserKind | null;
  readonly headless: boolean;
  readonly noBrowser: boolean;
  readonly noTraffic: boolean;
  readonly help: boolean;
}

/** @throws {Fault} for what is not an option */
export function readArguments(args: readonly string[]): StartOptions {
  const { port, data, browser, ...flags } = parse(args);
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) throw new Fault(`--port must be a number from 1 to 65535, not ${port}.`);
  if (browser !== undefined && !(BROWSER_KINDS as readonly string[]).includes(browser)) {
    throw new Fault(`--browser must be chromium or firefox, not ${browser}.`);
  }
  if (data === '') throw new Fault('--data needs a folder.');
  return {
    port: Number(port),
    data: data ?? null,
    browser: (browser as BrowserKind | undefined) ?? null,
    reset: flags.reset,
    headless: flags.headless,
    noBrowser: flags['no-browser'],
    noTraffic: flags['no-traffic'],
    help: flags.help,
  };
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '7420' },
        data: { type: 'string' },
        browser: { type: 'string' },
        reset: flag,
        headless: flag,
        'no-browser': flag,
        'no-traffic': flag,
        help: { ...flag, short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new Fault(`${(error as Error).message.split('. ')[0]}. Options: npm start -- --help`);
  }
}
