/** The forms of the modules, by their declarations: which there are, and whose texts are to be seen in each. */
import { tabById } from '../../lib/catalogue/index.ts';
import { columnOf } from '../../lib/modules/panels.ts';
import type { FormField, Panel, Verb } from '../../lib/modules/types.ts';
import { besideColumns, namePlaceOf, placeOf } from './markup-everywhere.ts';

export interface Form {
  readonly verb: Verb;
  /** What it offers to choose from, and of a row what stands in its fields and names it. */
  readonly places: readonly string[];
}

/** What is written to a conversation is written where it is read. */
const asks = ({ form = [], does }: Verb): boolean => form.length > 0 && does !== 'write';
const formOf = (panel: Panel, verb: Verb): Form => ({ verb, places: [...new Set([...(verb.on === 'module' ? [] : [namePlaceOf(panel)]), ...verb.form!.flatMap((field) => placesOf(panel, verb, field))])] });

/** Those over the list; in a new row that chooses from nothing there is no text yet. */
export const formsOf = (panel: Panel): readonly Form[] =>
  panel.verbs.filter((verb) => asks(verb) && verb.on === 'module').map((verb) => formOf(panel, verb)).filter(({ places }) => places.length > 0);

/** Those of a row in this state. */
export const formsOfRow = (panel: Panel, state: string): readonly Form[] =>
  panel.verbs.filter((verb) => asks(verb) && verb.on !== 'module' && (verb.where?.['state']?.includes(state) ?? true)).map((verb) => formOf(panel, verb));

function placesOf(panel: Panel, { on, does }: Verb, field: FormField): readonly string[] {
  if (field.type === 'row') return [`${tabById.get(field.tab!)!.resource}.name`];
  if (field.type === 'person') return ['person.name'];
  // Another module's row is what is evaluated: nothing of it stands in the fields.
  if (on === 'module' || does === 'evaluate') return [];
  if (field.type === 'answers') return besideColumns(panel);
  const column = columnOf(panel, field.id);
  const place = column && placeOf(panel, column);
  return place ? [place] : [];
}
