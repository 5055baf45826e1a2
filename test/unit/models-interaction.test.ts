import { describe, expect, it } from 'vitest';
import type { InteractionView } from '../../lib/api/interaction.ts';
import { type ProblemCode, PROBLEMS } from '../../lib/api/problem.ts';
import type { Snapshot } from '../../lib/api/snapshot.ts';
import { BannerModel } from '../../lib/models/banner.ts';
import type { Alerts } from '../../lib/models/interaction/alerts.ts';
import { pendingControls } from '../../lib/models/interaction/controls.ts';
import type { InteractionHub } from '../../lib/models/interaction/hub.ts';
import { InteractionsModel } from '../../lib/models/interaction/interactions.ts';
import type { Answer, Client } from '../../lib/session/client-state.ts';
import { anInteraction } from '../fakes/interaction.ts';
import { createFakeClient } from '../fixtures/gallery/fake-client.ts';
import { everything, inbound, withoutRecording } from '../fixtures/gallery/profiles.ts';
import { NOW, openState, snapshotOf } from '../fixtures/gallery/scenes.ts';
import { createHandClock } from '../fixtures/hand-clock.ts';

const ringing = { phase: 'offered', state: 'ringing' } as const;
const problem = (code: ProblemCode) => ({ type: `urn:pennon:problem:${code}`, title: '', status: PROBLEMS[code], code });

function setUp(interactions: readonly InteractionView[], { profile = everything, visible = true, ...more }: { profile?: typeof everything; visible?: boolean } & Partial<Snapshot['situation']> = {}) {
  const clock = createHandClock(NOW);
  const fake = createFakeClient(openState(snapshotOf(profile, { interactions: [...interactions], ...more })), () => {});
  const asked: { control: string; body: Record<string, unknown>; answer: (answer: Answer<void>) => void }[] = [];
  const client = {
    ...fake,
    call: (verb: string, control: string, body: Record<string, unknown>) =>
      verb === 'command' ? new Promise((answer) => asked.push({ control, body, answer })) : (fake.call as (...args: unknown[]) => unknown)(verb, control),
  } as unknown as Client;
  const opened: string[] = [];
  const alerted: string[] = [];
  const alerts: Alerts = { ring: () => Promise.resolve(false), open: async (id, row, address) => void alerted.push(`${id} ${row} ${address}`) };
  const banner = new BannerModel(client, clock, (address) => opened.push(address));
  const model = new InteractionsModel(banner, { hub: {} as InteractionHub, alerts, visible: () => visible });
  const now = (...all: readonly InteractionView[]) => fake.change((held) => ({ situation: { ...held.situation, seq: held.situation.seq + 1, interactions: [...all] } }));
  const settle = async (answer: Answer<void>) => {
    asked.shift()!.answer(answer);
    await new Promise<void>((done) => setTimeout(done));
  };
  return { model, banner, asked, opened, alerted, now, settle, change: fake.change, set: fake.set };
}
const cardIds = ({ model }: Pick<ReturnType<typeof setUp>, 'model'>) => model.controlsOf('interaction', model.card.value!).map(({ id }) => id);
const decisionOf = ({ model }: Pick<ReturnType<typeof setUp>, 'model'>, control: string) => model.card.value!.decisions.of(control);

describe('what the customer writes', () => {
  const mail = (unread: number, more: Partial<InteractionView> = {}) => anInteraction({ id: 'm', channel: 'email', unread, ...more });
  const saying = (of: ReturnType<typeof setUp>) => {
    const said: (number | undefined)[] = [];
    of.model.wrote.subscribe((each) => said.push(each?.unread));
    return said;
  };

  it('is said once for each that comes, and no more once it was looked at, here or in another tab', () => {
    const held = setUp([mail(0)]);
    const said = saying(held);
    held.now(mail(1));
    held.now(mail(1, { note: 'Asks for a copy' }));
    held.now(mail(2));
    held.now(mail(0));
    expect(said).toEqual([undefined, 1, 2, undefined]);
  });

  it('is not said of what is open in front, nor in a tab behind others, nor of what was there when the page came', () => {
    const open = setUp([mail(0)]);
    open.model.openCard();
    const behind = setUp([mail(0)], { visible: false });
    const late = setUp([mail(3)]);
    const said = [open, behind, late].map(saying);
    for (const each of [open, behind]) each.now(mail(1));
    expect(said).toEqual([[undefined], [undefined], [undefined]]);
  });

  it('marks one that the card does not show, until it was looked at', () => {
    const call = anInteraction({ id: 'call' });
    const { model, now } = setUp([call, mail(0)]);
    model.choose('m');
    model.choose('call');
    expect([...model.unread.value]).toEqual([]);
    now(call, mail(1));
    expect([...model.unread.value]).toEqual(['m']);
    now(call, mail(0));
    expect([...model.unread.value]).toEqual([]);
  });
});

describe('what rings', () => {
  it('is no card, and is answered with its own id', async () => {
    const held = setUp([anInteraction({ ...ringing, id: 'a' })]);
    expect(held.model.card.value).toBeNull();
    expect(held.model.controlsOf('offer', held.model.ringing.value[0]!).map(({ id }) => id)).toEqual(['offer.accept', 'offer.refuse']);
    void held.model.accept('a');
    expect(held.asked.map(({ control, body }) => [control, body])).toEqual([['offer.accept', { interactionId: 'a' }]]);
  });

  it('is answered once, however often it is pressed, and pending meanwhile', async () => {
    const held = setUp([anInteraction({ ...ringing, id: 'a' }), anInteraction({ ...ringing, id: 'b' })]);
    void held.model.accept('a');
    void held.model.accept('a');
    expect(held.asked).toHaveLength(1);
    expect(held.model.ringing.value.map(({ decisions }) => decisions.of('offer.accept').state)).toEqual(['pending', 'ready']);
    await held.settle({ ok: false, problem: problem('interaction.state') });
    expect(held.model.ringing.value[0]!.decisions.of('offer.accept').state).toBe('ready');
    expect(held.banner.notices.current.value).toMatchObject({ kind: 'problem', problem: { code: 'interaction.state' } });
  });

  it('cannot be refused without the right, and is not offered to be', () => {
    const { settings } = everything.document;
    const profile = { ...everything, document: { ...everything.document, settings: { ...settings, 'flow.voice.manage.canRefuse': false } } } as typeof everything;
    const { model } = setUp([anInteraction(ringing)], { profile });
    expect(model.controlsOf('offer', model.ringing.value[0]!).map(({ id }) => id)).toEqual(['offer.accept']);
  });

  it('is announced once, though its seconds pass', () => {
    const { model, now } = setUp([]);
    const said: (string | undefined)[] = [];
    model.announced.subscribe((each) => said.push(each?.id));
    const offer = anInteraction({ ...ringing, id: 'a' });
    now(offer);
    now({ ...offer, until: NOW + 5000 });
    expect(said).toEqual([undefined, 'a']);
  });
});

describe('the card', () => {
  it('has what the channel and the phase are for, and nothing else', () => {
    expect(cardIds(setUp([anInteraction()]))).toEqual([
      'int.hold', 'int.mute', 'int.record', 'int.conference', 'int.transfer', 'int.toMailbox', 'int.qualify', 'int.script', 'int.custom.customer', 'int.hangup',
    ]);
    expect(cardIds(setUp([anInteraction({ channel: 'email' })]))).toEqual(['int.hold', 'int.transfer', 'int.qualify', 'int.script', 'int.hangup']);
    expect(cardIds(setUp([anInteraction({ phase: 'wrapup', state: 'wrapup' })]))).toEqual(['int.qualify', 'int.script', 'int.custom.customer', 'int.wrapup.finish']);
  });

  it('is decided for its own interaction, not for the one at hand in the bar', () => {
    const held = setUp([anInteraction({ id: 'call' }), anInteraction({ id: 'mail', channel: 'email' })]);
    held.model.choose('mail');
    expect(decisionOf(held, 'int.mute').reason?.code).toBe('interaction.channel');
    held.model.choose('call');
    expect(decisionOf(held, 'int.mute').state).toBe('ready');
  });

  it('locks what needs somebody on the line while nobody is, and never the end of it', () => {
    for (const state of ['accepted', 'transferring'] as const) {
      const held = setUp([anInteraction({ state })]);
      const enabled = held.model.controlsOf('interaction', held.model.card.value!).filter(({ decision }) => decision.enabled);
      expect(enabled.map(({ id }) => id)).toEqual(['int.qualify', 'int.script', 'int.custom.customer', 'int.hangup']);
    }
  });

  it('keeps a right by its lease, for that interaction alone', () => {
    const leases = [{ control: 'int.record', interactionId: 'a' }];
    const held = setUp([anInteraction({ id: 'a' }), anInteraction({ id: 'b' })], { profile: withoutRecording, leases });
    held.model.choose('a');
    expect(decisionOf(held, 'int.record').state).toBe('leased');
    held.model.choose('b');
    expect(decisionOf(held, 'int.record').shown).toBe(false);
  });

  it('says that a call recorded by the rate cannot be ended from here', () => {
    const held = setUp([anInteraction({ autoRecorded: true, recording: true })]);
    expect(decisionOf(held, 'int.record')).toMatchObject({ state: 'locked', enabled: false, reason: { code: 'interaction.autoRecorded' } });
  });

  it('is not what was asked before the hub says so', async () => {
    const held = setUp([anInteraction()]);
    void held.model.act('int.hold', 'i1', { on: true });
    expect(held.model.shown.value!.state).toBe('live');
    expect(decisionOf(held, 'int.hold').state).toBe('pending');
    await held.settle({ ok: true, value: undefined });
    held.now(anInteraction({ pending: 'hold' }));
    expect(decisionOf(held, 'int.hold').state).toBe('pending');
    held.now(anInteraction({ state: 'held' }));
    expect([held.model.shown.value!.state, decisionOf(held, 'int.hold').state]).toEqual(['held', 'ready']);
  });
});

describe('of several', () => {
  const call = anInteraction({ id: 'call' });
  const mail = (id: string, is: Partial<InteractionView> = {}) => anInteraction({ id, channel: 'email', ...is });

  it('the call has the card, then what is live, then what is to be finished', () => {
    expect(setUp([mail('m'), call]).model.shown.value?.id).toBe('call');
    expect(setUp([mail('w', { phase: 'wrapup', state: 'wrapup' }), mail('m')]).model.shown.value?.id).toBe('m');
  });

  it('one just accepted takes the card, unless somebody is on the line there', () => {
    const { model, now } = setUp([mail('m')]);
    now(mail('m'), mail('n'));
    expect(model.shown.value?.id).toBe('n');
    now(mail('m'), mail('n'), call);
    expect(model.shown.value?.id).toBe('call');
    now(mail('m'), mail('n'), call, mail('o'));
    expect(model.shown.value?.id).toBe('call');
  });

  it('those not looked at are marked, and again when their state has changed', () => {
    const { model, now } = setUp([call, mail('m')]);
    expect([...model.unread.value]).toEqual(['m']);
    model.choose('m');
    expect([...model.unread.value]).toEqual([]);
    model.choose('call');
    now(call, mail('m', { state: 'held', since: NOW }));
    expect([...model.unread.value]).toEqual(['m']);
  });

  it('opens as a panel where the profile says so: with the keyboard where it was accepted, without it elsewhere', () => {
    const offer = anInteraction({ ...ringing, id: 'a', opens: 'screen' });
    const live = anInteraction({ id: 'a', opens: 'screen' });
    const here = setUp([offer]);
    void here.model.accept('a');
    here.now(live);
    expect([here.banner.surface.value, here.model.byItself.value]).toEqual(['int.open', false]);
    const elsewhere = setUp([offer]);
    elsewhere.now(live);
    expect([elsewhere.banner.surface.value, elsewhere.model.byItself.value]).toEqual(['int.open', true]);
    const hidden = setUp([offer], { visible: false });
    hidden.now(live);
    expect(hidden.banner.surface.value).toBeNull();
    const before = setUp([live]);
    expect(before.banner.surface.value).toBeNull();
  });
});

describe('what is open about an interaction', () => {
  const call = anInteraction({ id: 'call' });
  const wrapup = anInteraction({ id: 'call', phase: 'wrapup', state: 'wrapup' });

  it('goes with it: the next one opens nothing by itself', () => {
    const { banner, now } = setUp([call]);
    banner.toggle('int.transfer.blindQueue');
    now();
    expect(banner.surface.value).toBeNull();
    banner.toggle('mod.history');
    now(anInteraction({ id: 'next' }));
    expect(banner.surface.value).toBe('mod.history');
  });

  it('goes with the call where it was for the call, and stays where it is for the wrap-up too', () => {
    const { banner, now } = setUp([call]);
    banner.toggle('int.conference');
    now(wrapup);
    expect(banner.surface.value).toBeNull();
    for (const stays of ['int.open', 'int.qualify'] as const) {
      const other = setUp([call]);
      other.banner.toggle(stays);
      other.now(wrapup);
      expect(other.banner.surface.value).toBe(stays);
    }
  });

  it('is of the one that the card shows', () => {
    const { banner, model } = setUp([call, anInteraction({ id: 'mail', channel: 'email' })]);
    banner.toggle('int.qualify');
    model.choose('mail');
    expect(banner.surface.value).toBeNull();
  });
});

describe('a custom button', () => {
  const withTrigger = (trigger: string, more: Record<string, unknown> = {}) => {
    const customer = everything.resources['customer']!;
    return { ...everything, resources: { ...everything.resources, customer: { ...customer, attributes: { ...customer.attributes, trigger, ...more } } } };
  };
  const offer = anInteraction({ ...ringing, id: 'a' });

  it('opens its page with the customer filled in, or is a command of the interaction', () => {
    const page = setUp([anInteraction()]);
    const button = page.model.controlsOf('interaction', page.model.card.value!).find(({ resource }) => resource)!;
    page.model.use(button, page.model.card.value!);
    expect(page.opened).toEqual(['https://example.com/?q=%2B33612345678']);
    const flow = setUp([anInteraction()], { profile: withTrigger('byHand', { opens: 'workflow', target: 'call-back' }) });
    flow.model.use(flow.model.controlsOf('interaction', flow.model.card.value!).find(({ resource }) => resource)!, flow.model.card.value!);
    expect([flow.opened, flow.asked.map(({ control, body }) => [control, body])]).toEqual([[], [['int.custom.customer', { interactionId: 'i1' }]]]);
  });

  it('opens by itself when presented or accepted, as it says, and not again', () => {
    const presented = setUp([], { profile: withTrigger('presented') });
    presented.now(offer);
    presented.now({ ...offer, until: NOW });
    presented.now({ ...offer, phase: 'live', state: 'live' });
    expect(presented.alerted).toEqual(['a customer https://example.com/?q=%2B33612345678']);
    const accepted = setUp([offer], { profile: withTrigger('accepted') });
    expect(accepted.alerted).toEqual([]);
    accepted.now({ ...offer, phase: 'live', state: 'accepted' });
    accepted.now({ ...offer, phase: 'live', state: 'live' });
    expect(accepted.alerted).toHaveLength(1);
    expect(setUp([anInteraction()], { profile: withTrigger('accepted') }).alerted).toEqual([]);
  });
});

describe('what is pending', () => {
  it('is what the hub waits for, what was asked here of this one, and what another frame asked of any', () => {
    const asked = new Set(['int.hold a', 'int.mute b']);
    expect(pendingControls({ id: 'a', pending: 'stopRecording' }, asked, ['int.hold', 'int.mute', 'int.qualify'])).toEqual(['int.record', 'int.hold', 'int.qualify']);
    expect(pendingControls({ id: 'c', pending: null }, new Set(), [])).toEqual([]);
  });
});

describe('the next profile', () => {
  it('leaves the switcher open while it waits, and is withdrawn from there', async () => {
    const asked: unknown[][] = [];
    const fake = createFakeClient(openState(snapshotOf(inbound, { interactions: [anInteraction()] })), () => {});
    const call = (...args: unknown[]) => {
      asked.push(args);
      const next = args[0] === 'switchProfile' ? { profileId: 'leader', name: 'Team leader' } : null;
      if (args[0] === 'switchProfile' || args[0] === 'ask') fake.change((held) => ({ situation: { ...held.situation, seq: held.situation.seq + 1, next } }));
      return Promise.resolve({ ok: true, value: { value: snapshotOf(inbound), etag: null, notModified: false } });
    };
    const banner = new BannerModel({ ...fake, call } as unknown as Client, createHandClock(NOW), () => {});
    banner.openSwitcher();
    await banner.switchTo('leader');
    expect([banner.surface.value, banner.view.value.snapshot!.situation.next?.name]).toEqual(['profile', 'Team leader']);
    await banner.withdrawNext();
    expect(asked.at(-1)).toEqual(['ask', { method: 'DELETE', path: '/api/session/next-profile', answers: true, guard: 'key' }]);
    expect(banner.view.value.snapshot!.situation.next).toBeNull();
  });
});

describe('a telephone link', () => {
  it('opens the form of a call that the profile has, with its number, once', () => {
    const { banner, asked } = setUp([]);
    banner.dial('+33155504712');
    expect([banner.surface.value, banner.dialled.value, asked.length]).toEqual(['out.voice.direct', '+33155504712', 0]);
    banner.close();
    banner.toggle('out.voice.direct');
    expect(banner.dialled.value).toBe('');
  });

  it('opens nothing where the profile lets nobody call', () => {
    const { settings } = everything.document;
    const silent = { ...everything, document: { ...everything.document, settings: { ...settings, 'flow.voice.out.direct': false, 'flow.voice.out.smart': false } } } as typeof everything;
    const { banner } = setUp([], { profile: silent });
    banner.dial('+33155504712');
    expect(banner.surface.value).toBeNull();
  });
});
