import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import { activityOf, type ActiveProfile } from '../../lib/decide/index.ts';
import { loadProfileView } from '../../server/profiles/view.ts';
import { groundOf, onNewGround } from '../../server/session/ground.ts';
import { flowsUnder, startOn } from '../../server/session/start.ts';
import { createViews } from '../../server/session/views.ts';
import { activeProfileArbitrary, personArbitrary, settingsArbitrary, withSetting } from '../fixtures/arbitraries.ts';
import { type Centre, makeCentre, makeResource, openSession } from '../fixtures/centre.ts';
import { startHubWithoutLinks, type TestHub } from '../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

const viewOf = (profile: ActiveProfile): ProfileView => ({ id: 'p', name: 'P', version: 1, publishedAt: 0, ...profile });

describe('what sessions stand on', () => {
  it('is the same only where every activity and flow is, for everybody', () => {
    let same = 0;
    const other = fc.oneof(activeProfileArbitrary, fc.record({ settings: settingsArbitrary }));
    fc.assert(
      fc.property(activeProfileArbitrary, other, personArbitrary, (one, change, person) => {
        const two = 'settings' in change ? { ...one, document: { ...one.document, settings: { ...one.document.settings, ...change.settings } } } : change;
        if (groundOf(one) !== groundOf(two)) return;
        same += 1;
        const [before, after] = [viewOf(one), viewOf(two)];
        expect(startOn(after, person)).toEqual(startOn(before, person));
        for (const id of ['activity-1', 'activity-2', 'activity-3', null]) {
          expect(activityOf(id, after)).toEqual(activityOf(id, before));
          expect(flowsUnder(after, person, id)).toEqual(flowsUnder(before, person, id));
        }
      }),
      { numRuns: 400 },
    );
    expect(same).toBeGreaterThan(0);
  });

  it('is not touched by what neither reads, and is by what they do', () => {
    fc.assert(
      fc.property(activeProfileArbitrary, (profile) => {
        const changed = (field: string, value: unknown) => groundOf(withSetting(profile, field, value)) !== groundOf(profile);
        const { settings } = profile.document as { settings: Record<string, unknown> };
        expect(changed('recording.access', settings['recording.access'] !== true)).toBe(false);
        expect(changed('flow.voice.access', settings['flow.voice.access'] !== true)).toBe(true);
      }),
    );
  });
});

describe('on a publish', () => {
  let hub: TestHub;
  let centre: Centre;
  beforeAll(async () => {
    hub = await startHubWithoutLinks();
    centre = await makeCentre(hub);
  }, 60_000);
  afterAll(() => hub?.stop(), 60_000);

  const looks = async (profileId: string): Promise<number> => {
    let times = 0;
    const { db } = hub.hub.context;
    await db.transaction().execute((trx) => onNewGround(trx, profileId, createViews(loadProfileView), async () => void (times += 1)));
    return times;
  };
  const groundIn = async (profileId: string) =>
    (await hub.hub.context.db.selectFrom('profile').select('ground').where('id', '=', profileId).executeTakeFirstOrThrow()).ground;
  const banner = async (person: Awaited<ReturnType<Centre['person']>>) => (await hub.call(person, 'GET', '/api/banner')).body;

  it('nobody is looked at where it is the same, all are where somebody is pinned', async () => {
    const id = await centre.profile('Ground');
    const first = await groundIn(id);
    expect([typeof first, await looks(id)]).toEqual(['string', 0]);
    await centre.publish(id, 'Ground', { settings: { 'history.access': true } });
    expect(await groundIn(id)).toBe(first);
    await centre.publish(id, 'Ground', { activities: [centre.activities.phone] });
    expect([(await groundIn(id)) === first, await looks(id)]).toEqual([false, 0]);
    await centre.person([id]);
    await centre.publish(id, 'Ground', {}, { to: 'newAssignments' });
    expect([await groundIn(id), await looks(id)]).toEqual([null, 1]);
  });

  it('whoever was pinned is put right by the version that takes them along', async () => {
    const id = await centre.profile('Taken along');
    const person = await centre.person([id]);
    await openSession(hub, person);
    await hub.call(person, 'PUT', '/api/session/activity', { activityId: centre.activities.mail });
    await centre.publish(id, 'Taken along', { activities: [centre.activities.phone] }, { to: 'newAssignments' });
    expect((await banner(person)).situation.activity.id).toBe(centre.activities.mail);
    await centre.publish(id, 'Taken along', { activities: [centre.activities.phone] });
    expect((await banner(person)).situation.activity.id).toBe(centre.activities.phone);
  });

  it('an activity that turns on less since, as the account changed it, turns off its flow', async () => {
    const { db } = hub.hub.context;
    const mail = await makeResource(db, centre.accountId, 'activity', 'Letters', { email: true, messages: true });
    const id = await centre.profile('Resource', { activities: [mail] });
    const person = await centre.person([id]);
    await openSession(hub, person);
    const on = async () => Object.entries((await banner(person)).situation.flows as Record<string, { on: boolean }>).flatMap(([channel, flow]) => (flow.on ? [channel] : []));
    expect(await on()).toEqual(['email', 'messages']);
    await db.updateTable('resource').set({ attributes: JSON.stringify({ email: true }) }).where('id', '=', mail).execute();
    await centre.publish(id, 'Resource', { activities: [mail] });
    expect(await on()).toEqual(['email']);
  });
});
