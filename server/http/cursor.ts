/** Where a page of a list ended: what `next` says and `after` takes. Opaque to whoever sends it: what stands in it may change. */
import { ProblemError } from './problem-error.ts';

/** The last row of a page: its key in the order of the list, and its id. */
export interface After {
  readonly key: string;
  readonly id: string;
}

/** What tells a list, in its order, from every other one. */
type Which = readonly (string | boolean)[];

export const writeCursor = (which: Which, { key, id }: After): string => Buffer.from(JSON.stringify([...which, key, id])).toString('base64url');

/**
 * @param isId what the ids of the list look like
 * @throws {ProblemError} request.invalid: it was not written by `writeCursor`, or for another list
 */
export function readCursor(which: Which, text: string, isId: (id: string) => boolean = () => true): After {
  const [key, id] = partsOf(text).slice(which.length);
  if (typeof key !== 'string' || typeof id !== 'string' || writeCursor(which, { key, id }) !== text) throw cursorRefused();
  // PostgreSQL takes no text with either.
  if (key.includes('\0') || !key.isWellFormed() || !isId(id)) throw cursorRefused();
  return { key, id };
}

function partsOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

export const cursorRefused = () => new ProblemError('request.invalid', { issues: [{ path: ['after'], message: 'not the end of a page of this list' }] });
