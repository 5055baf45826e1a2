/** Whether the hub has what is on screen. Quiet while it goes well: a small change saves without a spinner. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { problemText } from '../../ui/problem.ts';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';

/** The draft is sent 600 ms after the last change: a save that then takes less than 400 ms says nothing of itself. */
const SLOW_MS = 1000;
const OFFLINE = new Set(['client.offline', 'client.timeout', 'hub.stopping', 'hub.notReady', 'client.signedOut', 'rate.limited']);
const REFUSED = new Set(['grant.refused', 'profile.nameTaken']);

const ICONS: Readonly<Record<string, IconName>> = { saved: 'check', saving: 'loader-circle', offline: 'cloud-off' };

export function SaveState({ editor }: { editor: Editor }) {
  const { clock } = useMaker();
  const slow = useSignal(false);
  const save = editor.save.value;
  useEffect(() => {
    slow.value = false;
    return save === 'saving' ? clock.after(SLOW_MS, () => (slow.value = true)) : undefined;
  }, [save]);
  const code = editor.problem.value?.code ?? '';
  const shown = save === 'failed' ? (OFFLINE.has(code) ? 'offline' : REFUSED.has(code) ? 'refused' : 'failed') : save;
  const before = useRef(shown);
  if (save !== 'saving') before.current = shown;
  // Nothing moves and nothing is read out for what will be saved in a moment.
  const quiet = save === 'saving' && !slow.value;
  const said = quiet && before.current === 'saved' ? 'saved' : shown;
  const icon = ICONS[shown] ?? 'triangle-alert';
  return (
    <span class="save-state" data-shown={said}>
      <span role="status" class="said" data-state={save}>
        {quiet ? <span class="unsaved-dot" aria-hidden="true" /> : <Icon name={icon} size={14} class={shown === 'saving' ? 'spin' : ''} />}
        {shown === 'failed' ? t('makerProfile.save.failed', problemText(editor.problem.value!)) : t(`makerProfile.save.${said}`)}
      </span>
      {(shown === 'offline' || shown === 'failed') && (
        <Button tone="plain" onPress={() => editor.flush()}>
          {t('makerProfile.retry')}
        </Button>
      )}
    </span>
  );
}
