/** What the toolbar button's popup offers for the page it was opened over. */
import { computed, createModel, effect, signal } from '@preact/signals-core';
import { belongsOn } from '../frame/sites.ts';
import { originOf, type Settings, type SettingsChange, type SettingsRefusal } from '../settings/schema.ts';

/** What the popup needs of the browser. */
export interface PopupEdges {
  /** The tab under the popup; `address` is empty where the browser does not tell. */
  readonly tab: { readonly id: number; readonly address: string } | null;
  /** Match patterns of the build. */
  readonly builtIn: readonly string[];
  readonly settings: {
    read(): Promise<Settings>;
    write(change: SettingsChange): Promise<SettingsRefusal | null>;
    watch(listener: (settings: Settings) => void): () => void;
  };
  /** Must be called in the event of a click, before anything is awaited. */
  readonly requestPermission: (origin: string) => Promise<boolean>;
  readonly showHere: (tabId: number) => Promise<unknown>;
}

export interface Site {
  readonly origin: string;
  readonly host: string;
  readonly on: boolean;
  readonly from: 'company' | 'person' | 'builtIn';
  readonly locked: boolean;
}

export const PopupModel = createModel((edges: PopupEdges) => {
  const settings = signal<Settings | null>(null);
  const denied = signal(false);
  effect(() => {
    void edges.settings.read().then((read) => (settings.value = read));
    return edges.settings.watch((changed) => (settings.value = changed));
  });

  /** Null where no banner can be put: a page of the browser's own, or another extension's. */
  const site = computed<Site | null>(() => {
    const address = edges.tab?.address ?? '';
    const origin = originOf(address);
    if (!settings.value || origin === null) return null;
    const set = settings.value.sites[origin];
    return {
      origin,
      host: new URL(origin).host,
      on: belongsOn(address, { settings: settings.value, builtIn: edges.builtIn }),
      from: set?.from ?? 'builtIn',
      locked: set?.locked ?? false,
    };
  });

  /**
   * Written before the browser's question is answered: Firefox closes the popup to ask it. Refused, it is taken back.
   */
  const setSite = async (on: boolean) => {
    const held = site.peek();
    if (!held || held.locked) return;
    denied.value = false;
    const answer = on ? edges.requestPermission(held.origin) : Promise.resolve(true);
    await edges.settings.write({ sites: { [held.origin]: on } });
    if (await answer.catch(() => false)) return;
    denied.value = true;
    await edges.settings.write({ sites: { [held.origin]: null } });
  };

  const showHere = async () => {
    if (edges.tab) await edges.showHere(edges.tab.id);
  };
  return { settings, site, denied, setSite, showHere };
});
export type Popup = InstanceType<typeof PopupModel>;
