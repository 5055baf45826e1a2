/** The box in which the banner of a preview stands: a page of its own size. */
import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Clock } from '../../../lib/models/clock.ts';
import type { Preview } from '../../../lib/models/maker/preview.ts';
import { t } from '../../ui/text.ts';
import type { PreviewElement } from './preview-given.ts';

/** Where WXT puts the page of `entrypoints/preview`. */
const PAGE = 'preview.html';

interface Props {
  readonly preview: Preview;
  readonly clock: Clock;
  readonly appearance: ReadonlySignal<'light' | 'dark'>;
  /** In pixels; null for all there is. */
  readonly width: number | null;
}

export function PreviewFrame({ preview, clock, appearance, width }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const listeners = useRef(new Set<(appearance: 'light' | 'dark') => void>());
  useSignalEffect(() => {
    const next = appearance.value;
    for (const listener of listeners.current) listener(next);
  });
  useLayoutEffect(() => {
    const stops = new Set<() => void>();
    const element = frame.current as PreviewElement;
    element.preview = {
      client: {
        call: preview.client.call,
        subscribe: (listener) => {
          const stop = preview.client.subscribe(listener);
          stops.add(stop);
          return stop;
        },
      },
      clock,
      onAppearance: (listener) => {
        listeners.current.add(listener);
        listener(appearance.peek());
        return () => listeners.current.delete(listener);
      },
      pressed: (what) => preview.name(what),
    };
    element.src = PAGE;
    // The frame is gone then, and nobody in it says that it stops listening.
    return () => {
      for (const stop of stops) stop();
      listeners.current.clear();
    };
  }, []);
  return (
    <div class="preview-box pennon" data-theme={appearance.value}>
      <div class="preview-site" aria-hidden="true">
        <span />
        <span />
        <span />
      </div>
      <iframe ref={frame} title={t('makerPreview.frame')} style={{ inlineSize: width === null ? '100%' : `${width}px` }} />
    </div>
  );
}
