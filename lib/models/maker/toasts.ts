/** What the Maker says of its own accord, each for a while. */
import { createModel, signal } from '@preact/signals-core';
import type { Clock } from '../clock.ts';

export interface ToastSaid {
  readonly text: string;
  readonly tone?: 'good' | 'bad' | 'plain';
  /** One next step: *Undo*, *Show*. */
  readonly action?: { readonly label: string; readonly run: () => unknown };
}
export interface Toast extends ToastSaid {
  readonly id: number;
  readonly tone: 'good' | 'bad' | 'plain';
}

/** Long enough to read; what can be acted on or went wrong stands longer. */
const STANDS_MS = 5000;
const STANDS_LONG_MS = 12_000;
const MOST = 3;

export const ToastsModel = createModel((clock: Clock) => {
  const shown = signal<readonly Toast[]>([]);
  const ends = new Map<number, () => void>();
  let held = false;
  let last = 0;

  const dismiss = (id: number) => {
    ends.get(id)?.();
    ends.delete(id);
    shown.value = shown.peek().filter((toast) => toast.id !== id);
  };
  const stand = ({ id, tone, action }: Toast) => {
    ends.get(id)?.();
    ends.set(id, clock.after(action || tone === 'bad' ? STANDS_LONG_MS : STANDS_MS, () => dismiss(id)));
  };
  return {
    shown,
    say({ tone = 'plain', ...said }: ToastSaid) {
      // The same again stands once, anew.
      for (const toast of shown.peek()) if (toast.text === said.text) dismiss(toast.id);
      for (const { id } of shown.peek().slice(0, Math.max(0, shown.peek().length - MOST + 1))) dismiss(id);
      last += 1;
      const toast: Toast = { ...said, tone, id: last };
      shown.value = [...shown.peek(), toast];
      if (!held) stand(toast);
    },
    dismiss,
    /** Somebody reads: nothing goes. */
    hold() {
      held = true;
      for (const end of ends.values()) end();
      ends.clear();
    },
    release() {
      held = false;
      for (const toast of shown.peek()) stand(toast);
    },
  };
});
export type Toasts = InstanceType<typeof ToastsModel>;
