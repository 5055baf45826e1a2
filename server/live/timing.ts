import { HEARTBEAT_MS, STALL_MS } from '../../lib/api/live.ts';

/** All in milliseconds. */
export interface Timing {
  /** The hub says something at least this often. */
  readonly beatMs: number;
  /** So long without a word from a client is a lost link. */
  readonly stallMs: number;
  /** A new socket must say hello within this. */
  readonly helloMs: number;
  /** A reader that takes nothing for so long is cut off. */
  readonly stuckMs: number;
  /** How often links are looked at. */
  readonly tickMs: number;
  /** How often the change log is read without being told. */
  readonly pollMs: number;
  /** How long receipts are gathered before they are written. */
  readonly receiptsMs: number;
  /** A client that was told goodbye has this long to close. */
  readonly closeMs: number;
  /** Over how long those told to come back are spread. */
  readonly spreadMs: number;
}

export const TIMING: Timing = {
  beatMs: HEARTBEAT_MS,
  stallMs: STALL_MS,
  helloMs: 5000,
  stuckMs: 30_000,
  tickMs: 1000,
  pollMs: 5000,
  receiptsMs: 200,
  closeMs: 2000,
  spreadMs: 10_000,
};

/** So much may wait in one socket; beyond it only the newest of each document is kept. */
export const BUFFER_CAP_BYTES = 256 * 1024;
/** More than a token, a cursor and their names will ever need. */
export const MOST_MESSAGE_BYTES = 64 * 1024;
