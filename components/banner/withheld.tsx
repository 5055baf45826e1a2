/** What of a module the profile does not allow, each with its reason: a quiet line at the end of its panel. */
import { type Control, type ControlId, controls } from '../../lib/catalogue/index.ts';
import { Icon } from '../ui/icon.tsx';
import { iconNamed } from '../ui/icons.ts';
import { t, tn } from '../ui/text.ts';
import { useParts } from './context.ts';
import { reasonText } from './words.ts';

export function Withheld({ module }: { module: string }) {
  const { banner } = useParts();
  const { decisions, active } = banner.view.value;
  const withheld = (controls as readonly Control<ControlId>[]).filter((control) => control.module === module && !decisions.of(control.id).shown);
  if (withheld.length === 0) return null;
  return (
    <details class="withheld">
      <summary>{tn('panel.withheld', withheld.length)}</summary>
      <ul>
        {withheld.map(({ id, shortLabel, icon }) => (
          <li class="row" key={id} data-missing={id}>
            <Icon name={iconNamed(icon)} size={16} class="muted" />
            <span class="grow">
              {t(shortLabel)}
              <small>{reasonText(decisions.of(id).reason!, active?.name ?? '')}</small>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
