/** Colours of custom buttons: a few that are easy to tell from one another and from the bar, or one's own. */
import type { FieldError } from './record-form.ts';

/** Each has 4.5:1 and more against white, and is lightened in the dark by the bar itself. */
export const COLOURS = [
  ['blue', '#2454d6'],
  ['teal', '#0f766e'],
  ['green', '#12774a'],
  ['amber', '#b45309'],
  ['red', '#b3261e'],
  ['pink', '#a8327f'],
  ['violet', '#7c3aed'],
  ['slate', '#475569'],
] as const;

const HEX = /^#[\da-f]{6}$/i;
export const isColour = (text: string): boolean => HEX.test(text);
/** Empty takes the colour of the bar's text. */
export const colourError = (text: string): FieldError | null => (text === '' || isColour(text) ? null : { key: 'makerResources.error.colour' });

/** Contrast against white, 1 to 21, as WCAG 2.2 works it out. @param hex `#rrggbb` */
export function contrastOnWhite(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 1.05 / (0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) + 0.05);
}

/** What an icon needs beside what is around it (WCAG 2.2, 1.4.11). */
export const isPale = (hex: string): boolean => isColour(hex) && contrastOnWhite(hex) < 3;
