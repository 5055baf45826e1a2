/** What rings: who it is, from which queue, since when, how long still, and the two answers. It never takes the keyboard. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { InteractionView } from '../../../lib/api/interaction.ts';
import type { CardControl } from '../../../lib/models/interaction/controls.ts';
import type { Decided } from '../../../lib/models/interaction/interactions.ts';
import { isKeyboardLost } from '../../ui/keyboard.ts';
import { Icon } from '../../ui/icon.tsx';
import { isoSpan, span, t, tn } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { anchorOf } from '../anchor.ts';
import { badgeOf } from '../bar-button.tsx';
import { useParts } from '../context.ts';
import { useInteractions } from './context.ts';
import { CustomerName } from './customer-name.tsx';
import { cardWhy, offerIcon, offerTitle, targetWords } from './words.ts';

export function Offer({ decided, others }: { decided: Decided; others: number }) {
  const { banner } = useParts();
  const model = useInteractions();
  const { interaction } = decided;
  const ref = useRef<HTMLElement>(null);
  useHandingOn(ref);
  const { campaign, customer } = interaction;
  const known = targetWords(interaction);
  const now = banner.hubNow.value;
  const waited = now - interaction.offeredAt;
  return (
    <section ref={ref} class="strip offer" data-offer={interaction.id} data-channel={interaction.channel} aria-label={offerTitle(interaction)}>
      <span class="disc ringing">
        <Icon name={offerIcon(interaction)} size={18} />
      </span>
      <div class="who">
        <strong data-tip={offerTitle(interaction)} data-tip-where="clipped" style={`anchor-name: ${anchorOf('offer-title')}`}>
          {offerTitle(interaction)}
        </strong>
        <small>
          {campaign ? (
            <>
              <CustomerName interaction={interaction} />
              {customer.name && customer.address && (
                <>
                  {' · '}
                  <bdi>{customer.shown ?? customer.address}</bdi>
                </>
              )}
              {known && (
                <span class="further">
                  {' · '}
                  <bdi>{known}</bdi>
                </span>
              )}
            </>
          ) : (
            <>
              <time dateTime={isoSpan(waited)}>{t('interaction.waiting', span(waited))}</time>
              <span class="further">
                {' · '}
                <CustomerName interaction={interaction} />
                {interaction.subject && ` · ${interaction.subject}`}
              </span>
            </>
          )}
        </small>
      </div>
      <Countdown decided={decided} now={now} />
      {others > 0 && <span class="chip">{tn('interaction.moreOffers', others)}</span>}
      <span class="strip-end">
        {campaign && <Skip interaction={interaction} />}
        {model.controlsOf('offer', decided).toReversed().map((item) => (campaign && item.id !== 'offer.accept') || (
          <Answer key={item.id} item={item} decided={decided} now={now} />
        ))}
      </span>
    </section>
  );
}

/** Answered by the keyboard, the offer goes, and what it became has the keyboard. One that had none takes none. */
function useHandingOn(ref: { current: HTMLElement | null }) {
  useLayoutEffect(() => {
    const offer = ref.current!;
    return () => {
      if (!offer.contains(document.activeElement)) return;
      requestAnimationFrame(() => {
        if (isKeyboardLost()) document.querySelector<HTMLElement>('.strip.card [data-item][tabindex="0"]')?.focus();
      });
    };
  }, []);
}

/** When it goes on by itself, and what happens then. */
const deadline = ({ interaction: { acceptAt, until } }: Decided) => acceptAt ?? until;

function Countdown({ decided, now }: { decided: Decided; now: number }) {
  const { acceptAt, since } = decided.interaction;
  const end = deadline(decided);
  if (end === null) return <span class="countdown" />;
  const left = Math.max(0, end - now);
  const whole = Math.max(1, end - since);
  return (
    <span class="countdown">
      {acceptAt !== null && <small>{t('interaction.acceptsItself', secondsOf(left))}</small>}
      <span class="track" style={{ '--left': Math.min(1, left / whole) }} />
    </span>
  );
}

/** Leaves a target to others: nobody was called. It needs no right to refuse. */
function Skip({ interaction: { id } }: { interaction: InteractionView }) {
  const { banner } = useParts();
  const model = useInteractions();
  const { situation } = banner.view.value;
  const lost = situation.connection !== 'live' && situation.connection !== 'reconnecting';
  const pending = model.asking.value.has(`mod.voiceCampaigns ${id}`);
  return (
    <button
      type="button"
      class="button plain answer"
      data-action="skip"
      aria-disabled={lost}
      aria-busy={pending || undefined}
      data-why={lost ? t('reason.connection.lost') : ''}
      onClick={trusted(() => !lost && model.skip(id))}
    >
      {pending && <Icon name="loader-circle" size={16} class="spin" />}
      <span class="label">{t('interaction.campaign.skip')}</span>
    </button>
  );
}

const secondsOf = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

function Answer({ item, decided, now }: { item: CardControl; decided: Decided; now: number }) {
  const { banner } = useParts();
  const model = useInteractions();
  const { id, control, decision } = item;
  const { interaction } = decided;
  const end = deadline(decided);
  const accepts = control.id === 'offer.accept';
  const pending = decision.state === 'pending';
  const label = t(accepts && interaction.campaign ? 'interaction.campaign.call' : control.label);
  const why = cardWhy(item, interaction, banner.view.value);
  const badge = badgeOf(decision.state);
  return (
    <button
      type="button"
      class={`button ${accepts ? 'primary' : 'plain'} answer`}
      style={`anchor-name: ${anchorOf(id)}`}
      data-control={id}
      data-state={decision.state}
      data-tip=""
      data-why={why}
      aria-disabled={!decision.enabled}
      aria-busy={pending || undefined}
      aria-describedby={why ? `why-${id}` : undefined}
      onClick={(event) => {
        if (!event.isTrusted || !decision.enabled) return;
        void (accepts ? model.accept(interaction.id) : model.act(id, interaction.id));
      }}
    >
      {pending ? <Icon name="loader-circle" size={16} class="spin" /> : accepts && <Icon name={interaction.channel === 'voice' ? 'phone' : 'check'} size={16} />}
      <span class="label">
        {label}
        {accepts && end !== null && !pending && <span aria-hidden="true"> · {secondsOf(Math.max(0, end - now))}</span>}
      </span>
      {badge && <Icon name={badge} size={12} class="badge" />}
      {why && (
        <span class="sr" id={`why-${id}`}>
          {why}
        </span>
      )}
    </button>
  );
}
