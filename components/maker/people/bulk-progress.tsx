import type { BulkRun } from '../../../lib/models/maker/people-bulk.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatNumber } from '../../ui/format.ts';
import { t, tn } from '../../ui/text.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { refusalText } from '../resources/record/refusal-text.ts';

/** How far a change for many is, and with whom it did not work, and why. */
export function BulkProgress({ run, onClose }: { run: BulkRun; onClose: () => unknown }) {
  const running = run.running.value;
  const [done, total] = [run.done.value, run.total.value];
  const failures = run.failures.value;
  const close = () => (running ? run.stop() : onClose());
  return (
    <Dialog
      title={t(running ? 'makerPeople.bulk.running' : 'makerPeople.bulk.finished')}
      onClose={close}
      actions={
        running ? (
          <Button onPress={run.stop}>{t('makerPeople.bulk.stop')}</Button>
        ) : (
          <>
            {failures.length > 0 && (
              <Button icon="rotate-ccw" onPress={run.again}>
                {tn('makerPeople.bulk.again', failures.length)}
              </Button>
            )}
            <Button tone="primary" onPress={onClose}>
              {t('makerPeople.bulk.close')}
            </Button>
          </>
        )
      }
    >
      <progress max={total} value={done} aria-label={t('makerPeople.bulk.progress', formatNumber(done), formatNumber(total))} />
      <p role="status">
        {running
          ? t('makerPeople.bulk.progress', formatNumber(done), formatNumber(total))
          : [
              tn('makerPeople.bulk.changed', run.changed.value),
              ...(run.unchanged.value > 0 ? [tn('makerPeople.bulk.unchanged', run.unchanged.value)] : []),
              ...(failures.length > 0 ? [tn('makerPeople.bulk.failed', failures.length)] : []),
              ...(run.stopped.value ? [tn('makerPeople.bulk.left', total - done)] : []),
            ].join(' · ')}
      </p>
      {failures.length > 0 && (
        <div class="bulk-failures">
          <VirtualList
            label={t('makerPeople.bulk.failures')}
            items={failures}
            rowHeight={48}
            itemKey={({ id }) => id}
            render={({ id, name, problem }) => (
              <div class="failure" data-problem={problem.code}>
                <a href={hrefOf({ page: 'people', personId: id })} onClick={onClose}>
                  {name}
                </a>
                <small>{refusalText(problem)}</small>
              </div>
            )}
          />
        </div>
      )}
    </Dialog>
  );
}
