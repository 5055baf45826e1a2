/** Keeps a flood of sign-ins that are only begun, or of token requests, from filling the database. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './attempts.ts';
import { message, waitInWords } from './messages.ts';
import { notice, pageHeaders } from './pages/layout.ts';

export interface FloodLimits {
  /** Sign-ins begun from one address in a minute: a whole office may begin its shift behind one. */
  readonly startsPerMinute: number;
  /** Codes and refresh tokens brought from one address in a minute. */
  readonly tokensPerMinute: number;
}
export const FLOOD_LIMITS: FloodLimits = { startsPerMinute: 300, tokensPerMinute: 1200 };

/** Counted in this process: losing count at a restart harms nobody, and a flood costs no query. */
export function createFloodGate(limits: FloodLimits, hubName: string) {
  const starts = new RateLimiterMemory({ points: limits.startsPerMinute, duration: 60 });
  const tokens = new RateLimiterMemory({ points: limits.tokensPerMinute, duration: 60 });

  /** @returns whether the request may go on; where not, it has been answered */
  return async function pass(path: string, address: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const limiter = path === '/auth' ? starts : path.startsWith('/token') ? tokens : null;
    if (!limiter || request.method === 'OPTIONS') return true;
    const result = await limiter.consume(networkOf(address)).catch((refusal: unknown) => refusal);
    if (!(result instanceof RateLimiterRes)) throw result;
    if (result.consumedPoints <= limiter.points) return true;
    const seconds = Math.ceil(result.msBeforeNext / 1000);
    const asPage = limiter === starts;
    response.writeHead(429, {
      'Retry-After': String(seconds),
      ...(asPage ? pageHeaders([]) : { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }),
    });
    response.end(
      asPage
        ? notice(hubName, 'busy.title', message('busy.do', waitInWords(seconds)))
        : JSON.stringify({ error: 'temporarily_unavailable', error_description: `try again in ${seconds} seconds` }),
    );
    return false;
  };
}
