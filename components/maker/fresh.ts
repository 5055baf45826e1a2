import { useEffect } from 'preact/hooks';
import type { Read } from '../../lib/console/queries.ts';
import { useMaker } from './context.ts';

/** Asks again whenever somebody comes back to the page, and every so often while it is looked at. */
export function useFresh(read: Pick<Read<unknown>, 'refresh'>, everyMs: number): void {
  const { clock } = useMaker();
  useEffect(() => {
    let callOff = () => {};
    const arm = () => {
      callOff();
      callOff = clock.after(everyMs, () => {
        if (document.visibilityState === 'visible') void read.refresh();
        arm();
      });
    };
    const back = () => {
      if (document.visibilityState !== 'visible') return;
      void read.refresh();
      arm();
    };
    arm();
    addEventListener('focus', back);
    document.addEventListener('visibilitychange', back);
    return () => {
      callOff();
      removeEventListener('focus', back);
      document.removeEventListener('visibilitychange', back);
    };
  }, [read, everyMs]);
}
