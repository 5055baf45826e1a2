/** A button that opens a menu: a popover of the browser's, so that it closes by itself and lies over dialogs. */
import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';
import { placeBelow } from './place.ts';
import { trusted } from './trusted.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly tone?: 'danger';
  readonly disabledReason?: string | null | undefined;
  readonly onSelect: () => unknown;
}
export interface MenuButtonProps {
  /** Without an icon it is written; with one it is the name and the tooltip. */
  readonly label: string;
  readonly icon?: IconName;
  readonly tone?: 'primary' | 'plain';
  readonly items: readonly MenuItem[];
}

export function MenuButton({ label, icon, tone, items }: MenuButtonProps) {
  const id = useId();
  const open = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const all = () => [...menu.current!.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const show = (at: 'first' | 'last') => {
    menu.current!.showPopover();
    placeBelow(menu.current!, button.current!);
    all().at(at === 'first' ? 0 : -1)?.focus();
  };
  const hide = () => {
    menu.current!.hidePopover();
    button.current!.focus();
  };
  const select = ({ disabledReason, onSelect }: MenuItem) => {
    if (disabledReason) return;
    hide();
    onSelect();
  };
  const openByKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    show(event.key === 'ArrowDown' ? 'first' : 'last');
  };
  const move = (event: KeyboardEvent) => {
    const entries = all();
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const next = nextOf(event.key, at, entries);
    if (event.key === 'Tab') return menu.current!.hidePopover();
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    entries[next]?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={icon ? 'icon-button' : `button ${tone ?? ''}`}
        aria-haspopup="menu"
        aria-expanded={open.value}
        aria-controls={id}
        aria-label={icon ? label : undefined}
        data-tip={icon && !open.value ? label : undefined}
        onClick={trusted(() => (open.peek() ? hide() : show('first')))}
        onKeyDown={openByKey}
      >
        {icon ? <Icon name={icon} size={16} /> : label}
        {!icon && <Icon name="chevron-down" size={14} />}
      </button>
      <div
        ref={menu}
        id={id}
        class="menu"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        popover="auto"
        onToggle={({ newState }) => (open.value = newState === 'open')}
        onKeyDown={move}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            class={item.tone ?? ''}
            aria-disabled={item.disabledReason ? true : undefined}
            onClick={trusted(() => select(item))}
          >
            {item.icon && <Icon name={item.icon} size={16} />}
            <span class="grow">
              {item.label}
              {item.disabledReason && <small>{item.disabledReason}</small>}
            </span>
          </button>
        ))}
      </div>
    </>
  );
}

/** By the arrows around, to the ends, or to the next that begins with the letter. */
function nextOf(key: string, at: number, entries: readonly HTMLElement[]): number | null {
  const count = entries.length;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  if (key.length !== 1 || key === ' ') return null;
  const found = entries.findIndex((_, by) => entries[(at + 1 + by) % count]!.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
  return found === -1 ? null : (at + 1 + found) % count;
}
