/** Who I am: the profile, the activity with how long it has lasted, and the status colleagues see. */
import type { ComponentChildren } from 'preact';
import type { Surface } from '../../lib/models/banner.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { isoSpan, span, t } from '../ui/text.ts';
import { useParts } from './context.ts';
import { anchorOf } from './anchor.ts';
import { reasonText } from './words.ts';

interface MenuButtonProps {
  readonly id: 'core.profile' | 'core.activity' | 'core.status';
  readonly opens: Surface;
  /** What it says altogether, for the tooltip: the same words as on it. */
  readonly label: string;
  readonly busy: boolean;
  readonly popup: 'dialog' | 'menu';
  readonly children: ComponentChildren;
}

/** A core control that opens a surface of its own. Without a link it still says what holds. */
function MenuButton({ id, opens, label, busy, popup, children }: MenuButtonProps) {
  const { banner } = useParts();
  const { decisions, active } = banner.view.value;
  const decision = decisions.of(id);
  const why = decision.reason ? reasonText(decision.reason, active?.name ?? '') : '';
  const open = banner.surface.value === opens;
  return (
    <button
      type="button"
      class={`menu-button ${opens}`}
      style={`anchor-name: ${anchorOf(opens)}`}
      data-item
      data-control={id}
      data-state={busy ? 'pending' : decision.state}
      data-opens={opens}
      data-tip={label}
      data-why={why}
      aria-haspopup={popup}
      aria-expanded={open}
      aria-disabled={!decision.enabled}
      aria-describedby={why ? `why-${id}` : undefined}
      aria-busy={busy || undefined}
      onClick={() => decision.enabled && banner.toggle(opens)}
    >
      {children}
      {busy ? (
        <Icon name="loader-circle" size={14} class="spin chevron" />
      ) : (
        <Icon name={decision.enabled ? 'chevron-down' : 'lock'} size={decision.enabled ? 14 : 12} class="chevron" />
      )}
      {why && (
        <span class="sr" id={`why-${id}`}>
          {why}
        </span>
      )}
    </button>
  );
}

export function ProfileButton() {
  const { banner } = useParts();
  const { active, snapshot } = banner.view.value;
  const name = active?.name ?? t('switcher.none');
  const next = snapshot?.situation.next;
  return (
    <MenuButton
      id="core.profile"
      opens="profile"
      popup="dialog"
      busy={banner.asking.value.has('switch')}
      label={next ? t('interaction.next.label', name, next.name) : t('switcher.label', name)}
    >
      {active ? <Avatar name={active.name} /> : <Icon name="shield-alert" size={20} class="no-profile" />}
      <span class="pair">
        <small>{next ? t('interaction.next.caption', next.name) : t('switcher.caption')}</small>
        <strong>{name}</strong>
      </span>
    </MenuButton>
  );
}

export function ActivityButton() {
  const { banner } = useParts();
  const { snapshot, active } = banner.view.value;
  const current = snapshot?.situation.activity ?? null;
  const resource = current ? active?.resources[current.id] : undefined;
  const name = resource?.name ?? t('activity.none');
  return (
    <MenuButton
      id="core.activity"
      opens="activity"
      popup="menu"
      busy={banner.asking.value.has('activity')}
      label={t('activity.label', name)}
    >
      <span class="dot" style={{ '--dot': activityColour(resource?.attributes['category']) }} />
      <span class="pair">
        <small>{t('activity.caption')}</small>
        <strong>{name}</strong>
      </span>
      {current && resource && <Timer since={current.since} />}
    </MenuButton>
  );
}

export const activityColour = (category: unknown): string =>
  typeof category === 'string' && category ? `var(--activity-${category})` : 'var(--line-strong)';

/** How long something has lasted, by the hub's clock. Not announced: it changes every second. */
function Timer({ since }: { since: number }) {
  const { banner } = useParts();
  const lasted = banner.hubNow.value - since;
  return (
    <time class="timer" dateTime={isoSpan(lasted)} aria-hidden="true">
      {span(lasted)}
    </time>
  );
}

export function StatusButton() {
  const { banner } = useParts();
  const status = banner.view.value.snapshot?.situation.status ?? 'offline';
  return (
    <MenuButton
      id="core.status"
      opens="status"
      popup="menu"
      busy={banner.asking.value.has('status')}
      label={t('status.label', t(`status.${status}`))}
    >
      <span class={`presence ${status}`} aria-hidden="true" />
      <span class="sr">{t('status.caption')}</span> <span class="label">{t(`status.${status}`)}</span>
    </MenuButton>
  );
}
