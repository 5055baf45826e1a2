/** The one endpoint of all controls: what stands behind each is declared by the part of the hub that it belongs to. */
import * as v from 'valibot';
import { routes } from '../../lib/api/routes.ts';
import { CHANNELS } from '../../lib/catalogue/index.ts';
import { findControl } from '../../lib/decide/index.ts';
import type { Trx } from '../db/connect.ts';
import type { Call, Handlers, OpenSession } from '../http/handler.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { SessionChanges } from './changes.ts';
import { requireControl } from './decided.ts';
import { type SessionDependencies, signOut } from './handlers.ts';
import { lockSession, type WholeSession, wholeSession } from './lock.ts';
import type { Snapshots } from './snapshots.ts';

export interface CommandCall {
  readonly trx: Trx;
  /** As it was when the request began. */
  readonly session: OpenSession;
  /** The control's id, that of its family where it is made for each row. */
  readonly control: string;
  /** The row's id, for such a one. */
  readonly row: string | null;
  /**
   * What the request says, held against a schema.
   *
   * @throws {ProblemError} request.invalid
   */
  read<S extends v.GenericSchema>(schema: S): v.InferOutput<S>;
  /**
   * The session as it is now, locked to the end of the transaction, and the control decided once more by that: what a
   * command writes it writes after this. Profiles and people are locked before it (see lockProfiles).
   *
   * @throws {ProblemError} session.ended, control.refused
   */
  hold(): Promise<WholeSession>;
  readonly afterCommit: Call['afterCommit'];
}

/** Does what the control says, in the transaction of the request, or throws a `ProblemError`. */
export type Command = (call: CommandCall) => Promise<unknown>;
/** By the control's id. */
export type Commands = Readonly<Record<string, Command>>;

export interface CommandDependencies {
  readonly snapshots: Snapshots;
  readonly now: () => number;
}

export function commandHandler({ snapshots, now }: CommandDependencies, commands: Commands): Pick<Handlers, 'command'> {
  return {
    async command({ db, session, params, body, afterCommit }) {
      const { control: asked } = params;
      const decide = (whole: WholeSession) => requireControl(asked, whole, now(), interactionIn(body));
      decide(await wholeSession(db, snapshots, session.id));
      const { control, row } = findControl(asked)!;
      const run = Object.hasOwn(commands, control.id) ? commands[control.id] : undefined;
      if (!run) {
        throw new ProblemError('command.unavailable', { control: asked, detail: 'You may do this; the hub does not do it yet.' });
      }
      const hold = async () => {
        const held = await lockSession(db, snapshots, session.id);
        decide(held);
        return held;
      };
      await run({ trx: db, session, control: control.id, row, read: (schema) => read(schema, body), hold, afterCommit });
      return {};
    },
  };
}

/** Which interaction a command is about, where it says so: one that is not theirs is as good as none. */
const interactionIn = ({ interactionId }: Readonly<Record<string, unknown>>): string | null =>
  typeof interactionId === 'string' ? interactionId : null;

/** The commands of the bar itself; each reads its body as the route does that has the same effect. */
export function sessionCommands(deps: SessionDependencies): Commands {
  const changes: SessionChanges = deps.changes;
  const flow = (channel: string): [string, Command] => [
    `flow.${channel}`,
    ({ trx, session, read }) => changes.setFlow(trx, session.id, channel, read(routes.setFlow.body).on),
  ];
  return {
    ...Object.fromEntries(CHANNELS.map(flow)),
    'core.profile': ({ trx, session, read }) =>
      changes.switchProfile(trx, session.id, session.person_id, read(routes.switchProfile.body).profileId),
    'core.activity': ({ trx, session, read }) => changes.setActivity(trx, session.id, read(routes.setActivity.body).activityId),
    'core.status': ({ trx, session, read }) => changes.setStatus(trx, session.id, read(routes.setStatus.body).status),
    'core.logout': ({ trx, session }) => signOut(deps, trx, session.person_id),
  };
}

function read<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const issues = result.issues.map(({ path, message }) => ({ path: (path ?? []).map(({ key }) => key as string | number), message }));
  throw new ProblemError('request.invalid', { issues });
}
