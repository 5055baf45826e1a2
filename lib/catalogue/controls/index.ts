import type { Control } from '../types.ts';
import { core, flows, outgoings, pools, topBar } from './bar.ts';
import { live, offer, supervision } from './interaction.ts';
import { actions, modules } from './modules.ts';

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
