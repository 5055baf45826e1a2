/** Where the keyboard goes when what it was on is gone. */
import type { FieldModel } from '../../../lib/models/maker/settings-field.ts';

const CONTROLS = 'input:not([type="radio"]), input:checked, select, textarea, button, a';

/** Once it is drawn. */
export function focusSoon(selector: string, within: ParentNode = document): void {
  requestAnimationFrame(() => within.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true }));
}

/** Undoes a change: the button that did it goes, and the keyboard stays at the field. */
export function undoAndStay(model: FieldModel): void {
  const place = document.querySelector(`[data-field="${CSS.escape(model.field.id)}"]`);
  model.undo();
  if (place) focusSoon(CONTROLS, place);
}
