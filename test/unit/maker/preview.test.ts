import { signal } from '@preact/signals-core';
import { describe, expect, test } from 'vitest';
import type { ProfileView } from '../../../lib/api/snapshot.ts';
import { BannerModel } from '../../../lib/models/banner.ts';
import { NO_ALERTS } from '../../../lib/models/interaction/alerts.ts';
import { InteractionsModel } from '../../../lib/models/interaction/interactions.ts';
import { lazyHub } from '../../../lib/models/interaction/lazy-hub.ts';
import { PreviewModel } from '../../../lib/models/maker/preview.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';
import { everything, inbound } from '../../fixtures/gallery/profiles.ts';

const NOW = Date.UTC(2026, 10, 21, 14, 3);
const settle = () => new Promise<void>((done) => setImmediate(done));

function preview(first: ProfileView = inbound) {
  const clock = createHandClock(NOW);
  const profile = signal<ProfileView | null>(first);
  const model = new PreviewModel({ clock, profile, options: ['accounting'], names: { person: 'A person', customer: { name: 'Ada Customer', subject: 'A question' }, account: 'Harbour' } });
  const banner = new BannerModel(model.client, clock, () => {});
  const interactions = new InteractionsModel(banner, { hub: lazyHub(banner), alerts: NO_ALERTS, visible: () => true });
  return { clock, profile, model, banner, interactions };
}
const anyOf = ({ interactions }: ReturnType<typeof preview>) => interactions.card.value ?? interactions.ringing.value[0] ?? null;
const interactionIn = (shown: ReturnType<typeof preview>) => anyOf(shown)!.interaction;
function idsOf(shown: ReturnType<typeof preview>): string[] {
  const decided = anyOf(shown);
  return decided ? (['offer', 'interaction', 'transfer'] as const).flatMap((place) => shown.interactions.controlsOf(place, decided).map(({ id }) => id)) : [];
}
const withSettings = (settings: Record<string, unknown>): ProfileView => ({ ...everything, document: { ...everything.document, settings: { ...everything.document.settings, ...settings } } });
const unmasked = { 'mask.name': false, 'mask.phone': false, 'mask.email': false, 'flow.voice.manage.autoAccept': false };
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

  test('shows an invented customer, from the first queue that has the channel', () => {
    const shown = preview(withSettings(unmasked));
    shown.model.setPhase('live');
    expect(interactionIn(shown)).toMatchObject({ queue: { id: 'motor', name: 'Motor claims' }, customer: { name: 'Ada Customer', address: '+33199001234', masked: false }, subject: '' });
    shown.model.setChannel('email');
    expect(interactionIn(shown)).toMatchObject({ customer: { address: 'customer@example.com' }, subject: 'A question' });
    shown.model.setPerson({ id: null, licence: 'essentials', type: 'agent', allow: [], deny: [] });
    expect(interactionIn(shown)).toMatchObject({ smart: false, queue: null });
  });

  test('says nothing of rights where only the channel is another', () => {
    const shown = preview(withSettings({ ...unmasked, 'flow.email.manage.canRefuse': false }));
    shown.model.setPhase('ringing');
    shown.model.setChannel('email');
    expect(idsOf(shown)).not.toContain('offer.refuse');
    expect(shown.banner.notices.current.value).toBeNull();
    shown.profile.value = withSettings({ ...unmasked, 'history.access': false });
    expect(shown.banner.notices.current.value?.kind).toBe('rights');
  });

  test('hides of the customer what the profile hides', () => {
    const shown = preview(withSettings({ ...unmasked, 'mask.name': true, 'mask.phone': true }));
    shown.model.setPhase('live');
    expect(interactionIn(shown).customer).toMatchObject({ name: 'A•••• C••••', address: '••••34', masked: true });
    shown.model.setChannel('email');
    expect(interactionIn(shown).customer).toMatchObject({ name: 'A•••• C••••', address: 'customer@example.com' });
  });

  test('opens, records and accepts by itself as the profile says', () => {
    const shown = preview(
      withSettings({ ...unmasked, 'flow.voice.manage.autoAccept': true, 'flow.voice.manage.autoAcceptSec': 8, 'flow.voice.manage.autoOpen': 'screen', 'flow.voice.process.supervisionRate': 100 }),
    );
    shown.model.setPhase('ringing');
    expect(interactionIn(shown)).toMatchObject({ acceptAt: NOW + 8000, recording: false });
    shown.clock.pass(7999);
    expect(shown.model.situation.value.phase).toBe('ringing');
    shown.clock.pass(1);
    expect(shown.model.situation.value.phase).toBe('live');
    expect(interactionIn(shown)).toMatchObject({ autoRecorded: true, recording: true });
    expect(shown.banner.surface.value).toBe('int.open');
  });

  test('is in wrap-up as long as the profile has it, and free of the rest of it once it is finished', () => {
    const shown = preview(withSettings({ ...unmasked, 'interactions.timeoutInboundSec': 20, 'interactions.timeoutOutboundSec': 15 }));
    shown.model.setPhase('wrapup');
    expect(interactionIn(shown).until).toBe(NOW + 20_000);
    expect(shown.banner.view.value.decisions.of('out.voice.direct').reason?.code).toBe('interaction.timeout');
    shown.clock.pass(20_000);
    expect(shown.model.situation.value.phase).toBe('idle');
  });

  test('does nothing else that is pressed on the card: it is only named', async () => {
    const shown = preview(withSettings(unmasked));
    shown.model.setPhase('live');
    const before = interactionIn(shown);
    expect(await shown.interactions.act('int.hold', before.id, { on: true })).toBeNull();
    expect(shown.model.pressed.value).toBe('int.hold');
    expect(interactionIn(shown)).toEqual(before);
    expect(await shown.interactions.hub.targets(before.id)).toMatchObject({ ok: false, problem: { code: 'client.preview' } });
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
    await banner.command('out.voice.direct');
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
