/**
 * What fits in the bar. In the order of giving way: the labels of what is only at hand, the lesser controls into "More",
 * the modules but for a few, the labels of what a person starts, the rest into "More", and last the channels' labels. A
 * bar of icons alone is hard to read: a word on "Call" is worth more than a seventh module.
 */

export interface FitItem {
  readonly id: string;
  /** Groups stand apart from each other. */
  readonly group: string;
  readonly priority: number;
  /** Size along the bar in pixels, with the label and without; the same where there is no label to lose. */
  readonly wide: number;
  readonly narrow: number;
  /** The last labels to go: the channels are what a person looks at most. */
  readonly keepsLabel?: boolean;
}

export interface Fit {
  /** The items drawn with their label. */
  readonly labelled: ReadonlySet<string>;
  /** The items that moved into "More". */
  readonly more: ReadonlySet<string>;
  /** Even so it does not fit: the bar needs a second row, or shorter names. */
  readonly tight: boolean;
}

/** From this priority on a control never moves into "More". */
export const STAYS = 100;
/** What a person starts (catalogue: 80 and 85): its labels stay while there are more than a few modules to move. */
const STARTS = 80;
/** Modules and custom buttons are below this, flows, pools and what a person starts are not. */
const AT_HAND = 70;
/** Below this a control goes into "More" before any label of a higher one goes. */
const LESSER = 45;
/** So many modules stay in the bar before what a person starts loses its labels. */
const FEW_MODULES = 3;
/** So many controls without a label stay in the bar before the last labels go. */
const FEW = 4;

export interface FitRoom {
  /** Pixels for all items together, the "More" button included once it is needed. */
  readonly length: number;
  /** Pixels that each group takes besides its items. */
  readonly group: number;
  /** Pixels of the "More" button, with what sets it apart. */
  readonly more: number;
}

/** Where there is room for all. */
export const everything = (items: readonly Pick<FitItem, 'id'>[]): Fit => ({ labelled: new Set(items.map(({ id }) => id)), more: new Set(), tight: false });

export function fit(items: readonly FitItem[], room: FitRoom): Fit {
  const labelled = new Set(items.filter(({ wide, narrow }) => wide > narrow).map(({ id }) => id));
  const moved = new Set<string>();
  // Kept up with each step: a bar is fitted while a person waits for it.
  const left = new Map<string, number>();
  let own = 0;
  for (const { group, wide } of items) {
    left.set(group, (left.get(group) ?? 0) + 1);
    own += wide;
  }
  const fits = () => own + room.group * left.size + (moved.size > 0 ? room.more : 0) <= room.length;
  const label = ({ id, wide, narrow }: FitItem) => {
    labelled.add(id);
    own += wide - narrow;
  };
  const unlabel = ({ id, wide, narrow }: FitItem) => {
    if (labelled.delete(id) && !moved.has(id)) own -= wide - narrow;
  };
  const moveAway = ({ id, group, wide, narrow }: FitItem) => {
    moved.add(id);
    own -= labelled.has(id) ? wide : narrow;
    const others = left.get(group)! - 1;
    if (others > 0) left.set(group, others);
    else left.delete(group);
  };
  // The last of equals goes first, so that what stands in front stays.
  const leastFirst = items.map((item, at) => ({ item, at })).sort((a, b) => a.item.priority - b.item.priority || b.at - a.at).map(({ item }) => item);
  const dropLabels = (which: (item: FitItem) => boolean) => {
    for (const item of leastFirst) if (!fits() && which(item)) unlabel(item);
  };
  /** Moves those below a priority until so many of them are left. */
  const move = (below: number, until: number) => {
    const movable = leastFirst.filter(({ id, priority }) => priority < below && !moved.has(id));
    for (const item of movable.slice(0, Math.max(0, movable.length - until))) if (!fits()) moveAway(item);
  };
  dropLabels(({ keepsLabel, priority }) => !keepsLabel && priority < STARTS);
  move(LESSER, 0);
  move(AT_HAND, FEW_MODULES);
  dropLabels(({ keepsLabel }) => !keepsLabel);
  move(STAYS, FEW);
  dropLabels(() => true);
  move(STAYS, 0);
  // What the last step left over is room for a word again: the channels' first.
  const bare = leastFirst.filter(({ id, priority, wide, narrow }) => priority >= STARTS && wide > narrow && !labelled.has(id) && !moved.has(id));
  for (const item of [...bare.filter(({ keepsLabel }) => !keepsLabel), ...bare.filter(({ keepsLabel }) => keepsLabel)].toReversed()) {
    label(item);
    if (fits()) continue;
    unlabel(item);
    break;
  }
  return { labelled, more: moved, tight: !fits() };
}
