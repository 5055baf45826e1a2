/**
 * Tokens for scripts, asked of the hub's own process: the command line, which has tests of its own, would read all of its
 * modules again for each.
 */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createApiToken } from '../../server/auth/api-tokens.ts';
import type { AuthDatabase } from '../../server/auth/tables.ts';

interface Asked {
  readonly id: string;
  readonly email: string;
}
type Answered = { readonly id: string } & ({ readonly token: string } | { readonly problem: string });

const DAYS = 1;

/** @throws Error where nobody has this email address, or the hub ends */
export function askForToken(hub: ChildProcess, email: string): Promise<string> {
  const id = randomUUID();
  return new Promise<string>((resolve, reject) => {
    const ended = () => reject(new Error(`the hub ended before it gave a token of ${email}`));
    const hear = (answer: Answered) => {
      if (answer.id !== id) return;
      hub.off('message', hear).off('exit', ended);
      if ('token' in answer) resolve(answer.token);
      else reject(new Error(answer.problem));
    };
    hub.on('message', hear).once('exit', ended);
    hub.send({ id, email } satisfies Asked, (error) => error && reject(error));
  });
}

/** In the hub's process: answers whoever started it. */
export function giveTokens(db: AuthDatabase): void {
  process.on('message', (asked: Asked | object) => {
    if (!('email' in asked)) return;
    const { id, email } = asked;
    const say = (answer: Answered) => void process.send?.(answer);
    createApiToken(db, email, DAYS).then((token) => say({ id, token }), (error: Error) => say({ id, problem: error.message }));
  });
}
