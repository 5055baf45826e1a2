/** The data of server-sent events, as far as the link uses them: no names, no ids, no waits. */

/** One event longer than this is no message of a hub. */
const MOST_CHARACTERS = 16_000_000;

/** Yields the data of each event as it is complete. Ends with the stream; an event begun and not ended is dropped. */
export async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  const data: string[] = [];
  // Of what is held of the event that has not ended.
  let size = 0;
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += value;
      if (size + rest.length > MOST_CHARACTERS) throw new RangeError('an event without an end');
      // A carriage return at the end may be half of a line's end: it waits for what comes next.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('data:')) {
          data.push(line.slice(line[5] === ' ' ? 6 : 5));
          size += line.length;
        } else if (line === '' && data.length > 0) {
          size = 0;
          yield data.splice(0).join('\n');
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
