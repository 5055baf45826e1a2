/** What no source of the product may do: found by reading all of them, so that a new one is held to it at once. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { trusted } from '../../../components/ui/trusted.ts';

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

  it('lead nowhere by what people wrote: an address is made by the hub’s own place names, or of what is loaded already', () => {
    const ours = /^(?:[\w.]*\.)?\w*(?:href|Href)(?:Of\w*)?(?:\(|$|!)|^own\.address$/;
    const found = sources('{components,entrypoints}/**/*.tsx').flatMap(({ file, text }) => [...text.matchAll(/\s(?:href|src|formaction|xlink:href)=\{([^}]*)/gi)].map(([, to]) => ({ file, to: to! })));
    const led = found.filter(({ to }) => !ours.test(to));
    expect(found.length).toBeGreaterThan(10);
    expect(led).toEqual([]);
  });

  it('write pages of the hub’s own by the template that escapes, and nothing past it but what stands in the source', () => {
    const past = sources('server/**/*.ts').flatMap(({ file, text }) => [...text.matchAll(/new Html\(([^)]*)/g)].map(([, of]) => `${file}: ${of}`));
    expect(past.filter((each) => !/: '[^']*'$/.test(each)).toSorted()).toEqual([
      // The issuer's own form, with nothing in it that anybody wrote; and the style sheet.
      'server/auth/pages/html.ts: parts.reduce((all, part, at',
      'server/auth/pages/layout.ts: style',
      'server/auth/provider.ts: form',
    ]);
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
    // As a global too, as everything else here listens; a socket has its own.
    const hearing = /(?:(?<!\.\s*)|(?:window|globalThis|document|self|parent|top)\s*\??\.\s*)\baddEventListener\(\s*['"`]message|\bonmessage\s*=|onMessageExternal|onConnectExternal|externally_connectable/;
    for (const listens of ["addEventListener('message', hear)", "window.addEventListener(\n 'message'", 'globalThis.onmessage = hear']) expect(listens).toMatch(hearing);
    expect("socket.addEventListener('message', hear)").not.toMatch(hearing);
    expect(all.filter(({ text }) => hearing.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('begin nothing at the hub by a click that a script makes', () => {
    const wrong = sources('components/banner/**/*.tsx').flatMap(({ file, text }) =>
      handlersIn(text).flatMap((handler) => {
        if (isTrusted(handler)) return [];
        const called = /^\w+$/.test(handler) ? [handler] : [...handler.matchAll(/(\w+)!?\(/g)].map(([, name]) => name!);
        return called.filter((name) => !ONLY_HERE.has(name) && !isTrusted(definitionOf(name, text))).map((name) => `${file}: ${name} in ${handler}`);
      }),
    );
    expect(wrong).toEqual([]);
    // The handle of a collapsed banner, and a number on a page.
    const clicks = sources('entrypoints/frame.content.ts').flatMap(({ text }) => text.match(/^.*(?:\.onclick =|composedPath\(\)).*$/gm) ?? []);
    expect(clicks.length).toBeGreaterThanOrEqual(2);
    for (const click of clicks) expect(click).toContain('isTrusted');
  });
});

const isTrusted = (code: string): boolean => /\btrusted\(|\.isTrusted\b/.test(code);
/** Of one file: the line that gives a name something, and all of it where it goes on. */
function definitionOf(name: string, text: string): string {
  const [first = '', indent = ''] = new RegExp(`^( *)(?:export )?(?:const|function) ${name}\\b.*$`, 'm').exec(text) ?? [];
  const from = text.indexOf(first);
  return first === '' || first.endsWith(';') ? first : text.slice(from, text.indexOf(`\n${indent}}`, from));
}
/** They open, close, choose or read, and ask for nothing that would be done; what they ask for is asked for by a press of its own. */
const ONLY_HERE = new Set([
  'toggle', 'close', 'onClose', 'openOptions', 'refresh', 'retry', 'choose', 'onOpen', 'mayLeave', 'back', 'forgetGone', 'say', 'showTab', 'closeTab', 'sort', 'collapse', 'dismiss', 'peek', 'leave',
  // The slot's own handler, in bar-button.tsx.
  'use',
]);

/** What a click or a form does. A press of a button of the kit is a person's already (`components/ui/button.tsx`). */
function handlersIn(text: string): string[] {
  return [...text.matchAll(/\bon(?:Click|Submit|DblClick)=\{/g)].map(({ index, 0: { length } }) => {
    let end = index + length;
    for (let open = 1; open > 0; end += 1) open += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
    return text.slice(index + length, end - 1);
  });
}

describe('what a person alone may begin', () => {
  it('is not begun by a script', () => {
    const done: string[] = [];
    trusted(() => done.push('by a script'))(new Event('click'));
    trusted(() => done.push('by a person'))({ isTrusted: true } as Event);
    expect(done).toEqual(['by a person']);
  });

  it('is so for each button of the kit', () => {
    const text = readFileSync('components/ui/button.tsx', 'utf8');
    for (const handler of handlersIn(text)) expect(isTrusted(handler) || isTrusted(definitionOf(handler, text)), handler).toBe(true);
    expect(handlersIn(text).length).toBeGreaterThan(0);
  });

  it('is so for the slots of the bar', () => {
    const text = readFileSync('components/banner/bar-button.tsx', 'utf8');
    expect(definitionOf('useUse', text)).toMatch(/banner\.toggle\([^;]*;\s*else if \(!event\.isTrusted\) return;[\s\S]*banner\.command/);
  });
});
