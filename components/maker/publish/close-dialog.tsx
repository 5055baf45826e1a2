/** Leaving edit mode with a draft: dropped with what is in it, or kept for later. */
import { useSignal } from '@preact/signals';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/states.tsx';
import { problemText } from '../../ui/problem.ts';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { ChangeList } from './change-list.tsx';
import { effectOf } from './effect.ts';

export function CloseDialog({ editor, onClose }: { editor: Editor; onClose: () => unknown }) {
  const { queries, toasts } = useMaker();
  const busy = useSignal(false);
  const { groups } = effectOf(editor, queries);
  const drop = async () => {
    busy.value = true;
    const done = await editor.drop();
    busy.value = false;
    if (!done) return;
    editor.editing.value = false;
    toasts.say({ text: t('makerPublish.dropped'), tone: 'good' });
    onClose();
  };
  const keep = async () => {
    busy.value = true;
    const done = await editor.flush();
    busy.value = false;
    if (!done) return;
    editor.editing.value = false;
    toasts.say({ text: t('makerPublish.keptDraft') });
    onClose();
  };
  const problem = editor.problem.value;
  return (
    <Dialog
      title={t('makerPublish.closeTitle')}
      role="alertdialog"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} data-autofocus="">
            {t('makerPublish.goOn')}
          </Button>
          <Button busy={busy.value} onPress={keep} data-action="keep">
            {t('makerPublish.keepDraft')}
          </Button>
          <Button tone="danger" icon="trash-2" busy={busy.value} onPress={drop} data-action="drop">
            {t('makerPublish.drop')}
          </Button>
        </>
      }
    >
      <p>{t('makerPublish.closeText')}</p>
      {problem && <Note tone="bad">{problemText(problem)}</Note>}
      <div class="publish-lost">
        <ChangeList groups={groups.value} profileId={null} />
      </div>
    </Dialog>
  );
}
