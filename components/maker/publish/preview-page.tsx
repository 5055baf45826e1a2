/** The real banner in the frame of a preview, so that it is as wide as its box and not as the page around it. */
import { signal, useModel, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { FrameHost } from '../../../lib/frame/host.ts';
import type { Placement } from '../../../lib/frame/placement.ts';
import { BannerModel } from '../../../lib/models/banner.ts';
import { Banner } from '../../banner/banner.tsx';
import type { PreviewElement, PreviewGiven } from './preview-given.ts';

/** Null where the page stands by itself, or in a frame of another page. */
export const previewGiven = (frame: Element | null): PreviewGiven | null => (frame as PreviewElement | null)?.preview ?? null;

export function PreviewPage({ given }: { given: PreviewGiven }) {
  const appearance = useSignal<'light' | 'dark'>('light');
  const model = useModel(() => new BannerModel(given.client, given.clock, (address) => given.pressed(address)));
  const host = useMemo(() => previewHost(() => given.pressed('collapse')), []);
  useEffect(() => given.onAppearance((next) => (appearance.value = next)), []);
  return <Banner model={model} host={host} appearance={appearance.value} openOptions={() => given.pressed('options')} />;
}

const GROWS = { top: 'down', bottom: 'up', left: 'right', right: 'left', floating: 'down' } as const;

/** Stands in for the page that a banner is on: it can be docked, and always has all the room there is. */
function previewHost(collapse: () => void): FrameHost {
  const placement = signal<Placement>({ mode: 'top', x: 0, y: 0, collapsed: false, grows: 'down' });
  const dock: FrameHost['dock'] = async (mode) => {
    placement.value = { ...placement.peek(), mode, grows: GROWS[mode] };
  };
  return {
    setSize: async () => {},
    onPlacement: (listener) => placement.subscribe(listener),
    onAsk: () => () => {},
    setCalls: async () => {},
    collapse: async () => collapse(),
    dock,
    startDrag: () => {},
    moveBy: async () => {},
  };
}
