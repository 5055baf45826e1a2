/**
 * Which item stands where while the bar changes: a control that went leaves its slot for a while, and one that came
 * waits while a pointer is in the bar, so that nothing moves under it.
 */
import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import { controls } from '../catalogue/index.ts';
import type { Clock } from './clock.ts';
import type { BarItem } from './items.ts';

export type Slot = BarItem & { readonly gone: boolean };

/** How long a slot stays empty (catalogue §5). */
export const SLOT_MS = 2000;

/** `settled`: a change of items that the person asked for here and expects: it is drawn at once, without slots. */
export const Arrangement = createModel((items: ReadonlySignal<readonly BarItem[]>, settled: () => boolean, clock: Clock) => {
  const gone = signal<readonly BarItem[]>([]);
  const waiting = signal<ReadonlySet<string>>(new Set());
  const pointerInside = signal(false);
  let before: readonly BarItem[] = [];
  let callOff = () => {};

  const settle = () => {
    callOff();
    gone.value = [];
    waiting.value = new Set();
  };

  effect(() => {
    const now = items.value;
    const [was, is] = [idsOf(before), idsOf(now)];
    const lost = before.filter(({ id }) => !is.has(id));
    const came = now.filter(({ id }) => !was.has(id));
    const calm = was.size === 0 || settled();
    if (calm) settle();
    else if (lost.length > 0 || came.length > 0) {
      gone.value = [...gone.peek().filter(({ id }) => !is.has(id)), ...lost];
      if (pointerInside.peek()) waiting.value = new Set([...waiting.peek(), ...came.map(({ id }) => id)]);
      callOff();
      callOff = clock.after(SLOT_MS, settle);
    }
    before = now;
  });

  const slots = computed(() => withSlots(items.value.filter(({ id }) => !waiting.value.has(id)), gone.value));
  const pointer = (inside: boolean) => {
    pointerInside.value = inside;
    if (!inside) waiting.value = new Set();
  };
  return { slots, pointer };
});

const idsOf = (items: readonly BarItem[]) => new Set(items.map(({ id }) => id));

/** Of the same item the same slot: what draws it need not draw it again. */
const slotOf = (item: BarItem): Slot => {
  const known = standing.get(item) ?? { ...item, gone: false };
  standing.set(item, known);
  return known;
};
const standing = new WeakMap<BarItem, Slot>();

/** The items with the slots of those that went, each after the one it stood behind. */
export function withSlots(items: readonly BarItem[], gone: readonly BarItem[]): Slot[] {
  const slots: Slot[] = items.map(slotOf);
  for (const item of gone) {
    const before = slots.findLastIndex((other) => other.place === item.place && isBefore(other, item));
    const at = before >= 0 ? before + 1 : slots.findIndex(({ place }) => place === item.place);
    slots.splice(at < 0 ? slots.length : at, 0, { ...item, gone: true });
  }
  return slots;
}

const isBefore = (a: BarItem, b: BarItem): boolean => orderOf(a) <= orderOf(b);
const orderOf = ({ control }: BarItem): number => controls.indexOf(control as (typeof controls)[number]);
