/** The controls of the card: as many as fit, the rest in "More", and what ends it at the end. */
import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Surface } from '../../../lib/models/banner.ts';
import type { InteractionView } from '../../../lib/api/interaction.ts';
import { everything, type Fit, fit } from '../../../lib/models/fit.ts';
import type { CardControl } from '../../../lib/models/interaction/controls.ts';
import { type Decided, type Interactions, newIn } from '../../../lib/models/interaction/interactions.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { t, tn } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { anchorOf } from '../anchor.ts';
import { badgeOf } from '../bar-button.tsx';
import { type BannerParts, useParts } from '../context.ts';
import { useFitting } from '../ruler.ts';
import { CardMore } from './card-more.tsx';
import { useInteractions } from './context.ts';
import { cardIcon, cardLabel, cardWhy, newText } from './words.ts';

/** What ends an interaction, or its wrap-up: always at the end of the card. */
const ENDS: ReadonlySet<string> = new Set(['int.hangup', 'int.wrapup.finish']);
/** Opens something of its own beside it. */
const OPENS: ReadonlySet<string> = new Set(['int.conference', 'int.transfer', 'int.toMailbox', 'int.qualify']);

/** A control as it is drawn, or the button that opens the whole interaction. */
export interface CardItem {
  readonly id: string;
  readonly priority: number;
  readonly label: string;
  readonly icon: IconName;
  readonly colour?: string | undefined;
  readonly why: string;
  readonly state: string;
  readonly enabled: boolean;
  /** What it started last was not done. */
  readonly failed?: boolean;
  readonly opens: Surface | null;
  readonly popup?: 'menu' | 'dialog';
  readonly pressed?: boolean | undefined;
  /** What the customer wrote that nobody has looked at. */
  readonly fresh?: Pick<InteractionView, 'unread'>;
  readonly use: () => unknown;
}

export function cardItems(decided: Decided, model: Interactions, { banner }: Pick<BannerParts, 'banner'>): CardItem[] {
  const { interaction } = decided;
  const items = model
    .controlsOf('interaction', decided)
    .filter(({ id }) => !ENDS.has(id))
    .map((item) => itemOf(item, decided, model, { banner }));
  const written = interaction.channel !== 'voice';
  const open: CardItem = {
    id: 'int.open',
    priority: written ? 105 : 68,
    label: t(written && interaction.phase === 'live' ? 'interaction.answer' : 'interaction.open'),
    icon: written && interaction.phase === 'live' ? 'reply' : 'notebook-pen',
    why: '',
    state: 'ready',
    enabled: true,
    opens: 'int.open',
    popup: 'dialog',
    ...(newIn(interaction) > 0 ? { fresh: interaction } : {}),
    use: model.openCard,
  };
  return written ? [open, ...items] : [...items, open];
}

function itemOf(item: CardControl, decided: Decided, model: Interactions, { banner }: Pick<BannerParts, 'banner'>): CardItem {
  const { interaction } = decided;
  const { id, control, decision, resource } = item;
  const opens = OPENS.has(id) ? (id as Surface) : id === 'int.script' ? 'mod.scripts' : null;
  const colour = resource?.attributes['colour'];
  return {
    id,
    priority: control.priority,
    label: cardLabel(item, interaction),
    icon: cardIcon(item, interaction),
    colour: typeof colour === 'string' && /^#[\da-f]{6}$/i.test(colour) ? colour : undefined,
    why: cardWhy(item, interaction, banner.view.value),
    state: decision.state,
    enabled: decision.enabled,
    failed: item.run?.state === 'failed',
    opens,
    popup: id === 'int.transfer' ? 'menu' : 'dialog',
    pressed: id === 'int.record' ? interaction.recording : undefined,
    use: () => (opens ? openFor(opens, interaction, banner) : useControl(item, decided, model)),
  };
}

function openFor(surface: Surface, { queue, customer }: InteractionView, banner: BannerParts['banner']): void {
  if (surface === 'mod.scripts' && queue) banner.openScript({ queueId: queue.id, language: customer.language });
  else banner.toggle(surface);
}

function useControl(item: CardControl, decided: Decided, model: Interactions): unknown {
  const { interaction } = decided;
  switch (item.id) {
    case 'int.hold':
      return model.act(item.id, interaction.id, { on: interaction.state !== 'held' });
    case 'int.mute':
      return model.act(item.id, interaction.id, { on: !interaction.muted });
    case 'int.record':
      return model.act(item.id, interaction.id, { on: !interaction.recording });
    default:
      return item.resource ? model.use(item, decided) : model.act(item.id, interaction.id);
  }
}

/** Pixels along the card, as the style sheet has them. */
const BARE = 36;
const LABEL = 8;
const BADGE = 14;
const CHEVRON = 16;
const COUNT = 26;
const MORE = 62;
const RAIL_ITEM = 40;

function useFitted(ref: { current: HTMLElement | null }, items: ReadonlySignal<readonly CardItem[]>): Fit {
  const { layout } = useParts();
  const { room, ruler } = useFitting(ref);
  return useComputed((): Fit => {
    const measure = ruler.value;
    const rail = layout.value === 'rail';
    if (layout.value === 'list' || !measure) return everything(items.value);
    const sized = items.value.map(({ id, priority, label, state, popup, opens, fresh }) => {
      const extras = (badgeOf(state) ? BADGE : 0) + (popup === 'menu' && opens ? CHEVRON : 0);
      const narrow = rail ? RAIL_ITEM : BARE + (fresh ? COUNT : 0);
      return { id, group: 'card', priority, narrow, wide: rail ? narrow : narrow + LABEL + measure(label) + extras };
    });
    return fit(sized, { length: room.value, group: 0, more: rail ? RAIL_ITEM : MORE });
  }).value;
}

export function CardControls({ decided }: { decided: Decided }) {
  const parts = useParts();
  const model = useInteractions();
  const ref = useRef<HTMLDivElement>(null);
  const items = useComputed(() => {
    const card = model.card.value;
    return card ? cardItems(card, model, parts) : [];
  });
  const { labelled, more } = useFitted(ref, items);
  const { layout, banner } = parts;
  const isLabelled = (id: string) => layout.value !== 'rail' && labelled.has(id);
  const inMore = items.value.filter(({ id }) => more.has(id));
  return (
    <div ref={ref} class="strip-controls" role="group" data-group="controls" aria-label={t('interaction.controls')}>
      {items.value
        .filter(({ id }) => !more.has(id))
        .map((item) => (
          <CardButton key={item.id} item={item} labelled={isLabelled(item.id)} recorded={item.id === 'int.record' && decided.interaction.recording} />
        ))}
      {inMore.length > 0 && (
        <button
          type="button"
          class="control bare more"
          style={`anchor-name: ${anchorOf('int.more')}`}
          data-item
          data-opens="int.more"
          data-tip={tn('banner.more', inMore.length)}
          aria-label={tn('banner.more', inMore.length)}
          aria-haspopup="menu"
          aria-expanded={banner.surface.value === 'int.more'}
          onClick={() => banner.toggle('int.more')}
        >
          <Icon name="ellipsis" />
          <span class="count" aria-hidden="true">
            {inMore.length}
          </span>
        </button>
      )}
      <CardMore items={inMore} />
    </div>
  );
}

export function CardButton({ item, labelled, recorded = false }: { item: CardItem; labelled: boolean; recorded?: boolean }) {
  const { banner } = useParts();
  const { id, why, state, enabled, opens, popup, fresh } = item;
  const label = fresh ? t('interaction.with', item.label, newText(fresh)) : item.label;
  const badge = item.failed && enabled ? 'triangle-alert' : badgeOf(state);
  const pending = state === 'pending';
  const described = why ? `why-${id}` : undefined;
  return (
    <button
      type="button"
      class={`control ${labelled ? 'labelled' : 'bare'} ${recorded ? 'recording' : ''}`}
      style={`anchor-name: ${anchorOf(id)}`}
      data-item
      data-control={id === 'int.open' ? undefined : id}
      data-open-card={id === 'int.open' ? '' : undefined}
      data-state={state}
      data-tip={labelled && !fresh ? '' : label}
      data-why={why}
      data-opens={opens ?? undefined}
      aria-label={label}
      aria-describedby={described}
      aria-disabled={!enabled}
      aria-pressed={item.pressed}
      aria-haspopup={opens ? popup : undefined}
      aria-expanded={opens ? banner.surface.value === opens : undefined}
      aria-busy={pending || undefined}
      onClick={trusted(() => enabled && item.use())}
    >
      {recorded ? (
        <span class="rec-dot" aria-hidden="true" />
      ) : (
        <span class="slot-icon" style={item.colour ? { color: `light-dark(${item.colour}, color-mix(in oklab, ${item.colour}, white 45%))` } : undefined}>
          <Icon name={item.icon} />
        </span>
      )}
      {labelled && <span class="label">{item.label}</span>}
      {fresh && (
        // What is read aloud begins as what is seen does: a word, then a number.
        <>
          {' '}
          <span class="count unread">{newIn(fresh)}</span>
        </>
      )}
      {popup === 'menu' && labelled && <Icon name="chevron-down" size={12} class="chevron" />}
      {badge && <Icon name={badge} size={12} class="badge" />}
      {pending && <span class="progress" />}
      {why && (
        <span class="sr" id={described}>
          {why}
        </span>
      )}
    </button>
  );
}

/** Hang up or, in wrap-up, finish: never elsewhere, never out of reach. */
export function CardEnd({ decided }: { decided: Decided }) {
  const { banner } = useParts();
  const model = useInteractions();
  const { interaction } = decided;
  const items = model.controlsOf('interaction', decided).filter(({ id }) => ENDS.has(id));
  return (
    <span class="strip-end" role="group" data-group="end" aria-label={t('interaction.ending')}>
      {items.map((item) => {
        const { id, decision } = item;
        const pending = decision.state === 'pending';
        const label = cardLabel(item, interaction);
        const why = cardWhy(item, interaction, banner.view.value);
        return (
          <button
            type="button"
            key={id}
            class={`button ${id === 'int.hangup' && interaction.channel === 'voice' ? 'hang-up' : 'primary'}`}
            style={`anchor-name: ${anchorOf(id)}`}
            data-item
            data-control={id}
            data-state={decision.state}
            data-tip={label}
            data-tip-where="clipped"
            data-why={why}
            aria-label={label}
            aria-disabled={!decision.enabled}
            aria-busy={pending || undefined}
            onClick={trusted(() => decision.enabled && model.act(id, interaction.id))}
          >
            <Icon name={pending ? 'loader-circle' : cardIcon(item, interaction)} size={16} class={pending ? 'spin' : ''} />
            <span class="label">{label}</span>
          </button>
        );
      })}
    </span>
  );
}
