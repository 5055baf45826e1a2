/** A page that covers the banner has it clicked blindly, by a person: the browser tells, and what cannot be undone asks. */
import { globSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchVisibility } from '../../../lib/frame/visible.ts';

/** As the browser tells it; null as long as nobody watches. */
let tell: ((...visible: boolean[]) => void) | null;
let asked: unknown;
let now: number;

class Observer {
  constructor(hear: (entries: { isVisible: boolean }[]) => void, options: unknown) {
    asked = options;
    tell = (...visible) => hear(visible.map((isVisible) => ({ isVisible })));
  }
  observe(): void {}
  disconnect(): void {
    tell = null;
  }
}

const before = { IntersectionObserver: globalThis.IntersectionObserver, IntersectionObserverEntry: globalThis.IntersectionObserverEntry };
beforeEach(() => {
  [tell, asked, now] = [null, null, 1000];
  Object.assign(globalThis, { IntersectionObserver: Observer, IntersectionObserverEntry: class {
      get isVisible() {
        return true;
      }
    } });
});
afterEach(() => void Object.assign(globalThis, before));

const watched = () => watchVisibility({} as Element, () => now);

describe('what is covered', () => {
  it('is not seen before the browser says so, nor as soon as it does: a cover that is taken away just before the click is one', () => {
    const { reallyVisible } = watched();
    expect([asked, reallyVisible()]).toEqual([expect.objectContaining({ trackVisibility: true, threshold: 1 }), false]);
    tell!(true);
    expect(reallyVisible()).toBe(false);
    now += 299;
    expect(reallyVisible()).toBe(false);
    now += 1;
    expect(reallyVisible()).toBe(true);
  });

  it('is seen no more from then on, and has to be in sight as long again', () => {
    const { reallyVisible } = watched();
    tell!(true);
    now += 5000;
    tell!(true, false);
    expect(reallyVisible()).toBe(false);
    tell!(true);
    now += 299;
    // Said once more, it is no longer in sight for that.
    tell!(true);
    expect(reallyVisible()).toBe(false);
    now += 1;
    expect(reallyVisible()).toBe(true);
  });

  it('is not looked at any longer than it is asked', () => {
    watched().stop();
    expect(tell).toBeNull();
  });

  it('cannot be told by a browser without it: there a press of a person is all there is', () => {
    Object.assign(globalThis, { IntersectionObserverEntry: Object });
    expect([watched().reallyVisible(), tell]).toEqual([true, null]);
  });
});

it('all that has a button for what cannot be undone asks whether it is seen, and does nothing before', () => {
  const asking = globSync('components/banner/**/*.tsx').map((file) => ({ file, text: readFileSync(file, 'utf8') })).filter(({ text }) => text.includes('irreversible') || text.includes('useReallyVisible'));
  expect(asking.map(({ file }) => file.replace(/.*\//, '')).toSorted()).toEqual(['deed-button.tsx', 'form-view.tsx', 'person-verbs.tsx', 'transfer.tsx']);
  for (const { file, text } of asking) expect(text, file).toMatch(/const seen = useReallyVisible\([\s\S]*(?:if \(seen\(\)\) void model\.press|if \(!seen\(\)\) (?:return|model\.deeds\.say)|seen\(\) \? act\(\) :)/);
});
