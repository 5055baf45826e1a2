/** A list of which the first lines are drawn; the rest is unfolded into a box of its own, drawn as far as it is seen. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';

/** A dozen says what kind of thing it is. */
const MOST = 12;
/** In pixels: a line alone, and one with what it was and becomes, or who keeps it, below. */
const ROW = 26;
const TALL_ROW = 44;

interface Props<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly itemKey: (item: T) => string;
  readonly render: (item: T) => ComponentChildren;
  /** Whether something stands below its name; asked of all of them, and only once they are unfolded. */
  readonly isTall: (item: T) => boolean;
}

export function FoldedLines<T>({ label, items, itemKey, render, isTall }: Props<T>) {
  const open = useSignal(false);
  // One more line is no longer than what would say so.
  const folds = items.length > MOST + 1;
  return (
    <>
      {folds && open.value ? (
        <div class="unfolded">
          <VirtualList items={items} rowHeight={items.some(isTall) ? TALL_ROW : ROW} render={render} label={label} itemKey={itemKey} />
        </div>
      ) : (
        <ul aria-label={label}>
          {(folds ? items.slice(0, MOST) : items).map((item) => (
            <li key={itemKey(item)}>{render(item)}</li>
          ))}
        </ul>
      )}
      {folds && (
        <button type="button" class="unfold" aria-expanded={open.value} onClick={() => (open.value = !open.peek())}>
          <Icon name={open.value ? 'chevron-up' : 'chevron-down'} size={14} />
          {open.value ? t('makerPublish.fewer') : t('makerPublish.andMore', formatNumber(items.length - MOST))}
        </button>
      )}
    </>
  );
}
