/**
 * The catalogue: every section, field, tab and control of a profile, declared once. Types, validation, the Maker's
 * grid, the banner's buttons, the hub's enforcement and the documentation are all derived from it. Nothing is declared
 * in this file, so that a page carries only the parts it reads; what only the Maker and the hub ask for (console.ts,
 * resources.ts) is imported from there.
 */
export * from './types.ts';
export { choiceLabel } from './fields.ts';
export * from './sections.ts';
export * from './tabs.ts';
export * from './document.ts';
export * from './controls/index.ts';
