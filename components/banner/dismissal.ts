import { useEffect } from 'preact/hooks';
import { stays } from '../../lib/models/banner.ts';
import { useParts } from './context.ts';

/** Closes what is open on Escape, on a press elsewhere, and when the page around takes the keyboard. */
export function useDismissal() {
  const { banner } = useParts();
  useEffect(() => {
    const isPanel = () => stays(banner.surface.peek());
    const onPress = ({ target }: PointerEvent) => {
      if (banner.surface.peek() === null || isPanel()) return;
      if (!(target as Element).closest('[data-surface], [data-opens]')) void banner.close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (banner.surface.peek() !== null) void banner.close();
      else if (banner.notices.current.peek()) banner.notices.dismiss();
    };
    const onBlur = () => {
      if (banner.surface.peek() !== null && !isPanel() && window.top !== window) void banner.close();
    };
    document.addEventListener('pointerdown', onPress);
    // Of the document: who left the last button of what is open by Tab is on none, and still wants Escape.
    document.addEventListener('keydown', onKey);
    addEventListener('blur', onBlur);
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('keydown', onKey);
      removeEventListener('blur', onBlur);
    };
  }, []);
}
