import { parseArgs } from 'node:util';

export const USAGE = `node server/demo/traffic/main.ts --hub URL [--token T] [options]

Plays the telephone system, the mail and the messaging gateway of the demo centre, by the connector's contract.

  --hub URL        the hub
  --token T        of a connector; PENNON_CONNECTOR_TOKEN where it is not given
  --pace N         1 is a call every 25 s or so; 2 twice as many, 0 none but what --control offers (1)
  --after N        nobody comes in the first N seconds (0)
  --seed N         the same number brings the same customers (another each time)
  --flaky          commands fail now and then
  --control PORT   lets scripts on this machine say what happens, 0 for any free port
  --quiet          says nothing but what is wrong
  --help           print this`;

export interface TrafficOptions {
  /** Without a slash at its end. */
  readonly hub: string;
  readonly token: string;
  readonly pace: number;
  /** Milliseconds. */
  readonly quietMs: number;
  /** Null: another each time. */
  readonly seed: number | null;
  readonly flaky: boolean;
  /** Null: none. */
  readonly control: number | null;
  readonly quiet: boolean;
}

/** Wrongly called: one sentence says how. */
export class WrongCall extends Error {}

const MOST_PACE = 100;
const LONGEST_QUIET_SEC = 86_400;

/** @returns null where help is asked for @throws {WrongCall} */
export function readArguments(args: readonly string[], env: Readonly<Record<string, string | undefined>>): TrafficOptions | null {
  const { hub, token = env['PENNON_CONNECTOR_TOKEN'], pace, after, seed, control, flaky, quiet, help } = parse(args);
  if (help) return null;
  if (!hub || !/^https?:\/\/[^/]/.test(hub)) throw new WrongCall('--hub needs an address that begins with http:// or https://.');
  if (!token) throw new WrongCall('--token needs the token of a connector: node server/main.ts connector NAME prints one.');
  return {
    hub: hub.replace(/\/+$/, ''),
    token,
    pace: number('--pace', pace, MOST_PACE),
    quietMs: wholeNumber('--after', after, LONGEST_QUIET_SEC) * 1000,
    seed: seed === undefined ? null : wholeNumber('--seed', seed, 2 ** 32 - 1),
    control: control === undefined ? null : wholeNumber('--control', control, 65_535),
    flaky,
    quiet,
  };
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  try {
    const options = { hub: text, token: text, pace: { ...text, default: '1' }, after: { ...text, default: '0' }, seed: text, control: text, flaky: flag, quiet: flag, help: { ...flag, short: 'h' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new WrongCall(`${(error as Error).message.split('. ')[0]}.`);
  }
}

function number(option: string, text: string, most: number): number {
  const value = /^\d{1,3}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new WrongCall(`${option} is a number from 0 to ${most}.`);
  return value;
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new WrongCall(`${option} is a whole number from 0 to ${most}.`);
  return value;
}
