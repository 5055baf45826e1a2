/** The online refresher: pushes the published version again, and shows what becomes of it with each person. */
import { useModel, useSignal } from '@preact/signals';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { PublishModel } from '../../../lib/models/maker/publish.ts';
import { NO_COUNTS, UNAPPLIED } from '../../../lib/models/maker/publish-receipts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { ArrivalBar, arrivalText } from './arrival.tsx';
import { PublishProblem } from './problem.tsx';
import { ExportReceipts, ReceiptFilter, ReceiptTable, useReceipts, whyNoReceipts } from './receipts.tsx';

export function RefreshDialog({ editor, onClose }: { editor: Editor; onClose: () => unknown }) {
  const { queries } = useMaker();
  const publishing = useModel(() => new PublishModel(editor, queries));
  const receipts = useReceipts(editor);
  const pushed = useSignal<number | null>(null);
  const asked = useSignal<'everyone' | 'unapplied' | null>(null);
  const counts = receipts.counts.value;
  const unapplied = UNAPPLIED.reduce((sum, state) => sum + (counts ?? NO_COUNTS)[state], 0);
  const version = editor.watch.value?.receipts.version ?? editor.summary.value?.version ?? 0;
  const people = editor.summary.value?.people ?? 0;
  const push = async (only: 'everyone' | 'unapplied') => {
    asked.value = only;
    pushed.value = await publishing.refresh(only);
    asked.value = null;
  };
  const { busy, problem } = publishing;
  return (
    <Dialog
      title={t('makerPublish.refreshTitle', version)}
      size="large"
      onClose={onClose}
      actions={
        <>
          <ExportReceipts editor={editor} receipts={receipts} />
          <span class="grow" />
          <Button
            icon="rotate-ccw"
            busy={busy.value && asked.value === 'unapplied'}
            disabledReason={whyNoReceipts(receipts) ?? (unapplied === 0 ? t('makerPublish.allHave') : null)}
            onPress={() => push('unapplied')}
            data-action="refresh-unapplied"
          >
            {unapplied === 0 ? t('makerPublish.refreshRest') : tn('makerPublish.refreshUnapplied', unapplied)}
          </Button>
          <Button tone="primary" icon="refresh-cw" busy={busy.value && asked.value === 'everyone'} onPress={() => push('everyone')} data-action="refresh-everyone">
            {t('makerPublish.refreshEveryone')}
          </Button>
        </>
      }
    >
      {problem.value && <PublishProblem problem={problem.value} profileId={editor.profileId} />}
      <p class="arrived-line" role="status" data-pushed={pushed.value ?? undefined}>
        <strong>{counts ? arrivalText(counts, people) : receipts.read.loading.value && t('makerHolders.loading')}</strong>
        {pushed.value !== null && <span class="secondary">{tn('makerPublish.pushedTo', pushed.value)}</span>}
      </p>
      <ArrivalBar counts={counts} label={t('makerPublish.arrivalOf', version)} people={people} />
      {counts && <ReceiptFilter receipts={receipts} />}
      <ReceiptTable receipts={receipts} people={people} />
    </Dialog>
  );
}
