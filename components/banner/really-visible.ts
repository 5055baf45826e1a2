import { useLayoutEffect, useRef } from 'preact/hooks';
import { watchVisibility } from '../../lib/frame/visible.ts';
import { useParts } from './context.ts';

/**
 * Whether the person can really see the element: asked of what cannot be undone, where a page around the banner could
 * cover it. Returns how to ask.
 */
export function useReallyVisible(ref: { current: HTMLElement | null }, asked: boolean): () => boolean {
  const { host } = useParts();
  const visible = useRef((): boolean => true);
  useLayoutEffect(() => {
    if (!asked || !host) return;
    const { reallyVisible, stop } = watchVisibility(ref.current!);
    visible.current = reallyVisible;
    return () => {
      visible.current = () => true;
      stop();
    };
  }, [asked]);
  return () => visible.current();
}
