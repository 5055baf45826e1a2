/** Sentences made of what the model holds. */
import type { Told } from '../../lib/api/shapes-supervision.ts';
import { type Channel, controlById } from '../../lib/catalogue/index.ts';
import { explain, type ForcedBy, type Reason } from '../../lib/decide/index.ts';
import type { Changes, Named } from '../../lib/models/changes.ts';
import type { BarItem } from '../../lib/models/items.ts';
import type { View } from '../../lib/models/view.ts';
import type { Notice } from '../../lib/models/notices.ts';
import type { Problem } from '../../lib/api/problem.ts';
import { problemText as sentenceOf } from '../ui/problem.ts';
import { clockTime, names, t, tn } from '../ui/text.ts';

export const labelOf = ({ control, resource }: Pick<BarItem, 'control' | 'resource'>): string =>
  resource?.name ?? t(control.label);

const nameOf = ({ label, name }: Named): string => name ?? t(label);

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

export interface Line {
  readonly title: string;
  readonly detail: string;
  readonly tone: 'news' | 'good' | 'bad';
}

export function changesText({ gained, lost, leased }: Changes): string {
  return [
    gained.length > 0 && t('notice.gained', names(gained.map(nameOf))),
    lost.length > 0 && t('notice.lost', names(lost.map(nameOf))),
    leased.length > 0 && t('notice.leased', names(leased.map(nameOf))),
  ]
    .filter(Boolean)
    .join(' · ');
}

export const changedNames = (changed: readonly Named[], most: number): string => names(changed.map(nameOf), most);

export function noticeLine(notice: Notice, profile: string): Line {
  switch (notice.kind) {
    case 'updated':
      return { title: t('notice.updated', notice.version), detail: changesText(notice) || t('notice.noControls'), tone: 'news' };
    case 'switched':
      return { title: t('notice.switched', notice.name, notice.version), detail: changesText(notice), tone: 'news' };
    case 'fellBack':
      return { title: t('notice.fellBack', notice.from, notice.name), detail: changesText(notice), tone: 'bad' };
    case 'coreOnly':
      return { title: t(`notice.coreOnly.${notice.why}`, notice.from), detail: t('notice.coreOnly.detail'), tone: 'bad' };
    case 'rights':
      return { title: t('notice.rights'), detail: changesText(notice), tone: 'news' };
    case 'upToDate':
      return notice.version === null
        ? { title: t('notice.upToDateCore', clockTime(notice.at)), detail: '', tone: 'good' }
        : { title: t('notice.upToDate', notice.version, clockTime(notice.at)), detail: notice.name ?? '', tone: 'good' };
    case 'unavailable':
      return { title: t('notice.unavailable', t(notice.label)), detail: t('notice.unavailableDetail'), tone: 'news' };
    case 'covered':
      return { title: t('notice.covered', t(notice.label)), detail: t('notice.coveredDetail'), tone: 'bad' };
    case 'told':
      return toldLine(notice.told, changesText({ gained: [], lost: [], leased: [], ...notice }));
    case 'problem':
      return { title: problemText(notice.problem, profile), detail: '', tone: 'bad' };
  }
}

/** Who did what, and why: what it changed besides comes last. */
export function toldLine({ kind, who, why, detail: { name, channel, control } }: Told, changes = ''): Line {
  const what = name ?? (channel ? t(`channel.${channel}`) : t(controlById.get(control ?? '')?.label ?? ''));
  return { title: t(`told.${kind}`, who ?? t('told.somebody'), what), detail: [why, changes].filter(Boolean).join(' · '), tone: 'news' };
}

export { tn };
