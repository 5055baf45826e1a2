/** Asks until it is answered, as a client does whose answers get lost. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, TestPerson } from '../fixtures/hub.ts';

export interface Insisted extends Answer {
  /** Answers that never came, or said that the hub could not now. */
  readonly lost: number;
}

const ANSWER_MS = 5000;
const AGAIN_MS = 30;
/** Reached only by a test that fails. */
const PATIENCE_MS = 120_000;

/** What a hub says that cannot now. */
const PASSING = new Set(['hub.notReady', 'hub.stopping']);
const isPassing = ({ status, headers, body }: Answer): boolean => status === 503 && headers.get('content-type') === 'application/problem+json' && PASSING.has(body?.code);

/** With the same key each time. Only 503 is asked again, said as a problem: another 5xx would be a fault of the hub, and is an answer. */
export async function insist(url: string, person: Pick<TestPerson, 'token'>, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Insisted> {
  for (let lost = 0, until = Date.now() + PATIENCE_MS; ; lost += 1) {
    const answer = await once(url, person, method, path, body, headers);
    if (answer && !isPassing(answer)) return { ...answer, lost };
    if (Date.now() > until) throw new Error(`never answered: ${method} ${path}`);
    await pause(AGAIN_MS);
  }
}

/** Null where no answer came. */
export async function once(url: string, { token }: Pick<TestPerson, 'token'>, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer | null> {
  try {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  } catch {
    return null;
  }
}
