import { useEffect, useRef } from 'preact/hooks';

/** The keyboard goes back to the row of a record whose panel was closed. */
export function useFocusBack(openId: string | null): void {
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (openId === null && before.current !== null) {
      document.querySelector<HTMLElement>(`.data-table [data-key="${CSS.escape(before.current)}"]`)?.focus({ preventScroll: true });
    }
    before.current = openId;
  }, [openId]);
}
