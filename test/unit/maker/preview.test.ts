import { signal } from '@preact/signals-core';
import { describe, expect, test } from 'vitest';
import type { ProfileView } from '../../../lib/api/snapshot.ts';
import { BannerModel } from '../../../lib/models/banner.ts';
import { PreviewModel } from '../../../lib/models/maker/preview.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';
import { everything, inbound } from '../../fixtures/gallery/profiles.ts';

const NOW = Date.UTC(2026, 10, 21, 14, 3);
const settle = () => new Promise<void>((done) => setImmediate(done));

function preview(first: ProfileView = inbound) {
  const clock = createHandClock(NOW);
  const profile = signal<ProfileView | null>(first);
  const model = new PreviewModel({ clock, profile, options: ['accounting'], names: { person: 'A person', customer: 'A customer', account: 'Harbour' } });
  const banner = new BannerModel(model.client, clock, () => {});
  return { clock, profile, model, banner };
}
const idsOf = ({ model }: ReturnType<typeof preview>) => model.interactionControls.value.map(({ id }) => id);
const reasonsOf = ({ model }: ReturnType<typeof preview>) => model.missing.value.flatMap(({ controls }) => controls.map(({ reason }) => reason.code));

describe('the preview of a profile', () => {
  test('is the banner that a person of this licence and type would have', () => {
    const shown = preview(everything);
    const { model, banner } = shown;
    const ids = () => banner.view.value.items.map(({ id }) => id);
    expect(ids()).toContain('flow.voice');
    expect(ids()).not.toContain('mod.supervision');
    model.setPerson({ id: null, licence: 'essentials', type: 'manager', allow: [], deny: [] });
    expect(ids()).toContain('mod.supervision');
    expect(ids()).not.toContain('flow.voice');
    expect(reasonsOf(shown)).toContain('licence.smart');
    expect(banner.notices.current.value).toBeNull();
  });

  test('follows the draft as it is typed', () => {
    const { profile, banner } = preview();
    expect(banner.view.value.decisions.of('mod.history').shown).toBe(true);
    profile.value = { ...inbound, document: { ...inbound.document, settings: { 'general.name': 'Bare' } } };
    expect(banner.view.value.decisions.of('mod.history').shown).toBe(false);
  });

  test('has the controls of the moment: of an offer, of a call, of its wrap-up, of none', () => {
    const shown = preview(everything);
    expect(idsOf(shown)).toEqual([]);
    shown.model.setPhase('ringing');
    expect(idsOf(shown)).toEqual(['offer.accept', 'offer.refuse']);
    shown.model.setPhase('live');
    expect(idsOf(shown)).toEqual(expect.arrayContaining(['int.hold', 'int.mute', 'int.transfer', 'int.transfer.external', 'int.hangup']));
    shown.model.setChannel('email');
    expect(idsOf(shown)).not.toContain('int.mute');
    shown.model.setPhase('wrapup');
    expect(idsOf(shown)).toContain('int.wrapup.finish');
    expect(idsOf(shown)).not.toContain('int.hold');
  });

  test('goes on by what is pressed: accepted, hung up, finished', () => {
    const { model } = preview();
    model.setPhase('ringing');
    model.use('offer.accept');
    expect(model.situation.value.phase).toBe('live');
    model.use('int.hangup');
    expect(model.situation.value.phase).toBe('wrapup');
    model.use('int.wrapup.finish');
    expect(model.situation.value.phase).toBe('idle');
  });

  test('keeps a flow pending until it is confirmed, as a hub would', async () => {
    const { model, banner, clock } = preview();
    const state = () => banner.view.value.decisions.of('flow.voice').state;
    expect(state()).toBe('on');
    const asked = banner.toggleFlow('voice');
    expect(state()).toBe('pending');
    await settle();
    clock.pass(600);
    await asked;
    expect(state()).toBe('off');
    expect(model.situation.value.flows).toEqual({ voice: false });
  });

  test('locks what needs the connection where it is lost', () => {
    const { model, banner } = preview();
    model.setPhase('offline');
    expect(banner.view.value.decisions.of('flow.voice').state).toBe('stale');
    expect(banner.state.value?.connection.state).toBe('stale');
  });

  test('follows the activity chosen, and forgets what was switched by hand', async () => {
    const { banner } = preview();
    await banner.setActivity('lunch');
    expect(banner.view.value.decisions.of('flow.voice').state).toBe('forcedOff');
    await banner.setActivity('calls');
    expect(banner.view.value.decisions.of('flow.voice').state).toBe('on');
  });

  test('sends no command anywhere: it is only named', async () => {
    const { model, banner } = preview();
    await banner.command('out.voice.direct', 'control.out.voice.direct');
    expect(model.pressed.value).toBe('out.voice.direct');
    expect(banner.notices.current.value).toBeNull();
  });

  test('knows no other profile, no sign-out and no question of the hub', async () => {
    const { model } = preview();
    const before = model.state.value;
    for (const answer of await Promise.all([model.client.call('switchProfile', 'leader'), model.client.call('signOut'), model.client.call('previewProfile', 'leader')])) {
      expect(answer).toMatchObject({ ok: false });
    }
    expect(model.state.value).toBe(before);
    expect(before?.snapshot?.person.profiles).toEqual([{ id: 'inbound', name: 'Inbound advisor', atLogin: true }]);
  });

  test('tells nothing of the person chosen but licence, type and extras', () => {
    const { model } = preview();
    model.setPerson({ id: 'ada-lovelace', licence: 'smart', type: 'agent', allow: [], deny: ['history.access'] });
    expect(JSON.stringify(model.state.value)).not.toContain('ada');
    expect(model.view.value.decisions.of('mod.history').shown).toBe(false);
  });
});
