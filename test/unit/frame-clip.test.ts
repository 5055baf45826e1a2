import { describe, expect, it, vi } from 'vitest';
import { createRoom } from '../../components/banner/room.ts';
import { drawingOf } from '../../lib/frame/drawing.ts';
import { type Dock, DEFAULT_SIZE } from '../../lib/frame/placement.ts';

const css = (mode: Dock, beyond: { from: number; to: number } | null, total = 120) =>
  drawingOf({ mode, x: 0, y: 0, collapsed: false }, { ...DEFAULT_SIZE, total, beyond }, null, { frame: '', handle: '' }, null).css;
const clip = (sheet: string) => /clip-path:([^!]+)!/.exec(sheet)?.[1];

describe('the room beyond the bar', () => {
  it.each([
    ['top', 'polygon(0 0,100% 0,100% 48px,300px 48px,300px 100%,200px 100%,200px 48px,0 48px)'],
    ['bottom', 'polygon(0 100%,100% 100%,100% calc(100% - 48px),300px calc(100% - 48px),300px 0,200px 0,200px calc(100% - 48px),0 calc(100% - 48px))'],
    ['left', 'polygon(0 0,0 100%,48px 100%,48px 300px,100% 300px,100% 200px,48px 200px,48px 0)'],
  ] as const)('is the page’s but for the stretch in use: %s', (mode, expected) => {
    expect(clip(css(mode, { from: 200, to: 300 }))).toBe(expected);
  });

  it('is the banner’s where no stretch is named, and nobody’s at rest', () => {
    expect(clip(css('top', null))).toBe('none');
    expect(clip(css('top', { from: 200, to: 300 }, 48))).toBe('none');
  });

  it('is left to the page beside a notice, not beside what a press elsewhere closes', async () => {
    const setSize = vi.fn(async () => {});
    const room = createRoom({ setSize }, () => false, (act) => act());
    const element = (left: number, right: number) =>
      ({ offsetWidth: right - left, offsetHeight: 40, getBoundingClientRect: () => ({ left, right, top: 54, bottom: 94 }) }) as HTMLElement;
    await room.open('toast', 96);
    room.measured('toast', element(300, 700));
    expect(setSize).toHaveBeenLastCalledWith({ bar: 48, total: 118, beyond: { from: 284, to: 716 } });
    await room.open('tip', 72);
    room.measured('tip', element(100, 200));
    expect(setSize).toHaveBeenLastCalledWith(expect.objectContaining({ beyond: { from: 84, to: 716 } }));
    room.close('tip');
    await room.open('why');
    room.measured('why', element(900, 1200));
    expect(setSize).toHaveBeenLastCalledWith(expect.objectContaining({ beyond: null }));
    room.close('why');
    expect(setSize).toHaveBeenLastCalledWith(expect.objectContaining({ beyond: { from: 284, to: 716 } }));
  });

  it('is not given back and taken again where a notice comes in the place of what closes', async () => {
    const setSize = vi.fn(async () => {});
    const waiting: (() => void)[] = [];
    const room = createRoom({ setSize }, () => false, (act) => void waiting.push(act));
    await room.open('profile', 96);
    room.close('profile');
    await room.open('toast', 96);
    for (const act of waiting) act();
    expect(setSize).toHaveBeenCalledTimes(1);
  });
});
