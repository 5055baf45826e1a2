import { unsafePlace } from '../safe-json.ts';
import { ProblemError } from './problem-error.ts';

export const MOST_BYTES = 1024 * 1024;

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
  const issue = unsafePlace(value);
  if (issue) throw new ProblemError('request.invalid', { issues: [issue] });
  return value;
}

const tooLarge = (most: number) => new ProblemError('request.tooLarge', { detail: `A body may have ${most} bytes.` }, { connection: 'close' });
