/** Sentences made of what the model holds. */
import type { Channel } from '../../lib/catalogue/index.ts';
import { explain, type ForcedBy, type Reason } from '../../lib/decide/index.ts';
import type { BarItem } from '../../lib/models/items.ts';
import type { View } from '../../lib/models/view.ts';
import type { Problem } from '../../lib/api/problem.ts';
import { problemText as sentenceOf } from '../ui/problem.ts';
import { t, tn } from '../ui/text.ts';

export const labelOf = ({ control, resource }: Pick<BarItem, 'control' | 'resource'>): string =>
  resource?.name ?? t(control.label);

/** Why a control is hidden or locked. `profile` is the active profile's name; empty where there is none. */
export const reasonText = (reason: Reason, profile: string): string =>
  explain(reason, profile || null, (key, substitutions = []) => t(key, ...substitutions));

/** What a control says of its state beside its name: why it is locked, or what it waits for; else nothing. */
export function decisionText({ decision, control }: Pick<BarItem, 'decision' | 'control'>, view: View): string {
  const { state, reason, forcedBy } = decision;
  if (forcedBy && control.channel) {
    // A right that is missing besides is said after what turned the channel off: it comes first in the layers only.
    const missing = reason?.layer === 'profile' || reason?.layer === 'person' ? reasonText(reason, view.active?.name ?? '') : '';
    return [forcedText(forcedBy, control.channel, view), missing].filter(Boolean).join(' · ');
  }
  if (reason) return reasonText(reason, view.active?.name ?? '');
  return state === 'pending' || state === 'leased' || state === 'stale' ? t(`flow.state.${state}`) : '';
}

/** What turned a channel off: which activity, or who. */
function forcedText(forcedBy: ForcedBy, channel: Channel, { situation, resources, snapshot }: View): string {
  const who = snapshot?.situation.flows[channel].forced?.who;
  if (forcedBy === 'supervisor') return who ? t('flow.forcedBy', who) : t('reason.supervisor.forced');
  if (forcedBy === 'missed') return t('reason.supervisor.missed');
  const activity = situation.activity && resources[situation.activity.id]?.name;
  return activity ? t('flow.forcedByActivity', activity) : t('reason.activity.channel');
}

/** What stands on a button, where its place says the rest. */
export const shortLabelOf = ({ control, resource }: Pick<BarItem, 'control' | 'resource'>): string =>
  resource?.name ?? t(control.shortLabel);

export function problemText(problem: Problem, profile: string): string {
  if (problem.code === 'control.refused' && problem.reason) {
    return t('problem.refusedBecause', reasonText(problem.reason as Reason, profile));
  }
  return sentenceOf(problem);
}

export { tn };
