/**
 * A custom button as it is being written, drawn by the bar's own button in the bar's own styles: in a shadow root, so
 * that those styles reach nothing else of this page.
 */
import { signal, useSignal, useSignalEffect } from '@preact/signals';
import { render } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { type ControlId, controlById, type Control } from '../../../lib/catalogue/index.ts';
import type { Slot } from '../../../lib/models/arrangement.ts';
import type { Banner } from '../../../lib/models/banner.ts';
import { pageOf } from '../../../lib/models/banner.ts';
import { createViewOf } from '../../../lib/models/view.ts';
import { withSamples } from '../../../lib/models/maker/resources-address.ts';
import type { ResourceContent } from '../../../lib/models/maker/resources-form.ts';
import { BarButton } from '../../banner/bar-button.tsx';
import bannerStyles from '../../banner/banner.css?inline';
import { type BannerParts, BannerProvider } from '../../banner/context.ts';
import { t } from '../../ui/text.ts';
import type { ResourceForm } from './resource-panel.tsx';

export function ButtonPreview({ form }: { form: ResourceForm }) {
  const box = useRef<HTMLDivElement>(null);
  const said = useSignal('');
  const parts = useMemo(() => previewParts((text) => (said.value = text)), []);
  const root = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    root.current = shadowIn(box.current!);
    return () => render(null, root.current!);
  }, []);
  useSignalEffect(() => {
    const content = form.value.value;
    queueMicrotask(() => root.current && draw(root.current, parts, content));
  });
  const { place, trigger } = form.value.value;
  return (
    <div class="button-preview">
      <div class="preview-caption">
        <span>{t('makerResources.button.preview')}</span>
        <span class="secondary">{t(`makerResources.button.where.${String(place)}`)}</span>
      </div>
      <div ref={box} class="preview-bar" />
      <p class="secondary" role="status">
        {said.value || t(`makerResources.button.when.${String(trigger)}`)}
      </p>
    </div>
  );
}

/** The bar's styles once for all previews of the page. */
let sheet: CSSStyleSheet | null = null;
function shadowIn(host: HTMLElement): HTMLElement {
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(bannerStyles);
  }
  shadow.adoptedStyleSheets = [sheet];
  const root = document.createElement('div');
  root.className = 'pennon preview';
  root.style.cssText = 'color-scheme: inherit; display: flex; align-items: center; gap: 16px; flex-wrap: wrap; min-block-size: 48px; padding-inline: 12px; background: var(--surface)';
  shadow.replaceChildren(root);
  return root;
}

function draw(root: HTMLElement, parts: BannerParts, content: ResourceContent): void {
  const slot = slotOf(content);
  render(
    <BannerProvider value={parts}>
      <BarButton slot={slot} labelled why="" pressed={undefined} />
      <BarButton slot={slot} labelled={false} why="" pressed={undefined} />
    </BannerProvider>,
    root,
  );
}

/** As it stands in the bar of somebody who may use it. */
function slotOf({ name, ...attributes }: ResourceContent): Slot {
  const control = controlById.get('top.custom') as Control<ControlId>;
  return {
    id: `${control.id}.preview`,
    place: 'topBar',
    control,
    decision: { control: control.id, shown: true, enabled: true, state: 'ready', reason: null, forcedBy: null },
    resource: { id: 'preview', kind: 'customButton', name: name.trim() || t('makerResources.button.unnamed'), attributes },
    gone: false,
  };
}

/** Stands in for the banner: nothing happens when it is pressed but a word on what would. */
function previewParts(say: (text: string) => void): BannerParts {
  const would = (item: Slot) => {
    const { target, opens } = item.resource?.attributes ?? {};
    const page = pageOf({ resource: item.resource && { ...item.resource, attributes: { ...item.resource.attributes, target: withSamples(String(target)) } } });
    say(page ? t('makerResources.button.wouldOpen', page) : t(`makerResources.button.wouldStart.${String(opens)}`, String(target)));
  };
  const banner = {
    view: signal(createViewOf()(null, 0)),
    surface: signal(null),
    running: signal(new Set<string>()),
    custom: would,
    command: () => {},
    toggle: () => {},
    toggleFlow: () => {},
  };
  return { banner: banner as unknown as Banner, room: null as never, host: null, layout: signal('row'), placement: signal(null), openOptions: () => {} };
}
