import type { Control } from '../types.ts';
import { type Need, rowOf, terms } from '../terms.ts';

interface Declaration extends Pick<Control, 'icon' | 'place'> {
  readonly needs?: readonly Need[];
  readonly label?: string;
  /** A button of it says less than its name does: there is a message `short.<id>`. */
  readonly short?: true;
  readonly priority?: number;
  readonly source?: Control['source'];
  readonly channel?: Control['channel'];
  readonly module?: string;
  readonly core?: true;
  readonly safety?: true;
  readonly irreversible?: true;
  readonly forEach?: Control['forEach'];
}

/** One control. Its label key is its own id, unless that is the beginning of another's: a key is a leaf or a parent. */
export function control<const Id extends string>(id: Id, { needs = [], short, ...rest }: Declaration): Control<Id> {
  const all = rest.forEach ? [rowOf(rest.forEach), ...needs] : needs;
  const label = rest.label ?? `control.${id}`;
  const shortLabel = short ? label.replace(/^control/, 'short') : label;
  return { id, priority: 50, source: 'S', ...rest, label, shortLabel, terms: terms(all) };
}
