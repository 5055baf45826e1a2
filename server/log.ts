import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * Structured logs, one JSON object a line. What is logged is codes, ids and durations: never a name, an address, a
 * token, a query string or a body. The redaction is the second line of defence.
 */
export function createLog(level: string, destination?: NodeJS.WritableStream): Logger {
  const options = {
    level,
    base: null,
    redact: ['token', 'authorization', 'email', 'name', 'password', '*.token', '*.authorization', '*.email', '*.password'],
    serializers: { err: errorSummary },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The stack names places in the code; details of database errors may quote rows, so they stay out. */
function errorSummary(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const { code } = error as { code?: unknown };
  const firstFrames = error.stack?.split('\n    at ').slice(1, 8);
  return { kind: error.name, code, message: code === undefined ? error.message : undefined, at: firstFrames };
}
