/** A custom button is used: decided already, it is written down, and asked of whoever carries it out. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { audit } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { databaseNow } from '../db/now.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { AllowedHosts } from './address.ts';
import { requireConnector, requireService, servicePlan, type Use, workflowPlan } from './plan.ts';
import { insertRun, type NewRun, SAME_DEED, UNKNOWN_OUTCOMES } from './runs.ts';

/** Presses so close together are one, though the first may be done already. */
export const DOUBLE_PRESS_MS = 1000;

export interface Carrying {
  readonly allowed: AllowedHosts;
  /** Milliseconds since the epoch. */
  now(): number;
}

const base = ({ accountId, sessionId, person, button, control, subject, interaction, trigger }: Use, at: number) => ({
  account_id: accountId,
  person_id: person.id,
  session_id: sessionId,
  button_id: button.id,
  control,
  subject,
  interaction_id: interaction?.id ?? null,
  trigger,
  opens: button.opens,
  at: new Date(at),
});

/**
 * Pressed by a person, whose session is held. A press while the same is under way, or right after it, is that one.
 *
 * @throws {ProblemError} connector.none, service.address, service.noSecret: nothing is asked then
 */
export async function press(trx: Trx, use: Use, carrying: Carrying): Promise<void> {
  const now = carrying.now();
  const last = await trx
    .selectFrom('button_run')
    .select(['state', 'at', 'ended_at', 'problem', 'key', 'target', 'body', sql<boolean>`ended_at > ${databaseNow} - ${SAME_DEED}::interval`.as('lately')])
    .where('person_id', '=', use.person.id)
    .where('control', '=', use.control)
    .where('subject', '=', use.subject)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last && (last.ended_at === null || (last.state === 'done' && now - last.at.getTime() < DOUBLE_PRESS_MS))) return;
  const unknown = last?.lately && last.problem && UNKNOWN_OUTCOMES.includes(last.problem);
  await begin(trx, use, carrying, unknown ? last : null);
}

/** By itself, in the transaction of what it follows. What cannot be asked has failed: nobody is there to be refused. */
export async function trigger(trx: Trx, use: Use, carrying: Carrying): Promise<void> {
  try {
    await begin(trx, use, carrying, null);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const failed: NewRun = { ...base(use, carrying.now()), key: randomUUID(), target: use.button.target, body: null, state: 'failed', ended_at: databaseNow, problem: error.code };
    if (await insertRun(trx, failed)) await write(trx, use);
  }
}

type Earlier = { readonly key: string; readonly target: string; readonly body: string | null };

async function begin(trx: Trx, use: Use, carrying: Carrying, earlier: Earlier | null): Promise<void> {
  const id = await (use.button.opens === 'workflow' ? askConnector : askService)(trx, use, carrying, earlier);
  if (id) await write(trx, use);
}

async function askService(trx: Trx, use: Use, { allowed, now }: Carrying, earlier: Earlier | null): Promise<string | null> {
  const at = now();
  const fresh = randomUUID();
  const again = earlier && servicePlan(use, earlier.key);
  // What is asked is the same to the letter, so that it is known by its key; else it is something new.
  const same = again !== null && again.body === earlier!.body && again.target === earlier!.target;
  const plan = same ? again : servicePlan(use, fresh);
  await requireService(trx, use.accountId, plan.target, { allowed, now: at });
  return insertRun(trx, { ...base(use, at), ...plan, key: same ? earlier!.key : fresh, state: 'asked' });
}

async function askConnector(trx: Trx, use: Use, { now }: Carrying): Promise<string | null> {
  const at = now();
  const connectorId = await requireConnector(trx, use.accountId, use.interaction);
  const command = randomUUID();
  const runId = await insertRun(trx, { ...base(use, at), key: command, target: use.button.target, body: null, state: 'calling', begun_at: new Date(at) });
  if (runId === null) return null;
  await trx
    .insertInto('connector_command')
    .values({ id: command, connector_id: connectorId, interaction_id: null, run_id: runId, verb: 'run', message: JSON.stringify(workflowPlan(use, command)), at: new Date(at) })
    .execute();
  return runId;
}

/** Under the control's id, as with the verbs of panels: which button, with what, and nothing personal. */
const write = (trx: Trx, { accountId, person, control, button, subject, trigger }: Use) =>
  audit(trx, {
    accountId,
    actorId: person.id,
    action: control.slice(0, -button.id.length - 1),
    subjectId: button.id,
    after: { name: button.name, opens: button.opens, trigger, ...(subject === '' ? {} : { with: subject }) },
  });
