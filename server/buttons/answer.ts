/** What a web service answers: nothing, or a small JSON document that says a sentence, a page to open, or both. */
import * as v from 'valibot';
import { pageAddress } from './address.ts';

/** More of an answer is not read. */
export const MOST_ANSWER_BYTES = 16 * 1024;
const MOST_MESSAGE = 500;
const MOST_OPEN = 2000;

const answer = v.object({
  message: v.optional(v.nullable(v.string())),
  open: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(MOST_OPEN)))),
});

export interface ServiceAnswer {
  readonly message: string | null;
  readonly open: string | null;
}

/** One line of plain text: without controls, line ends and marks that turn the text around it. */
export function plainSentence(text: string): string | null {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/\s+/g, ' ').trim();
  const whole = [...line];
  return line === '' ? null : whole.length > MOST_MESSAGE ? `${whole.slice(0, MOST_MESSAGE - 1).join('')}…` : line;
}

/** @returns the answer, or in a few words what is wrong with it */
export function readAnswer(type: string | undefined, body: Buffer, service: URL): ServiceAnswer | string {
  if (body.length === 0) return { message: null, open: null };
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type ?? '')) return 'no JSON';
  const parsed = v.safeParse(answer, parse(body));
  if (!parsed.success) return 'another document than { message, open }';
  const { message, open } = parsed.output;
  const page = open == null ? null : pageAddress(open, service);
  if (open != null && page === null) return 'a page to open that is no https address';
  return { message: message == null ? null : plainSentence(message.toWellFormed()), open: page };
}

function parse(body: Buffer): unknown {
  try {
    const document: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return Array.isArray(document) ? undefined : document;
  } catch {
    return undefined;
  }
}
