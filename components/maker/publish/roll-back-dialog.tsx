/** Back to an earlier version: what that gives and takes, and from whom, before it is done. It is itself a version. */
import { useComputed, useModel, useSignal } from '@preact/signals';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import type { Publishing } from '../../../lib/models/maker/publish.ts';
import { MESSAGE_MAX } from '../../../lib/models/maker/publish-form.ts';
import { ImpactModel } from '../../../lib/models/maker/publish-impact.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Failed } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { Affected } from './affected.tsx';
import { ChangeList } from './change-list.tsx';
import { FOR_EVERYONE } from './options.ts';
import { PublishProblem } from './problem.tsx';
import { useDifference } from './version-diff.tsx';

interface Props {
  readonly editor: Editor;
  readonly publishing: Publishing;
  readonly version: number;
  readonly onClose: () => unknown;
}

export function RollBackDialog({ editor, publishing, version, onClose }: Props) {
  const { hub, clock, toasts } = useMaker();
  const message = useSignal(t('makerVersions.rollBackMessage', version));
  const { difference, groups } = useDifference(editor, editor.summary.value?.version ?? version, version);
  const document = useComputed(() => difference.documents.value?.[1] ?? null);
  const model = useModel(() => new ImpactModel({ hub, clock, profileId: editor.profileId, document, options: FOR_EVERYONE }));
  const rollBack = async () => {
    const made = await publishing.rollBack(version, message.peek().trim());
    if (made === null) return;
    toasts.say({ text: t('makerVersions.rolledBack', version, made), tone: 'good' });
    onClose();
  };
  const impact = model.impact.value;
  const { busy, problem } = publishing;
  return (
    <Dialog
      title={t('makerVersions.rollBackTitle', version)}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" icon="rotate-ccw" busy={busy.value} onPress={rollBack} data-action="confirm-roll-back">
            {t('makerVersions.rollBack')}
          </Button>
        </>
      }
    >
      <div class="roll-back">
        <p>{t('makerVersions.rollBackText', version)}</p>
        {editor.summary.value?.hasDraft && <p class="secondary">{t('makerVersions.draftStays')}</p>}
        {problem.value && <PublishProblem problem={problem.value} profileId={editor.profileId} onGo={onClose} />}
        <TextField label={t('makerPublish.why')} value={message.value} onInput={(value) => (message.value = value)} maxLength={MESSAGE_MAX} />
        <p class="reaches">
          {impact
            ? t('makerPublish.reaches', tn('makerPublish.people', impact.people), formatNumber(impact.online), formatNumber(impact.inInteraction))
            : t(model.problem.value ? 'makerPublish.unknownImpact' : 'makerPublish.counting')}
        </p>
        {difference.problem.value ? (
          <Failed problem={difference.problem.value} retry={difference.retry} />
        ) : (
          groups.value && (groups.value.length > 0 ? <ChangeList groups={groups.value} profileId={null} /> : <p class="secondary">{t('makerVersions.same')}</p>)
        )}
        {impact && <Affected impact={impact} nameOf={difference.resources.nameOf} behind={model.behind.value} />}
      </div>
    </Dialog>
  );
}
