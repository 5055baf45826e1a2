/** Sounds for the demo, made of nothing but sines: no voice of anybody. */

/** Samples a second, a byte each: as little as a telephone tone needs. */
const RATE = 4000;
const LOUDNESS = 60;
const SILENCE = 128;

export interface Tone {
  /** Hertz, one after the other. */
  readonly notes: readonly number[];
  readonly seconds: number;
}

/** A WAV file, mono, 8 bits a sample. */
export function wavOf({ notes, seconds }: Tone): Buffer {
  const samples = Math.round(seconds * RATE);
  const file = Buffer.alloc(44 + samples);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + samples, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // mono
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(RATE, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at += 1) file[44 + at] = SILENCE + Math.round(sample(notes, at, samples));
  return file;
}

/** Each note swells and fades, so that none begins with a click. */
function sample(notes: readonly number[], at: number, samples: number): number {
  const length = samples / notes.length;
  const within = (at % length) / length;
  const note = notes[Math.min(notes.length - 1, Math.floor(at / length))]!;
  return LOUDNESS * Math.sin(Math.PI * within) * Math.sin((2 * Math.PI * note * at) / RATE);
}
