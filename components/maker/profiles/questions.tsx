/** What is asked before a profile is made, copied, archived or deleted. */
import { useSignal } from '@preact/signals';
import type { Problem } from '../../../lib/api/problem.ts';
import type { ProfileSummary } from '../../../lib/api/routes.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { nameOfCopy, type Profiles } from '../../../lib/models/maker/profiles.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm, Dialog } from '../../ui/dialog.tsx';
import { Select, TextField } from '../../ui/fields.tsx';
import { focusWhereLost } from '../../ui/focus-kept.ts';
import { problemText } from '../../ui/problem.ts';
import { Note } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';
import { ImportDialog } from '../configuration/transfer.tsx';
import { type Maker, useMaker } from '../context.ts';

const NAME_MAX = 80;

export function Questions({ model }: { model: Profiles }) {
  const question = model.question.value;
  switch (question?.kind) {
    case 'create':
      return <Create model={model} from={null} />;
    case 'duplicate':
      return <Create model={model} from={question.profile} />;
    case 'archive':
    case 'delete':
      return question.profile.people > 0 ? (
        <Held model={model} kind={question.kind} profile={question.profile} />
      ) : (
        <Remove model={model} kind={question.kind} profile={question.profile} />
      );
    case 'import':
      return <ImportDialog onClose={model.dismiss} />;
    default:
      return null;
  }
}

/** A new profile: empty, or like another one. */
function Create({ model, from }: { model: Profiles; from: ProfileSummary | null }) {
  const maker = useMaker();
  const all = model.read.data.value?.profiles ?? [];
  const name = useSignal(from ? nameOfCopy(from.name, all.map((profile) => profile.name)) : '');
  const like = useSignal(from?.id ?? '');
  const problem = useSignal<Problem | null>(null);
  const tried = useSignal(false);
  const missing = name.value.trim() === '' ? t('makerProfiles.nameMissing') : null;
  const atName = problem.value?.code === 'profile.nameTaken';
  const create = async () => {
    tried.value = true;
    if (missing || model.busy.peek()) return;
    const made = await model.create(name.peek(), like.peek() || null);
    if ('problem' in made) {
      problem.value = made.problem;
      return;
    }
    maker.toasts.say({ text: t('makerProfiles.created', name.peek().trim()), tone: 'good' });
    maker.go({ page: 'profile', profileId: made.id, tab: 'settings', subTab: null });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void create();
  };
  return (
    <Dialog
      title={from ? t('makerProfiles.duplicateTitle', from.name) : t('makerProfiles.create')}
      size="small"
      onClose={model.dismiss}
      actions={
        <>
          <Button onPress={model.dismiss}>{t('common.cancel')}</Button>
          <Button tone="primary" busy={model.busy.value === 'new'} data-action="confirm" onPress={create}>
            {from ? t('makerProfiles.duplicateDo') : t('makerProfiles.createDo')}
          </Button>
        </>
      }
    >
      <form class="stack" onSubmit={submit}>
        <TextField
          label={t('makerProfiles.name')}
          value={name.value}
          maxLength={NAME_MAX}
          error={atName ? problemText(problem.value!) : tried.value ? missing : null}
          onInput={(value) => {
            name.value = value;
            problem.value = null;
          }}
        />
        <Select
          label={t('makerProfiles.like')}
          value={like.value}
          options={[
            { value: '', label: t('makerProfiles.empty') },
            ...all.map(({ id, name: each }) => ({ value: id, label: t('makerProfiles.copyOf', each) })),
          ]}
          onChange={(value) => (like.value = value)}
        />
        <p class="secondary">{t(like.value ? 'makerProfiles.copyText' : 'makerProfiles.emptyText')}</p>
        {problem.value && !atName && <Note tone="bad">{problemText(problem.value)}</Note>}
      </form>
    </Dialog>
  );
}

interface AboutProps {
  readonly model: Profiles;
  readonly kind: 'archive' | 'delete';
  readonly profile: ProfileSummary;
}

/** People have it: it can neither be archived nor deleted, and it says who they are. */
function Held({ model, kind, profile }: AboutProps) {
  return (
    <Dialog
      title={t(`makerProfiles.held.${kind}`, profile.name)}
      size="small"
      onClose={model.dismiss}
      actions={
        <>
          <Button onPress={model.dismiss}>{t('ui.close')}</Button>
          <a class="button primary" data-autofocus="" href={hrefOf({ page: 'profile', profileId: profile.id, tab: 'people', subTab: null })}>
            {tn('makerProfiles.showPeople', profile.people)}
          </a>
        </>
      }
    >
      <Note tone="warn">{tn('makerProfiles.heldText', profile.people)}</Note>
    </Dialog>
  );
}

/** Says that it is back, or why it is not. */
export async function broughtBack({ toasts }: Pick<Maker, 'toasts'>, model: Profiles, profile: ProfileSummary): Promise<void> {
  const problem = await model.archive(profile, false);
  toasts.say(problem ? { text: problemText(problem), tone: 'bad' } : { text: t('makerProfiles.broughtBack', profile.name), tone: 'good' });
}

function Remove({ model, kind, profile }: AboutProps) {
  const maker = useMaker();
  const problem = useSignal<Problem | null>(null);
  const act = async () => {
    problem.value = await (kind === 'delete' ? model.remove(profile) : model.archive(profile, true));
    if (problem.peek()) return;
    // The row whose menu asked is gone with it.
    focusWhereLost('.profiles-page :is(.body [role="row"][tabindex="0"], .empty .button)');
    const undo = { label: t('makerProfiles.bringBack'), run: () => broughtBack(maker, model, profile) };
    maker.toasts.say({ text: t(`makerProfiles.done.${kind}`, profile.name), tone: 'good', ...(kind === 'archive' ? { action: undo } : {}) });
  };
  return (
    <Confirm
      title={t(`makerProfiles.ask.${kind}`, profile.name)}
      text={t(`makerProfiles.askText.${kind}`)}
      action={t(`makerProfiles.do.${kind}`)}
      tone={kind === 'delete' ? 'danger' : 'primary'}
      busy={model.busy.value === profile.id}
      onConfirm={act}
      onClose={model.dismiss}
    >
      {problem.value && <Note tone="bad">{problemText(problem.value)}</Note>}
    </Confirm>
  );
}
