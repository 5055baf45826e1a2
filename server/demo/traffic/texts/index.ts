import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { he } from './he.ts';
import type { Texts } from './types.ts';

export * from './types.ts';

/** By language (BCP 47). */
export const texts = { en, fr, es, de, he } as const satisfies Readonly<Record<string, Texts>>;
export type Language = keyof typeof texts;
