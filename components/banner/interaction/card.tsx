/** The interaction in hand that the card shows: who it is, how it stands, and what can be done with it. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { InteractionView } from '../../../lib/api/interaction.ts';
import type { Decided } from '../../../lib/models/interaction/interactions.ts';
import { Icon } from '../../ui/icon.tsx';
import { isoSpan, span, t, tn } from '../../ui/text.ts';
import { anchorOf } from '../anchor.ts';
import { useParts } from '../context.ts';
import { createFocusKeeper, moveInToolbar, setTabStops } from '../roving.ts';
import { CardControls, CardEnd } from './card-controls.tsx';
import { Consult } from './consult.tsx';
import { useInteractions } from './context.ts';
import { CustomerName } from './customer-name.tsx';
import { CHANNEL_ICON, stateWords, whoIs } from './words.ts';

export function Card({ decided }: { decided: Decided }) {
  const { layout } = useParts();
  const { interaction } = decided;
  const ref = useRef<HTMLDivElement>(null);
  useStripKeyboard(ref);
  const consulting = interaction.state === 'consulting' && interaction.consult !== null;
  return (
    <div
      ref={ref}
      class="strip card"
      role="toolbar"
      aria-orientation={layout.value === 'row' ? 'horizontal' : 'vertical'}
      aria-label={t('interaction.card', whoIs(interaction))}
      data-interaction={interaction.id}
      data-interaction-state={interaction.state}
      data-channel={interaction.channel}
      data-pending={interaction.pending ?? undefined}
    >
      <div class="strip-head" role="group" data-group="who" aria-label={t('interaction.who')}>
        <Head interaction={interaction} />
      </div>
      {consulting ? <Consult decided={decided} /> : <CardControls key={interaction.id} decided={decided} />}
      <CardEnd decided={decided} />
    </div>
  );
}

function Head({ interaction }: { interaction: InteractionView }) {
  const { customer, queue, smart, channel, subject, campaign } = interaction;
  const words = stateWords(interaction);
  const line = [customer.name ? (customer.shown ?? customer.address) : '', campaign?.name ?? queue?.name ?? t('interaction.direct'), channel === 'voice' ? (smart && queue ? t('interaction.smart') : '') : subject].filter(Boolean);
  return (
    <>
      <span class={`disc ${words?.tone ?? 'good'}`}>
        <Icon name={CHANNEL_ICON[channel]} size={18} />
      </span>
      <div class="who" data-tip={whoIs(interaction)} data-why={line.join(' · ')} data-tip-where="clipped" style={`anchor-name: ${anchorOf('card-who')}`}>
        <strong>
          <CustomerName interaction={interaction} />
        </strong>
        <small class={words ? 'line has-words' : 'line'}>
          <bdi>{line.join(' · ')}</bdi>
        </small>
        {words && (
          <small class={`words ${words.tone}`} aria-hidden="true">
            {words.text}
          </small>
        )}
      </div>
      <Switch />
      <State interaction={interaction} />
    </>
  );
}

/** The state in words, and the time that matters in it: how long it has lasted or, in wrap-up, how long it still may. */
function State({ interaction }: { interaction: InteractionView }) {
  const { banner } = useParts();
  const now = banner.hubNow.value;
  const { phase, until, since, connectedAt, state } = interaction;
  const words = stateWords(interaction);
  const left = phase === 'wrapup' && until !== null;
  const shown = left ? Math.max(0, until - now + 999) : now - (state === 'live' ? (connectedAt ?? since) : since);
  return (
    <span class={`state ${words?.tone ?? 'good'}`} data-tip={words?.text ?? ''} data-tip-where="clipped" style={`anchor-name: ${anchorOf('card-state')}`}>
      {words ? <Icon name={words.icon} size={14} class={words.turning ? 'spin' : ''} /> : <span class="dot" style={{ '--dot': 'var(--good-dot)' }} />}
      {words ? <span class="state-text">{words.text}</span> : <span class="sr">{t('interaction.state.live')}</span>}
      <time class="lasts" dateTime={isoSpan(shown)} aria-label={t(left ? 'interaction.left' : 'interaction.lasted', span(shown))}>
        {span(shown)}
      </time>
    </span>
  );
}

/** Opens the list of what else is in hand. */
function Switch() {
  const { banner } = useParts();
  const model = useInteractions();
  const count = model.inHand.value.length;
  const unread = model.unread.value.size;
  if (count < 2) return null;
  const label = unread > 0 ? tn('interaction.othersUnread', unread, count) : tn('interaction.others', count);
  return (
    <button
      type="button"
      class="control bare switch-card"
      style={`anchor-name: ${anchorOf('interactions')}`}
      data-item
      data-opens="interactions"
      data-tip={label}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={banner.surface.value === 'interactions'}
      onClick={() => banner.toggle('interactions')}
    >
      <Icon name="layers" size={16} />
      <span class={`count ${unread > 0 ? 'unread' : ''}`} aria-hidden="true">
        {count}
      </span>
      <Icon name="chevron-down" size={12} />
    </button>
  );
}

/** Keyboard and focus in the strip as in the bar above it. */
function useStripKeyboard(ref: { current: HTMLElement | null }) {
  useLayoutEffect(() => {
    const strip = ref.current!;
    const keep = createFocusKeeper(strip);
    const onKey = (event: KeyboardEvent) => moveInToolbar(event, strip);
    strip.addEventListener('keydown', onKey);
    const changes = new MutationObserver(keep);
    changes.observe(strip, { childList: true, subtree: true });
    setTabStops(strip);
    return () => {
      changes.disconnect();
      strip.removeEventListener('keydown', onKey);
    };
  }, []);
}
