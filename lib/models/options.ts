/** The settings as a person sees and changes them. What the company has set is shown, locked. */
import { createModel, effect, signal } from '@preact/signals-core';
import {
  type Appearance,
  hubAddress,
  originOf,
  type PlaceMode,
  type Settings,
  type SettingsChange,
  type SettingsRefusal,
} from '../settings/schema.ts';

export interface Shortcut {
  readonly name: string;
  readonly description: string;
  /** Empty where none is set. */
  readonly keys: string;
}

export interface OptionsEdges {
  readonly settings: {
    read(): Promise<Settings>;
    write(change: SettingsChange): Promise<SettingsRefusal | null>;
    watch(listener: (settings: Settings) => void): () => void;
  };
  /** Must be called in the event of a click, before anything is awaited. */
  readonly requestPermission: (origin: string) => Promise<boolean>;
  /** To show notifications of the system; the same holds of it. */
  readonly requestNotifications: () => Promise<boolean>;
  readonly mayNotify: () => Promise<boolean>;
  readonly shortcuts: () => Promise<readonly Shortcut[]>;
}

/** Where on the page something is said, and the message key of what. */
export interface Said {
  readonly at: 'hub' | 'sites' | 'place' | 'appearance' | 'offers';
  readonly key: string;
  readonly tone: 'good' | 'bad';
}

export const OptionsModel = createModel((edges: OptionsEdges) => {
  const settings = signal<Settings | null>(null);
  const shortcuts = signal<readonly Shortcut[]>([]);
  const said = signal<Said | null>(null);
  /** Whether the browser lets notifications be shown; null until it has said. */
  const mayNotify = signal<boolean | null>(null);
  effect(() => {
    void edges.mayNotify().then((may) => (mayNotify.value = may));
    void edges.settings.read().then((read) => (settings.value = read));
    void edges.shortcuts().then((all) => (shortcuts.value = all));
    return edges.settings.watch((changed) => (settings.value = changed));
  });

  const say = (at: Said['at'], key: string, tone: Said['tone']) => (said.value = { at, key: `options.${key}`, tone });
  const write = async (at: Said['at'], change: SettingsChange, done = 'saved') => {
    const refusal = await edges.settings.write(change);
    if (refusal) say(at, refusal.code === 'setting.locked' ? 'refused' : `${at}Invalid`, 'bad');
    else say(at, done, 'good');
    return !refusal;
  };

  const setHub = async (typed: string) => {
    const address = hubAddress(typed);
    if (address === null) return say('hub', 'hubInvalid', 'bad');
    if (address === settings.peek()?.hub.value) return say('hub', 'saved', 'good');
    await write('hub', { hub: address }, 'hubSaved');
  };
  const addSite = async (typed: string): Promise<boolean> => {
    const text = typed.trim();
    const origin = originOf(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
    if (origin === null || !origin.includes('.') && !origin.includes('localhost')) {
      say('sites', 'siteInvalid', 'bad');
      return false;
    }
    if (!(await edges.requestPermission(origin).catch(() => false))) {
      say('sites', 'siteDenied', 'bad');
      return false;
    }
    return write('sites', { sites: { [origin]: true } });
  };
  return {
    settings,
    shortcuts,
    said,
    setHub,
    resetHub: () => write('hub', { hub: null }, 'hubSaved'),
    addSite,
    setSite: (site: string, on: boolean) => write('sites', { sites: { [site]: on } }),
    removeSite: (site: string) => write('sites', { sites: { [site]: null } }),
    setPlace: (mode: PlaceMode) => write('place', { place: { ...settings.peek()!.place.value, mode } }),
    forgetPlaces: () =>
      write('place', { places: Object.fromEntries(Object.keys(settings.peek()?.places ?? {}).map((site) => [site, null])) }, 'placeForgotten'),
    mayNotify,
    setOfferSound: (on: boolean) => write('offers', { offerSound: on }),
    /** With the permission for it, asked for in the press itself. */
    async setOfferNotification(on: boolean) {
      if (on && !(await edges.requestNotifications().catch(() => false))) return say('offers', 'notificationDenied', 'bad');
      if (on) mayNotify.value = true;
      // Set by the company: only the permission was missing.
      if (!settings.peek()?.offerNotification.locked) await write('offers', { offerNotification: on });
    },
    setAppearance: (appearance: Appearance) => write('appearance', { appearance }),
  };
});
export type Options = InstanceType<typeof OptionsModel>;
