/** What changed and what happened, in sentences: nothing that a bar is first drawn with. */
import type { Told } from '../../lib/api/shapes-supervision.ts';
import { controlById } from '../../lib/catalogue/index.ts';
import type { Changes, Named } from '../../lib/models/changes.ts';
import type { Notice } from '../../lib/models/notices.ts';
import { clockTime, names, t } from '../ui/text.ts';
import { problemText } from './words.ts';

const nameOf = ({ label, name }: Named): string => name ?? t(label);

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
    case 'button':
      return notice;
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
