/** What is loaded when the first panel is opened. */
export { panelByModule } from '../../../lib/modules/panels.ts';
export { ModulePanel } from './module-panel.tsx';
