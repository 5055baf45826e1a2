import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useWindow } from './virtual.ts';

export interface VirtualListProps<T> {
  readonly items: readonly T[];
  /** In pixels. */
  readonly rowHeight: number;
  readonly render: (item: T, index: number) => ComponentChildren;
  readonly label: string;
  readonly itemKey: (item: T) => string;
}

/** A box that scrolls is scrolled by keyboard only where the keyboard can be put into it. */
const REACHED = { tabIndex: 0, role: 'group' } as const;

/** A long list in a box that scrolls: its parent says how high it is. */
export function VirtualList<T>({ items, rowHeight, render, label, itemKey }: VirtualListProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useWindow({ count: items.length, rowHeight, scroller });
  return (
    <div ref={scroller} class="virtual-list" {...REACHED} aria-label={label}>
      <div role="list" aria-label={label} style={{ blockSize: `${shown.size}px` }}>
        {shown.items.map(({ index, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <div
              key={itemKey(item)}
              role="listitem"
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{ blockSize: `${rowHeight}px`, translate: `0 ${start}px` }}
            >
              {render(item, index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
