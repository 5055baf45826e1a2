/** The script is registered and put into open pages, whatever the browser is busy with as the extension is updated. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { createScripts } from '../../lib/frame/scripts.ts';
import type { SettingsStore } from '../../lib/settings/settings.ts';

const OURS = 'https://crm.example/*';
const settings = { read: async () => ({ hub: { value: 'https://hub.example' }, sites: {}, places: {}, place: { value: { mode: 'top' } } }), watch: () => () => {} } as unknown as SettingsStore;

const given = browser as unknown as Record<string, unknown>;
const before = { scripting: given['scripting'], tabs: given['tabs'], permissions: given['permissions'] };
let registered: string[];
let refusals: number;
let injected: number[];
/** Tabs in which nothing comes to an end, as in a page that loads for good. */
let hanging: Set<number>;
let installed: () => void;

beforeEach(() => {
  registered = [];
  injected = [];
  hanging = new Set();
  refusals = 0;
  vi.spyOn(browser.runtime.onInstalled, 'addListener').mockImplementation((listener) => void (installed = listener as () => void));
  given['tabs'] = { ...(before.tabs as object), query: async () => [1, 2, 3].map((id) => ({ id, url: 'https://crm.example/a' })) };
  const heard = { addListener() {} };
  given['permissions'] = { onAdded: heard, onRemoved: heard };
  given['scripting'] = {
    getRegisteredContentScripts: async () => [],
    unregisterContentScripts: async () => {},
    registerContentScripts: async ([script]: [{ id: string }]) => {
      if (refusals > 0) {
        refusals -= 1;
        throw new Error(`Duplicate script ID '${script.id}'`);
      }
      registered.push(script.id);
    },
    executeScript: async ({ target }: { target: { tabId: number } }) => {
      injected.push(target.tabId);
      if (hanging.has(target.tabId)) await new Promise(() => {});
    },
  };
});
afterEach(() => {
  Object.assign(given, before);
  vi.restoreAllMocks();
});

function update(): void {
  createScripts(settings, [OURS], async () => null).listen();
  installed();
}

describe('as the extension is updated', () => {
  it('the script is registered, and put into pages that are open', async () => {
    update();
    await vi.waitFor(() => expect(injected).toEqual([1, 2, 3]));
    expect(registered).toContain('frame');
  });

  it('a registration that the browser refuses is tried again, and open pages do not wait for it', async () => {
    refusals = 1;
    update();
    await vi.waitFor(() => expect(injected).toEqual([1, 2, 3]));
    expect(registered).toContain('frame');
    [refusals, injected] = [Number.POSITIVE_INFINITY, []];
    installed();
    await vi.waitFor(() => expect(injected).toEqual([1, 2, 3]));
  });

  it('a page that loads for good keeps none of the others waiting', async () => {
    hanging.add(1);
    update();
    await vi.waitFor(() => expect(injected).toEqual([1, 2, 3]));
  });
});
