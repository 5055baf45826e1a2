/** Pages of one thing, as links in a row. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from './text.ts';

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly href: string;
  readonly badge?: string | number | undefined;
  /** Something was changed there. */
  readonly marked?: boolean | undefined;
}

export function Tabs({ label, tabs, active }: { label: string; tabs: readonly Tab[]; active: string }) {
  const nav = useRef<HTMLElement>(null);
  // In a row that scrolls, the one that is open is to be seen.
  useLayoutEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);
  return (
    <nav class="tabs" aria-label={label} ref={nav}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.id}>
            <a href={tab.href} aria-current={tab.id === active ? 'page' : undefined} data-tab={tab.id}>
              {tab.label}
              {tab.badge !== undefined && <span class="count">{tab.badge}</span>}
              {tab.marked && (
                <span class="mark" role="img" aria-label={t('ui.changed')}>
                  •
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
