import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FrameHost } from '../../lib/frame/host.ts';
import type { Placement } from '../../lib/frame/placement.ts';
import type { Banner } from '../../lib/models/banner.ts';
import type { Alerts } from '../../lib/models/interaction/alerts.ts';
import type { Room } from './room.ts';

/** One line, a narrow column of icons, or a column as wide as a side panel. */
export type Layout = 'row' | 'rail' | 'list';

export interface BannerParts {
  readonly banner: Banner;
  readonly room: Room;
  /** Null where the page stands by itself: side panel, window. */
  readonly host: FrameHost | null;
  readonly layout: ReadonlySignal<Layout>;
  /** Where the bar stands on a page; null where the banner is a page by itself. */
  readonly placement: ReadonlySignal<Placement | null>;
  /** Opens the page of settings. */
  readonly openOptions: () => void;
  /** What rings, once for all frames; nothing does in a preview. */
  readonly alerts?: Alerts | undefined;
}

const Parts = createContext<BannerParts | null>(null);
export const BannerProvider = Parts.Provider;

export function useParts(): BannerParts {
  const parts = useContext(Parts);
  if (!parts) throw new Error('a part of the banner is drawn outside of it');
  return parts;
}
