/** What a lock in the bar leads to. */
import { describe, expect, it } from 'vitest';
import { BannerModel } from '../../../lib/models/banner.ts';
import { createFakeClient } from '../../fixtures/gallery/fake-client.ts';
import { inbound } from '../../fixtures/gallery/profiles.ts';
import { NOW, openState, snapshotOf } from '../../fixtures/gallery/scenes.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';

describe('a lock that the profile causes', () => {
  it('opens the reasons at itself, and they forget it once they close', () => {
    const model = new BannerModel(createFakeClient(openState(snapshotOf(inbound)), () => {}), createHandClock(NOW), () => {});
    model.explain('flow.email');
    expect([model.surface.value, model.explained.value]).toEqual(['why', 'flow.email']);
    model.close();
    expect([model.surface.value, model.explained.value]).toEqual([null, null]);
    model.toggle('why');
    expect(model.explained.value).toBeNull();
  });
});
