/** Registers the script for the sites it belongs on, and puts it into pages that were open before it was. */
import { browser } from 'wxt/browser';
import type { SettingsStore } from '../settings/settings.ts';
import { belongsOn, matchesFor } from './sites.ts';
import { createTurns } from './turns.ts';

const ID = 'frame';
const FILE = '/frame.js';

export interface Scripts {
  listen(): void;
  /** Into one tab, by the permission the person's click on the toolbar button gives. False where the browser refuses. */
  inject(tabId: number): Promise<boolean>;
}

export function createScripts(
  settings: SettingsStore,
  builtIn: readonly string[],
  leave: (tabId: number) => Promise<unknown>,
): Scripts {
  const inject = (tabId: number): Promise<boolean> =>
    browser.scripting.executeScript({ target: { tabId }, files: [FILE as never] }).then(
      () => true,
      () => false,
    );

  async function register(): Promise<void> {
    const matches = matchesFor({ settings: await settings.read(), builtIn });
    const held = await browser.scripting.getRegisteredContentScripts({ ids: [ID] });
    const before = held[0]?.matches?.toSorted() ?? [];
    if (JSON.stringify(before) === JSON.stringify(matches)) return;
    if (held.length > 0) await browser.scripting.unregisterContentScripts({ ids: [ID] });
    if (matches.length === 0) return;
    await browser.scripting.registerContentScripts([
      { id: ID, matches, js: [FILE], runAt: 'document_idle', allFrames: false, persistAcrossSessions: true },
    ]);
  }

  /** Tabs open since before: the script is put in where the banner belongs now, and taken out where it does not. */
  async function catchUp(): Promise<void> {
    const rules = { settings: await settings.read(), builtIn };
    for (const tab of await browser.tabs.query({ discarded: false })) {
      // Without permission for a tab its address is not told, and there is nothing to do in it.
      if (tab.id === undefined || tab.url === undefined) continue;
      await (belongsOn(tab.url, rules) ? inject(tab.id) : leave(tab.id));
    }
  }

  // Two registrations at once would fail on the id.
  const inTurn = createTurns<typeof ID>();
  const sync = () => void inTurn(ID, () => register().then(catchUp)).catch(() => {});

  let sites = '';
  return {
    inject,
    listen() {
      browser.runtime.onInstalled.addListener(sync);
      browser.runtime.onStartup.addListener(sync);
      browser.permissions.onAdded.addListener(sync);
      browser.permissions.onRemoved.addListener(sync);
      settings.watch((now) => {
        const next = JSON.stringify(now.sites);
        if (next !== sites) sync();
        sites = next;
      });
    },
  };
}
