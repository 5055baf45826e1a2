/** One tooltip for the whole bar: the name where none is written, and why something is locked. */
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useParts } from './context.ts';

interface Shown {
  readonly name: string;
  readonly why: string;
  readonly anchor: string;
}

/** A pointer that only passes asks for nothing. */
const WAIT_MS = 450;
/** What a tooltip takes beyond the bar at most. */
const ROOM = 72;

export function Tip({ root }: { readonly root: { readonly current: HTMLElement | null } }) {
  const shown = useSignal<Shown | null>(null);
  useEffect(() => watch(root.current!, (tip) => (shown.value = tip)), []);
  return shown.value && <Bubble key={shown.value.anchor + shown.value.why} tip={shown.value} />;
}

function Bubble({ tip }: { tip: Shown }) {
  const { room, banner } = useParts();
  const ref = useRef<HTMLDivElement>(null);
  const covered = banner.surface.value !== null;
  useLayoutEffect(() => {
    if (covered) return;
    let closed = false;
    void room.open('tip', ROOM).then(() => {
      if (closed) return;
      ref.current!.showPopover();
      room.measured('tip', ref.current!);
    });
    return () => {
      closed = true;
      room.close('tip');
    };
  }, [covered]);
  if (covered) return null;
  return (
    <div ref={ref} class="tip" popover="manual" role="tooltip" style={`position-anchor: ${tip.anchor}`}>
      {tip.name && <strong>{tip.name}</strong>}
      {tip.why && <span>{tip.why}</span>}
    </div>
  );
}

/** Whether some of an element's text is not to be seen. */
const isClipped = (element: HTMLElement): boolean =>
  element.scrollHeight > element.clientHeight + 1 ||
  element.scrollWidth > element.clientWidth + 1 ||
  [...element.children].some((child) => child.getClientRects().length === 0);

/** Calls back with what the pointer or the keyboard rests on, or null. Returns how to stop. */
function watch(root: HTMLElement, show: (tip: Shown | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let on: Element | null = null;
  const hide = () => {
    clearTimeout(timer);
    on = null;
    show(null);
  };
  const rest = (target: EventTarget | null, wait: number) => {
    const element = (target as Element | null)?.closest<HTMLElement>('[data-tip]') ?? null;
    if (element === on) return;
    hide();
    if (!element) return;
    const { tip = '', why = '' } = element.dataset;
    if (!tip && !why) return;
    if (element.dataset['tipWhere'] === 'clipped' && !isClipped(element)) return;
    on = element;
    timer = setTimeout(() => show({ name: tip, why, anchor: element.style.getPropertyValue('anchor-name') }), wait);
  };
  const over = ({ target, pointerType }: PointerEvent) => pointerType !== 'touch' && rest(target, WAIT_MS);
  const focus = ({ target }: FocusEvent) => (target as Element).matches(':focus-visible') && rest(target, 0);
  /** A press on what is locked says why at once; on anything else the tooltip is in the way. */
  const press = ({ target }: PointerEvent) => {
    hide();
    if ((target as Element).closest('[data-tip][aria-disabled="true"]')) rest(target, 0);
  };
  root.addEventListener('pointerover', over);
  root.addEventListener('pointerleave', hide);
  root.addEventListener('pointerdown', press);
  root.addEventListener('focusin', focus);
  root.addEventListener('focusout', hide);
  root.addEventListener('keydown', ({ key }) => key === 'Escape' && hide());
  // The pointer or the keyboard may have been there first.
  rest(root.querySelector('[data-tip]:focus-visible') ?? root.querySelector('[data-tip]:hover'), WAIT_MS);
  return () => {
    clearTimeout(timer);
    root.removeEventListener('pointerover', over);
    root.removeEventListener('pointerleave', hide);
    root.removeEventListener('pointerdown', press);
    root.removeEventListener('focusin', focus);
    root.removeEventListener('focusout', hide);
  };
}
