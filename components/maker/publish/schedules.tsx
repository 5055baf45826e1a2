/** What is to be published or rolled back by itself, and what became of the last of them. */
import { useSignal } from '@preact/signals';
import type { Schedule } from '../../../lib/api/shapes-maker.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import type { Publishing } from '../../../lib/models/maker/publish.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatAgo, formatTime } from '../../ui/format.ts';
import { problemText } from '../../ui/problem.ts';
import { RestFailed } from '../../ui/states.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { useWhyNot } from '../reasons.ts';

interface Props {
  readonly editor: Editor;
  readonly publishing: Publishing;
}

const TONE = { waiting: 'accent', done: 'good', cancelled: 'quiet', failed: 'bad', overtaken: 'warn' } as const;

/** Those that wait, each to be called off. Nothing where none does. */
export function Waiting({ editor, publishing }: Props) {
  const { queries } = useMaker();
  const read = queries.read('listSchedules', { params: { id: editor.profileId } });
  if (!read.data.value) return <RestFailed read={read} />;
  const waiting = read.data.value.schedules.filter(({ state }) => state === 'waiting');
  if (waiting.length === 0) return null;
  return (
    <section class="schedules" aria-label={t('makerVersions.waiting')}>
      <h3>{t('makerVersions.waiting')}</h3>
      <ScheduleList schedules={waiting} publishing={publishing} />
    </section>
  );
}

export function ScheduleList({ schedules, publishing }: { schedules: readonly Schedule[]; publishing: Publishing }) {
  return (
    <ul class="schedule-list">
      {schedules.map((schedule) => (
        <ScheduleItem key={schedule.id} schedule={schedule} publishing={publishing} />
      ))}
    </ul>
  );
}

function ScheduleItem({ schedule, publishing }: { schedule: Schedule; publishing: Publishing }) {
  const { rights, clock, toasts } = useMaker();
  const whyNot = useWhyNot();
  const busy = useSignal(false);
  const { what, at, until, by, state, message, emergency, to, back, from, problem } = schedule;
  const cancel = async () => {
    busy.value = true;
    const refused = await publishing.cancel(schedule.id);
    busy.value = false;
    toasts.say(refused ? { text: problemText(refused), tone: 'bad' } : { text: t('makerVersions.cancelled'), tone: 'good' });
  };
  const title = what === 'publish' ? t(`makerVersions.publishAt.${to}`, formatTime(at)) : t('makerVersions.rollBackAt', from ?? '', back ?? '', formatTime(at));
  return (
    <li class="schedule-item" data-schedule={state} data-what={what}>
      <div class="grow">
        <p>
          {title} <Badge tone={TONE[state]}>{t(`makerVersions.state.${state}`)}</Badge> {emergency && <Badge tone="bad">{t('makerVersions.emergency')}</Badge>}
        </p>
        <small>
          {[state === 'waiting' ? formatAgo(at, clock.now()) : '', by ?? t('makerVersions.bySystem'), until === null ? '' : t('makerVersions.until', formatTime(until)), message]
            .filter(Boolean)
            .join(' · ')}
        </small>
        {state === 'failed' && problem && <small class="taken">{problemText({ code: problem })}</small>}
        {state === 'overtaken' && <small>{t('makerVersions.overtakenWhy')}</small>}
      </div>
      {state === 'waiting' && (
        <Button busy={busy.value} disabledReason={whyNot(rights.value.may('profiles.publish'))} onPress={cancel} data-action="cancel-schedule">
          {t('makerVersions.cancel')}
        </Button>
      )}
    </li>
  );
}
