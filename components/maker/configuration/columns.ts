/** The columns of a tab's table, from what the tab declares, and how they stand in the room there is. */
import type { Field, Tab } from '../../../lib/catalogue/index.ts';
import { scoredChannel, scoreOf } from '../../../lib/models/maker/configuration-rows.ts';
import { t } from '../../ui/text.ts';

export interface AttributeColumn {
  readonly field: Field;
  /** Drawn in the same cell: the score of a channel stands with its switch. */
  readonly score: Field | null;
}

/** Side by side, with a score below its switch, or each row a card of its own. */
export type Layout = 'wide' | 'compact' | 'cards';

export const columnsOf = (tab: Tab): readonly AttributeColumn[] =>
  tab.attributes
    .filter(({ id }) => scoredChannel(id) === null)
    .map((field) => ({ field, score: scoreOf(tab, field.id) }));

const WIDTH = {
  wide: { boolean: 76, scored: 124, choice: 150, integer: 88, other: 76 },
  compact: { boolean: 46, scored: 54, choice: 124, integer: 62, other: 46 },
} as const;
/** Of the head's letters, about. */
const LETTER = 6.2;
/** A name with what is beside it can still be read. */
const NAME = { wide: 160, compact: 112 } as const;
const BOX = 28;
const GRIP = 28;
const DEFAULT = 76;
const ACTION = 28;
/** Of a card: its name, then its attributes, three to a line. */
const CARD_HEAD = 52;
const PER_LINE = 3;
const CARD_LINE = 52;
const CARD_SCORED = 84;

export interface Room {
  readonly layout: Layout;
  /** `grid-template-columns` of a line; nothing for cards. */
  readonly template: string;
  /** In pixels, the same for all rows. */
  readonly rowHeight: number;
}

/** @param width of the table in pixels */
export function roomOf(tab: Tab, editing: boolean, width: number): Room {
  const columns = columnsOf(tab);
  const actions = editing ? ACTION * (tab.ordered ? 4 : 2) + 4 : 4;
  const before = editing ? [...(tab.ordered ? [GRIP] : []), BOX] : [];
  const widths = (layout: 'wide' | 'compact') =>
    columns.map(({ field, score }) => Math.max(WIDTH[layout][score ? 'scored' : sizeOf(field)], headWidth(t(field.label))));
  const fixed = (layout: 'wide' | 'compact') =>
    [...before, ...widths(layout), tab.choosesDefault ? DEFAULT : 0, actions].reduce((sum, each) => sum + each, 0) + NAME[layout];
  const scored = columns.some(({ score }) => score !== null);
  const layout: Layout = fixed('wide') <= width ? 'wide' : fixed('compact') <= width ? 'compact' : 'cards';
  if (layout === 'cards') {
    const cells = [...columns.map(({ score }) => score !== null), ...(tab.choosesDefault ? [false] : [])];
    const lines = cells.flatMap((_, at) => (at % PER_LINE === 0 ? [cells.slice(at, at + PER_LINE).some(Boolean) ? CARD_SCORED : CARD_LINE] : []));
    return { layout, template: '', rowHeight: lines.reduce((sum, each) => sum + each, CARD_HEAD + (lines.length > 0 ? 6 : 0)) };
  }
  const parts = [...before.map(px), 'minmax(0, 1fr)', ...widths(layout).map(px), ...(tab.choosesDefault ? [px(DEFAULT)] : []), px(actions)];
  return { layout, template: parts.join(' '), rowHeight: layout === 'compact' && scored ? 78 : 52 };
}

/** Of a head in two lines at most, with some room around. */
function headWidth(label: string): number {
  const words = label.split(/\s+/);
  const splits = words.map((_, at) => Math.max(words.slice(0, at).join(' ').length, words.slice(at).join(' ').length));
  return Math.min(110, Math.ceil(Math.min(...splits) * LETTER) + 8);
}
const px = (size: number) => `${size}px`;
const sizeOf = ({ type }: Field): 'boolean' | 'choice' | 'integer' | 'other' =>
  type === 'boolean' || type === 'choice' || type === 'integer' ? type : 'other';
