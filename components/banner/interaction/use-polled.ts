import { useModel } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Polled } from '../../../lib/models/interaction/polled.ts';
import type { Answer } from '../../../lib/session/client-state.ts';
import { useParts } from '../context.ts';

/** Read while the component is there, and at once when the situation changes. */
export function usePolled<T>(read: () => Promise<Answer<T>>) {
  const { banner } = useParts();
  const polled = useModel(() => new Polled(read as () => Promise<Answer<unknown>>, banner.clock));
  const seq = banner.view.value.snapshot?.situation.seq;
  useEffect(() => polled.watch(), []);
  useEffect(() => void polled.refresh(), [seq]);
  return { value: polled.value.value as T | null, problem: polled.problem.value, refresh: polled.refresh };
}
