/** What no source of the product may do: found by reading all of them, so that a new one is held to it at once. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDERS = '{components,entrypoints,lib,server}/**/*.{ts,tsx,js}';

const sources = (pattern: string) => globSync(pattern).map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** Where text becomes markup, or code. */
const MARKUP = /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|createContextualFragment|\bsrcdoc\b|\bDOMParser\b|setHTMLUnsafe|\beval\(|new Function\(/;

describe('the sources', () => {
  it('make no markup or code of text: what people wrote is drawn as text', () => {
    const all = sources(FOLDERS);
    expect(all.length).toBeGreaterThan(500);
    expect(all.filter(({ text }) => MARKUP.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('write each CSV file by the one function that keeps spreadsheets from running it', () => {
    const exporting = sources('{components,lib,entrypoints}/**/*.{ts,tsx}').filter(({ text }) => /download\([^;]*'text\/csv'/s.test(text));
    expect(exporting.length).toBeGreaterThanOrEqual(5);
    for (const { file, text } of exporting) {
      const calls = text.match(/download\([^;]*'text\/csv'[^;]*;/gs)!;
      for (const call of calls) expect([file, call]).toSatisfy(([, of]) => /csvOf\(|auditCsv\(/.test(of as string));
    }
    const audit = sources('components/maker/audit/*.tsx').map(({ text }) => text).join('\n');
    expect(audit).toMatch(/auditCsv[\s\S]*csvOf\(/);
  });

  it('take no message of a page: none listens to its window, and none to other extensions or sites', () => {
    const all = sources('{components,entrypoints,lib}/**/*.{ts,tsx}');
    const hearing = /(?:window|globalThis|document|self)\s*\.\s*addEventListener\(\s*'message'|\bonmessage\s*=|onMessageExternal|onConnectExternal|externally_connectable/;
    expect(all.filter(({ text }) => hearing.test(text)).map(({ file }) => file)).toEqual([]);
  });
});
