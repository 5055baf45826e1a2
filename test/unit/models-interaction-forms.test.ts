import { describe, expect, it, vi } from 'vitest';
import { clientProblem } from '../../lib/api/client-problem.ts';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import { BannerModel } from '../../lib/models/banner.ts';
import { NoteModel, SAVE_AFTER_MS } from '../../lib/models/interaction/note.ts';
import { type Looked, maySend, NumberCheck, numberToSend, TYPING_MS } from '../../lib/models/interaction/number.ts';
import { OutgoingModel } from '../../lib/models/interaction/outgoing.ts';
import { AGAIN_AFTER_MS, Polled } from '../../lib/models/interaction/polled.ts';
import { checkNumber, readNumber } from '../../lib/numbers/hub.ts';
import type { Answer, Client, HubAsk } from '../../lib/session/client-state.ts';
import { meantBy, createOnce, offersOf } from '../../lib/session/alerts/offers.ts';
import { anInteraction } from '../fakes/interaction.ts';
import { createFakeClient } from '../fixtures/gallery/fake-client.ts';
import { everything } from '../fixtures/gallery/profiles.ts';
import { NOW, openState, snapshotOf } from '../fixtures/gallery/scenes.ts';
import { createHandClock } from '../fixtures/hand-clock.ts';

const settled = () => new Promise<void>((done) => setTimeout(done));
const DONE: Answer<void> = { ok: true, value: undefined };
const LOST = { ok: false, problem: clientProblem('client.offline') } as const;

/** Answers when it is told to. */
function byHand<T>() {
  const asked: { with: unknown; answer: (answer: Answer<T>) => void }[] = [];
  const ask = (...args: unknown[]) => new Promise<Answer<T>>((answer) => asked.push({ with: args, answer }));
  const answer = async (value: Answer<T>) => {
    asked.shift()!.answer(value);
    await settled();
  };
  return { asked, ask, answer };
}

describe('a note', () => {
  const begin = () => {
    const clock = createHandClock(NOW);
    const hub = byHand<unknown>();
    return { clock, ...hub, note: new NoteModel('i1', 'first', { writeNote: hub.ask as never }, clock) };
  };

  it('is saved once, a moment after the last key', () => {
    const { note, clock, asked } = begin();
    note.type('a');
    clock.pass(SAVE_AFTER_MS - 1);
    note.type('ab');
    clock.pass(SAVE_AFTER_MS - 1);
    expect(asked).toHaveLength(0);
    clock.pass(1);
    expect(asked.map((each) => each.with)).toEqual([['i1', 'ab']]);
  });

  it('says that it is saved when the hub has it, and saves what was typed meanwhile', async () => {
    const { note, clock, asked, answer } = begin();
    note.type('a');
    void note.save();
    expect(note.state.value).toBe('saving');
    note.type('ab');
    await answer(DONE);
    expect(note.state.value).toBe('waiting');
    clock.pass(SAVE_AFTER_MS);
    expect(asked.map((each) => each.with)).toEqual([['i1', 'ab']]);
    await answer(DONE);
    expect(note.state.value).toBe('saved');
  });

  it('keeps what could not be saved, and saves it when asked again', async () => {
    const { note, asked, answer } = begin();
    note.type('a');
    void note.save();
    await answer(LOST);
    expect([note.text.value, note.state.value]).toEqual(['a', { failed: LOST.problem }]);
    void note.save();
    expect(asked).toHaveLength(1);
  });

  it('takes what another tab wrote, but not over what is being written', () => {
    const { note } = begin();
    note.take('theirs');
    expect(note.text.value).toBe('theirs');
    note.type('mine');
    note.take('theirs again');
    expect(note.text.value).toBe('mine');
  });
});

describe('what is read while somebody looks', () => {
  it('is read again every few seconds, keeps what it had when it cannot be, and stops', async () => {
    const clock = createHandClock(NOW);
    const hub = byHand<number>();
    const polled = new Polled<unknown>(hub.ask, clock);
    const stop = polled.watch();
    await hub.answer({ ok: true, value: 1 });
    clock.pass(AGAIN_AFTER_MS);
    await hub.answer(LOST);
    expect([polled.value.value, polled.problem.value]).toEqual([1, LOST.problem]);
    clock.pass(AGAIN_AFTER_MS);
    await hub.answer({ ok: true, value: 2 });
    expect([polled.value.value, polled.problem.value]).toEqual([2, null]);
    stop();
    clock.pass(AGAIN_AFTER_MS * 5);
    expect(hub.asked).toHaveLength(0);
  });

  it('is what the latest question says, whichever answer comes last', async () => {
    const hub = byHand<number>();
    const polled = new Polled<unknown>(hub.ask, createHandClock(NOW));
    polled.watch();
    void polled.refresh();
    const [first, second] = hub.asked;
    second!.answer({ ok: true, value: 2 });
    first!.answer({ ok: true, value: 1 });
    await settled();
    expect(polled.value.value).toBe(2);
  });
});

describe('a number', () => {
  const good = { number: { e164: '+33155504712', country: 'FR', shown: '01 55 50 47 12' }, problem: null };

  function typing() {
    const hub = byHand<Looked>();
    const clock = createHandClock(NOW);
    return { check: new NumberCheck(hub.ask, clock), clock, ...hub };
  }

  it('is looked at by the hub once somebody stops typing, and not before it could be one', async () => {
    const { check, clock, asked, answer } = typing();
    check.type('01');
    clock.pass(TYPING_MS);
    expect(asked).toEqual([]);
    check.type('01 55 50');
    clock.pass(TYPING_MS - 1);
    check.type('01 55 50 47 12');
    clock.pass(TYPING_MS);
    expect(asked.map((each) => each.with)).toEqual([['01 55 50 47 12']]);
    await answer({ ok: true, value: good });
    expect(check.checked.value).toEqual({ is: 'good', ...good.number });
    expect(numberToSend(check.checked.value, '01 55 50 47 12')).toBe('+33155504712');
  });

  it.each([
    [{ number: null, problem: 'number.invalid' }, { is: 'wrong' }],
    [{ ...good, problem: 'number.country' }, { is: 'country', country: 'FR' }],
    [{ ...good, problem: 'number.premium' }, { is: 'premium' }],
  ] as const)('that the hub has something against is not sent: %j', async (looked, checked) => {
    const { check, clock, answer } = typing();
    check.type('+33155504712');
    clock.pass(TYPING_MS);
    await answer({ ok: true, value: looked });
    expect([check.checked.value, maySend(check.checked.value)]).toEqual([checked, false]);
  });

  it('that cannot be looked at may be sent as it is: the hub decides then', async () => {
    const { check, clock, answer } = typing();
    check.type('+33155504712');
    clock.pass(TYPING_MS);
    await answer({ ok: false, problem: { type: '', title: '', status: 0, code: 'client.offline' } });
    expect([maySend(check.checked.value), numberToSend(null, ' +33155504712 ')]).toEqual([true, '+33155504712']);
  });

  it('forgets what was said of what stood there before', async () => {
    const { check, clock, answer } = typing();
    check.type('+33155504712');
    clock.pass(TYPING_MS);
    check.type('+331555047');
    await answer({ ok: true, value: good });
    expect(check.checked.value).toBeNull();
  });
});

describe('the form of what one starts', () => {
  const reaching = (countries: readonly string[]): ProfileView =>
    ({ ...everything, document: { ...everything.document, settings: { ...everything.document.settings, 'flow.voice.out.countries': countries, 'flow.messages.out.countries': countries } } }) as ProfileView;

  /** What the hub says of a number, by its own rules. */
  const looked = ({ path }: HubAsk): Looked => {
    const number = readNumber(new URL(path, 'http://hub').searchParams.get('typed')!, 'FR');
    return { number: number && { e164: number.e164, country: number.country, shown: number.e164 }, problem: checkNumber(number, { countries: ['FR'], premium: false }) };
  };

  async function begin(channel: 'voice' | 'email' | 'messages', way: 'direct' | 'smart', number = '') {
    const hub = byHand<void>();
    const clock = createHandClock(NOW);
    const fake = createFakeClient(openState(snapshotOf(reaching(['FR']))), () => {});
    const call = (verb: string, ...args: unknown[]) =>
      verb === 'ask' ? { ok: true, value: { value: looked(args[0] as HubAsk), etag: null, notModified: false } } : hub.ask(verb, ...args);
    const banner = new BannerModel({ ...fake, call: async (...args: [string]) => call(...args) } as unknown as Client, clock, () => {});
    banner.toggle(`out.${channel}.${way}`);
    const form = new OutgoingModel(banner, channel, way, number);
    clock.pass(TYPING_MS);
    if (number !== '') await vi.waitFor(() => expect(form.checked.value).not.toBeNull());
    return { form, banner, ...hub };
  }

  it('sends a number whole, once, and closes when the hub has it', async () => {
    const { form, banner, asked, answer } = await begin('voice', 'direct', '01 55 50 47 12');
    void form.send();
    void form.send();
    expect(asked.map((each) => each.with)).toEqual([['command', 'out.voice.direct', { number: '+33155504712' }]]);
    expect([form.busy.value, banner.surface.value]).toEqual([true, 'out.voice.direct']);
    await answer(DONE);
    expect([form.busy.value, banner.surface.value]).toEqual([false, null]);
  });

  it('says what the hub has against it, and stays', async () => {
    const { form, banner, answer } = await begin('voice', 'direct', '+33155504712');
    void form.send();
    const problem = { type: '', title: '', status: 403, code: 'number.premium' };
    await answer({ ok: false, problem });
    expect([form.problem.value, banner.surface.value]).toEqual([problem, 'out.voice.direct']);
    form.set('to', '+33155504713');
    expect(form.problem.value).toBeNull();
  });

  it('sends no number of a country that the profile does not reach', async () => {
    const { form, asked } = await begin('voice', 'direct', '+442079460958');
    void form.send();
    expect([form.missing.value, asked.length]).toEqual([['number'], 0]);
  });

  it('needs no choice where there is only one: the queue, the sender', async () => {
    expect((await begin('voice', 'smart', '+33155504712')).form.missing.value).toEqual([]);
    expect((await begin('messages', 'direct', '+33612345678')).form.missing.value).toEqual(['text']);
  });

  it('fills in a template by hand before it is sent', async () => {
    const { form, asked } = await begin('messages', 'direct', '+33612345678');
    form.set('templateId', 'hello');
    expect([form.open.value, form.missing.value]).toEqual([['date', 'time'], ['blanks']]);
    form.fill('date', 'Monday');
    form.fill('time', 'noon');
    void form.send();
    expect(asked[0]!.with).toEqual([
      'command',
      'out.messages.direct',
      { number: '+33612345678', senderId: 'sender', text: 'Harbour Mutual: our expert comes on Monday, noon. Answer 1 to confirm.' },
    ]);
  });

  it('of an email needs an address and a text', async () => {
    const { form, asked } = await begin('email', 'smart');
    form.set('to', 'jonas');
    expect(form.missing.value).toEqual(['email', 'text']);
    form.set('to', ' jonas@example.com ');
    form.set('text', 'Dear Mr Weber');
    void form.send();
    expect(asked[0]!.with).toEqual(['command', 'out.email.smart', { email: 'jonas@example.com', subject: '', queueId: 'motor', text: 'Dear Mr Weber' }]);
  });
});

describe('the background', () => {
  const state = (...interactions: Parameters<typeof anInteraction>[0][]) => openState(snapshotOf(everything, { interactions: interactions.map((each) => anInteraction(each)) }));
  const ringing = { phase: 'offered', state: 'ringing' } as const;

  it('knows what rings, of an open session only', async () => {
    expect([...offersOf(state({ id: 'a', ...ringing }, { id: 'b' })).keys()]).toEqual(['a']);
    expect(offersOf({ ...state({ ...ringing }), phase: 'signedOut' }).size).toBe(0);
  });

  it('takes the shortcuts to be about the first offer, and about the call on the line', async () => {
    const held = state({ id: 'm', channel: 'email' }, { id: 'a', ...ringing }, { id: 'b' });
    expect(meantBy('accept-offer', held)).toEqual({ control: 'offer.accept', interactionId: 'a' });
    expect(meantBy('hang-up', held)).toEqual({ control: 'int.hangup', interactionId: 'b' });
    expect(meantBy('hang-up', state({ channel: 'email' }))).toBeNull();
    expect(meantBy('focus-banner', held)).toBeNull();
  });

  it('lets a thing be done once, and remembers only the last', async () => {
    const once = createOnce(2);
    expect([once('a'), once('a'), once('b'), once('c'), once('c'), once('a')]).toEqual([true, false, true, true, false, true]);
  });
});
