/** Icons that the Maker is first drawn with and the banner never is: of its menu. */
import {
  ArrowRightLeft,
  Boxes,
  LayoutDashboard,
  Menu,
  RadioTower,
  ShieldQuestionMark,
  Workflow,
  type IconNode,
} from 'lucide';

export const makerIcons = {
  'arrow-right-left': ArrowRightLeft,
  'boxes': Boxes,
  'layout-dashboard': LayoutDashboard,
  'menu': Menu,
  'radio-tower': RadioTower,
  'shield-question-mark': ShieldQuestionMark,
  'workflow': Workflow,
} as const satisfies Record<string, IconNode>;
