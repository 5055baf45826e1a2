/**
 * What is known of the frame in each tab. In `storage.session`, not in memory: the browser stops the background when it
 * likes, and the frames stay.
 */
import type { Place } from '../settings/schema.ts';
import type { FrameView } from './messages.ts';
import type { FrameSize, View } from './placement.ts';
import { createTurns } from './turns.ts';

export interface Frame extends FrameView {
  /** Of the page the frame stands on. */
  readonly origin: string;
  readonly place: Place;
  readonly size: FrameSize;
  /** Of the page's window, when it was last measured. */
  readonly window: View | null;
  /** Which frame of the tab redeemed the ticket; null while none has. */
  readonly frameId: number | null;
  /** Not yet redeemed; null once it is. */
  readonly ticket: string | null;
  /** The one that `frameId` redeemed. */
  readonly redeemed: string | null;
  /** Its banner page said that the profile grants calls. */
  readonly calls: boolean;
}

/** The part of `browser.storage.session` that is used. */
export interface SessionArea {
  get(key: string | null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
}

export interface FramesStore {
  get(tabId: number): Promise<Frame | null>;
  /** Changes one frame; `change` answers null to leave it. Changes of the same tab happen one after the other. */
  update(tabId: number, change: (frame: Frame | null) => Frame | null): Promise<Frame | null>;
  remove(tabId: number): Promise<void>;
  /** All tabs that have a frame. */
  all(): Promise<(readonly [tabId: number, frame: Frame])[]>;
  /** This tab shows the banner on this site because the person asked for it there, on no other grounds. */
  allowHere(tabId: number, origin: string): Promise<void>;
  isAllowedHere(tabId: number, origin: string): Promise<boolean>;
}

const frameKey = (tabId: number): string => `frame.${tabId}`;
const hereKey = (tabId: number): string => `frameHere.${tabId}`;

export function createFramesStore(area: SessionArea): FramesStore {
  const inTurn = createTurns<number>();
  const get = async (tabId: number): Promise<Frame | null> => {
    const key = frameKey(tabId);
    return ((await area.get(key))[key] as Frame | undefined) ?? null;
  };
  return {
    get,
    update: (tabId, change) =>
      inTurn(tabId, async () => {
        const before = await get(tabId);
        const after = change(before);
        if (after !== null && after !== before) await area.set({ [frameKey(tabId)]: after });
        return after;
      }),
    remove: (tabId) => inTurn(tabId, () => area.remove([frameKey(tabId), hereKey(tabId)])),
    async all() {
      const everything = Object.entries(await area.get(null));
      return everything.flatMap(([key, value]) => {
        const tabId = /^frame\.(\d+)$/.exec(key)?.[1];
        return tabId === undefined ? [] : [[Number(tabId), value as Frame] as const];
      });
    },
    allowHere: (tabId, origin) => area.set({ [hereKey(tabId)]: origin }),
    async isAllowedHere(tabId, origin) {
      const key = hereKey(tabId);
      return (await area.get(key))[key] === origin;
    },
  };
}
