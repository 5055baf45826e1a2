import fc from 'fast-check';
import * as ws from 'ws';
import { describe, expect, it } from 'vitest';
import { PARTS } from '../../lib/api/parts.ts';
import { textFrame } from '../../server/live/frame.ts';
import { type Message, messageOf, type PartTexts, snapshotMessage } from '../../server/live/message.ts';
import { DocumentOutbox } from '../../server/live/outbox.ts';
import { createPace } from '../../server/live/pace.ts';

/** The receiver of ws, which its types leave out. */
const { Receiver } = ws as unknown as { Receiver: new (options: object) => import('node:stream').Writable };

const received = (frames: readonly Buffer[]): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const texts: string[] = [];
    const receiver = new Receiver({ isServer: false });
    receiver.on('message', (data: Buffer) => texts.push(String(data)) === frames.length && resolve(texts));
    receiver.on('error', reject);
    for (const frame of frames) receiver.write(frame);
  });

describe('a frame', () => {
  it('is read by a WebSocket receiver as the text it was made from, at every length', async () => {
    const lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000];
    const texts = [...lengths.map((length) => 'x'.repeat(length)), 'é€😀'.repeat(50)];
    expect(await received(texts.map(textFrame))).toEqual(texts);
  });

  it('is made once, however often it is sent', () => {
    const message = messageOf('{}');
    expect(message.frame).toBe(message.frame);
    expect(String(message.event)).toBe('data: {}\n\n');
  });

  it('of a snapshot holds the documents as they were written out', () => {
    const { json } = snapshotMessage({ epoch: 1, now: 2, expiresAt: 3 }, { situation: '{"seq":4}' });
    expect(JSON.parse(json)).toEqual({ type: 'snapshot', epoch: 1, now: 2, expiresAt: 3, situation: { seq: 4 } });
  });
});

/** A pipe that takes bytes only when told to. */
function createFakePipe() {
  const sent: PartTexts[] = [];
  let buffered = 0;
  let waits: (() => void)[] = [];
  return {
    sent,
    pipe: {
      write(message: Message) {
        sent.push(JSON.parse(message.json));
        buffered += 10;
      },
      get buffered() {
        return buffered;
      },
      onceDrained: (drained: () => void) => void waits.push(drained),
    },
    drain() {
      const told = waits;
      waits = [];
      buffered = 0;
      for (const drained of told) drained();
    },
  };
}

describe('an outbox', () => {
  const wrap = (parts: PartTexts) => messageOf(JSON.stringify(parts));
  const outboxOn = (pipe: ReturnType<typeof createFakePipe>['pipe'], elapsed = () => 0) => new DocumentOutbox(pipe, { capBytes: 15, wrap, elapsed });

  it('sends as long as the reader keeps up', () => {
    const { pipe, sent } = createFakePipe();
    const outbox = outboxOn(pipe);
    for (const situation of ['1', '2']) outbox.push({ situation }, wrap({ situation }));
    expect(sent).toEqual([{ situation: '1' }, { situation: '2' }]);
    expect(outbox.cloggedSince).toBeNull();
  });

  it('keeps the newest of each document while it does not, and since when', () => {
    const { pipe, sent, drain } = createFakePipe();
    let time = 5;
    const outbox = outboxOn(pipe, () => time++);
    for (const situation of ['1', '2', '3', '4']) outbox.push({ situation }, wrap({ situation }));
    outbox.push({ profile: 'a' }, wrap({ profile: 'a' }));
    expect([sent.length, outbox.cloggedSince]).toEqual([2, 5]);
    drain();
    expect(sent.at(-1)).toEqual({ situation: '4', profile: 'a' });
    expect([sent.length, outbox.cloggedSince]).toEqual([3, null]);
  });

  it('whatever the reader does, ends with the newest of each, in order', () => {
    const step = fc.oneof(
      fc.constant('drain' as const),
      fc.record({ part: fc.constantFrom(...PARTS), with: fc.constantFrom(...PARTS) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { pipe, sent, drain } = createFakePipe();
        const outbox = outboxOn(pipe);
        const newest: Record<string, string> = {};
        steps.forEach((each, at) => {
          if (each === 'drain') return drain();
          const parts = { [each.part]: String(at), [each.with]: String(at) };
          Object.assign(newest, parts);
          outbox.push(parts, wrap(parts));
        });
        drain();
        expect(Object.assign({}, ...sent)).toEqual(newest);
        for (const part of PARTS) {
          const order = sent.flatMap((parts) => (parts[part] === undefined ? [] : [Number(parts[part])]));
          expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
        }
      }),
    );
  });
});

describe('the pace', () => {
  const doing = (pace: ReturnType<typeof createPace>) => (count: number) => Array.from({ length: count }, () => pace().do);

  it('takes so many a second, gives places to four times as many, and refuses the rest', () => {
    let time = 0;
    const meet = doing(createPace(2, () => time));
    expect(meet(12)).toEqual(['take', 'take', ...Array<string>(8).fill('later'), 'refuse', 'refuse']);
    time = 500;
    expect(meet(2)).toEqual(['take', 'later']);
  });

  it('gives each who comes too early a moment of their own, and keeps it free of newcomers', () => {
    let time = 0;
    const pace = createPace(10, () => time);
    for (let taken = 0; taken < 10; taken++) pace();
    const places = [pace(), pace(), pace()].map((admission) => (admission.do === 'later' ? admission.afterMs : null));
    expect(places).toEqual([500, 600, 700]);
    time = 450;
    expect(pace()).toEqual({ do: 'later', afterMs: 500 });
    time = 500;
    expect(pace().do).toBe('take');
    expect(pace().do).toBe('later');
  });

  it('promises nothing far away', () => {
    const pace = createPace(1, () => 0);
    const all = Array.from({ length: 10 }, pace);
    expect(all.filter((admission) => admission.do === 'refuse').every((admission) => 'afterMs' in admission && admission.afterMs <= 60_000)).toBe(true);
  });

  it('takes thousands that come at once as fast as it may, each sent away once or not at all', () => {
    const [rate, count] = [500, 5000];
    let time = 0;
    const pace = createPace(rate, () => time);
    const comes = Array.from({ length: count }, (_, at) => at % 1000);
    const sentAway: number[] = [];
    let last = 0;
    for (const waiting = comes.map((at) => ({ at, away: 0 })); waiting.length > 0; ) {
      waiting.sort((a, b) => a.at - b.at);
      const next = waiting[0]!;
      time = Math.max(time, next.at);
      const admission = pace();
      if (admission.do === 'take') {
        last = time;
        sentAway.push(waiting.shift()!.away);
      } else {
        next.at = time + Math.ceil(admission.afterMs);
        next.away += 1;
      }
    }
    expect(Math.max(...sentAway)).toBeLessThanOrEqual(2);
    expect(last).toBeLessThan(((count - rate) / rate) * 1000 + 1500);
  });

  it('starves nobody, however many go on coming', () => {
    let time = 0;
    const pace = createPace(10, () => time);
    let taken = 0;
    for (; time < 10_000; time += 10) if (pace().do === 'take') taken++;
    expect(taken).toBeGreaterThanOrEqual(100);
  });
});
