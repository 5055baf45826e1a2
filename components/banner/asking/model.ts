import type { Banner } from '../../../lib/models/banner.ts';
import { Asking } from '../../../lib/models/supervision/asking.ts';
import { ownTimeZone } from '../../../lib/supervision/day.ts';
import { createSupervisionHub } from '../../../lib/supervision/hub.ts';

const kept = new WeakMap<Banner, InstanceType<typeof Asking>>();

/** One for a banner: what is on its way stays so when the list is closed and opened again. */
export function askingIn(banner: Banner): InstanceType<typeof Asking> {
  const model = kept.get(banner) ?? new Asking({ hub: createSupervisionHub(banner), view: banner.view, timeZone: ownTimeZone });
  kept.set(banner, model);
  return model;
}
