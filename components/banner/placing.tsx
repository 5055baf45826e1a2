/** Where the bar stands on a page: its handle while it floats, and the button that leaves only the handle. */
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { useParts } from './context.ts';

/** Pixels for one press of an arrow key. */
const STEP = 16;
const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
};

export function DragHandle() {
  const { host, placement } = useParts();
  if (!host || placement.value?.mode !== 'floating') return null;
  return (
    <button
      type="button"
      class="handle"
      aria-label={t('banner.move')}
      data-tip={t('banner.move')}
      style="anchor-name: --at-handle"
      onPointerDown={(event) => host.startDrag(event)}
      onKeyDown={(event) => {
        const move = MOVES[event.key];
        if (!move) return;
        event.preventDefault();
        event.stopPropagation();
        void host.moveBy(...move);
      }}
    >
      <Icon name="grip-vertical" size={16} />
    </button>
  );
}

const COLLAPSE_ICON = { top: 'chevron-up', bottom: 'chevron-down', left: 'chevron-left', right: 'chevron-right', floating: 'chevron-up' } as const;

export function CollapseButton() {
  const { host, placement } = useParts();
  if (!host || !placement.value) return null;
  return (
    <button
      type="button"
      class="control bare"
      data-item
      data-collapse
      data-tip={t('banner.collapse')}
      style="anchor-name: --at-collapse"
      aria-label={t('banner.collapse')}
      onClick={() => host.collapse()}
    >
      <Icon name={COLLAPSE_ICON[placement.value.mode]} />
    </button>
  );
}
