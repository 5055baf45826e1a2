/**
 * Registers the script for the sites it belongs on, with the room that is made there before a page is drawn, and puts the
 * script into pages that were open before it was.
 */
import { browser } from 'wxt/browser';
import type { SettingsStore } from '../settings/settings.ts';
import { belongsOn, earlyRooms, matchesFor } from './sites.ts';
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

  type Script = Parameters<typeof browser.scripting.registerContentScripts>[0][number];

  /** As it is to be; registered anew only where it was otherwise. */
  async function put(script: Script): Promise<void> {
    const [held] = await browser.scripting.getRegisteredContentScripts({ ids: [script.id] });
    const said = ({ matches = [], excludeMatches = [] }: Partial<Script>) => JSON.stringify([matches.toSorted(), excludeMatches.toSorted()]);
    if (held && said(held) === said(script)) return;
    if (held) await browser.scripting.unregisterContentScripts({ ids: [script.id] });
    if (script.matches?.length) await browser.scripting.registerContentScripts([{ ...script, allFrames: false, persistAcrossSessions: true }]);
  }

  async function register(): Promise<void> {
    const rules = { settings: await settings.read(), builtIn };
    await put({ id: ID, matches: matchesFor(rules), js: [FILE], runAt: 'document_idle' });
    for (const { edge, ...where } of earlyRooms(rules)) await put({ id: edge, ...where, css: [`/room-${edge}.css`], runAt: 'document_start' });
  }

  /** Tabs open since before: the script is put in where the banner belongs now, and taken out where it does not. */
  async function catchUp(): Promise<void> {
    const rules = { settings: await settings.read(), builtIn };
    const tabs = await browser.tabs.query({ discarded: false });
    // Side by side: one that loads for good keeps the others from nothing. Without permission for a tab its address is not
    // told, and there is nothing to do in it.
    await Promise.all(tabs.map(({ id, url }) => id !== undefined && url !== undefined && (belongsOn(url, rules) ? inject(id) : leave(id))));
  }

  // Two registrations at once would fail on the id.
  const inTurn = createTurns<typeof ID>();
  // Refused once, as while the version before is still being taken away, it may go well the next time; open pages do not wait for it.
  const sync = () => void inTurn(ID, () => register().catch(register).catch(() => {}).then(catchUp)).catch(() => {});
  const syncRooms = () => void inTurn(ID, register).catch(() => {});

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
        else syncRooms();
        sites = next;
      });
    },
  };
}
