/** An interaction in the hands of whoever asks, locked together with their session. */
import type { ConnectorVerb } from '../../lib/api/connector.ts';
import { isUuid } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { CommandCall } from '../session/commands.ts';
import type { WholeSession } from '../session/lock.ts';
import { ask, type Asked, refuseWhilePending } from './ask.ts';
import { amend, type Interaction } from './change.ts';
import type { Engine } from './engine.ts';

export interface Held {
  readonly trx: Trx;
  readonly session: WholeSession;
  readonly row: Interaction;
}

/** The session held and its interaction of that id with it. @throws {ProblemError} interaction.state: they do not have it */
export async function holdOwn(call: CommandCall, interactionId: string): Promise<Held> {
  const session = await call.hold();
  const row = isUuid(interactionId)
    ? await call.trx.selectFrom('interaction').selectAll().where('id', '=', interactionId).where('session_id', '=', session.head.sessionId).forUpdate().executeTakeFirst()
    : undefined;
  if (!row) throw new ProblemError('interaction.state');
  return { trx: call.trx, session, row };
}

/** The same where nothing else may be asked of the connector meanwhile. @throws {ProblemError} interaction.pending */
export async function holdFree(call: CommandCall, interactionId: string): Promise<Held> {
  const held = await holdOwn(call, interactionId);
  await refuseWhilePending(held.trx, held.row);
  return held;
}

/** Asks, and tells everybody who looks at it that it is asked. */
export async function askFor({ trx, row }: Pick<Held, 'trx' | 'row'>, verb: ConnectorVerb, more: Asked, engine: Engine): Promise<void> {
  await ask(trx, row, verb, more, engine.now());
  await amend(trx, row, { event: `asked.${verb}`, by: row.person_id }, engine.now());
}
