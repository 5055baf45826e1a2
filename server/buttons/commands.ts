/** What stands behind custom buttons that are pressed, in each of their places. */
import * as v from 'valibot';
import { BUTTON_MODULES, type RowFamily, showsButton, type Values, valuesOf, valuesOfBar, valuesOfRow } from '../../lib/interaction/custom-button.ts';
import type { Variable } from '../../lib/interaction/variables.ts';
import { id } from '../../lib/api/shapes.ts';
import { panelByModule } from '../../lib/modules/panels.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Interaction } from '../interactions/change.ts';
import { holdOwn } from '../interactions/held.ts';
import { askerOf } from '../modules/asker.ts';
import { masksOf } from '../modules/masking.ts';
import { namesIn } from '../modules/names.ts';
import { findRecord } from '../modules/records.ts';
import { rowOf } from '../modules/row.ts';
import type { Command, CommandCall, Commands } from '../session/commands.ts';
import type { WholeSession } from '../session/lock.ts';
import { tellSessions } from '../interactions/change.ts';
import { hiddenVariables, readButton } from './plan.ts';
import { type Carrying, press } from './use.ts';

const ofInteraction = v.object({ interactionId: id });
const ofRow = v.object({ id });

/** What a button is used with. */
interface Subject {
  readonly session: WholeSession;
  readonly id: string;
  readonly values: Values;
  readonly hidden: ReadonlySet<Variable>;
  readonly interaction: Interaction | null;
}

export function buttonCommands(carrying: Carrying): Commands {
  const command = (find: (call: CommandCall) => Promise<Subject>, hasCondition: boolean): Command => async (call) => {
    const subject = await find(call);
    const { session, values, hidden, interaction } = subject;
    const { head, person, profile } = session;
    const button = await readButton(call.trx, head.accountId, call.row!);
    if (!button) throw new ProblemError('button.page', { detail: 'This button opens a page: its address is in the snapshot.' });
    if (hasCondition && !showsButton(button, values)) throw new ProblemError('button.condition');
    const view = profile.active!.view;
    await press(
      call.trx,
      {
        button,
        control: `${call.control}.${button.id}`,
        trigger: 'byHand',
        accountId: head.accountId,
        sessionId: head.sessionId,
        person: { id: person.id, name: person.name, email: person.email },
        profile: { id: view.id, name: view.name },
        values,
        hidden,
        subject: subject.id,
        interaction,
      },
      carrying,
    );
    await tellSessions(call.trx, head.accountId, [head.sessionId]);
  };
  return {
    'top.custom': command(inBar, false),
    'int.custom': command(withInteraction, true),
    'case.custom': command((call) => withRow(call, 'case.custom', carrying.now()), true),
    'crm.custom': command((call) => withRow(call, 'crm.custom', carrying.now()), true),
  };
}

async function inBar(call: CommandCall): Promise<Subject> {
  const session = await call.hold();
  return { session, id: '', values: valuesOfBar(session.person, session.profile.active?.view ?? null), hidden: new Set(), interaction: null };
}

async function withInteraction(call: CommandCall): Promise<Subject> {
  const { session, row } = await holdOwn(call, call.read(ofInteraction).interactionId);
  // As it is told to the banner: masked already, and there while it is in hand.
  const view = session.situation.interactions.find((each) => each.id === row.id);
  if (!view) throw new ProblemError('interaction.state');
  const hidden = hiddenVariables(masksOf(session), row.channel);
  return { session, id: row.id, values: valuesOf(view, session.person, session.profile.active?.view ?? null), hidden, interaction: row };
}

/** What a machine is sent is no country's way of writing a number. */
const MACHINES = '';

async function withRow(call: CommandCall, family: RowFamily, now: number): Promise<Subject> {
  const { id: rowId } = call.read(ofRow);
  const session = await call.hold();
  const panel = panelByModule.get(BUTTON_MODULES[family])!;
  const asker = askerOf(session, now);
  const record = await findRecord(call.trx, panel, asker, rowId);
  if (!record) throw new ProblemError('notFound', { detail: 'There is no such row, or it is not for you to see.' });
  const row = rowOf(panel, asker, record, await namesIn(call.trx, panel, [record]), now, true, MACHINES);
  return { session, id: record.id, values: valuesOfRow(family, row, session.person, session.profile.active?.view ?? null), hidden: hiddenVariables(asker.masks), interaction: null };
}
