/** JSON from outside, before anything is made of it: what would do harm further in is found here, once. */
import type { Problem } from '../lib/api/problem.ts';

type Issue = NonNullable<Problem['issues']>[number];

/** A profile document is at most eight deep. */
const MOST_DEPTH = 32;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Keys that mean something to JavaScript itself, nesting that would exhaust a stack, and text that PostgreSQL cannot
 * keep: with a NUL, or with half of a surrogate pair.
 */
export function unsafePlace(value: unknown, path: (string | number)[] = []): Issue | null {
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

/** Whether PostgreSQL can keep a text, or be asked for it. */
export const isKeepable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** The message of a socket; undefined for what is none. */
export function parseMessage(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return unsafePlace(value) === null ? value : undefined;
  } catch {
    return undefined;
  }
}
