/** The fields of a publish. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { MESSAGE_MAX, type PublishFormOf, type TimeError } from '../../../lib/models/maker/publish-form.ts';
import { instantOf, zoneName } from '../../../lib/models/maker/publish-time.ts';
import { TextField } from '../../ui/fields.tsx';
import { Note } from '../../ui/states.tsx';
import { Switch } from '../../ui/switch.tsx';
import { locale, t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';

export function PublishFields({ form }: { form: PublishFormOf }) {
  const { to, scheduled, ends, emergency } = form;
  return (
    <>
      <TextField
        label={t('makerPublish.why')}
        hint={t('makerPublish.whyHint')}
        value={form.message.value}
        onInput={(value) => (form.message.value = value)}
        multiline
        maxLength={MESSAGE_MAX}
      />
      <Choices legend={t('makerPublish.forWhom')}>
        {(['everyone', 'newAssignments'] as const).map((each) => (
          <Choice key={each} name="to" value={each} checked={to.value === each} onChoose={() => form.setTo(each)} label={t(`makerPublish.to.${each}`)} detail={t(`makerPublish.toDetail.${each}`)} />
        ))}
      </Choices>
      <Choices legend={t('makerPublish.when')}>
        <Choice name="when" value="now" checked={!scheduled.value} onChoose={() => (scheduled.value = false)} label={t('makerPublish.now')} />
        <Choice name="when" value="at" checked={scheduled.value} onChoose={() => (scheduled.value = true)} label={t('makerPublish.atTime')} detail={t('makerPublish.atTimeDetail')} />
        {scheduled.value && <Time label={t('makerPublish.at')} value={form.at.value} error={form.atError.value} onInput={(value) => (form.at.value = value)} />}
      </Choices>
      <div class="publish-until">
        <Switch checked={ends.value} label={t('makerPublish.ends')} onChange={(on) => (ends.value = on)} />
        <small>{t('makerPublish.endsDetail')}</small>
        {ends.value && <Time label={t('makerPublish.until')} value={form.until.value} error={form.untilError.value} onInput={(value) => (form.until.value = value)} />}
      </div>
      <div class="publish-emergency" data-on={emergency.value}>
        <Switch
          checked={emergency.value}
          label={t('makerPublish.emergency')}
          disabledReason={to.value === 'everyone' ? null : t('makerPublish.emergencyNot')}
          onChange={(on) => (emergency.value = on)}
        />
        <small>{t('makerPublish.emergencyDetail')}</small>
        {emergency.value && <Note tone="bad">{t('makerPublish.emergencyNote')}</Note>}
      </div>
    </>
  );
}

function Choices({ legend, children }: { legend: string; children: ComponentChildren }) {
  return (
    <fieldset class="publish-choices">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
  readonly checked: boolean;
  readonly onChoose: () => unknown;
}

function Choice({ name, value, label, detail, checked, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <label class="publish-choice">
      <input type="radio" name={`publish-${name}`} value={value} checked={checked} aria-describedby={detail ? id : undefined} onChange={() => onChoose()} />
      <span>
        {label}
        {detail && <small id={id}>{detail}</small>}
      </span>
    </label>
  );
}

function Time({ label, value, error, onInput }: { label: string; value: string; error: TimeError | null; onInput: (value: string) => unknown }) {
  const { clock } = useMaker();
  return (
    <TextField
      type="datetime-local"
      label={label}
      value={value}
      onInput={onInput}
      hint={t('makerPublish.zone', zoneName(locale(), instantOf(value) ?? clock.now()))}
      error={error ? t(`makerPublish.timeError.${error}`) : null}
    />
  );
}
