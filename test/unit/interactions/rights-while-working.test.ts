import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

describe('rights while working', () => {
  it('taken away in mid-call are kept by a lease to the end of the wrap-up', async () => {
    const { centre, board, use, signedIn, talk, queue, profile, full } = await work.begin({ settings: { 'flow.voice.process.manualRecord': true } });
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    await use(ana, 'int.record', { interactionId: id, on: true });
    await board.obey();
    await centre.publish(profile, 'Inbound', { ...full, settings: { ...full.settings, 'flow.voice.process.manualRecord': false } });
    const { situation, profile: part } = await work.banner(ana);
    expect(part.active.version).toBe(2);
    expect(situation.leases).toEqual([{ control: 'int.record', interactionId: id }]);
    expect(situation.interactions[0]).toMatchObject({ recording: true });
    expect((await use(ana, 'int.record', { interactionId: id, on: false })).status).toBe(202);
    await board.obey();
    await use(ana, 'int.hangup', { interactionId: id });
    await board.obey();
    expect((await work.banner(ana)).situation.leases).toHaveLength(1);
    await use(ana, 'int.wrapup.finish', { interactionId: id });
    expect((await work.banner(ana)).situation.leases).toEqual([]);
    await work.pass(31_000);
    const next = await talk(ana, queue);
    expect((await use(ana, 'int.record', { interactionId: next, on: true })).body.reason.setting).toBe('flow.voice.process.manualRecord');
  });

  it('taken away by an emergency end at once; hanging up never does', async () => {
    const { centre, use, signedIn, talk, queue, profile, full } = await work.begin({ settings: { 'flow.voice.process.mute': true } });
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    await centre.publish(profile, 'Inbound', { ...full, settings: { 'flow.voice.access': false } }, { emergency: true });
    expect((await work.banner(ana)).situation.leases).toEqual([]);
    expect((await use(ana, 'int.mute', { interactionId: id, on: true })).body.code).toBe('control.refused');
    expect((await use(ana, 'int.hangup', { interactionId: id })).status).toBe(202);
  });

  it('a switch to a profile that does not cover the call waits for its end, and can be withdrawn', async () => {
    const { centre, board, ringsAt, use, signedIn, queue, profile, full } = await work.begin({ settings: { 'flow.voice.process.mute': true } });
    const bare = await centre.profile('Bare', { ...full, settings: {} });
    const ana = await signedIn(profile, bare);
    const id = await board.offer({ queueId: queue });
    await ringsAt(ana);
    const refused = await work.hub.call(ana, 'PUT', '/api/session/profile', { profileId: bare });
    expect([refused.status, refused.body.reason.code]).toEqual([403, 'interaction.ringing']);
    await use(ana, 'offer.accept', { interactionId: id });
    await board.obey();
    const asked = await work.hub.call(ana, 'PUT', '/api/session/profile', { profileId: bare });
    expect([asked.body.profile.active.id, asked.body.situation.next]).toEqual([profile, { profileId: bare, name: 'Bare' }]);
    expect((await work.hub.call(ana, 'DELETE', '/api/session/next-profile')).body.situation.next).toBeNull();
    await work.hub.call(ana, 'PUT', '/api/session/profile', { profileId: bare });
    await use(ana, 'int.hangup', { interactionId: id });
    await board.obey();
    await use(ana, 'int.wrapup.finish', { interactionId: id });
    await until(() => work.banner(ana), (seen) => seen.profile.active.id === bare && seen.situation.next === null);
  });
});
