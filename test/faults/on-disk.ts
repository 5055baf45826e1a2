/** A hub with its database on a disk that something is done to, with writes of all kinds going on. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { makeCentre } from '../fixtures/centre.ts';
import type { Answer } from '../fixtures/hub.ts';
import { makeSwitchboard } from '../fixtures/switchboard.ts';
import { type FaultHub, startFaultHub } from './a-hub.ts';
import { once } from './insist.ts';
import { assigner, type Place, publisher, recorder, switcher, talker, type Writer } from './writers.ts';

export interface OnDisk {
  readonly hub: FaultHub;
  readonly writers: readonly Writer[];
  /** Of all writers: acknowledged, or answers that were lost or said that it cannot be now. */
  sum(of: 'acknowledged' | 'lost'): number;
  read(): Promise<Answer | null>;
  /** Writes rows in many tables. Where that is refused it is as what may be asked again. @returns whether it was */
  isRefused(): Promise<boolean>;
  /** Writers at work for as long as `during` takes, each to the end of its round; then all that was acknowledged is there, once. */
  whileWriting(during: () => Promise<void>, mend: () => void): Promise<void>;
  check(): Promise<void>;
}

export const PATIENCE_MS = 120_000;

export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await holds()); await pause(20)) if (Date.now() > end) throw new Error(`never: ${what}`);
}

/** What each does is whole however long nothing can be written in the middle of it. */
export const LASTING = [publisher, assigner, switcher, recorder] as const;
/** With calls besides: what nobody could tell a telephone system for ten seconds is given up, and the call goes back. */
export const ALL = [...LASTING, talker] as const;

export async function startOnDisk(folder: string, makers: readonly ((place: Place) => Promise<Writer>)[] = ALL): Promise<OnDisk> {
  const hub = await startFaultHub({ PENNON_DATA: folder, PENNON_RING: 300 });
  const centre = await makeCentre(hub);
  const place: Place = { hub, url: hub.url, centre, board: await makeSwitchboard(hub, centre.accountId) };
  const { admin: reader } = centre;
  const path = `/api/profiles/${await centre.profile('Written')}/assignments/${(await centre.person([])).id}`;
  const writers = await Promise.all(makers.map((make) => make(place)));
  const check = async () => {
    for (const writer of writers) await writer.check();
  };
  return {
    hub,
    writers,
    check,
    sum: (of) => writers.reduce((all, { counts }) => all + counts()[of], 0),
    read: () => once(hub.url, reader, 'GET', '/api/profiles'),
    async isRefused() {
      const answer = await once(hub.url, reader, 'PUT', path, { score: 50 }, { 'idempotency-key': crypto.randomUUID() });
      if (answer?.status !== 200) expectNotReady(answer);
      return answer?.status !== 200;
    },
    async whileWriting(during, mend) {
      const stop = new AbortController();
      const work = Promise.all(
        writers.map(async (writer) => {
          while (!stop.signal.aborted) await writer.write();
        }),
      );
      // A writer that fails ends the test, not only its own work.
      const failed = work.then(() => new Promise<never>(() => {}));
      await Promise.race([during(), failed]).finally(() => {
        stop.abort();
        mend();
      });
      await work;
      await check();
    },
  };
}

/** As it is said where asking again later may do. */
export function expectNotReady(answer: Answer | null): void {
  const said = [answer?.status, answer?.body.code, answer?.headers.get('content-type'), answer?.headers.get('retry-after')];
  expect(said).toEqual([503, 'hub.notReady', 'application/problem+json', '2']);
}
