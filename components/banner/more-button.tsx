/** Opens the menu of the controls that found no room in the bar. */
import { Icon } from '../ui/icon.tsx';
import { tn } from '../ui/text.ts';
import { anchorOf } from './anchor.ts';
import { useParts } from './context.ts';

export function MoreButton({ count }: { count: number }) {
  const { banner } = useParts();
  return (
    <button
      type="button"
      class="control bare more"
      style={`anchor-name: ${anchorOf('more')}`}
      data-item
      data-opens="more"
      data-tip={tn('banner.more', count)}
      aria-label={tn('banner.more', count)}
      aria-haspopup="menu"
      aria-expanded={banner.surface.value === 'more'}
      onClick={() => banner.toggle('more')}
    >
      <Icon name="ellipsis" />
      <span class="count" aria-hidden="true">
        {count}
      </span>
    </button>
  );
}
