/** As much of RFC 6455 as a client of the bench needs, at little cost: reading whole messages, and writing short ones. */
import { randomBytes } from 'node:crypto';

export type Opcode = 1 | 8 | 9 | 10;

/** A masked frame; texts up to 64 kB. */
export function maskedFrame(opcode: Opcode, text: string): Buffer {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 4 : 2);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  for (let at = 0; at < payload.length; at++) payload[at]! ^= mask[at % 4]!;
  return Buffer.concat([head, mask, payload]);
}

/** Hands over each whole message of a server, of whatever opcode, as bytes arrive. They are not held on to. */
export function frameReader(hear: (opcode: number, payload: Buffer) => void): (chunk: Buffer) => void {
  let rest: Buffer | null = null;
  return (chunk) => {
    let bytes = rest ? Buffer.concat([rest, chunk]) : chunk;
    for (let length = wholeLength(bytes); length !== null; length = wholeLength(bytes)) {
      hear(bytes[0]! & 0x0f, bytes.subarray(headLength(bytes), length));
      bytes = bytes.subarray(length);
    }
    rest = bytes.length > 0 ? Buffer.from(bytes) : null;
  };
}

const headLength = (bytes: Buffer): number => ({ 126: 4, 127: 10 })[bytes[1]! & 0x7f] ?? 2;

/** Null while not all of the first frame is there. */
function wholeLength(bytes: Buffer): number | null {
  if (bytes.length < 2) return null;
  const head = headLength(bytes);
  if (bytes.length < head) return null;
  const length = head === 2 ? bytes[1]! & 0x7f : head === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return bytes.length < head + length ? null : head + length;
}
