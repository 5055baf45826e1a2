/** Words of publishing: a difference, a finding, as the reader's language has them. */
import { consoleFieldById } from '../../../lib/catalogue/console.ts';
import { findControl } from '../../../lib/decide/index.ts';
import type { Finding } from '../../../lib/profile/lint.ts';
import { consoleName, type Words } from '../../../lib/profile/words.ts';
import { countryName, formatNumber } from '../../ui/format.ts';
import { names, t } from '../../ui/text.ts';
import { text } from '../reasons.ts';

/** More names than this in one line, and the rest is counted. */
const MOST_NAMES = 8;

export const wordsWith = (nameOf: Words['nameOf']): Words => ({ text, nameOf, country: countryName, number: formatNumber, list: (all) => names(all, MOST_NAMES) });

/** What a finding names are message keys, and names as they are. */
export const findingText = ({ code, names: named = [] }: Pick<Finding, 'code' | 'names'>): string => t(`lint.${code}`, names(named.map((name) => t(name)), MOST_NAMES));

/** A control of the banner by its id, one made for a row by the row's name; a right of the Maker as “Teams → Read”. */
export function controlName(id: string, nameOf: Words['nameOf']): string {
  const found = findControl(id);
  const right = consoleFieldById.get(id);
  if (right) return consoleName(id, right, { text });
  if (!found) return id;
  return (found.row === null ? null : nameOf(found.row)) ?? t(found.control.label);
}
