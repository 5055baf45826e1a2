/** Publishing: why, for whom, from when and until when, with what it does beside it; then its arrival, in place. */
import { useComputed, useModel } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { PublishModel } from '../../../lib/models/maker/publish.ts';
import { PublishForm } from '../../../lib/models/maker/publish-form.ts';
import { ImpactModel, type ImpactOptions, keepersOf } from '../../../lib/models/maker/publish-impact.ts';
import { stopsPublish } from '../../../lib/profile/lint.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatNumber, formatTime } from '../../ui/format.ts';
import { problemText } from '../../ui/problem.ts';
import { Note } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { Affected } from './affected.tsx';
import { ChangeList } from './change-list.tsx';
import { type Effect, effectOf } from './effect.ts';
import { Findings, findingsWith } from './findings.tsx';
import { Published } from './published.tsx';
import { PublishFields } from './publish-fields.tsx';
import { PublishProblem } from './problem.tsx';
import { Waiting } from './schedules.tsx';

interface Props {
  readonly editor: Editor;
  readonly to: ImpactOptions['to'];
  readonly onClose: () => unknown;
}

export function PublishDialog({ editor, to, onClose }: Props) {
  const { hub, clock, queries, toasts } = useMaker();
  const effect = effectOf(editor, queries);
  const form = useModel(() => new PublishForm(clock, to));
  const publishing = useModel(() => new PublishModel(editor, queries));
  const impact = useModel(() => new ImpactModel({ hub, clock, profileId: editor.profileId, document: effect.changed, options: form.options, people: effect.people }));
  const { busy, problem, done } = publishing;
  const shown = useRef(true);
  useEffect(() => () => void (shown.current = false), []);
  const stopped = useComputed(() => stopsPublish(effect.findings.value ?? []));

  const publish = async () => {
    if (!(await publishing.publish(form))) return;
    const result = done.peek()!;
    editor.editing.value = false;
    // The dialog says it itself, unless it was closed meanwhile.
    if (shown.current) return;
    toasts.say({
      text: result.kind === 'published' ? t('makerPublish.published', result.version) : t('makerPublish.scheduledToast', formatTime(result.at)),
      tone: 'good',
    });
  };
  if (done.value) {
    return (
      // Another dialog, so that the keyboard begins in it anew: the button that was pressed is gone.
      <Dialog key="done" title={done.value.kind === 'published' ? t('makerPublish.published', done.value.version) : t('makerPublish.doneScheduled')} onClose={onClose} actions={<Button tone="primary" onPress={onClose}>{t('makerPublish.close')}</Button>}>
        <Published editor={editor} publishing={publishing} onClose={onClose} />
      </Dialog>
    );
  }
  const reason = stopped.value ? t('makerPublish.mendFirst') : form.valid.value ? null : t('makerPublish.timesFirst');
  return (
    <Dialog
      title={t(`makerPublish.publishTitle.${form.to.value}`)}
      size="large"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button tone={form.emergency.value ? 'danger' : 'primary'} busy={busy.value} disabledReason={reason} onPress={publish} data-action="confirm-publish">
            {t(form.scheduled.value ? 'makerPublish.schedule' : form.emergency.value ? 'makerPublish.publishEmergency' : `makerPublish.publishNow.${form.to.value}`)}
          </Button>
        </>
      }
    >
      {problem.value && <PublishProblem problem={problem.value} profileId={editor.profileId} onGo={onClose} />}
      <div class="publish-form">
        <div class="publish-fields">
          <PublishFields form={form} />
          <Waiting editor={editor} publishing={publishing} />
        </div>
        <Does editor={editor} effect={effect} impact={impact} form={form} onClose={onClose} />
      </div>
    </Dialog>
  );
}

interface DoesProps {
  readonly editor: Editor;
  readonly effect: Effect;
  readonly impact: InstanceType<typeof ImpactModel>;
  readonly form: InstanceType<typeof PublishForm>;
  readonly onClose: () => unknown;
}

function Does({ editor, effect, impact: { impact, behind, problem }, form, onClose }: DoesProps) {
  const held = impact.value;
  const everyone = form.to.value === 'everyone';
  return (
    <section class="publish-does" aria-label={t('makerPublish.title')}>
      <h3>{t('makerPublish.title')}</h3>
      <Findings findings={findingsWith(effect.findings.value, held)} profileId={editor.profileId} nameOf={effect.read.nameOf} onGo={onClose} />
      <p class="reaches" data-behind={behind.value}>
        {!everyone
          ? t('makerPublish.reachesNew')
          : held
            ? t('makerPublish.reaches', tn('makerPublish.people', held.people), formatNumber(held.online), formatNumber(held.inInteraction))
            : problem.value
              ? `${problemText(problem.value)} ${t('makerPublish.unknownImpact')}`
              : t('makerPublish.counting')}
      </p>
      {everyone && form.emergency.value && held && held.inInteraction > 0 && <Note tone="bad">{tn('makerPublish.emergencyTakes', held.inInteraction)}</Note>}
      <ChangeList
        groups={effect.groups.value}
        profileId={editor.profileId}
        onGo={onClose}
        note={(line) => {
          const keepers = everyone && held && line.effect === 'taken' ? keepersOf(held, line.setting) : 0;
          return keepers > 0 && <small class="keeps">{tn('makerPublish.keep', keepers)}</small>;
        }}
      />
      {everyone && held && <Affected impact={held} nameOf={effect.read.nameOf} behind={behind.value} />}
    </section>
  );
}
