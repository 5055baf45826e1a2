/** Eight hues far enough apart to tell two profiles by; dark enough for white letters at 4.5:1. */
const COLOURS = ['#2f62e0', '#a8479a', '#0b7a6d', '#b0532a', '#6a4fd0', '#a83a55', '#356a8f', '#5d7020'];

/** The same name has the same colour everywhere. */
export function colourOf(name: string): string {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) | 0;
  return COLOURS[Math.abs(hash) % COLOURS.length]!;
}

/** First letters of the first two words, by grapheme: "Inbound advisor" → "IA". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  return words.slice(0, 2).map((word) => [...word][0]!.toLocaleUpperCase()).join('');
}

export function Avatar({ name, size = 26 }: { name: string; size?: number }) {
  return (
    <span class="avatar" style={{ background: colourOf(name), width: `${size}px`, height: `${size}px` }} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
