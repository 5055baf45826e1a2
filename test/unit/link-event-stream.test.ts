import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventData } from '../../lib/live/event-stream.ts';

async function read(chunks: readonly Uint8Array[]): Promise<string[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const data: string[] = [];
  for await (const text of eventData(body)) data.push(text);
  return data;
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('an event stream', () => {
  it('is read alike however the network cuts it, in the middle of letters too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.json(), { maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(400), { maxLength: 10 }),
        async (messages, end, cuts) => {
          const whole = bytes(messages.map((message) => `data: ${message}é${end}${end}`).join(''));
          const at = [0, ...cuts.filter((cut) => cut < whole.length).toSorted((a, b) => a - b), whole.length];
          const chunks = at.slice(1).map((to, index) => whole.slice(at[index], to));
          expect(await read(chunks)).toEqual(messages.map((message) => `${message}é`));
        },
      ),
    );
  });

  it.each([
    ['comments and other fields', ': hi\nevent: x\nid: 1\ndata: a\n\n', ['a']],
    ['data in several lines', 'data: a\ndata: b\n\n', ['a\nb']],
    ['no space after the colon', 'data:a\n\n', ['a']],
    ['an event that has not ended', 'data: a\n\ndata: b\n', ['a']],
    ['nothing', '\n\n\n', []],
  ])('with %s', async (_what, text, data) => {
    expect(await read([bytes(text)])).toEqual(data);
  });

  it.each([
    ['a line without an end', () => 'x'.repeat(1_000_000)],
    ['an event without an end, in lines', () => `data: ${'x'.repeat(1000)}\n`.repeat(1000)],
  ])('ends at %s, and holds no more than so much of it', async (_what, piece) => {
    const bound = 40_000_000;
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent > bound) return controller.close();
        const more = bytes(piece());
        sent += more.length;
        controller.enqueue(more);
      },
    });
    await expect(eventData(endless).next()).rejects.toThrow(RangeError);
    expect(sent).toBeLessThan(bound / 2);
  });
});
