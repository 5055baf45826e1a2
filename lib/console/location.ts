/** Where one is in the Maker, written in the address after `#`, so that every place can be linked to and gone back to. */
import { RESOURCE_KINDS, type ResourceKind } from '../catalogue/index.ts';

export const PROFILE_TABS = ['settings', 'configuration', 'rights', 'people', 'versions'] as const;
export type ProfileTab = (typeof PROFILE_TABS)[number];

export type Location =
  | { readonly page: 'profiles' }
  /** `subTab` is a section of Settings, a tab of Configuration, or whatever else the tab says it is. */
  | { readonly page: 'profile'; readonly profileId: string; readonly tab: ProfileTab; readonly subTab: string | null }
  | { readonly page: 'people'; readonly personId: string | null }
  | { readonly page: 'teams'; readonly teamId: string | null }
  | { readonly page: 'resources'; readonly kind: ResourceKind; readonly resourceId: string | null }
  | { readonly page: 'audit' }
  /** `right`: a control, or a right of the Maker. */
  | { readonly page: 'who-can'; readonly right?: string }
  /** No place of this name. */
  | { readonly page: 'unknown' };

const isKind = (text: string): text is ResourceKind => (RESOURCE_KINDS as readonly string[]).includes(text);
const isTab = (text: string): text is ProfileTab => (PROFILE_TABS as readonly string[]).includes(text);

/** @param hash with or without its `#`; the empty one is the list of profiles */
export function parseLocation(hash: string): Location {
  const parts = hash.replace(/^#?\/?/, '').split('/').map(decoded);
  const [page = '', first = null, second = null, third = null] = parts.map((part) => part || null);
  switch (page) {
    case null:
    case '':
      return { page: 'profiles' };
    case 'profiles': {
      if (first === null) return { page: 'profiles' };
      const tab = second ?? 'settings';
      return isTab(tab) ? { page: 'profile', profileId: first, tab, subTab: third } : { page: 'unknown' };
    }
    case 'people':
      return { page: 'people', personId: first };
    case 'teams':
      return { page: 'teams', teamId: first };
    case 'resources':
      return first !== null && isKind(first) ? { page: 'resources', kind: first, resourceId: second } : { page: 'unknown' };
    case 'who-can':
      return { page, ...(first === null ? {} : { right: first }) };
    case 'audit':
      return { page };
    default:
      return { page: 'unknown' };
  }
}

/** What to write in a link; `parseLocation` reads the same again. */
export function hrefOf(location: Location): string {
  const parts = partsOf(location).filter((part) => part !== null);
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

function partsOf(location: Location): readonly (string | null)[] {
  switch (location.page) {
    case 'profile':
      return ['profiles', location.profileId, location.tab, location.subTab];
    case 'people':
      return ['people', location.personId];
    case 'teams':
      return ['teams', location.teamId];
    case 'resources':
      return ['resources', location.kind, location.resourceId];
    case 'who-can':
      return ['who-can', location.right ?? null];
    case 'unknown':
      return [];
    default:
      return [location.page];
  }
}

/** A part that is no text once decoded is what it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
