/** The whole interaction: who it is, what was written, the answer, and the note. Opens by itself where the profile says "screen". */
import { type ComponentChildren, Fragment } from 'preact';
import type { InteractionView } from '../../../lib/api/interaction.ts';
import type { Decided } from '../../../lib/models/interaction/interactions.ts';
import { languageName } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { clockTime, t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { TelephoneNumber } from '../telephone-number.tsx';
import { useInteractions } from './context.ts';
import { Failure } from './choice-list.tsx';
import { CustomerName, Masked } from './customer-name.tsx';
import { NoteField } from './note-field.tsx';
import { Thread } from './thread.tsx';
import { usePolled } from './use-polled.ts';
import { CHANNEL_ICON, targetWords, whoIs } from './words.ts';

export function Details({ decided }: { decided: Decided }) {
  const { banner } = useParts();
  const model = useInteractions();
  const { interaction } = decided;
  const whole = usePolled(() => model.hub.whole(interaction.id));
  const written = interaction.channel !== 'voice';
  return (
    <>
      <div class="panel-head">
        <span class="disc good">
          <Icon name={CHANNEL_ICON[interaction.channel]} size={18} />
        </span>
        <h2>{written && interaction.subject ? interaction.subject : <bdi>{whoIs(interaction)}</bdi>}</h2>
        <button type="button" class="control bare" data-close aria-label={t('panel.close')} onClick={() => banner.close()}>
          <Icon name="x" />
        </button>
      </div>
      <Facts interaction={interaction} />
      {written && <Thread interaction={interaction} whole={whole} />}
      <NoteField interaction={interaction} />
      {!written && whole.problem && <Failure problem={whole.problem} retry={whole.refresh} />}
      {whole.value && whole.value.history.length > 0 && (
        <details class="history">
          <summary>{t('interaction.history.title')}</summary>
          <ol>
            {whole.value.history.map(({ at, event, who }) => (
              <li key={`${at} ${event}`}>
                <time>{clockTime(at - (banner.view.value.state?.clockOffset ?? 0))}</time>
                <span>
                  {eventText(event)}
                  {who && ` · ${who}`}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

/** An event that has no words here is shown by its name. */
function eventText(event: string): string {
  const key = `interaction.history.${event}`;
  const text = t(key);
  return text === key ? event : text;
}

function Facts({ interaction }: { interaction: InteractionView }) {
  const { customer, queue, subject, channel, from, qualification, campaign } = interaction;
  const facts: readonly (readonly [fact: string, value: ComponentChildren])[] = [
    // Of a call the name is the title already; masked, it says so here.
    ['customer', channel !== 'voice' || customer.masked ? <CustomerName interaction={interaction} /> : null],
    ['address', customer.name !== '' && customer.address !== '' && <Address customer={customer} />],
    ['reference', customer.reference],
    ['language', customer.language && languageName(customer.language)],
    ['queue', queue?.name],
    ['campaign', campaign?.name],
    ['target', targetWords(interaction)],
    ['subject', channel === 'voice' && subject],
    ['qualification', qualification],
    ['from', from && <From {...from} />],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([fact, value]) =>
          value && (
            <Fragment key={fact}>
              <dt>{t(`interaction.fact.${fact}`)}</dt>
              <dd>{typeof value === 'string' ? <bdi>{value}</bdi> : value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}

const Address = ({ customer: { address, shown, masked } }: Pick<InteractionView, 'customer'>) => (
  <>
    {shown === undefined ? <bdi>{address}</bdi> : <TelephoneNumber number={address} shown={shown} />}
    {masked && <Masked />}
  </>
);

const From = ({ who, note }: NonNullable<InteractionView['from']>) => (
  <>
    {who}
    {note && <small>“{note}”</small>}
  </>
);
