/** Reads, writes and watches the settings. The storage comes as an argument: `browser.storage`, or one made by hand. */
import * as v from 'valibot';
import type { AreaChanges } from '../store/area-changes.ts';
import { type Clock, systemClock } from '../models/clock.ts';
import {
  APPEARANCES,
  DEFAULT_OFFER,
  DEFAULT_PLACE,
  hubAddress,
  LOCAL_HUB,
  origin,
  place,
  type Setting,
  type Settings,
  type SettingsChange,
  type SettingsRefusal,
} from './schema.ts';

/** The part of a `browser.storage` area that settings use. */
export interface SettingsArea {
  get(keys: null): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
  readonly onChanged: AreaChanges;
}

export interface SettingsStorage {
  /** The company's policy; an area that throws is one without a policy, and one that says no changes has none to say (Firefox). */
  readonly managed: Pick<SettingsArea, 'get'> & Partial<Pick<SettingsArea, 'onChanged'>>;
  readonly local: SettingsArea;
}

export interface SettingsStore {
  read(): Promise<Settings>;
  /** Takes all of the change or, with a refusal, nothing of it. */
  write(change: SettingsChange): Promise<SettingsRefusal | null>;
  /** Calls back with the settings after each change, whoever made it. Returns how to stop. */
  watch(listener: (settings: Settings) => void): () => void;
}

const PREFIX = 'setting.';
/** One key a site, so that two tabs that move their banner at once do not write over each other. */
const SITE = `${PREFIX}site:`;
const PLACE = `${PREFIX}place:`;

const hub = v.pipe(
  v.string(),
  v.transform(hubAddress),
  v.check((address) => address !== null),
  v.transform((address) => address ?? ''),
);
const appearance = v.picklist(APPEARANCES);
const isOn = v.boolean();

export interface BuiltIn {
  readonly hub?: string | undefined;
}

/**
 * So long a policy is waited for. A browser that has just started answers after a second or more (Chromium 156: when it
 * has read its policies), and nothing may hang on that; what comes later is told to who watches.
 */
export const POLICY_WAIT_MS = 250;
/** A page is drawn by then with what is known: a person sees no wait in less than this. */
export const PAGE_POLICY_WAIT_MS = 40;

/**
 * @param areas `browser.storage`. Not called `storage`: the extension framework takes that name for its own library.
 * @param policyWait milliseconds; a page that a person looks at waits less, and follows by `watch`
 */
export function createSettings(
  areas: SettingsStorage,
  builtIn: BuiltIn = {},
  clock: Clock = systemClock,
  policyWait = POLICY_WAIT_MS,
): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>();
  let policy: Record<string, unknown> = {};
  const tell = async () => {
    const settings = await settingsOf();
    for (const listener of listeners) listener(settings);
  };
  const policyOf = async (): Promise<Record<string, unknown>> => {
    let late = false;
    const asked = areas.managed
      .get(null)
      .catch(() => ({}))
      .then((found) => {
        const changed = JSON.stringify(found) !== JSON.stringify(policy);
        policy = found;
        if (late && changed) void tell();
        return found;
      });
    const waited = new Promise<void>((resolve) => {
      const calledOff = clock.after(policyWait, () => {
        late = true;
        resolve();
      });
      void asked.then(calledOff);
    });
    await Promise.race([asked, waited]);
    return policy;
  };
  const settingsOf = async (): Promise<Settings> => {
    const [company, person] = await Promise.all([policyOf(), areas.local.get(null).catch(() => ({}))]);
    return readSettings(company, person, builtIn);
  };
  return {
    read: settingsOf,
    async write(change) {
      const refusal = refusalOf(change, await settingsOf());
      if (refusal) return refusal;
      const entries = [...entriesOf(change)];
      const gone = entries.filter(([, value]) => value === null).map(([key]) => key);
      const kept = entries.filter(([, value]) => value !== null);
      if (gone.length > 0) await areas.local.remove(gone);
      if (kept.length > 0) await areas.local.set(Object.fromEntries(kept));
      return null;
    },
    watch(listener) {
      const onPolicy = () => void settingsOf().then(listener);
      const onChange = (changes: Record<string, unknown>) => {
        if (Object.keys(changes).some((key) => key.startsWith(PREFIX))) onPolicy();
      };
      listeners.add(listener);
      areas.managed.onChanged?.addListener(onPolicy);
      areas.local.onChanged.addListener(onChange);
      return () => {
        listeners.delete(listener);
        areas.managed.onChanged?.removeListener(onPolicy);
        areas.local.onChanged.removeListener(onChange);
      };
    },
  };
}

/** Pure: what the company's policy and the person's own storage come to. What does not validate counts as not set. */
export function readSettings(
  company: Readonly<Record<string, unknown>>,
  person: Readonly<Record<string, unknown>>,
  builtIn: BuiltIn = {},
): Settings {
  const one = <T>(key: string, schema: v.GenericSchema<unknown, T>, fallback: T): Setting<T> => {
    const byCompany = v.safeParse(schema, company[key]);
    if (byCompany.success) return { value: byCompany.output, from: 'company', locked: true };
    const byPerson = v.safeParse(schema, person[PREFIX + key]);
    if (byPerson.success) return { value: byPerson.output, from: 'person', locked: false };
    return { value: fallback, from: 'builtIn', locked: false };
  };
  return {
    hub: one('hub', hub, hubAddress(builtIn.hub ?? '') ?? LOCAL_HUB),
    appearance: one('appearance', appearance, 'system'),
    place: one('place', place, DEFAULT_PLACE),
    offerSound: one('offerSound', isOn, DEFAULT_OFFER.sound),
    offerNotification: one('offerNotification', isOn, DEFAULT_OFFER.notification),
    sites: {
      ...mapOf(byPrefix(person, SITE), isOn, (value) => ({ value, from: 'person', locked: false })),
      ...mapOf(company.sites, isOn, (value) => ({ value, from: 'company', locked: true })),
    },
    places: mapOf(byPrefix(person, PLACE), place, (value) => value),
  };
}

function mapOf<T, R>(input: unknown, schema: v.GenericSchema<unknown, T>, read: (value: T) => R): Record<string, R> {
  const entries = Object.entries(input && typeof input === 'object' ? input : {});
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const parsed = v.safeParse(schema, value);
      return parsed.success && v.is(origin, key) ? [[key, read(parsed.output)] as const] : [];
    }),
  );
}

const byPrefix = (all: Readonly<Record<string, unknown>>, prefix: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [])),
  );

const VALUES = { hub, appearance, place, offerSound: isOn, offerNotification: isOn } as const;

function refusalOf(change: SettingsChange, settings: Settings): SettingsRefusal | null {
  for (const key of Object.keys(VALUES) as (keyof typeof VALUES)[]) {
    const value = change[key];
    if (value === undefined) continue;
    if (settings[key].locked) return { code: 'setting.locked', setting: key };
    if (value !== null && !v.is(VALUES[key], value)) return { code: 'setting.invalid', setting: key };
  }
  for (const [site, value] of Object.entries(change.sites ?? {})) {
    if (settings.sites[site]?.locked) return { code: 'setting.locked', setting: site };
    if (!v.is(origin, site) || (value !== null && !v.is(isOn, value))) return { code: 'setting.invalid', setting: site };
  }
  for (const [site, value] of Object.entries(change.places ?? {})) {
    if (!v.is(origin, site) || (value !== null && !v.is(place, value))) return { code: 'setting.invalid', setting: site };
  }
  return null;
}

function* entriesOf({ hub, appearance, place, offerSound, offerNotification, sites, places }: SettingsChange): Generator<readonly [string, unknown]> {
  if (hub !== undefined) yield [`${PREFIX}hub`, hub === null ? null : hubAddress(hub)];
  if (appearance !== undefined) yield [`${PREFIX}appearance`, appearance];
  if (place !== undefined) yield [`${PREFIX}place`, place];
  if (offerSound !== undefined) yield [`${PREFIX}offerSound`, offerSound];
  if (offerNotification !== undefined) yield [`${PREFIX}offerNotification`, offerNotification];
  for (const [site, on] of Object.entries(sites ?? {})) yield [SITE + site, on];
  for (const [site, where] of Object.entries(places ?? {})) yield [PLACE + site, where];
}
