/** The edges of the page that the bar can stand at, and floating. */
import type { PlaceMode } from '../../lib/settings/schema.ts';
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { useParts } from './context.ts';

const PLACE_ICON = {
  top: 'panel-top',
  bottom: 'panel-bottom',
  left: 'panel-left',
  right: 'panel-right',
  floating: 'picture-in-picture-2',
} as const satisfies Record<PlaceMode, unknown>;
/** Not from the settings' schema: the banner page carries no schemas. */
const PLACES = Object.keys(PLACE_ICON) as PlaceMode[];

/** Where the bar stands on this site. */
export function PlaceChooser() {
  const { host, placement } = useParts();
  if (!host || !placement.value) return null;
  const { mode } = placement.value;
  return (
    <>
      <h3 id="places">{t('banner.place')}</h3>
      <div class="places" role="radiogroup" aria-labelledby="places">
        {PLACES.map((place) => (
          <label key={place} title={t(`banner.placeMode.${place}`)}>
            <input
              type="radio"
              class="sr"
              name="place"
              value={place}
              checked={place === mode}
              aria-label={t(`banner.placeMode.${place}`)}
              onChange={() => void host.dock(place)}
            />
            <Icon name={PLACE_ICON[place]} />
          </label>
        ))}
      </div>
    </>
  );
}
