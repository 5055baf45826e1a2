/** Why somebody cannot do a thing, said of them and not to them. */
import { explain, type Reason } from '../../../lib/decide/index.ts';
import { t } from '../../ui/text.ts';
import { fieldPath } from '../field-path.ts';

export interface Why {
  readonly code: string;
  readonly setting: string | null;
}

/** @param profile the name of the profile that is asked about; empty for whatever profile a person has */
export function whyNot({ code, setting }: Why, profile: string): string {
  const of = profile ? profile : t('makerWhoCan.theirProfile');
  const own = `makerWhoCan.reason.${code}`;
  const path = setting === null ? '' : fieldPath(setting);
  const said = t(own, path, of);
  if (said !== own) return said;
  if (code.startsWith('console.')) return t(`reason.${code}`, path, of);
  return explain({ code, setting } as Reason, of, (key, substitutions = []) => t(key, ...substitutions));
}
