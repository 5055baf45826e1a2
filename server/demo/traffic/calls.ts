/** The contract's HTTP side: https://…/api/connector with the token of one. */
import type { ConnectorEvent, ConnectorOffer, PaymentAsked } from '../../../lib/api/connector.ts';
import type { Places } from './offering.ts';

export class CallError extends Error {
  readonly status: number;
  readonly retryAfterMs: number | null;

  constructor(message: string, { status = 0, retryAfterMs = null }: { status?: number; retryAfterMs?: number | null } = {}) {
    super(message);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether it may go better another time: the hub is away, starting, stopping, busy, or failed. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface Calls {
  /** @throws {CallError} */
  readPlaces(): Promise<Places>;
  /** @returns the hub's name of it @throws {CallError} */
  offer(offer: ConnectorOffer): Promise<string>;
  /** @throws {CallError} */
  report(id: string, event: ConnectorEvent): Promise<void>;
}

export interface PaymentCalls {
  /** What is asked for and not over. @throws {CallError} */
  payments(): Promise<readonly PaymentAsked[]>;
  /** @throws {CallError} */
  endPayment(id: string, result: 'confirmed' | 'failed'): Promise<void>;
}

/** A hub that takes longer is taken for one that is away. */
const PATIENCE_MS = 15_000;

/** @param hub its address, without a slash at the end */
export function createCalls(hub: string, token: string): Calls & PaymentCalls {
  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${hub}/api/connector${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch(() => {
      throw new CallError(`${method} ${path}: the hub cannot be reached`);
    });
    const text = await response.text().catch(() => '');
    if (response.ok) return text === '' ? undefined : JSON.parse(text);
    const { status, headers } = response;
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    throw new CallError(`${method} ${path}: ${status} ${text.slice(0, 300)}`, { status, retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null });
  }
  return {
    readPlaces: async () => (await call('GET', '')) as Places,
    offer: async (offer) => ((await call('POST', '/interactions', offer)) as { id: string }).id,
    async report(id, event) {
      await call('POST', `/interactions/${encodeURIComponent(id)}/events`, event);
    },
    payments: async () => ((await call('GET', '/payments')) as { payments: readonly PaymentAsked[] }).payments,
    async endPayment(id, result) {
      await call('POST', `/payments/${encodeURIComponent(id)}`, { result });
    },
  };
}
