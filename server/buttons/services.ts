/** Calls the web services that are asked for: any hub may, each once; woken by the database. */
import type { Client } from 'pg';
import { sql } from 'kysely';
import type { Clock } from '../../lib/models/clock.ts';
import type { Db } from '../db/connect.ts';
import { createListener } from '../db/listener.ts';
import type { Logger } from '../log.ts';
import { createRunner } from '../runner.ts';
import { type AllowedHosts } from './address.ts';
import { CALL_MS, callService, type ServiceOutcome } from './call-service.ts';
import { type RunOutcome, SAME_DEED, settleRun } from './runs.ts';
import { serviceSecrets, SIGNATURE_HEADER, signatureOf } from './sign.ts';

/** So many are called at once by one hub: a slow one holds up the others only then. */
const MOST_AT_ONCE = 40;
/** A hub that took one and says nothing for so long has gone. */
const GONE_MS = CALL_MS + 7000;
/** A row by hand is of no use after it; one by itself stays with its interaction, so that it is done once. */
const KEPT = '1 day';

export interface Services {
  start(): Promise<void>;
  /** Calls all that is asked for now, and resolves once all of that is settled. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

interface Dependencies {
  readonly db: Db;
  readonly connectAlone: () => Promise<Client>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly random: () => number;
  readonly log: Logger;
  readonly allowed: AllowedHosts;
  readonly callMs?: number;
}

interface Asked {
  readonly id: string;
  readonly account_id: string;
  readonly button_id: string;
  readonly key: string;
  readonly target: string;
  readonly body: string;
}

export function createServices({ db, connectAlone, clock, random, log, allowed, callMs }: Dependencies): Services {
  const calling = new Set<Promise<void>>();
  const stopping = new AbortController();

  const settle = (id: string, outcome: RunOutcome) => db.transaction().execute((trx) => settleRun(trx, id, outcome));

  const call = async ({ account_id, key, target, body }: Asked): Promise<ServiceOutcome> => {
    const now = clock.now();
    const secrets = await serviceSecrets(db, account_id, now);
    if (secrets.length === 0) return { ok: false, problem: 'service.noSecret', why: null };
    const headers = { 'idempotency-key': key, [SIGNATURE_HEADER]: signatureOf(body, secrets, Math.floor(now / 1000)) };
    return callService({ address: target, body, headers }, { allowed, signal: stopping.signal, ...(callMs === undefined ? {} : { callMs }) });
  };
  const carryOut = async (asked: Asked): Promise<void> => {
    try {
      const outcome = await call(asked);
      if (!outcome.ok) log.warn({ run: asked.id, button: asked.button_id, problem: outcome.problem, why: outcome.why }, 'a web service was not done');
      await settle(asked.id, outcome);
    } catch (error) {
      // What cannot be written down now is settled by whoever finds it later.
      log.warn({ err: error, run: asked.id }, 'what became of a web service could not be kept');
    }
  };

  const take = async (): Promise<readonly Asked[]> => {
    const room = MOST_AT_ONCE - calling.size;
    if (room <= 0) return [];
    const { rows } = await sql<Asked>`
      update button_run set state = 'calling', begun_at = ${new Date(clock.now())} where id in (
        select id from button_run where state = 'asked' order by at limit ${room} for update skip locked)
      returning id, account_id, button_id, key, target, body`.execute(db);
    return rows;
  };
  const giveUpOthers = async () => {
    const since = new Date(clock.now() - GONE_MS);
    const gone = await db.selectFrom('button_run').select('id').where('opens', '=', 'webService').where('state', '=', 'calling').where('begun_at', '<', since).execute();
    for (const { id } of gone) await settle(id, { ok: false, problem: 'service.lost', why: null });
  };
  const forget = async () => {
    await sql`update button_run set body = null where body is not null and ended_at < now() - ${SAME_DEED}::interval`.execute(db);
    await sql`delete from button_run where trigger = 'byHand' and ended_at < now() - ${KEPT}::interval`.execute(db);
  };

  const runner = createRunner(clock, async (stopped) => {
    try {
      for (let asked = await take(); asked.length > 0 && !stopped(); asked = await take()) {
        for (const each of asked) {
          const one = carryOut(each).finally(() => {
            calling.delete(one);
            void runner.look();
          });
          calling.add(one);
        }
      }
      await giveUpOthers();
      await forget();
    } catch (error) {
      log.warn({ err: error }, 'web services could not be looked for: it is tried again');
    }
    return calling.size > 0 ? GONE_MS : null;
  });
  const wake = () => void runner.look();
  const listener = createListener({ connectAlone, log, random, channel: 'pennon_service', heard: wake, listening: wake });

  return {
    start: () => listener.start(),
    async look() {
      await runner.look();
      while (calling.size > 0) await Promise.all(calling);
    },
    async stop() {
      await listener.stop();
      stopping.abort();
      await runner.stop();
      await Promise.all(calling);
    },
  };
}
