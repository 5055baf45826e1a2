import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { asModule, polyfillModule, USED, withUsed } from '../../scripts/lib/polyfill-module.ts';

const FILE = createRequire(import.meta.url).resolve('webextension-polyfill');
const asGiven = readFileSync(FILE, 'utf8');

afterEach(() => void vi.unstubAllGlobals());

describe('the polyfill as a module', () => {
  it('exports what the polyfill exports, and looks at nothing of it', async () => {
    const looked: string[] = [];
    const api = { id: 'an extension' };
    const browser = new Proxy({ runtime: api }, { ownKeys: (of) => (looked.push('all'), Reflect.ownKeys(of)), getOwnPropertyDescriptor: (of, key) => (looked.push(String(key)), Reflect.getOwnPropertyDescriptor(of, key)) });
    vi.stubGlobal('chrome', { runtime: api });
    vi.stubGlobal('browser', browser);
    const made = (await import(`data:text/javascript,${encodeURIComponent(asModule(asGiven))}`)) as { default: unknown };
    expect(made.default).toBe(browser);
    expect(looked).toEqual([]);
  });

  it('says of each call that is used how Chromium takes it, and of no other', async () => {
    const asked: string[] = [];
    const chrome = {
      runtime: { id: 'an extension', onMessage: {} },
      tabs: { sendMessage: () => asked.push('tabs.sendMessage') },
      bookmarks: { create: () => asked.push('bookmarks.create') },
    };
    vi.stubGlobal('chrome', chrome);
    vi.stubGlobal('browser', undefined);
    const { default: browser } = (await import(`data:text/javascript,${encodeURIComponent(asModule(withUsed(asGiven)))}`)) as { default: Record<string, Record<string, () => unknown>> };
    // The table has it: too few arguments are refused before the browser is asked.
    expect(() => browser.tabs!.sendMessage!()).toThrow('Expected at least 2 arguments');
    expect(() => browser.bookmarks!.create!()).not.toThrow();
    expect(asked).toEqual(['bookmarks.create']);
  });

  it('has all that the extension calls', () => {
    const sources = ['lib', 'components', 'entrypoints'].flatMap((folder) => {
      const files = readdirSync(new URL(`../../${folder}/`, import.meta.url), { recursive: true, withFileTypes: true });
      return files.filter((file) => /\.tsx?$/.test(file.name)).map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));
    });
    const called = new Set(sources.flatMap((source) => [...source.matchAll(/\bbrowser\.([a-zA-Z0-9]+)/g)].map(([, name]) => name!)));
    const table = new Set(Object.keys(JSON.parse(/const apiMetadata = (\{.*?\n {6}\});/s.exec(asGiven)![1]!) as object));
    expect(called.size).toBeGreaterThan(8);
    expect([...called].filter((name) => table.has(name) && !USED.has(name))).toEqual([]);
    expect([...USED].filter((name) => !called.has(name))).toEqual([]);
  });

  it('is not made of a polyfill that is otherwise', () => {
    expect(() => withUsed('const apiTable = {};')).toThrow('no table of calls');
  });

  it('is made of that file alone', () => {
    const { transform } = polyfillModule();
    expect(transform(asGiven, FILE)?.code).toBe(asModule(withUsed(asGiven)));
    expect(transform('export {}', '/node_modules/webextension-polyfill/other.js')).toBeNull();
  });
});
