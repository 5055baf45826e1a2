/** Sentences of a panel. */
import type { Said } from '../../../lib/models/modules/deeds.ts';
import type { FieldProblem } from '../../../lib/models/modules/form.ts';
import type { Offer } from '../../../lib/models/modules/offers.ts';
import { type ControlId, controlById } from '../../../lib/catalogue/index.ts';
import type { FormField, Verb } from '../../../lib/modules/types.ts';
import { formatMoment, formatMoney, formatNumber } from '../../ui/format.ts';
import { t, tn } from '../../ui/text.ts';
import { problemText, reasonText } from '../words.ts';
import type { Reading } from './context.ts';

/** What a verb's button says: of what money is asked by, all of its name. */
export function verbName({ label, control, does }: Verb): string {
  const named = controlById.get(control as ControlId)!;
  return t(label ?? (does === 'pay' ? named.label : named.shortLabel));
}

/** What else a verb's button says: why it is locked, or what it waits for. */
export function stateText({ decision }: Offer, profile: string): string {
  if (decision.reason) return reasonText(decision.reason, profile);
  return decision.state === 'pending' || decision.state === 'leased' ? t(`flow.state.${decision.state}`) : '';
}

const amount = ({ type }: FormField, value: number, { now, currency }: Reading): string => {
  if (type === 'money') return formatMoney(value, currency);
  return type === 'instant' ? formatMoment(value, now) : formatNumber(value);
};

export function fieldProblemText(field: FormField, problem: FieldProblem, reading: Reading): string {
  switch (problem.kind) {
    case 'range':
      if (problem.max === null) return t('modulePanel.wrong.least', amount(field, problem.min ?? 0, reading));
      if (problem.min === null) return t('modulePanel.wrong.most', amount(field, problem.max, reading));
      return t('modulePanel.wrong.range', amount(field, problem.min, reading), amount(field, problem.max, reading));
    case 'long':
      return tn('modulePanel.wrong.long', problem.max);
    case 'short':
      return tn('modulePanel.wrong.short', problem.min);
    case 'unanswered':
      return tn('modulePanel.wrong.unanswered', problem.left);
    default:
      return t(`modulePanel.wrong.${problem.kind}`);
  }
}

/** Which rows: the name of one, how many of several. */
export const whichText = ({ name, count }: { readonly name: string; readonly count: number }): string =>
  count > 1 ? tn('modulePanel.rows', count) : name;

export function saidText(said: Said, profile: string): string {
  const verb = verbName(said.verb);
  const which = whichText(said);
  const deed = which ? t('modulePanel.deed', verb, which) : verb;
  switch (said.kind) {
    case 'done':
    case 'undoable':
      return t('modulePanel.said.done', deed);
    case 'undone':
      return t('modulePanel.said.undone', deed);
    case 'problem':
      return t('modulePanel.said.problem', deed, problemText(said.problem, profile));
    case 'conflict':
      return t('modulePanel.said.conflict', which || verb);
    case 'covered':
      return t('modulePanel.said.covered', deed);
  }
}
