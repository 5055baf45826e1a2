/** Where one stands before there is a session, and the one next step. */
import type { ClientState } from '../../lib/session/client-state.ts';
import type { IconName } from '../ui/icons.ts';
import { clockTime, t } from '../ui/text.ts';
import { problemText } from './words.ts';

export interface Step {
  readonly state: string;
  readonly icon: IconName;
  readonly turning?: true;
  readonly title: string;
  readonly detail: string;
  readonly tone: 'plain' | 'wait' | 'bad';
  readonly actions: readonly { readonly id: 'signIn' | 'takeOver' | 'signOut' | 'options'; readonly label: string; readonly primary?: true }[];
}

/** What a person is told and can do at each point on the way in. */
export function stepOf(state: ClientState): Step {
  const { phase, problem, ended, elsewhere, hub } = state;
  if (problem && phase !== 'open') {
    const address = problem.code.startsWith('client.') ? t('banner.atHub', hub) : '';
    return {
      state: 'problem',
      icon: 'triangle-alert',
      title: problemText(problem, ''),
      detail: address,
      tone: 'bad',
      actions: [
        { id: 'signIn', label: t('banner.tryAgain'), primary: true },
        ...(problem.code.startsWith('client.') ? [{ id: 'options', label: t('banner.changeHub') } as const] : []),
      ],
    };
  }
  switch (phase) {
    case 'signingIn':
      return {
        state: phase,
        icon: 'loader-circle',
        turning: true,
        title: t('banner.signingIn'),
        detail: t('banner.signingInDetail'),
        tone: 'plain',
        actions: [{ id: 'signOut', label: t('common.cancel') }],
      };
    case 'opening':
      return { state: phase, icon: 'loader-circle', turning: true, title: t('banner.opening'), detail: '', tone: 'plain', actions: [] };
    case 'elsewhere':
      return {
        state: phase,
        icon: 'circle-alert',
        title: elsewhere ? t('banner.elsewhere', elsewhere.browser, clockTime(elsewhere.since - state.clockOffset)) : t('banner.elsewhereUnknown'),
        detail: t('banner.elsewhereDetail'),
        tone: 'wait',
        actions: [
          { id: 'takeOver', label: t('banner.takeOver'), primary: true },
          { id: 'signOut', label: t('banner.leaveThere') },
        ],
      };
    default:
      return {
        state: ended ?? 'signedOut',
        icon: ended ? 'circle-alert' : 'flag',
        title: ended ? t(`banner.ended.${ended}`) : t('banner.signedOut'),
        detail: ended ? t(`banner.endedDetail.${ended}`) : t('banner.signedOutDetail'),
        tone: ended ? 'wait' : 'plain',
        actions: [{ id: 'signIn', label: ended ? t('banner.signInAgain') : t('banner.signIn'), primary: true }],
      };
  }
}
