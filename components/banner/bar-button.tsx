/** One control of the bar: a flow to toggle, a command, a module's panel or a custom button. */
import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { Channel, Place } from '../../lib/catalogue/index.ts';
import type { Slot } from '../../lib/models/arrangement.ts';
import type { Surface } from '../../lib/models/banner.ts';
import type { View } from '../../lib/models/view.ts';
import { Icon } from '../ui/icon.tsx';
import { iconNamed, type IconName } from '../ui/icons.ts';
import { t } from '../ui/text.ts';
import { useParts } from './context.ts';
import { anchorOf } from './anchor.ts';
import { decisionText, labelOf, shortLabelOf } from './words.ts';

/** What stands beside a name to say its state a second time, without colour. */
export function badgeOf(state: string): IconName | null {
  switch (state) {
    case 'onLocked':
    case 'offLocked':
    case 'locked':
      return 'lock';
    case 'forcedOff':
      return 'shield-alert';
    case 'stale':
      return 'cloud-off';
    case 'leased':
      return 'timer';
    default:
      return null;
  }
}

/** Where a control opens something: a module's panel, a form of what one starts, a pool. */
const OPENS: ReadonlySet<Place> = new Set(['modules', 'outgoing', 'pools']);

export function useUse(slot: Slot) {
  const { banner } = useParts();
  return (event: Event) => {
    const { control, decision } = slot;
    // What the profile alone locks can be asked for.
    if (!decision.enabled) return decision.reason?.askable && banner.explain(control.id);
    // A panel only opens; what reaches the hub must begin with a person.
    if (OPENS.has(control.place)) void banner.toggle(control.id as Surface);
    else if (!event.isTrusted) return;
    else if (control.place === 'flows') void banner.toggleFlow(control.channel as Channel);
    else if (control.place === 'topBar') void banner.custom(slot);
    else void banner.command(slot.id);
  };
}

/** A colour an administrator gave a custom button, where it is one. */
const colourOf = ({ resource }: Slot): string | undefined => {
  const colour = resource?.attributes['colour'];
  return typeof colour === 'string' && /^#[\da-f]{6}$/i.test(colour) ? colour : undefined;
};

export const iconOf = ({ control, resource }: Pick<Slot, 'control' | 'resource'>): IconName =>
  iconNamed(typeof resource?.attributes['icon'] === 'string' && resource.attributes['icon'] !== '' ? resource.attributes['icon'] : control.icon);

export function SlotIcon({ slot }: { slot: Slot }) {
  const colour = colourOf(slot);
  return (
    <span class="slot-icon" style={colour ? { color: `light-dark(${colour}, color-mix(in oklab, ${colour}, white 45%))` } : undefined}>
      <Icon name={iconOf(slot)} />
    </span>
  );
}

interface Said {
  /** Why it is locked, or what it waits for; empty for nothing. */
  readonly why: string;
  /** What `aria-pressed` says of a flow: the last that is known, in whatever state the button is. */
  readonly pressed: boolean | undefined;
}

/** What a button says of the moment, beside its slot: handed to it, so that only those are drawn anew of which it is another. */
export function saidOf(slot: Slot, view: View): Said {
  const { control, decision } = slot;
  return {
    why: [decisionText(slot, view), decision.reason?.askable && t('ask.press')].filter(Boolean).join(' · '),
    pressed: control.place === 'flows' ? view.situation.flows[control.channel as Channel].on && decision.state !== 'forcedOff' : undefined,
  };
}

/** Whether its command is under way; for one id as long as the component lives. */
export function useRunning(id: string): ReadonlySignal<boolean> {
  const { banner } = useParts();
  return useComputed(() => banner.running.value.has(id));
}

export function BarButton({ slot, labelled, why, pressed }: { slot: Slot; labelled: boolean } & Said) {
  const { banner } = useParts();
  const use = useUse(slot);
  const { id, control, decision } = slot;
  const label = labelOf(slot);
  const badge = badgeOf(decision.state);
  const isPanel = OPENS.has(control.place);
  const open = useComputed(() => banner.surface.value === control.id).value;
  const running = useRunning(id).value;
  const waits = decision.state === 'pending' || running;
  const described = why ? `why-${id}` : undefined;
  return (
    <button
      type="button"
      class={`control ${labelled ? 'labelled' : 'bare'}`}
      style={`anchor-name: ${anchorOf(id)}`}
      data-item
      data-control={id}
      data-state={decision.state}
      data-tip={labelled ? '' : label}
      data-why={why}
      data-opens={isPanel ? id : undefined}
      aria-label={label}
      aria-describedby={described}
      aria-disabled={!decision.enabled}
      data-askable={decision.reason?.askable || undefined}
      aria-pressed={pressed}
      aria-expanded={isPanel ? open : undefined}
      aria-haspopup={isPanel ? 'dialog' : undefined}
      aria-busy={waits || undefined}
      onClick={use}
    >
      <SlotIcon slot={slot} />
      {labelled && <span class="label">{shortLabelOf(slot)}</span>}
      {badge && <Icon name={badge} size={12} class="badge" />}
      {waits && <span class="progress" />}
      {why && (
        <span class="sr" id={described}>
          {why}
        </span>
      )}
    </button>
  );
}
