/** The one decision, made alike in the banner and on the hub: what each control is for this person, now, and why. */
export * from './changes.ts';
export { decide, decideControl, findControl } from './decide.ts';
export * from './explain.ts';
export { readByControls } from './readers.ts';
export { type Rights, rightsAfter, rightsOf } from './rights.ts';
export * from './reported.ts';
export { matchingRows } from './rows.ts';
export * from './types.ts';
