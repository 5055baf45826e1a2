/**
 * Icons that only the card draws: the bar's first paint carries none of them, and none is one of the Maker's, so that no
 * file is shared for their sake.
 */
import { CirclePlay, type IconNode, Mic, NotebookPen, Reply, SendHorizontal, Shield } from 'lucide';

export const cardIcons = {
  'circle-play': CirclePlay,
  'mic': Mic,
  'notebook-pen': NotebookPen,
  'reply': Reply,
  'send-horizontal': SendHorizontal,
  'shield': Shield,
} as const satisfies Record<string, IconNode>;
