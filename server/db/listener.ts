import type { Client } from 'pg';
import type { Logger } from '../log.ts';
import { cut } from './connect.ts';

export interface Listener {
  /** Resolves once it listens. */
  start(): Promise<void>;
  isListening(): boolean;
  stop(): Promise<void>;
}

interface Dependencies {
  readonly connectAlone: () => Promise<Client>;
  readonly log: Logger;
  readonly random: () => number;
  /** Of NOTIFY: a name of ours, not of a user. */
  readonly channel: `pennon_${string}`;
  readonly heard: (payload: string) => void;
  /** It listens, for the first time or again: what was said while nobody listened was not heard. */
  readonly listening: () => void;
}

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 10_000;
/** A connection may be dead without a word: it is asked now and then, and cut off where it owes an answer for so long. */
const BEAT_MS = 15_000;
const ANSWER_MS = 10_000;
const GOODBYE_MS = 1000;

/** Grows to ten seconds, from half of it to all of it. */
export const retryDelay = (failures: number, random: () => number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10)) * (0.5 + random() / 2);

/** Hears NOTIFY on a connection of its own, made anew whenever it breaks. */
export function createListener({ connectAlone, log, random, channel, heard, listening }: Dependencies): Listener {
  let client: Client | null = null;
  let stopped = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let beat: NodeJS.Timeout | undefined;

  const listenOn = async (connection: Client) => {
    const late = setTimeout(() => cut(connection), ANSWER_MS).unref();
    await connection.query(`listen ${channel}`).finally(() => clearTimeout(late));
    // To listen twice is to listen once. Where it fails, the connection has ended, and that is heard.
    beat = setTimeout(() => void listenOn(connection).catch(() => {}), BEAT_MS).unref();
  };
  const lost = (broken: Client) => {
    if (client !== broken) return;
    client = null;
    clearTimeout(beat);
    if (stopped) return;
    log.warn({ channel }, 'the database is not heard: listening again');
    again();
  };
  const again = () => {
    retry = setTimeout(() => void listen().catch(failed), retryDelay(failures++, random)).unref();
  };
  const failed = (error: unknown) => {
    log.warn({ err: error, channel }, 'listening failed');
    if (!stopped) again();
  };
  const listen = async () => {
    const fresh = await connectAlone();
    fresh.on('error', () => {});
    fresh.on('end', () => lost(fresh));
    fresh.on('notification', ({ payload }) => heard(payload ?? ''));
    await listenOn(fresh);
    if (stopped) return fresh.end();
    client = fresh;
    failures = 0;
    listening();
  };
  return {
    start: listen,
    isListening: () => client !== null,
    async stop() {
      stopped = true;
      clearTimeout(retry);
      clearTimeout(beat);
      if (client) await endOrCut(client);
    },
  };
}

/** With a goodbye, where the other end is there to hear it. */
async function endOrCut(client: Client): Promise<void> {
  const late = setTimeout(() => cut(client), GOODBYE_MS);
  await client.end().finally(() => clearTimeout(late));
}
