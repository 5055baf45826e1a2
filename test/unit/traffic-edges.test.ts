/** How the demo centre's traffic speaks with a hub that is there, is away, or takes no notice. */
import { describe, expect, it } from 'vitest';
import type { AnyCommand } from '../../lib/api/connector.ts';
import { CallError } from '../../server/demo/traffic/calls.ts';
import { createLink } from '../../server/demo/traffic/link.ts';
import { createOutbox } from '../../server/demo/traffic/outbox.ts';
import { createHandClock } from '../fixtures/hand-clock.ts';

const lost = () => new CallError('lost');
const answered = (status: number, retryAfterMs: number | null = null) => new CallError(String(status), { status, retryAfterMs });

/** @param fails what each call throws, in order; null and everything after go well */
function box(...fails: readonly (CallError | null)[]) {
  const clock = createHandClock(0);
  const said: string[] = [];
  const left = [...fails];
  const hear = (what: string) => {
    said.push(what);
    const error = left.shift();
    return error ? Promise.reject(error) : Promise.resolve();
  };
  const heard: string[] = [];
  let keys = 0;
  const outbox = createOutbox({
    clock,
    random: () => 0.5,
    newKey: () => `key ${(keys += 1)}`,
    log: () => {},
    offered: (ref, id) => void heard.push(`${ref} is ${id}`),
    refused: (ref) => void heard.push(`${ref} refused`),
    calls: {
      readPlaces: () => Promise.reject(lost()),
      offer: async ({ ref }) => hear(`offer ${ref}`).then(() => `id-${ref}`),
      report: (id, { event, key }) => hear(`${event} ${id}${event === 'message' ? ` by ${key}` : ''}`),
    },
  });
  const offer = (ref: string) => outbox.push({ do: 'offer', offer: { ref, channel: 'voice', queueId: 'q', customer: { address: '+33199004712' } } });
  const ended = (ref: string) => outbox.push({ do: 'report', ref, id: null, event: { event: 'ended' } });
  const message = () => outbox.push({ do: 'report', ref: 'a', id: 'i', event: { event: 'message', text: 'Hello' } });
  /** Lets what is under way come to its next wait. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { clock, said, heard, outbox, offer, ended, message, settle };
}

describe('what is said to the hub', () => {
  it('keeps its order, and a report goes by the name that the offer before it was given', async () => {
    const { offer, ended, outbox, said, heard } = box();
    offer('a');
    offer('b');
    ended('a');
    await outbox.idle();
    expect(said).toEqual(['offer a', 'offer b', 'ended id-a']);
    expect(heard).toEqual(['a is id-a', 'b is id-b']);
  });

  it('is said again under the same name when the answer was lost, later each time, and nothing overtakes it', async () => {
    const { offer, ended, clock, said, settle } = box(lost(), lost(), null);
    offer('a');
    ended('a');
    await settle();
    clock.pass(249);
    await settle();
    expect(said).toEqual(['offer a']);
    clock.pass(1);
    await settle();
    clock.pass(499);
    await settle();
    expect(said).toEqual(['offer a', 'offer a']);
    clock.pass(1);
    await settle();
    expect(said).toEqual(['offer a', 'offer a', 'offer a', 'ended id-a']);
  });

  it('is written again under the key that it was written with, and the next under another', async () => {
    const { message, clock, said, settle, outbox } = box(lost());
    message();
    message();
    await settle();
    clock.pass(250);
    await outbox.idle();
    expect(said).toEqual(['message i by key 1', 'message i by key 1', 'message i by key 2']);
  });

  it('that the hub does not take is dropped, and so is what rests on it', async () => {
    const { offer, ended, outbox, said, heard } = box(answered(422));
    offer('a');
    ended('a');
    offer('b');
    await outbox.idle();
    expect(said).toEqual(['offer a', 'offer b']);
    expect(heard).toEqual(['a refused', 'b is id-b']);
  });

  it('waits for as long as the hub wants', async () => {
    const { offer, clock, said, outbox, settle } = box(answered(503, 7000));
    offer('a');
    await settle();
    clock.pass(6999);
    await settle();
    expect(said).toHaveLength(1);
    clock.pass(1);
    await outbox.idle();
    expect(said).toHaveLength(2);
  });

  it('at which the hub fails each time is given up, so that the rest is said', async () => {
    const { offer, clock, said, outbox, settle } = box(...Array.from({ length: 5 }, () => answered(500)));
    offer('a');
    offer('b');
    for (let round = 0; round < 5; round += 1) {
      await settle();
      clock.pass(30_000);
    }
    await outbox.idle();
    expect(said).toEqual([...Array.from({ length: 5 }, () => 'offer a'), 'offer b']);
  });
});

/** A socket in the test's hand. */
function hand() {
  const listeners = new Map<string, (event: never) => void>();
  const sent: string[] = [];
  return {
    sent,
    closed: false,
    send: (text: unknown) => void sent.push(String(text)),
    close() {
      this.closed = true;
    },
    addEventListener: (type: string, listener: (event: never) => void) => void listeners.set(type, listener),
    fire: (type: string, event: object = {}) => listeners.get(type)?.(event as never),
    say: (message: object) => listeners.get('message')?.({ data: JSON.stringify(message) } as never),
  };
}

function linked() {
  const clock = createHandClock(0);
  const sockets: ReturnType<typeof hand>[] = [];
  const heard: string[] = [];
  const link = createLink({
    token: 'pnc_t',
    clock,
    random: () => 1,
    open() {
      const socket = hand();
      sockets.push(socket);
      return socket as never;
    },
    welcomed: () => void heard.push('welcomed'),
    lost: () => void heard.push('lost'),
    turnedAway: () => void heard.push('turned away'),
    asked: ({ verb }: AnyCommand) => void heard.push(verb),
  });
  link.start();
  const welcome = () => {
    sockets.at(-1)!.fire('open');
    sockets.at(-1)!.say({ type: 'welcome', connector: 'Traffic' });
  };
  return { clock, sockets, heard, link, welcome };
}

describe('the link', () => {
  it('says its token first, beats, and hears what it is asked', () => {
    const { clock, sockets, heard, welcome } = linked();
    welcome();
    sockets[0]!.say({ type: 'command', id: 'c', verb: 'answer', interactionId: 'i', ref: 'a', channel: 'voice', agent: { id: 'p', name: 'P', email: '' } });
    sockets[0]!.say({ type: 'of a later hub' });
    clock.pass(20_000);
    expect(sockets[0]!.sent.map((text) => JSON.parse(text))).toEqual([{ type: 'hello', token: 'pnc_t' }, { type: 'beat' }]);
    expect(heard).toEqual(['welcomed', 'answer']);
  });

  it('opens again when it is lost: later each time it fails, soon again once it was welcome', () => {
    const { clock, sockets, heard, welcome } = linked();
    sockets[0]!.fire('close', { code: 1006 });
    clock.pass(500);
    expect(sockets).toHaveLength(2);
    sockets[1]!.fire('error');
    sockets[1]!.fire('close', { code: 1006 });
    clock.pass(999);
    expect(sockets).toHaveLength(2);
    clock.pass(1);
    expect(sockets).toHaveLength(3);
    welcome();
    sockets[2]!.fire('close', { code: 1001 });
    clock.pass(500);
    expect(sockets).toHaveLength(4);
    expect(heard).toEqual(['welcomed', 'lost']);
  });

  it('takes a hub of which it hears nothing for 45 s for one that is away', () => {
    const { clock, sockets, heard, welcome } = linked();
    welcome();
    clock.pass(44_000);
    sockets[0]!.say({ type: 'beat' });
    clock.pass(44_999);
    expect(heard).toEqual(['welcomed']);
    clock.pass(1);
    expect([heard.at(-1), sockets[0]!.closed]).toEqual(['lost', true]);
  });

  it('says no answer where nobody hears it, and nothing more once it is stopped', () => {
    const { clock, sockets, link, welcome } = linked();
    expect(link.answer({ type: 'answer', id: 'c', result: 'done' })).toBe(false);
    welcome();
    expect(link.answer({ type: 'answer', id: 'c', result: 'done' })).toBe(true);
    link.stop();
    sockets[0]!.fire('close', { code: 1000 });
    clock.pass(600_000);
    expect(sockets).toHaveLength(1);
  });

  it('tells a token that is not taken from a hub that is away', () => {
    const { sockets, heard } = linked();
    sockets[0]!.fire('open');
    sockets[0]!.fire('close', { code: 1008 });
    expect(heard).toEqual(['turned away']);
  });
});
