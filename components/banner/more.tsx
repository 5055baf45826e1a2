/** The controls that found no room in the bar. They stay in the document while the menu is closed. */
import { useLayoutEffect } from 'preact/hooks';
import type { Slot } from '../../lib/models/arrangement.ts';
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { badgeOf, SlotIcon, useRunning, useUse } from './bar-button.tsx';
import { useParts } from './context.ts';
import { Surface } from './surface.tsx';
import { decisionText, labelOf } from './words.ts';

export function More({ slots }: { slots: readonly Slot[] }) {
  const { banner } = useParts();
  const isEmpty = slots.length === 0;
  // The button that opened it has gone too: all found room in a wider window, or was taken away.
  useLayoutEffect(() => {
    if (isEmpty && banner.surface.peek() === 'more') void banner.close();
  }, [isEmpty]);
  return (
    <Surface name="more" role="menu" label={t('banner.moreTitle')} focus="[role=menuitem]" kept>
      {slots.map((slot) => (
        <Item key={slot.id} slot={slot} why={decisionText(slot, banner.view.value)} />
      ))}
    </Surface>
  );
}

function Item({ slot, why }: { slot: Slot; why: string }) {
  const { banner } = useParts();
  const use = useUse(slot);
  const { decision, id } = slot;
  const badge = badgeOf(decision.state);
  const running = useRunning(id).value;
  const waits = decision.state === 'pending' || running;
  return (
    <button
      type="button"
      role="menuitem"
      class="row"
      tabIndex={-1}
      data-control={id}
      data-state={decision.state}
      aria-disabled={!decision.enabled}
      aria-busy={waits || undefined}
      onClick={(event) => {
        if (decision.enabled) void banner.close();
        use(event);
      }}
    >
      <SlotIcon slot={slot} />
      <span class="grow">
        {labelOf(slot)}
        {why && <small>{why}</small>}
      </span>
      {badge && <Icon name={badge} size={14} class="badge" />}
      {waits && <span class="progress" />}
    </button>
  );
}
