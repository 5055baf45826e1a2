/** Passwords of the hub's own sign-in: given once, shown once. */
import { useSignal, type Signal } from '@preact/signals';
import { makePassword } from '../../../lib/models/maker/people-form.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm, Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { refusalText } from '../resources/record/refusal-text.ts';
import { PanelSection } from '../resources/record/record-panel.tsx';

const LEAST = 8;
const random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

/** For a person who is yet to be made: none, a typed one, or a generated one. */
export function NewPassword({ value }: { value: Signal<string> }) {
  const short = value.value !== '' && value.value.length < LEAST;
  return (
    <PanelSection title={t('makerPeople.password.title')} note={t('makerPeople.password.optional')}>
      <div class="with-button">
        <TextField
          label={t('makerPeople.password.field')}
          labelHidden
          value={value.value}
          autocomplete="new-password"
          maxLength={200}
          error={short ? t('makerPeople.password.short', LEAST) : null}
          onInput={(typed) => (value.value = typed)}
        />
        <Button icon="key-round" onPress={() => (value.value = makePassword(random))}>
          {t('makerPeople.password.generate')}
        </Button>
        {value.value && <Copy text={value.value} />}
      </div>
    </PanelSection>
  );
}

function Copy({ text }: { text: string }) {
  const { toasts } = useMaker();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toasts.say({ tone: 'good', text: t('makerPeople.password.copied') }),
      () => toasts.say({ tone: 'bad', text: t('makerPeople.password.notCopied') }),
    );
  return (
    <Button icon="copy" onPress={copy}>
      {t('makerPeople.password.copy')}
    </Button>
  );
}

interface Props {
  readonly personId: string;
  readonly name: string;
  readonly reason: string | null;
}

export function PersonPassword({ personId, name, reason }: Props) {
  const asking = useSignal(false);
  const given = useSignal<string | null>(null);
  return (
    <PanelSection
      title={t('makerPeople.password.title')}
      note={t('makerPeople.password.note')}
      action={
        <Button icon="key-round" disabledReason={reason} onPress={() => (asking.value = true)}>
          {t('makerPeople.password.change')}
        </Button>
      }
    >
      {asking.value && (
        <SetPassword
          personId={personId}
          name={name}
          onClose={() => (asking.value = false)}
          onDone={(password) => {
            asking.value = false;
            given.value = password;
          }}
        />
      )}
      {given.value !== null && (
        <Dialog
          title={t('makerPeople.password.givenTitle', name)}
          size="small"
          onClose={() => (given.value = null)}
          actions={
            <>
              <Copy text={given.value} />
              <Button tone="primary" onPress={() => (given.value = null)}>
                {t('makerPeople.password.seen')}
              </Button>
            </>
          }
        >
          <p>{t('makerPeople.password.once')}</p>
          <output class="password" dir="ltr">
            {given.value}
          </output>
        </Dialog>
      )}
    </PanelSection>
  );
}

interface SetProps {
  readonly personId: string;
  readonly name: string;
  readonly onClose: () => unknown;
  readonly onDone: (password: string) => unknown;
}

function SetPassword({ personId, name, onClose, onDone }: SetProps) {
  const { hub } = useMaker();
  const typed = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const short = typed.value !== '' && typed.value.length < LEAST;
  const set = async () => {
    const password = typed.peek() || makePassword(random);
    busy.value = true;
    const answer = await hub.ask('setPassword', { params: { id: personId }, body: { password } });
    busy.value = false;
    if (answer.ok) onDone(password);
    else problem.value = refusalText(answer.problem);
  };
  return (
    <Confirm
      title={t('makerPeople.password.changeTitle', name)}
      text={t('makerPeople.password.follows')}
      action={t(typed.value === '' ? 'makerPeople.password.generateAndSet' : 'makerPeople.password.set')}
      busy={busy.value}
      disabledReason={short ? t('makerPeople.password.short', LEAST) : null}
      onConfirm={set}
      onClose={onClose}
    >
      <TextField
        label={t('makerPeople.password.own')}
        value={typed.value}
        autocomplete="new-password"
        maxLength={200}
        hint={t('makerPeople.password.emptyGenerates')}
        error={short ? t('makerPeople.password.short', LEAST) : problem.value}
        onInput={(value) => (typed.value = value)}
      />
    </Confirm>
  );
}
