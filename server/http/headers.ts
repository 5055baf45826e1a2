/** What is read of a request's headers. */
import type { IncomingMessage } from 'node:http';

/** One that is there once, of a raw request; else null. */
export function headerOf({ headers }: Pick<IncomingMessage, 'headers'>, name: string): string | null {
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' ? value : null;
}

/** The token of an `Authorization: Bearer` header, or null. */
export const bearerOf = (header: string | null | undefined): string | null => /^Bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? null;

/** The ETags of an If-Match or If-None-Match header, without quotes and weakness. */
export const etagsOf = (header: string | null): string[] =>
  (header ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, '').replace(/^"(.*)"$/, '$1'))
    .filter((tag) => tag !== '');
