/** Failed sign-ins are slowed, then refused for a while: for one account from one address, for the account, for the address. */
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { CompiledQuery } from 'kysely';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { normalEmail } from './passwords.ts';
import type { AuthDatabase } from './tables.ts';

export interface AttemptLimits {
  /** Failures of one account from one address. */
  readonly pair: number;
  /** Failures of one account from anywhere: far more, or anybody could lock a colleague out. */
  readonly account: number;
  /** Failures from one address: a whole office may sit behind one. */
  readonly address: number;
  /** Failures are forgotten after this; and this long it is refused once there are too many. */
  readonly seconds: number;
}
export const ATTEMPT_LIMITS: AttemptLimits = { pair: 8, account: 50, address: 120, seconds: 900 };

/** From the fourth failure on, each answer takes twice as long. */
const UNSLOWED = 3;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 4000;

export type Attempt =
  | { readonly allowed: true; readonly delayMs: number; readonly left: number; readonly succeeded: () => Promise<void> }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

export interface Attempts {
  /** Counts an attempt before its password is looked at, so that many at once gain nothing. */
  begin(email: string, address: string): Promise<Attempt>;
}

export function createAttempts(db: AuthDatabase, limits: AttemptLimits = ATTEMPT_LIMITS): Attempts {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: clientOf(db),
      storeType: 'client',
      tableName: 'sign_in_attempt',
      tableCreated: true,
      keyPrefix,
      points,
      duration: limits.seconds,
      blockDuration: limits.seconds,
    });
  const limiters = [limiter('pair', limits.pair), limiter('account', limits.account), limiter('address', limits.address)] as const;

  return {
    async begin(email, address) {
      const account = createHash('sha256').update(normalEmail(email)).digest('base64url');
      const network = networkOf(address);
      const keys = [`${account}.${network}`, account, network] as const;
      const results: RateLimiterRes[] = [];
      for (const [at, each] of limiters.entries()) {
        const result = await each.consume(keys[at] as string).catch((refusal: unknown) => refusal);
        if (!(result instanceof RateLimiterRes)) throw result;
        if (result.consumedPoints > each.points) return { allowed: false, retryAfterSeconds: Math.ceil(result.msBeforeNext / 1000) };
        results.push(result);
      }
      const failures = results[0]?.consumedPoints ?? 0;
      return {
        allowed: true,
        delayMs: delayAfter(failures),
        left: Math.min(...results.map((result) => result.remainingPoints)),
        succeeded: async () => {
          await limiters[0].delete(keys[0]);
          await limiters[1].reward(keys[1]);
          await limiters[2].reward(keys[2]);
        },
      };
    },
  };
}

/** How long the answer to the nth attempt in a row waits, in milliseconds. */
export const delayAfter = (attempts: number): number =>
  attempts <= UNSLOWED ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - UNSLOWED - 1));

/** One household has a whole /64 of IPv6 addresses. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** The store's queries, through the hub's own connections. */
const clientOf = (db: AuthDatabase) => ({
  query: ({ text, values }: { text: string; values?: unknown[] }) =>
    db.executeQuery(CompiledQuery.raw(text, values ?? [])).then(({ rows, numAffectedRows }) => ({
      rows,
      rowCount: rows.length || Number(numAffectedRows ?? 0),
    })),
});
