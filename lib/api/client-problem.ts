import type { ClientProblemCode, Problem } from './problem.ts';
import { problemType } from './problem-type.ts';

/** A problem that the client itself met: its title is its code, for a person reads the message of that. @param detail for logs, never shown, never personal */
export function clientProblem(code: ClientProblemCode, detail?: string): Problem {
  const document = { type: problemType(code), title: code, status: 0, code };
  return detail === undefined ? document : { ...document, detail };
}
