/**
 * Which of the rows has the keyboard, and what it does there: arrows, Page, Home and End move it, Space chooses the row,
 * Delete takes it out, Alt with the arrows moves the row itself.
 */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Tab } from '../../../lib/catalogue/index.ts';
import type { Configuration } from '../../../lib/models/maker/configuration.ts';
import type { RowView } from '../../../lib/models/maker/configuration-rows.ts';
import { t } from '../../ui/text.ts';
import type { Windowed } from '../../ui/virtual.ts';
import { nameOf } from './words.ts';

export interface RowsKeyboardOptions {
  readonly tab: Tab;
  readonly model: Configuration;
  readonly editing: boolean;
  readonly rows: readonly RowView[];
  readonly shown: Windowed;
  readonly body: { readonly current: HTMLElement | null };
  readonly onRemove: (ids: readonly string[]) => unknown;
}

/** Where the keyboard goes once it is drawn: a row by its id or its place, or a button of it. */
interface Wanted {
  readonly row: string | number;
  readonly button?: 'up' | 'down';
}

const ARROWS: Readonly<Record<string, -1 | 1>> = { ArrowDown: 1, ArrowUp: -1 };
const LINE = ':scope > [role="row"]';

export function useRowsKeyboard({ tab, model, editing, rows, shown, body, onRemove }: RowsKeyboardOptions) {
  const at = useSignal<string | null>(null);
  const said = useSignal('');
  const wanted = useRef<Wanted | null>(null);
  const active = Math.max(0, rows.findIndex(({ id }) => id === at.value));
  /** A part of the rows has no order of its own. */
  const orders = tab.ordered && editing && model.search.value === '' && !model.onlyChanged.value;
  const clamp = (index: number) => Math.min(Math.max(0, index), rows.length - 1);

  // The row that the keyboard was sent to may only now be drawn; controls of other rows are no stops of it.
  useLayoutEffect(() => {
    const goal = wanted.current && (typeof wanted.current.row === 'number' ? rows[clamp(wanted.current.row)]?.id : wanted.current.row);
    for (const line of body.current?.querySelectorAll<HTMLElement>(LINE) ?? []) {
      const id = line.dataset['key'];
      const stops = id === rows[active]?.id;
      for (const control of line.querySelectorAll<HTMLElement>('a, button, input, select')) control.tabIndex = stops ? 0 : -1;
      if (!goal || id !== goal) continue;
      const button = wanted.current!.button && line.querySelector<HTMLElement>(`[data-step="${wanted.current!.button}"]`);
      (button || line).focus({ preventScroll: true });
      wanted.current = null;
    }
  });

  const moveTo = (index: number) => {
    const row = rows[clamp(index)];
    if (!row) return;
    wanted.current = { row: row.id };
    at.value = row.id;
    shown.show(clamp(index));
    body.current?.querySelector<HTMLElement>(`:scope > [data-key="${CSS.escape(row.id)}"]`)?.focus({ preventScroll: true });
  };
  const sayPlace = (id: string) => {
    const row = model.rows.peek().find((each) => each.id === id);
    if (row?.place != null) said.value = t('makerConfiguration.moved', nameOf(row), row.place + 1, model.content.peek().rows.length);
  };
  const step = (row: RowView | undefined, by: -1 | 1, byButton = false) => {
    if (!orders || !row || row.place === null) return;
    wanted.current = { row: row.id, ...(byButton ? { button: by < 0 ? 'up' : 'down' } : {}) };
    at.value = row.id;
    model.step(row.id, by);
    sayPlace(row.id);
    shown.show(clamp(rows.indexOf(row) + by));
  };
  /** The keyboard stays where the row was. */
  const remove = (row: RowView) => {
    wanted.current = { row: rows.indexOf(row) };
    onRemove([row.id]);
  };
  const undo = (row: RowView) => {
    wanted.current = { row: row.id };
    model.undo(row.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    const target = event.target as HTMLElement;
    const onRow = target.getAttribute('role') === 'row';
    const arrow = ARROWS[event.key] ?? 0;
    if (event.altKey && arrow !== 0 && tab.ordered) {
      event.preventDefault();
      return step(row, arrow);
    }
    const steps: Readonly<Record<string, number>> = { PageDown: active + shown.seen, PageUp: active - shown.seen, Home: 0, End: rows.length - 1 };
    // In a field the arrows change what it holds.
    const next = arrow !== 0 ? active + arrow : steps[event.key];
    if (next !== undefined && (onRow || (arrow !== 0 && !target.matches('select, input:not([type="checkbox"])')))) {
      event.preventDefault();
      moveTo(next);
    } else if (onRow && editing && row && row.mark !== 'removed') {
      if (event.key === ' ') model.toggle(row.id);
      else if (event.key === 'Delete') remove(row);
      else return;
      event.preventDefault();
    }
  };
  return { at, said, active, orders, sayPlace, step, remove, undo, onKeyDown };
}
