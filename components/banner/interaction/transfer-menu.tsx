/** The ways to pass an interaction on that the profile has, each opening its own dialog. */
import type { Surface as SurfaceName } from '../../../lib/models/banner.ts';
import type { Decided } from '../../../lib/models/interaction/interactions.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { badgeOf, iconOf } from '../bar-button.tsx';
import { useParts } from '../context.ts';
import { Surface } from '../surface.tsx';
import { useInteractions } from './context.ts';
import { cardWhy } from './words.ts';

export function TransferMenu({ decided }: { decided: Decided }) {
  const { banner } = useParts();
  const model = useInteractions();
  const at = document.querySelector('[data-opens="int.transfer"]') ? 'int.transfer' : 'int.more';
  return (
    <Surface name="int.transfer" anchor={at} role="menu" label={t('control.int.transfer.menu')} focus="[role=menuitem]" class="of-card" kept>
      {model.controlsOf('transfer', decided).map((item) => {
        const { id, control, decision } = item;
        const why = cardWhy(item, decided.interaction, banner.view.value);
        const badge = badgeOf(decision.state);
        return (
          <button
            type="button"
            role="menuitem"
            class="row"
            tabIndex={-1}
            key={id}
            data-control={id}
            data-state={decision.state}
            data-opens={id}
            aria-disabled={!decision.enabled}
            onClick={() => decision.enabled && banner.toggle(id as SurfaceName)}
          >
            <Icon name={iconOf(item)} size={16} />
            <span class="grow">
              {t(control.label)}
              <small>{why || t(`interaction.transfer.about.${control.id.split('.').at(-1)}`)}</small>
            </span>
            {badge && <Icon name={badge} size={14} class="badge" />}
          </button>
        );
      })}
    </Surface>
  );
}
