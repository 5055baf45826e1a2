/** The banner, whole: the same page in a frame, a side panel or a window. */
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { FrameHost } from '../../lib/frame/host.ts';
import type { Placement } from '../../lib/frame/placement.ts';
import type { Banner as Model } from '../../lib/models/banner.ts';
import type { Alerts } from '../../lib/models/interaction/alerts.ts';
import type { Appearance } from '../../lib/settings/schema.ts';
import { t } from '../ui/text.ts';
import { ConnectionPill } from './connection-pill.tsx';
import { type BannerParts, BannerProvider, type Layout, useParts } from './context.ts';
import { useDismissal } from './dismissal.ts';
import { ActivityButton, ProfileButton, StatusButton } from './identity.tsx';
import { interactions, surfaces, useSurfacesLater } from './later.ts';
import { CollapseButton, DragHandle } from './placing.tsx';
import { createRoom } from './room.ts';
import { createFocusKeeper, moveInToolbar, setTabStops } from './roving.ts';
import { SignedOut } from './signed-out.tsx';
import { WhyButton } from './why-button.tsx';
import { Work } from './work.tsx';

interface Props {
  readonly model: Model;
  readonly host: FrameHost | null;
  readonly appearance?: Appearance;
  readonly openOptions: () => void;
  /** Absent in a preview: nothing rings there. */
  readonly alerts?: Alerts;
}

/** A window of its own that is lower than this is a bar; higher, a column. */
const LOWEST_COLUMN = 180;
/** Wide enough for one row, narrow enough to leave the page its corners. */
const FLOATING_WIDTH = 1040;

export function Banner({ model, host, appearance = 'system', openOptions, alerts }: Props) {
  const placement = useSignal(useMemo(() => placementNow(host), []));
  const column = useSignal(host === null && innerHeight >= LOWEST_COLUMN);
  const layout = useComputed<Layout>(() => {
    const mode = placement.value?.mode;
    return mode === 'left' || mode === 'right' ? 'rail' : column.value ? 'list' : 'row';
  });
  const room = useMemo(() => createRoom(host, () => layout.peek() === 'rail'), []);
  useLayoutEffect(
    () =>
      host?.onPlacement((next) => {
        placement.value = next;
        if (next.mode === 'floating') room.width(FLOATING_WIDTH);
      }),
    [],
  );
  useLayoutEffect(() => {
    if (host) return;
    const onResize = () => (column.value = innerHeight >= LOWEST_COLUMN);
    addEventListener('resize', onResize);
    return () => removeEventListener('resize', onResize);
  }, []);
  const parts: BannerParts = { banner: model, room, host, layout, placement, openOptions, alerts };
  return (
    <BannerProvider value={parts}>
      <Frame appearance={appearance} />
    </BannerProvider>
  );
}

/** Where it stands as it begins: what is drawn without knowing is drawn anew at once. */
function placementNow(host: FrameHost | null): Placement | null {
  let now: Placement | null = null;
  host?.onPlacement((placement) => (now = placement))();
  return now;
}

function Frame({ appearance }: { appearance: Appearance }) {
  const { banner, layout, placement, room, host } = useParts();
  const root = useRef<HTMLElement>(null);
  const bars = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  useDismissal();
  useToolbar(bar);
  const { state, snapshot } = banner.view.value;
  const Later = surfaces.value;
  const Interactions = interactions.value;
  const busy = (snapshot?.situation.interactions.length ?? 0) > 0;
  useSurfacesLater(banner.surface.value !== null, busy);

  useLayoutEffect(() => {
    let said = 0;
    const sizes = new ResizeObserver(() => {
      const across = layout.peek() === 'rail' ? 'offsetWidth' : 'offsetHeight';
      room.bar(bars.current![across]);
      // What opens from the bar opens beyond the card; in a column the card stands above it.
      const strips = layout.peek() === 'list' ? 0 : bars.current![across] - bar.current![across];
      // Everything in the bar inherits it and is styled anew: not for what the style sheet says by itself, before the first paint.
      if (strips !== said) root.current!.style.setProperty('--strips', `${(said = strips)}px`);
    });
    sizes.observe(bars.current!);
    return () => sizes.disconnect();
  }, []);
  usePainted();

  return (
    <main
      ref={root}
      class="pennon banner"
      data-theme={appearance}
      data-layout={layout.value}
      data-grows={placement.value?.grows ?? (layout.value === 'list' ? 'list' : 'down')}
      data-place={placement.value?.mode ?? 'own'}
      data-framed={host ? '' : undefined}
    >
      <h1 class="sr">{t('banner.name')}</h1>
      <div ref={bars} class="bars">
        <div
          ref={bar}
          class="bar"
          role="toolbar"
          aria-label={t('banner.name')}
          aria-orientation={layout.value === 'row' ? 'horizontal' : 'vertical'}
          aria-busy={state === null}
          data-confirmed={snapshot ? state?.confirmed : undefined}
          onPointerEnter={() => banner.arrangement.pointer(true)}
          onPointerLeave={() => banner.arrangement.pointer(false)}
        >
          <DragHandle />
          {snapshot ? <Signed /> : state ? <SignedOut state={state} /> : <p class="starting">{t('banner.starting')}</p>}
          {host && (
            <span class="place-end" role="group" data-group="place" aria-label={t('banner.place')}>
              <CollapseButton />
            </span>
          )}
        </div>
        {snapshot && (Interactions ? <Interactions.Strips /> : busy && <div class="strip" aria-busy="true" />)}
      </div>
      {snapshot && Later && <Later.Surfaces />}
      <div class="sr" role="status" aria-live="polite">
        {Later && <Later.Said />}
      </div>
      {Later && <Later.Passing root={root} />}
    </main>
  );
}

function Signed() {
  const Later = surfaces.value;
  return (
    <>
      <div class="group identity" role="group" data-group="identity" aria-label={t('banner.group.identity')}>
        <ProfileButton />
        <ActivityButton />
        <StatusButton />
      </div>
      <Work />
      <div class="group end" role="group" data-group="connection" aria-label={t('banner.group.connection')}>
        {Later && <Later.Blending />}
        <WhyButton />
        <ConnectionPill />
      </div>
    </>
  );
}

/** Keyboard and focus of the toolbar, kept right after every change of what stands in it. */
function useToolbar(bar: { current: HTMLDivElement | null }) {
  const { banner } = useParts();
  const after = useRef(() => {});
  useLayoutEffect(() => {
    const toolbar = bar.current!;
    after.current = createFocusKeeper(toolbar);
    const onKey = (event: KeyboardEvent) => moveInToolbar(event, toolbar);
    toolbar.addEventListener('keydown', onKey);
    const changes = new MutationObserver(() => after.current());
    changes.observe(toolbar, { childList: true, subtree: true });
    setTabStops(toolbar);
    return () => {
      changes.disconnect();
      toolbar.removeEventListener('keydown', onKey);
    };
  }, []);
  useSignalEffect(() => {
    if (banner.focusWishes.value === 0) return;
    window.focus();
    bar.current?.querySelector<HTMLElement>('[data-item][tabindex="0"]')?.focus();
  });
}

/** Tells the background once a version of the profile has been on screen. */
function usePainted() {
  const { banner } = useParts();
  const told = useRef('');
  useSignalEffect(() => {
    const { active, state } = banner.view.value;
    if (!active || !state?.confirmed) return;
    const version = `${active.id} ${active.version}`;
    if (told.current === version) return;
    told.current = version;
    requestAnimationFrame(() => setTimeout(() => banner.painted(active.id, active.version)));
  });
}
