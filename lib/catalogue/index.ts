/**
 * The catalogue: every section, field, tab and control of a profile, declared once. Types, validation, the Maker's
 * grid, the banner's buttons, the hub's enforcement and the documentation are all derived from it.
 */
import { core, flows, outgoings, pools, topBar } from './controls/bar.ts';
import { live, offer, supervision } from './controls/interaction.ts';
import { actions, modules } from './controls/modules.ts';
import type { Control } from './types.ts';

export * from './types.ts';
export { choiceLabel } from './fields.ts';
export * from './sections.ts';
export * from './tabs.ts';
export * from './resources.ts';
export * from './document.ts';

/** Controls in the order in which they are drawn within their place. */
export const controls = [
  ...core,
  ...flows,
  ...pools,
  ...outgoings,
  ...modules,
  ...topBar,
  ...offer,
  ...live,
  ...supervision,
  ...actions,
] as const;

export type ControlId = (typeof controls)[number]['id'];
export const controlById: ReadonlyMap<string, Control<ControlId>> = new Map(controls.map((c) => [c.id, c as Control<ControlId>]));
