import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { asModule, polyfillModule } from '../../scripts/lib/polyfill-module.ts';

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

  it('is made of that file alone', () => {
    const { transform } = polyfillModule();
    expect(transform(asGiven, FILE)?.code).toBe(asModule(asGiven));
    expect(transform('export {}', '/node_modules/webextension-polyfill/other.js')).toBeNull();
  });
});
