/** What can be done with a profile as a whole: look at it as it would be, push it again, edit it, publish it, drop the draft. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { mayWithProfile } from '../../../lib/models/maker/profiles.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { useWhyNot } from '../reasons.ts';
import { CloseDialog } from './close-dialog.tsx';
import { effectOf } from './effect.ts';
import { PreviewDialog } from './preview-dialog.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { RefreshDialog } from './refresh-dialog.tsx';
import './publish.css';

type Open = 'preview' | 'refresh' | 'save' | 'publish' | 'close';

export function PublishActions({ editor }: { editor: Editor }) {
  const { rights, queries } = useMaker();
  const open = useSignal<Open | null>(null);
  const group = useRef<HTMLDivElement>(null);
  const shut = () => {
    open.value = null;
    // The button that opened the dialog may be gone with the edit mode.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) group.current?.querySelector<HTMLElement>('.button:last-of-type')?.focus();
    });
  };
  const whyNot = useWhyNot();
  const may = (right: 'profiles.publish' | 'profiles.refresh' | 'profiles.update') => whyNot(mayWithProfile(rights.value, right, editor.profileId));
  const ready = editor.load.value === 'ready';
  const notReady = ready ? null : t('makerPublish.loading');
  const unpublished = editor.summary.value?.version == null ? t('makerPublish.publishFirst') : null;
  const archived = editor.summary.value?.archived ? t('makerPublish.archived') : null;
  const nothing = ready && !effectOf(editor, queries).isChanged.value && editor.published.value ? t('makerPublish.nothingToPublish') : null;
  const cannotPublish = may('profiles.publish') ?? notReady ?? archived ?? nothing;
  const close = () => {
    if (editor.saved.peek() && effectOf(editor, queries).isChanged.peek()) open.value = 'close';
    else editor.editing.value = false;
  };
  return (
    <div ref={group} class="publish-actions" role="group" aria-label={t('makerPublish.actions')}>
      <Button icon="eye" disabledReason={notReady} onPress={() => (open.value = 'preview')} data-action="preview">
        {t('makerPublish.preview')}
      </Button>
      <Button icon="refresh-cw" disabledReason={may('profiles.refresh') ?? notReady ?? unpublished} onPress={() => (open.value = 'refresh')} data-action="refresh">
        {t('makerPublish.refresh')}
      </Button>
      {editor.editing.value ? (
        <>
          <Button disabledReason={cannotPublish} onPress={() => (open.value = 'save')} data-action="save" data-tip={cannotPublish ? undefined : t('makerPublish.saveTip')}>
            {t('makerPublish.save')}
          </Button>
          <Button onPress={close} data-action="close">
            {t('makerPublish.close')}
          </Button>
          <Button tone="primary" disabledReason={cannotPublish} onPress={() => (open.value = 'publish')} data-action="publish">
            {t('makerPublish.publish')}
          </Button>
        </>
      ) : (
        <Button
          tone="primary"
          icon="pencil"
          disabledReason={may('profiles.update') ?? notReady ?? archived}
          onPress={() => (editor.editing.value = true)}
          data-action="edit"
        >
          {t('makerPublish.edit')}
        </Button>
      )}
      {open.value === 'preview' && <PreviewDialog editor={editor} onClose={shut} />}
      {open.value === 'refresh' && <RefreshDialog editor={editor} onClose={shut} />}
      {(open.value === 'publish' || open.value === 'save') && (
        <PublishDialog editor={editor} to={open.value === 'save' ? 'newAssignments' : 'everyone'} onClose={shut} />
      )}
      {open.value === 'close' && <CloseDialog editor={editor} onClose={shut} />}
    </div>
  );
}
