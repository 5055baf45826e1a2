/** Readies a page of the extension: its language, its direction, its texts. */
import { type GetMessage, useMessages } from './text.ts';

export function preparePage(getMessage: GetMessage, language: string): void {
  useMessages(getMessage);
  document.documentElement.lang = language;
  document.documentElement.dir = getMessage('@@bidi_dir', []) || 'ltr';
}
