/**
 * What a person, or the company for them, sets: the hub's address, on which sites the banner is and where, and how it
 * looks. Each value says where it comes from; one from the company cannot be changed here.
 */
import * as v from 'valibot';

/** The hub of `npm start`: what is used where neither the company, the person nor the build names one. */
export const LOCAL_HUB = 'http://127.0.0.1:7420';

export const APPEARANCES = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof APPEARANCES)[number];

/** Docked at an edge, or floating over the page. */
export const PLACE_MODES = ['top', 'bottom', 'left', 'right', 'floating'] as const;
export type PlaceMode = (typeof PLACE_MODES)[number];

const coordinate = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100_000));

export const DEFAULT_PLACE = { mode: 'top', x: 24, y: 24, collapsed: false } as const;

/** A policy may say the edge alone: the rest has a default. */
export const place = v.object({
  mode: v.picklist(PLACE_MODES),
  /** CSS pixels from the window's left and top edge to those of the banner; used where it floats. */
  x: v.optional(coordinate, DEFAULT_PLACE.x),
  y: v.optional(coordinate, DEFAULT_PLACE.y),
  collapsed: v.optional(v.boolean(), DEFAULT_PLACE.collapsed),
});
export type Place = v.InferOutput<typeof place>;

/** `https://host[:port]`: what a site is called in settings. */
export const origin = v.pipe(
  v.string(),
  v.check((text) => originOf(text) === text, 'not an origin'),
);

/**
 * An address as a person types it → as it is kept: an origin and path without a trailing slash. Plain http only for
 * this machine, since tokens travel to it.
 */
export function hubAddress(text: string): string | null {
  const typed = text.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  if (url.username || url.password || url.search || url.hash) return null;
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return allowed ? `${url.origin}${url.pathname}`.replace(/\/+$/, '') : null;
}

/** Whether nothing sent to this host leaves the machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** The origin of a page's address, or null where the banner cannot be put on it. */
export function originOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, origin } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? origin : null;
}

/** `company`: by policy, locked. `person`: set here. `builtIn`: what the build says. */
export type SettingSource = 'company' | 'person' | 'builtIn';

export interface Setting<T> {
  readonly value: T;
  readonly from: SettingSource;
  /** Set by the company: to be shown, not changed. */
  readonly locked: boolean;
}

/** An offer that nobody hears is missed; a system's notification needs a permission that one is asked for first. */
export const DEFAULT_OFFER = { sound: true, notification: false } as const;

export interface Settings {
  /** Address of the hub, without a trailing slash. */
  readonly hub: Setting<string>;
  readonly appearance: Setting<Appearance>;
  /** Where the banner is put on a site that has no place of its own. */
  readonly place: Setting<Place>;
  /** Whether an offer makes a sound in the banner, and whether the system says so while nobody looks at one. */
  readonly offerSound: Setting<boolean>;
  readonly offerNotification: Setting<boolean>;
  /** Sites by origin: the banner is there or, though otherwise allowed, not. A site unnamed is as the build says. */
  readonly sites: Readonly<Record<string, Setting<boolean>>>;
  /** Where the person has put it, by origin. */
  readonly places: Readonly<Record<string, Place>>;
}

/** What to change: null takes back what the person had set. */
export interface SettingsChange {
  readonly hub?: string | null;
  readonly appearance?: Appearance | null;
  readonly place?: Place | null;
  readonly offerSound?: boolean | null;
  readonly offerNotification?: boolean | null;
  readonly sites?: Readonly<Record<string, boolean | null>>;
  readonly places?: Readonly<Record<string, Place | null>>;
}

/** Why a change was not taken; nothing of it was. */
export type SettingsRefusal =
  | { readonly code: 'setting.locked'; readonly setting: string }
  | { readonly code: 'setting.invalid'; readonly setting: string };
