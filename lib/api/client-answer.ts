/** Reads what came back from the hub's address: its answer, a problem, or something that is no hub at all. */
import * as v from 'valibot';
import type { AnyReply } from './client-call.ts';
import { clientProblem } from './client-problem.ts';
import { problem, PROBLEM_TYPE, type Problem } from './problem.ts';
import type { Route } from './route.ts';

/** Statuses that a proxy answers when nothing stands behind it. */
const NOBODY_BEHIND = new Set([502, 503, 504]);

export async function readAnswer(route: Route, response: Response): Promise<AnyReply> {
  const etag = response.headers.get('etag');
  if (response.status === 304) return { ok: true, notModified: true, etag };
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (response.ok) return readValue(route, response, type, etag);
  if (type === PROBLEM_TYPE) return { ok: false, problem: await readProblem(response) };
  const code = NOBODY_BEHIND.has(response.status) ? 'client.offline' : 'client.notHub';
  return { ok: false, problem: withRetryAfter(clientProblem(code, `status ${response.status}`), response) };
}

async function readValue(route: Route, response: Response, type: string, etag: string | null): Promise<AnyReply> {
  if (!route.answer) return { ok: true, notModified: false, value: undefined, etag };
  if (type !== 'application/json') return { ok: false, problem: clientProblem('client.notHub', `answered ${type || 'nothing'}`) };
  const parsed = v.safeParse(route.answer, await jsonOf(response));
  if (parsed.success) return { ok: true, notModified: false, value: parsed.output, etag };
  return { ok: false, problem: clientProblem('client.malformed', firstIssue(parsed.issues)) };
}

async function readProblem(response: Response): Promise<Problem> {
  const parsed = v.safeParse(problem, await jsonOf(response));
  if (!parsed.success) return clientProblem('client.malformed', firstIssue(parsed.issues));
  return withRetryAfter(parsed.output, response);
}

/** Seconds as the header says them, as a number or as a date. */
function withRetryAfter(document: Problem, response: Response): Problem {
  const header = response.headers.get('retry-after');
  if (document.retryAfter !== undefined || !header) return document;
  const said = response.headers.get('date');
  const from = said ? Date.parse(said) : Date.now();
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - from) / 1000;
  return Number.isFinite(seconds) ? { ...document, retryAfter: Math.max(0, seconds) } : document;
}

/** An answer of more bytes than this is no hub's: the export of everything that a large account has is smaller. */
const MOST_BYTES = 64_000_000;

/** Undefined where it is no JSON, or has no end: no schema takes that. A connection that breaks off in the middle rejects. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await textOf(response);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function textOf({ body }: Response): Promise<string> {
  if (!body) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let left = MOST_BYTES; ; ) {
    const { value } = await reader.read();
    if (!value) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    left -= value.length;
    if (left >= 0) continue;
    await reader.cancel();
    return '';
  }
}

/** Where it went wrong, without the value, which may be personal. */
export const firstIssue = (issues: readonly v.BaseIssue<unknown>[]): string =>
  `${issues[0] ? (v.getDotPath(issues[0]) ?? 'the whole') : 'the whole'}: expected ${issues[0]?.expected ?? 'something else'}`;
