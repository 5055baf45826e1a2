/** The panels of modules: loaded when the first one is opened. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** Null until loaded. */
export const modules = signal<typeof import('./modules/index.ts') | null>(null);
const failed = signal(false);

let asked: Promise<void> | null = null;
function load(): Promise<void> {
  failed.value = false;
  asked ??= import('./modules/index.ts').then(
    (loaded) => void (modules.value = loaded),
    () => {
      // The extension was updated under this page.
      asked = null;
      failed.value = true;
    },
  );
  return asked;
}

/** Returns whether they could not be loaded. */
export function useModulesLater(wanted: boolean): boolean {
  useEffect(() => {
    if (wanted && !modules.peek()) void load();
  }, [wanted]);
  return failed.value;
}
