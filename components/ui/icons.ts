/**
 * The icons in use, by their lucide name. Named one by one so that a page carries these and not all of lucide's: here
 * those that a page may be first drawn with, the bar's above all. Others are registered with what draws them; a test
 * checks that every icon the catalogue names is somewhere.
 */
import { signal } from '@preact/signals';
import {
  Activity,
  BookOpen,
  Briefcase,
  Building2,
  ChartColumn,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronUp,
  CircleAlert,
  CircleQuestionMark,
  ClipboardCheck,
  ClipboardList,
  CloudOff,
  Contact,
  Disc3,
  Ellipsis,
  Flag,
  FolderOpen,
  GripVertical,
  History,
  IdCard,
  Inbox,
  Layers,
  ListChecks,
  ListTree,
  LoaderCircle,
  Lock,
  LogIn,
  LogOut,
  Mail,
  MailPlus,
  Megaphone,
  MessageCircle,
  MessageSquarePlus,
  MessageSquareShare,
  MessagesSquare,
  PanelRight,
  PenLine,
  Phone,
  PhoneForwarded,
  PhoneIncoming,
  PhoneOutgoing,
  PictureInPicture2,
  Radar,
  ReceiptText,
  RefreshCw,
  ScrollText,
  Search,
  Settings,
  ShieldAlert,
  Smartphone,
  SquareMousePointer,
  Tags,
  Target,
  Timer,
  TriangleAlert,
  Users,
  UsersRound,
  Voicemail,
  X,
  type IconNode,
} from 'lucide';
import type { cardIcons } from './card-icons.ts';
import type { laterIcons } from './later-icons.ts';
import type { makerIcons } from './maker-icons.ts';
import type { moreIcons } from './more-icons.ts';

export const icons = {
  'activity': Activity,
  'book-open': BookOpen,
  'briefcase': Briefcase,
  'building-2': Building2,
  'chart-column': ChartColumn,
  'chevron-down': ChevronDown,
  'chevron-left': ChevronLeft,
  'chevron-right': ChevronRight,
  'chevron-up': ChevronUp,
  'circle-alert': CircleAlert,
  'circle-question-mark': CircleQuestionMark,
  'clipboard-check': ClipboardCheck,
  'clipboard-list': ClipboardList,
  'cloud-off': CloudOff,
  'contact': Contact,
  'disc-3': Disc3,
  'ellipsis': Ellipsis,
  'flag': Flag,
  'folder-open': FolderOpen,
  'grip-vertical': GripVertical,
  'history': History,
  'id-card': IdCard,
  'inbox': Inbox,
  'layers': Layers,
  'list-checks': ListChecks,
  'list-tree': ListTree,
  'loader-circle': LoaderCircle,
  'lock': Lock,
  'log-in': LogIn,
  'log-out': LogOut,
  'mail': Mail,
  'mail-plus': MailPlus,
  'megaphone': Megaphone,
  'message-circle': MessageCircle,
  'message-square-plus': MessageSquarePlus,
  'message-square-share': MessageSquareShare,
  'messages-square': MessagesSquare,
  'panel-right': PanelRight,
  'pen-line': PenLine,
  'phone': Phone,
  'phone-forwarded': PhoneForwarded,
  'phone-incoming': PhoneIncoming,
  'phone-outgoing': PhoneOutgoing,
  'picture-in-picture-2': PictureInPicture2,
  'radar': Radar,
  'receipt-text': ReceiptText,
  'refresh-cw': RefreshCw,
  'scroll-text': ScrollText,
  'search': Search,
  'settings': Settings,
  'shield-alert': ShieldAlert,
  'smartphone': Smartphone,
  'square-mouse-pointer': SquareMousePointer,
  'tags': Tags,
  'target': Target,
  'timer': Timer,
  'triangle-alert': TriangleAlert,
  'users': Users,
  'users-round': UsersRound,
  'voicemail': Voicemail,
  'x': X,
} as const satisfies Record<string, IconNode>;
/** Those that only the Maker or only the card draws are registered with them. */
export type IconName = keyof typeof icons | keyof typeof cardIcons | keyof typeof laterIcons | keyof typeof makerIcons | keyof typeof moreIcons;

type Icons = Readonly<Record<string, IconNode>>;

/** A signal: what was drawn before an icon was there is drawn again. */
const registered = signal<Icons>(icons);
/** Those of the banner that come after the bar; null until they are there. */
const later = signal<Icons | null>(null);

export const registerIcons = (more: Icons): void => {
  registered.value = { ...registered.peek(), ...more };
};
export function registerLaterIcons(more: typeof laterIcons): void {
  later.value = more;
  registerIcons(more);
}

/** What to draw; nothing where the page did not register it, or has not yet. */
export const iconNode = (name: IconName): IconNode => (Object.hasOwn(registered.value, name) ? registered.value[name]! : []);

/**
 * The banner's icon of this name, or the one of a plain button where an administrator wrote a name that it has not.
 * Until all of its icons are there nothing is drawn in its place: it may be one of those.
 */
export const iconNamed = (name: string): IconName =>
  Object.hasOwn(icons, name) || later.value === null || Object.hasOwn(later.value, name) ? (name as IconName) : 'square-mouse-pointer';
