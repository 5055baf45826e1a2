/** What opens over the bar: a native popover beside the button that opened it. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Surface as SurfaceName } from '../../lib/models/banner.ts';
import { afterPaint } from '../../lib/frame/after-paint.ts';
import { isKeyboardLost } from '../ui/keyboard.ts';
import { anchorOf } from './anchor.ts';
import { useParts } from './context.ts';

const FOCUSABLE = 'button:not([disabled]):not([tabindex="-1"]), input, a[href], select, textarea, [tabindex="0"]';

interface Props {
  readonly name: SurfaceName;
  /** Whose anchor it stands beside, where that is not the one of its own name. */
  readonly anchor?: string;
  readonly label: string;
  readonly role?: 'dialog' | 'menu' | 'region';
  /** Where the keyboard goes on opening; the first thing that takes it where nothing matches. */
  readonly focus?: string;
  readonly class?: string;
  /** Takes no keyboard: it opened by itself. */
  readonly quiet?: boolean;
  /** Stays in the document while closed: it holds controls. */
  readonly kept?: boolean;
  readonly children: ComponentChildren;
}

export function Surface(props: Props) {
  const { banner } = useParts();
  const open = banner.surface.value === props.name;
  return open || props.kept ? <Shown {...props} open={open} /> : null;
}

function Shown({ name, anchor = name, label, role = 'dialog', focus, class: extra = '', quiet = false, open, children }: Props & { open: boolean }) {
  const { banner, room, layout } = useParts();
  const ref = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || !open) return;
    let closed = false;
    if (role === 'menu') element.addEventListener('keydown', moveInMenu);
    const onLeave = ({ relatedTarget: to }: FocusEvent) => {
      if (to instanceof Element && !element.contains(to) && !to.closest('[data-opens]')) void banner.close();
    };
    if (role !== 'region') element.addEventListener('focusout', onLeave);
    const sizes = new ResizeObserver(() => room.measured(name, element));
    void room.open(name).then(() => {
      if (closed) return;
      if (layout.peek() === 'row') element.style.setProperty('--surface-room', `${roomBeyond(bar())}px`);
      element.showPopover();
      sizes.observe(element);
      if (quiet) return;
      const target = (focus && element.querySelector<HTMLElement>(focus)) || element.querySelector<HTMLElement>(FOCUSABLE);
      (target ?? element).focus();
    });
    return () => {
      closed = true;
      element.removeEventListener('keydown', moveInMenu);
      element.removeEventListener('focusout', onLeave);
      sizes.disconnect();
      // Never while the page around has the keyboard.
      const hadFocus = document.hasFocus() && (element.contains(document.activeElement) || document.activeElement === document.body);
      if (element.isConnected && element.matches(':popover-open')) element.hidePopover();
      room.close(name);
      // To give it somebody, the browser lays all out anew: once, and not in the middle of a change to the bar.
      if (hadFocus) afterPaint(() => isKeyboardLost() && (openerOf(anchor) ?? tabStop())?.focus());
    };
  }, [open, layout.value]);

  return (
    <div
      ref={ref}
      popover="manual"
      id={`surface-${name}`}
      class={`surface ${extra}`}
      role={role}
      aria-label={label}
      tabIndex={-1}
      data-surface={name}
      style={`position-anchor: ${anchorOf(anchor)}`}
    >
      {children}
    </div>
  );
}

const openerOf = (anchor: string) => document.querySelector<HTMLElement>(`[data-opens="${CSS.escape(anchor)}"]`);
/** Where the keyboard goes when what opened it has gone too. */
const tabStop = () => document.querySelector<HTMLElement>('.bar [data-item][tabindex="0"]');

/** The highest a surface gets, and what of the window it leaves to its shadow; pixels. */
const HIGHEST = 520;
const SHADOW = 32;
/** A window lower than this has not grown yet: what it would be is not known. */
const NOT_GROWN = 160;

/** How high a surface may be, once the frame has as much room as the page's window gives it. */
const roomBeyond = (bar: number): number => (innerHeight < NOT_GROWN ? HIGHEST : Math.min(HIGHEST, innerHeight - bar - SHADOW));
const bar = (): number => document.querySelector<HTMLElement>('.bars')!.offsetHeight;

/** Arrow keys, Home, End and first letters in a menu. */
function moveInMenu(event: KeyboardEvent) {
  const items = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = targetOf(event, items, at);
  if (!to) return;
  event.preventDefault();
  event.stopPropagation();
  to.focus();
}

function targetOf(event: KeyboardEvent, items: readonly HTMLElement[], at: number): HTMLElement | undefined {
  switch (event.key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items.at(at <= 0 ? -1 : at - 1);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default: {
      if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return undefined;
      const letter = event.key.toLocaleLowerCase();
      const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      return after.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(letter));
    }
  }
}
