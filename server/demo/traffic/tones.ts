/** A recording made in code: two voices as two tones taking turns, as a WAV file of 8-bit samples. */
const RATE = 4000;
/** However long the call was: some seconds stand for it, so that a day of calls weighs little. */
const LONGEST_SEC = 3;
const TURN_SEC = 0.4;
/** E4 and A4. */
const VOICES_HZ = [329.63, 440] as const;
/** Of 127. */
const LOUDNESS = 44;
const SILENCE = 128;
const FADE_SEC = 0.02;

export function recordingOf(seconds: number): Buffer {
  const samples = Math.round(Math.min(Math.max(seconds, TURN_SEC), LONGEST_SEC) * RATE);
  return Buffer.concat([header(samples), Buffer.from(Array.from({ length: samples }, (_, at) => sample(at / RATE)))]);
}

function sample(second: number): number {
  const turn = Math.floor(second / TURN_SEC);
  const into = second - turn * TURN_SEC;
  // Without the fade each turn would click.
  const fade = Math.min(1, into / FADE_SEC, (TURN_SEC - into) / FADE_SEC);
  return SILENCE + Math.round(LOUDNESS * fade * Math.sin(2 * Math.PI * (VOICES_HZ[turn % 2] as number) * second));
}

/** RIFF, PCM, one channel, one byte a sample. */
function header(samples: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples, 40);
  return head;
}
