import { consoleFieldById, consoleModuleById, moduleOfField } from '../catalogue/console.ts';
import type { ConsoleAnswer } from './console.ts';
import type { Text } from './explain.ts';

/**
 * Why the Maker refuses, as one sentence: “Maker rights → Queues → Delete” is denied in Team leads. Empty for an answer
 * that allows.
 * @param profileName name of the profile in effect, or null where there is none
 */
export function explainConsole({ code, setting }: Pick<ConsoleAnswer, 'code' | 'setting'>, profileName: string | null, text: Text): string {
  if (code === null) return '';
  return text(`reason.${code}`, [setting === null ? '' : consolePath(setting, text), profileName ?? text('reason.yourProfile')]);
}

/** Where one of the Maker's rights stands: “Maker rights → Queues → Delete”, “Maker rights → Permission type”. */
export function consolePath(setting: string, text: Text): string {
  const field = consoleFieldById.get(setting);
  if (!field) return setting;
  const module = consoleModuleById.get(moduleOfField(setting) ?? '');
  const path = [text('console.title'), ...(module ? [text(module.label)] : []), text(field.label)];
  return path.length === 3 ? text('setting.channelPath', path) : text('setting.path', path);
}
