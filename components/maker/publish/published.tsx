/** After a publish: how it arrives, while one looks. */
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import type { Publishing } from '../../../lib/models/maker/publish.ts';
import { hasArrived, totalOf } from '../../../lib/models/maker/publish-receipts.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Note } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { ArrivalBar, arrivalText } from './arrival.tsx';

interface Props {
  readonly editor: Editor;
  readonly publishing: Publishing;
  readonly onClose: () => unknown;
}

export function Published({ editor, publishing, onClose }: Props) {
  const done = publishing.done.value!;
  const tabHref = (tab: 'people' | 'versions') => hrefOf({ page: 'profile', profileId: editor.profileId, tab, subTab: null });
  const until = done.until !== null && <Note>{t('makerPublish.rollsBackAt', formatTime(done.until))}</Note>;
  if (done.kind === 'scheduled') {
    return (
      <div class="publish-done">
        <p>{t('makerPublish.scheduledText', formatTime(done.at))}</p>
        {until}
        <a href={tabHref('versions')} onClick={() => onClose()}>
          {t('makerPublish.seeSchedules')}
        </a>
      </div>
    );
  }
  if (done.to === 'newAssignments') {
    return (
      <div class="publish-done">
        <p>{t('makerPublish.publishedNew', done.version)}</p>
        {until}
      </div>
    );
  }
  const counts = publishing.arrival.value;
  const arrived = counts !== null && totalOf(counts) > 0 && hasArrived(counts);
  /** Where nobody takes it, and where the rest failed, nothing is waited for. */
  const waits = counts === null || counts.queued + counts.delivered > 0;
  const people = editor.summary.value?.people;
  const title = t('makerPublish.arrivalOf', done.version);
  return (
    <div class="publish-done" data-arrived={arrived}>
      <p class="arrived-line" role="status">
        <Icon name={waits ? 'loader-circle' : arrived ? 'circle-check' : 'info'} size={18} class={waits ? 'spin' : arrived ? 'good' : ''} />
        <strong>{counts ? arrivalText(counts, people) : t('makerPublish.onItsWay')}</strong>
      </p>
      <ArrivalBar counts={counts} label={title} people={people} />
      {counts && counts.leased > 0 && <p class="keeps">{t('makerPublish.leasedNote')}</p>}
      {counts && counts.offline > 0 && <p class="secondary">{t('makerPublish.offlineNote')}</p>}
      {until}
      <a href={tabHref('people')} onClick={() => onClose()}>
        {t('makerPublish.seePeople')}
      </a>
    </div>
  );
}
