import { decideControl, findControl, type Reason } from '../../lib/decide/index.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { WholeSession } from './lock.ts';
import { rightsIn, situationOf } from './situation.ts';

/**
 * Decides a control for a session by the rules of the banner and the state of the database.
 *
 * @param control a control's id, with its row where it is made for each row of a tab
 * @param at the interaction it is for, where it is for one
 * @throws {ProblemError} control.unknown; control.refused with the control and the reason
 */
export function requireControl(control: string, session: WholeSession, now: number, at: string | null = null): void {
  const found = findControl(control);
  if (!found) throw new ProblemError('control.unknown', { detail: 'There is no such control.' });
  const view = session.profile.active?.view ?? null;
  const decision = decideControl(control, rightsIn(view, session.person), situationOf(session.situation, view, now, at));
  // What is refused is named by its family, never by a row: it labels a measure.
  if (!decision.enabled) throw refusal(found.control.id, decision.reason as Reason);
}

/** While an offer rings the profile stays: whoever answers has to know with what. */
export function refuseWhileRinging({ situation }: WholeSession): void {
  if (!situation.interactions.some(({ phase }) => phase === 'offered')) return;
  throw refusal('core.profile', { code: 'interaction.ringing', layer: 'interaction', setting: null, askable: false });
}

const refusal = (control: string, reason: Reason) =>
  new ProblemError('control.refused', { control, reason });
