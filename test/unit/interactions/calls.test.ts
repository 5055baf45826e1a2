import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { openSession } from '../../fixtures/centre.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

describe('a call', () => {
  it('rings at who is free, is accepted, put through, held, ended and wrapped up, each only once the connector says so', async () => {
    const { board, ringsAt, use, signedIn, queue, profile } = await work.begin();
    const ana = await signedIn(profile);
    const id = await board.offer({ queueId: queue, subject: 'Accident' });
    const offered = await ringsAt(ana);
    expect(offered).toMatchObject({ id, channel: 'voice', state: 'ringing', smart: true, subject: 'Accident', queue: { name: 'Claims' }, customer: { name: 'Hélène Garnier', masked: false } });
    expect(offered.until - offered.since).toBe(20_000);

    expect((await use(ana, 'offer.accept', { interactionId: id })).status).toBe(202);
    expect((await work.inHand(ana))[0]).toMatchObject({ phase: 'live', state: 'accepted', pending: 'answer', connectedAt: null });
    expect(await board.obey()).toEqual(['answer']);
    expect((await work.inHand(ana))[0]).toMatchObject({ state: 'live', pending: null });

    await use(ana, 'int.hold', { interactionId: id, on: true });
    expect((await work.inHand(ana))[0]).toMatchObject({ state: 'live', pending: 'hold' });
    expect((await use(ana, 'int.hold', { interactionId: id, on: true })).body.code).toBe('interaction.pending');
    expect(await board.obey()).toEqual(['hold']);
    expect((await work.inHand(ana))[0]).toMatchObject({ state: 'held', pending: null });

    await use(ana, 'int.hangup', { interactionId: id });
    expect(await board.obey()).toEqual(['hangup']);
    const [wrapup] = await work.inHand(ana);
    expect(wrapup).toMatchObject({ phase: 'wrapup' });
    expect(wrapup.until - wrapup.since).toBe(30_000);
    expect((await use(ana, 'int.wrapup.finish', { interactionId: id })).status).toBe(202);
    expect(await work.inHand(ana)).toEqual([]);
    expect(await work.stateOf(id)).toMatchObject({ state: 'closed', outcome: 'completed' });
  });

  it('offered twice under one name is there once', async () => {
    const { board, queue } = await work.begin();
    const [one, other] = await Promise.all([board.offer({ ref: 'same', queueId: queue }), board.offer({ ref: 'same', queueId: queue })]);
    expect(one).toBe(other);
  });

  it('that its customer gives up rings no longer', async () => {
    const { board, ringsAt, signedIn, queue, profile } = await work.begin();
    const ana = await signedIn(profile);
    const id = await board.offer({ queueId: queue });
    await ringsAt(ana);
    await board.report(id, { event: 'ended' });
    expect(await work.inHand(ana)).toEqual([]);
    expect(await work.stateOf(id)).toMatchObject({ state: 'closed', outcome: 'abandoned' });
  });

  it('that is refused rings at the next one, and not at the same again', async () => {
    const { board, ringsAt, use, signedIn, queue, profile } = await work.begin({ settings: { 'flow.voice.manage.canRefuse': true } });
    const ana = await signedIn(profile);
    const id = await board.offer({ queueId: queue });
    await ringsAt(ana);
    const ben = await signedIn(profile);
    expect((await use(ana, 'offer.refuse', { interactionId: id })).status).toBe(202);
    expect((await ringsAt(ben)).id).toBe(id);
    expect(await work.inHand(ana)).toEqual([]);
  });

  it('that the profile does not let one refuse stays, with the reason', async () => {
    const { board, ringsAt, use, signedIn, queue, profile } = await work.begin();
    const ana = await signedIn(profile);
    const id = await board.offer({ queueId: queue });
    await ringsAt(ana);
    const { status, body } = await use(ana, 'offer.refuse', { interactionId: id });
    expect([status, body.code, body.reason.setting]).toEqual([403, 'control.refused', 'flow.voice.manage.canRefuse']);
  });

  it('whose connector is away is hung up all the same', async () => {
    const { board, use, signedIn, talk, queue, profile } = await work.begin();
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    await use(ana, 'int.hangup', { interactionId: id });
    await work.pass(11_000);
    await until(() => work.stateOf(id), ({ state }) => state === 'wrapup');
    // It is told to the connector that comes back.
    expect(await board.obey()).toEqual(['hangup']);
  });

  it('that cannot be put through waits again', async () => {
    const { board, ringsAt, use, signedIn, queue, profile } = await work.begin();
    const ana = await signedIn(profile);
    const id = await board.offer({ queueId: queue });
    await ringsAt(ana);
    await use(ana, 'offer.accept', { interactionId: id });
    const [command] = await board.commands();
    await board.answer(command!.id, { result: 'failed', why: 'no line' });
    expect(await work.stateOf(id)).toMatchObject({ state: 'offered', person_id: null });
  });

  it('accepts itself where the profile says so', async () => {
    const { board, signedIn, queue, profile } = await work.begin({ settings: { 'flow.voice.manage.autoAccept': true, 'flow.voice.manage.autoAcceptSec': 0 } });
    const ana = await signedIn(profile);
    const id = await board.offer({ queueId: queue });
    await until(() => work.stateOf(id), ({ state }) => state === 'accepted');
    expect(await board.obey()).toEqual(['answer']);
    expect((await work.inHand(ana))[0]).toMatchObject({ id, state: 'live' });
  });

  it('missed more often than the profile allows changes the activity and forces the flows off, until another is chosen', async () => {
    const { centre, board, ringsAt, signedIn, queue, full } = await work.begin();
    const { pause, phone } = centre.activities;
    const profile = await centre.profile('Strict', { ...full, activities: [phone, pause], settings: { ...full.settings, 'interactions.maxMissed': 1, 'interactions.missedActivityId': pause } });
    const ana = await signedIn(profile);
    for (let missed = 0; missed < 2; missed += 1) {
      const id = await board.offer({ queueId: queue });
      await ringsAt(ana);
      await work.pass(21_000);
      await until(() => work.stateOf(id), ({ state }) => state === 'offered');
      await board.report(id, { event: 'ended' });
      if (missed === 0) expect((await work.banner(ana)).situation.activity.id).toBe(phone);
    }
    const { situation } = await work.banner(ana);
    expect(situation.activity.id).toBe(pause);
    expect(situation.flows.voice).toMatchObject({ on: false, forced: { by: 'missed' } });
    const { body } = await work.hub.call(ana, 'PUT', '/api/session/activity', { activityId: phone });
    expect(body.situation.flows.voice).toEqual({ on: true, forced: null });
  });

  it('is offered to nobody in the pause after another, at their maximum, or without the flow', async () => {
    const { board, ringsAt, use, signedIn, talk, queue, profile } = await work.begin();
    const ana = await signedIn(profile);
    const first = await talk(ana, queue);
    const second = await board.offer({ queueId: queue });
    await use(ana, 'int.hangup', { interactionId: first });
    await board.obey();
    await use(ana, 'int.wrapup.finish', { interactionId: first });
    await work.wake();
    expect(await work.stateOf(second)).toMatchObject({ state: 'offered' });
    await work.hub.call(ana, 'PUT', '/api/session/flows/voice', { on: false });
    await work.pass(31_000);
    expect(await work.stateOf(second)).toMatchObject({ state: 'offered' });
    await work.hub.call(ana, 'PUT', '/api/session/flows/voice', { on: true });
    expect((await ringsAt(ana)).id).toBe(second);
  });

  it('stays with its person when another browser takes the session over', async () => {
    const { signedIn, talk, queue, profile } = await work.begin();
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    const { situation } = await openSession(work.hub, ana, { takeOver: true });
    expect(situation.interactions).toMatchObject([{ id, state: 'live' }]);
  });
});
