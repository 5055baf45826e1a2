import { fieldById, sectionOf, tabById } from '../catalogue/index.ts';
import type { Reason } from './types.ts';

/** The message catalogue of a person's language: the message of a key with `$1`.. filled in. */
export type Text = (key: string, substitutions?: string[]) => string;

/**
 * A reason as one sentence: “Transfers → External” is off in Inbound advisor.
 * @param profileName name of the active profile, or null where there is none
 */
export function explain({ code, setting }: Reason, profileName: string | null, text: Text): string {
  const profile = profileName ?? text('reason.yourProfile');
  if (code === 'resource.none') return text(`reason.resource.${setting}`);
  if (code === 'resource.noneSuch') return text(`reason.resourceSuch.${setting}`);
  if (code === 'profile.rights') return text('reason.profile.rights', [sectionLabel(setting!, text), profile]);
  return text(`reason.${code}`, [setting === null ? '' : settingPath(setting, text), profile]);
}

/** Where in a profile a field or tab stands: “Flow → Voice → May switch it”, “Transfer rules”. */
export function settingPath(setting: string, text: Text): string {
  const tab = tabById.get(setting);
  if (tab) return text(tab.label);
  const field = fieldById.get(setting);
  if (!field) return setting;
  const path = [sectionLabel(setting, text), ...(field.column ? [text(`channel.${field.column}`)] : []), text(field.label)];
  return path.length === 3 ? text('setting.channelPath', path) : text('setting.path', path);
}

function sectionLabel(field: string, text: Text): string {
  const section = sectionOf.get(field);
  return section ? text(section.label) : field;
}
