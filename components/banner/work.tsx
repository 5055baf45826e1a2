/** The part of the bar that gives way: flows, pools, outgoing, modules and custom buttons, with "More" for the rest. */
import { type ReadonlySignal, useComputed } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Slot } from '../../lib/models/arrangement.ts';
import { everything, type Fit, fit, type FitItem } from '../../lib/models/fit.ts';
import { BAR_PLACES, type BarPlace } from '../../lib/models/items.ts';
import { t } from '../ui/text.ts';
import { BarButton, badgeOf, saidOf } from './bar-button.tsx';
import { useParts } from './context.ts';
import { useFitting } from './ruler.ts';
import { surfaces } from './later.ts';
import { MoreButton } from './more-button.tsx';
import { shortLabelOf } from './words.ts';

const GROUPS = BAR_PLACES.filter((place) => place !== 'identity');

/** Pixels along the bar, as the style sheet has them. */
const BARE = 36;
const LABEL_EXTRA = 7;
const BADGE = 14;
/** The border of a flow's button. */
const FLOW_BORDER = 2;
const BETWEEN_GROUPS = 17;
/** With its own, narrower gap. */
const MORE = 64 + 9;
/** In a rail every control is as high as this, and there are no labels. */
const RAIL_ITEM = 40;
/** The flows' border there. */
const RAIL_FLOWS = 8;

/** What fits in the element, worked out again when its size or its slots change; null while its size is not known. */
function useFitted(ref: { current: HTMLElement | null }, slots: ReadonlySignal<readonly Slot[]>): Fit | null {
  const { layout } = useParts();
  const { room, ruler } = useFitting(ref);
  return useComputed(() => {
    const measure = ruler.value;
    if (layout.value === 'list') return everything(slots.value);
    if (!measure) return null;
    const rail = layout.value === 'rail';
    const items = slots.value.map((slot) => fitItem(slot, rail ? null : measure));
    // In a row the flows' border takes less than the narrower gap after them leaves over.
    const length = rail ? room.value - RAIL_FLOWS : room.value;
    return fit(items, { length, group: BETWEEN_GROUPS, more: rail ? RAIL_ITEM + BETWEEN_GROUPS : MORE });
  }).value;
}

/** @param measure of labels; null in a rail, which has none */
function fitItem(slot: Slot, measure: ((text: string) => number) | null): FitItem {
  // Without a label the badge lies over the icon: nothing moves when a lock comes or goes.
  const narrow = measure ? BARE + (slot.place === 'flows' ? FLOW_BORDER : 0) : RAIL_ITEM;
  const badge = badgeOf(slot.decision.state) ? BADGE : 0;
  const label = measure && slot.place !== 'modules' ? measure(shortLabelOf(slot)) + LABEL_EXTRA + badge : 0;
  return {
    id: slot.id,
    group: slot.place,
    priority: slot.control.priority,
    narrow,
    wide: narrow + label,
    keepsLabel: slot.place === 'flows',
  };
}

export function Work() {
  const { banner } = useParts();
  const ref = useRef<HTMLDivElement>(null);
  const slots = useComputed(() => banner.arrangement.slots.value.filter(({ place }) => place !== 'identity'));
  const fitted = useFitted(ref, slots);
  const drawn = fitted ? slots.value : [];
  const inMore = drawn.filter(({ id, gone }) => fitted!.more.has(id) && !gone);
  const Later = surfaces.value;
  return (
    <>
      <div class="work" ref={ref}>
        {GROUPS.map((place) => {
          const group = drawn.filter((slot) => slot.place === place && !fitted!.more.has(slot.id));
          return group.length > 0 && <Group key={place} place={place} slots={group} labelled={fitted!.labelled} />;
        })}
        {inMore.length > 0 && (
          <div class="group" role="group" data-group="more" aria-label={t('banner.moreTitle')}>
            <MoreButton count={inMore.length} />
          </div>
        )}
      </div>
      {Later && fitted && <Later.WorkSurfaces slots={inMore} inMore={fitted.more} />}
    </>
  );
}

function Group({ place, slots, labelled }: { place: BarPlace; slots: readonly Slot[]; labelled: ReadonlySet<string> }) {
  const { banner, layout } = useParts();
  const isLabelled = ({ id }: Slot) => layout.value !== 'rail' && labelled.has(id);
  return (
    <div class={`group ${place}`} role="group" data-group={place} aria-label={t(`banner.group.${place}`)}>
      {layout.value === 'list' && (
        <h3 class="group-title" aria-hidden="true">
          {t(`banner.group.${place}`)}
        </h3>
      )}
      <div class="items">
        {slots.map((slot) =>
          slot.gone ? (
            <span key={slot.id} class={`gone ${isLabelled(slot) ? 'labelled' : 'bare'}`} aria-hidden="true">
              {isLabelled(slot) && <span class="label">{shortLabelOf(slot)}</span>}
            </span>
          ) : (
            <BarButton key={slot.id} slot={slot} labelled={isLabelled(slot)} {...saidOf(slot, banner.view.value)} />
          ),
        )}
      </div>
    </div>
  );
}
