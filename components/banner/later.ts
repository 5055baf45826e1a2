/** What opens over the bar is not needed to paint it: it is loaded after the first paint, or as soon as something opens. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Null until loaded. */
export const surfaces = signal<typeof import('./surfaces.tsx') | null>(null);
/** What rings and the card of what is in hand: loaded just the same before anything rings, so that it is drawn at once. */
export const interactions = signal<typeof import('./interaction/strips.tsx') | null>(null);

let asked: Promise<void> | null = null;
function load(): Promise<void> {
  asked ??= import('./surfaces.tsx').then(
    (loaded) => void (surfaces.value = loaded),
    // The extension was updated under this page: what it says about that needs nothing of this.
    () => void (asked = null),
  );
  return asked;
}

let askedInteractions: Promise<void> | null = null;
function loadInteractions(): Promise<void> {
  askedInteractions ??= import('./interaction/strips.tsx').then(
    (loaded) => void (interactions.value = loaded),
    () => void (askedInteractions = null),
  );
  return askedInteractions;
}

/**
 * @param wanted something is to be open already
 * @param busy something rings or is in hand already
 */
export function useSurfacesLater(wanted: boolean, busy: boolean): void {
  useEffect(() => {
    if (surfaces.peek() && interactions.peek()) return;
    if (busy) void loadInteractions().then(load);
    else if (wanted) void load().then(loadInteractions);
    else requestAnimationFrame(() => setTimeout(() => void load().then(loadInteractions)));
  }, [wanted, busy]);
}
