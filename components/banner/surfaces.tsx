/** Everything that opens over the bar or comes beside it: loaded once the bar itself is on screen. */
import type { Slot } from '../../lib/models/arrangement.ts';
import { registerLaterIcons } from '../ui/icons.ts';
import { laterIcons } from '../ui/later-icons.ts';
import { useTelling } from './asking/told.tsx';
import { ConnectionMenu } from './connection-menu.tsx';
import { ActivityMenu, StatusMenu } from './identity-menus.tsx';
import { More } from './more.tsx';
import { Panel } from './panel.tsx';
import { Switcher } from './switcher.tsx';
import { Tip } from './tip.tsx';
import { Toast } from './toast.tsx';
import { Why } from './why.tsx';

export { Blending } from './blending.tsx';
export { Said } from './toast.tsx';

registerLaterIcons(laterIcons);

/** What the groups that give way open. */
export function WorkSurfaces({ slots, inMore }: { readonly slots: readonly Slot[]; readonly inMore: ReadonlySet<string> }) {
  return (
    <>
      <More slots={slots} />
      <Panel inMore={inMore} />
    </>
  );
}

export function Surfaces() {
  useTelling();
  return (
    <>
      <Switcher />
      <ActivityMenu />
      <StatusMenu />
      <Why />
      <ConnectionMenu />
    </>
  );
}

/** What comes by itself, or with the pointer. */
export function Passing({ root }: { readonly root: { readonly current: HTMLElement | null } }) {
  return (
    <>
      <Toast />
      <Tip root={root} />
    </>
  );
}
