/**
 * What one load costs a page in Chromium, as its own process counts: the sessions are the page's and, apart from it, the
 * extension's frame, which must be a process of its own or there is no second session to be had.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { median } from './statistics.ts';

export interface PageCost {
  /** Processor time of the main thread until a while after the page has loaded, in milliseconds. */
  readonly task: number;
  readonly script: number;
  readonly layout: number;
  /** JavaScript's heap once garbage was collected, in kB. */
  readonly heap: number;
  /** Tasks of 50 ms or longer by the clock, begun before and after the page had loaded. */
  readonly longTasks: number;
  readonly longTasksAfterLoad: number;
  /** CLS. */
  readonly shift: number;
  /** When the largest part of the content was painted, in milliseconds from the navigation. */
  readonly lcp: number;
  /** Of the extension's frame, in kB; null where there is none. */
  readonly frameHeap: number | null;
}

/** How long after its load event a page is watched: an extension that begins when the page is idle is through by then. */
const WATCHED_MS = 1500;

/** @param address must load without waiting for anything @param check throws where the page does not show what is to be measured */
export async function costOf(context: BrowserContext, address: string, check: (page: Page) => Promise<unknown>): Promise<PageCost> {
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    await page.addInitScript(observe);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(address, { waitUntil: 'load' });
    await pause(WATCHED_MS);
    // Before anything is asked of the page, which would cost it something too.
    const { TaskDuration, ScriptDuration, LayoutDuration, RecalcStyleDuration } = await metricsOf(session);
    const heap = await heapOf(session);
    await check(page);
    return {
      task: TaskDuration! * 1000,
      script: ScriptDuration! * 1000,
      layout: (LayoutDuration! + RecalcStyleDuration!) * 1000,
      heap,
      ...(await page.evaluate(() => (globalThis as unknown as Observed).observed())),
      frameHeap: await frameHeapOf(context, page),
    };
  } finally {
    await page.close();
  }
}

/** The middle of each figure by itself; null where the loads have none. @throws {RangeError} where there is no load */
export function middleOf<C extends object>(loads: readonly C[]): C {
  const names = Object.keys(loads[0] ?? {}) as (keyof C)[];
  if (names.length === 0) throw new RangeError('no loads');
  const of = (name: keyof C) => (loads[0]![name] === null ? null : median(loads.map((load) => load[name] as number)));
  return Object.fromEntries(names.map((name) => [name, of(name)])) as C;
}

async function metricsOf(session: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

async function heapOf(session: CDPSession): Promise<number> {
  for (let times = 0; times < 3; times++) await session.send('HeapProfiler.collectGarbage');
  return (await metricsOf(session))['JSHeapUsedSize']! / 1024;
}

export const extensionFrame = (page: Page) => page.frames().find((frame) => frame.url().startsWith('chrome-extension:'));

async function frameHeapOf(context: BrowserContext, page: Page): Promise<number | null> {
  const frame = extensionFrame(page);
  if (!frame) return null;
  // Throws for a frame that shares the page's process.
  const session = await context.newCDPSession(frame);
  await session.send('Performance.enable');
  return heapOf(session);
}

type Seen = Pick<PageCost, 'longTasks' | 'longTasksAfterLoad' | 'shift' | 'lcp'>;
interface Observed {
  observed: () => Seen;
}

/** Runs in the page before anything of its own. */
function observe(): void {
  if (window.top !== window) return;
  const entries: (PerformanceEntry & { value?: number; hadRecentInput?: boolean })[] = [];
  const observers = ['longtask', 'layout-shift', 'largest-contentful-paint'].map((type) => {
    const observer = new PerformanceObserver((list) => void entries.push(...list.getEntries()));
    observer.observe({ type, buffered: true });
    return observer;
  });
  Object.assign(globalThis, {
    observed: (): Seen => {
      for (const observer of observers) entries.push(...observer.takeRecords());
      const of = (type: string) => entries.filter(({ entryType }) => entryType === type);
      const [{ loadEventEnd }] = performance.getEntriesByType('navigation') as [PerformanceNavigationTiming];
      return {
        longTasks: of('longtask').length,
        longTasksAfterLoad: of('longtask').filter(({ startTime }) => startTime >= loadEventEnd).length,
        shift: of('layout-shift').reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value!), 0),
        lcp: of('largest-contentful-paint').at(-1)?.startTime ?? 0,
      };
    },
  });
}
