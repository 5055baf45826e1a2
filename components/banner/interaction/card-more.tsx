/** The controls that found no room on the card. */
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { badgeOf } from '../bar-button.tsx';
import { useParts } from '../context.ts';
import { Surface } from '../surface.tsx';
import type { CardItem } from './card-controls.tsx';

export function CardMore({ items }: { items: readonly CardItem[] }) {
  const { banner } = useParts();
  return (
    <Surface name="int.more" role="menu" label={t('banner.moreTitle')} focus="[role=menuitem]" class="of-card" kept>
      {items.map(({ id, icon, label, why, state, enabled, use }) => {
        const badge = badgeOf(state);
        return (
          <button
            type="button"
            role="menuitem"
            class="row"
            tabIndex={-1}
            key={id}
            data-control={id === 'int.open' ? undefined : id}
            data-open-card={id === 'int.open' ? '' : undefined}
            data-state={state}
            aria-disabled={!enabled}
            onClick={(event) => {
              if (!event.isTrusted || !enabled) return;
              void banner.close();
              use();
            }}
          >
            <Icon name={icon} />
            <span class="grow">
              {label}
              {why && <small>{why}</small>}
            </span>
            {badge && <Icon name={badge} size={14} class="badge" />}
          </button>
        );
      })}
    </Surface>
  );
}
