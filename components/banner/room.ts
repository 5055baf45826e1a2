/**
 * How much room the banner takes in its frame. A frame clips what reaches beyond it, so it grows before something
 * opens, to what that could need at most, then shrinks to what it does need.
 */
import { afterPaint } from '../../lib/frame/after-paint.ts';
import type { FrameHost } from '../../lib/frame/host.ts';
import { DEFAULT_SIZE, type Stretch } from '../../lib/frame/placement.ts';

/** The most that anything takes beyond a bar that lies, and beyond one that stands. */
const MOST = { lying: 520, standing: 420 } as const;
/** Between the bar and what opens beyond it, and after that for the shadow. */
const GAP = 6;
const SHADOW = 24;
/** What stands alone beyond the bar leaves the page the rest: so much of it is kept for its shadow. */
const AROUND = 16;
/** What comes by itself or in passing; whatever else is open wants the presses beside it, to close. */
const PASSING: ReadonlySet<string> = new Set(['toast', 'tip']);

export interface Room {
  /** Room for this much beyond a bar that lies, or the most there is; resolves once it is there. */
  open(id: string, beyond?: number): Promise<void>;
  /** What it turned out to take. */
  measured(id: string, element: HTMLElement): void;
  close(id: string): void;
  /** Thickness of the bar at rest. */
  bar(thickness: number): void;
  /** Width of a floating bar. */
  width(width: number): void;
}

/** Once what is drawn now is on screen, and what comes with it, a notice mostly, has asked for its own room. */
const onceDrawn = (act: () => void): void => afterPaint(() => void setTimeout(act));

/**
 * @param stands whether the bar stands at a side, so that things open beside it
 * @param later when room is given back: nobody waits for that, and the frame is not made smaller only to grow again
 */
export function createRoom(host: Pick<FrameHost, 'setSize'> | null, stands: () => boolean, later = onceDrawn): Room {
  const beyond = new Map<string, number>();
  const stretches = new Map<string, Stretch>();
  let thickness = DEFAULT_SIZE.bar;
  // A frame is made of that size: to say so would only take the processor from what is being drawn.
  let said = JSON.stringify({ bar: DEFAULT_SIZE.bar, total: DEFAULT_SIZE.bar, beyond: null });

  const stretch = (): Stretch | null => {
    const all = [...beyond.keys()].flatMap((id) => (PASSING.has(id) ? (stretches.get(id) ?? []) : []));
    if (all.length === 0 || all.length < beyond.size) return null;
    return { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) };
  };

  const say = async () => {
    if (!host) return;
    const most = Math.max(0, ...beyond.values());
    const size = { bar: thickness, total: thickness + (most > 0 ? GAP + most + SHADOW : 0), beyond: stretch() };
    if (said === JSON.stringify(size)) return;
    said = JSON.stringify(size);
    await host.setSize(size);
  };

  return {
    open(id, most = MOST.lying) {
      beyond.set(id, stands() ? MOST.standing : most);
      return say();
    },
    measured(id, element) {
      if (!beyond.has(id)) return;
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const [from, to] = stands() ? [top, bottom] : [left, right];
      beyond.set(id, stands() ? element.offsetWidth : element.offsetHeight);
      stretches.set(id, { from: Math.max(0, Math.floor(from - AROUND)), to: Math.ceil(to + AROUND) });
      void say();
    },
    close(id) {
      beyond.delete(id);
      stretches.delete(id);
      later(() => void say());
    },
    bar(size) {
      thickness = Math.ceil(size);
      void say();
    },
    width(size) {
      void host?.setSize({ width: Math.ceil(size) });
    },
  };
}
