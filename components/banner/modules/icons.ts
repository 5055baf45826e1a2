/** Icons that panels draw and the bar does not. */
import { ArrowDown, ArrowLeft, ArrowUp, Info, Play, RotateCcw, Send, Undo2, type IconNode } from 'lucide';
import type { IconName } from '../../ui/icons.ts';

export const panelIcons = {
  'arrow-down': ArrowDown,
  'arrow-left': ArrowLeft,
  'arrow-up': ArrowUp,
  'info': Info,
  'play': Play,
  'rotate-ccw': RotateCcw,
  'send': Send,
  'undo-2': Undo2,
} as const satisfies Partial<Record<IconName, IconNode>>;
