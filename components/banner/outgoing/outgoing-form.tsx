/** To whom, from which queue or number, and what is written. Nothing is sent before the last press. */
import { useModel } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Channel, ResourceSummary } from '../../../lib/catalogue/index.ts';
import { type Outgoing, OutgoingModel, type Way } from '../../../lib/models/interaction/outgoing.ts';
import { Button } from '../../ui/button.tsx';
import { countryName } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { names, t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { Failure } from '../interaction/choice-list.tsx';
import { NumberField } from '../interaction/number-field.tsx';
import { reasonText } from '../words.ts';

interface Props {
  readonly channel: Channel;
  readonly way: Way;
  readonly number: string;
}

const SEND_ICON = { voice: 'phone', email: 'send-horizontal', messages: 'send-horizontal' } as const satisfies Record<Channel, IconName>;

export function OutgoingForm({ channel, way, number }: Props) {
  const { banner } = useParts();
  const form = useModel(() => new OutgoingModel(banner, channel, way, number));
  const { profile, values } = form;
  const decision = banner.view.value.decisions.of(`out.${channel}.${way}`);
  const [first] = form.missing.value;
  const locked = decision.reason ? reasonText(decision.reason, banner.view.value.active?.name ?? '') : null;
  return (
    <form
      class="dialog-body"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (event.isTrusted && decision.enabled) void form.send();
      }}
    >
      {channel === 'email' ? (
        <Line label={t('outgoing.email')}>
          {(id) => <input id={id} class="field" type="email" dir="ltr" autocomplete="off" maxLength={200} value={values.value.to} onInput={({ currentTarget }) => form.set('to', currentTarget.value)} />}
        </Line>
      ) : (
        <NumberField label={t('outgoing.number.label')} value={values.value.to} checked={form.checked.value} onInput={(typed) => form.set('to', typed)} />
      )}
      {channel !== 'email' && <Countries countries={profile.value.countries} />}
      {way === 'smart' && <Choose label={t('outgoing.queue')} none={t('reason.resourceSuch.queues')} of={profile.value.queues} value={form.queueId.value} onChoose={(id) => form.set('queueId', id)} />}
      {channel === 'messages' && way === 'direct' && (
        <>
          <Choose label={t('outgoing.sender')} none={t('reason.resource.smsNumbers')} of={profile.value.senders} value={form.senderId.value} onChoose={(id) => form.set('senderId', id)} />
          {profile.value.templates.length > 0 && (
            <Choose label={t('outgoing.template')} none="" empty={t('outgoing.noTemplate')} of={profile.value.templates} value={values.value.templateId} onChoose={(id) => form.set('templateId', id)} />
          )}
        </>
      )}
      {channel === 'email' && (
        <Line label={t('outgoing.subject')}>
          {(id) => <input id={id} class="field" dir="auto" autocomplete="off" maxLength={300} value={values.value.subject} onInput={({ currentTarget }) => form.set('subject', currentTarget.value)} />}
        </Line>
      )}
      {channel !== 'voice' && <Text form={form} rows={channel === 'email' ? 7 : 3} most={channel === 'email' ? 20_000 : 1000} />}
      {form.problem.value && <Failure problem={form.problem.value} />}
      <div class="dialog-foot">
        <Button type="submit" tone="primary" icon={SEND_ICON[channel]} busy={form.busy.value} disabledReason={locked ?? (first ? t(`outgoing.missing.${first}`) : null)} data-submit="">
          {t(`outgoing.send.${channel}`)}
        </Button>
      </div>
    </form>
  );
}

function Line({ label, children }: { label: string; children: (id: string) => preact.ComponentChildren }) {
  const id = useId();
  return (
    <div class="form-line">
      <label for={id}>{label}</label>
      {children(id)}
    </div>
  );
}

/** So many countries are named; more would be read by nobody. */
const NAMED = 6;

function Countries({ countries }: { countries: 'all' | readonly string[] }) {
  if (countries === 'all') return null;
  const said = countries.length === 0 ? t('outgoing.number.nowhere') : t('outgoing.number.reaches', names(countries.map(countryName), NAMED));
  return <p class="aside countries-line">{said}</p>;
}

interface ChooseProps {
  readonly label: string;
  /** Said where there is nothing to choose. */
  readonly none: string;
  /** The choice of none of them, where one may. */
  readonly empty?: string;
  readonly of: readonly ResourceSummary[];
  readonly value: string | null;
  readonly onChoose: (id: string) => unknown;
}

function Choose({ label, none, empty, of, value, onChoose }: ChooseProps) {
  if (of.length === 0) return <p class="wrong">{none}</p>;
  return (
    <Line label={label}>
      {(id) => (
        <span class="choose">
          <select id={id} class="field" value={value ?? ''} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
            {(empty || value === null) && <option value="">{empty ?? t('outgoing.choose')}</option>}
            {of.map((each) => (
              <option key={each.id} value={each.id} selected={each.id === value}>
                {each.name}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" size={14} />
        </span>
      )}
    </Line>
  );
}

function Text({ form, rows, most }: { form: Outgoing; rows: number; most: number }) {
  if (form.template.value === null) {
    return (
      <Line label={t('outgoing.text')}>
        {(id) => <textarea id={id} class="field" dir="auto" rows={rows} maxLength={most} value={form.values.value.text} onInput={({ currentTarget }) => form.set('text', currentTarget.value)} />}
      </Line>
    );
  }
  return (
    <>
      {form.open.value.map((name) => (
        <Line key={name} label={name}>
          {(id) => <input id={id} class="field" dir="auto" autocomplete="off" maxLength={200} value={form.blanks.value[name] ?? ''} onInput={({ currentTarget }) => form.fill(name, currentTarget.value)} />}
        </Line>
      ))}
      <blockquote class="preview" aria-label={t('outgoing.preview')} dir="auto">
        {form.text.value}
      </blockquote>
    </>
  );
}
