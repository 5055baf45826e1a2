import type { Problem } from '../../lib/api/problem.ts';
import { ProblemError } from './problem-error.ts';

type Issue = NonNullable<Problem['issues']>[number];

export const MOST_BYTES = 1024 * 1024;
/** A profile document is at most eight deep. */
const MOST_DEPTH = 32;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body, and no more of it than allowed.
 *
 * @param most how many bytes that is
 * @returns the raw bytes, for telling a repeated request, and the value; an absent body is `{}`
 * @throws {ProblemError} request.type, request.tooLarge, request.invalid
 */
export async function readJson(request: Request, most: number = MOST_BYTES): Promise<{ raw: Buffer; value: unknown }> {
  const raw = await readLimited(request, most);
  if (raw.length === 0) return { raw, value: {} };
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new ProblemError('request.type', { detail: 'Send the body as application/json.' });
  }
  return { raw, value: parse(raw) };
}

async function readLimited(request: Request, most: number): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge(most);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > most) throw tooLarge(most);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('request.invalid', { detail: 'The body was cut off.' });
  }
  return Buffer.concat(chunks);
}

function parse(raw: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    throw new ProblemError('request.invalid', { detail: 'The body is not JSON.' });
  }
  const issue = unsafePlace(value, []);
  if (issue) throw new ProblemError('request.invalid', { issues: [issue] });
  return value;
}

/**
 * Keys that mean something to JavaScript itself, nesting that would exhaust a stack, and text that PostgreSQL cannot
 * keep: with a NUL, or with half of a surrogate pair.
 */
function unsafePlace(value: unknown, path: (string | number)[]): Issue | null {
  if (typeof value === 'string') return isKeepable(value) ? null : { path, message: 'text with a character that is not allowed' };
  if (typeof value !== 'object' || value === null) return null;
  if (path.length > MOST_DEPTH) return { path, message: `nested deeper than ${MOST_DEPTH}` };
  for (const [key, inner] of Object.entries(value)) {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    if (FORBIDDEN_KEYS.has(key) || !isKeepable(key)) return { path: place, message: 'a name that is not allowed' };
    const found = unsafePlace(inner, place);
    if (found) return found;
  }
  return null;
}

const isKeepable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

const tooLarge = (most: number) => new ProblemError('request.tooLarge', { detail: `A body may have ${most} bytes.` }, { connection: 'close' });
