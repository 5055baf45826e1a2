/** Templates of messages: what stands in braces is filled in by hand. */
import { IN_BRACES } from './variables.ts';

/** The names in braces, each once, in their order. */
export const blanksOf = (template: string): readonly string[] => [...new Set([...template.matchAll(IN_BRACES)].map(([, name]) => name!.trim()))].filter(Boolean);

/** The text with what was filled in; what was not stays in its braces. */
export const filledTemplate = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(IN_BRACES, (all, name: string) => {
    const value = Object.hasOwn(values, name.trim()) ? values[name.trim()]!.trim() : '';
    return value === '' ? all : value;
  });
