/** On which pages the banner may be: what the build says, what the person or the company says, and what never. */
import { originOf, type Place, type Settings } from '../settings/schema.ts';
import { EARLY_EDGES, type EarlyEdge } from './drawing.ts';

/** Match patterns of the build (`PENNON_SITES`), comma separated. */
export const builtInSites = (list: string | undefined): readonly string[] =>
  (list ?? '')
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => PATTERN.test(pattern));

const PATTERN = /^(\*|https?):\/\/(\*|(?:\*\.)?[^/*:]+)(?::\d+)?(\/.*)$/;

/** Whether a match pattern covers an address. A port in the pattern must be the address's; without one any will do. */
export function covers(pattern: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const parts = /^(\*|https?):\/\/([^/:]+)(?::(\d+))?(\/.*)$/.exec(pattern);
  if (parts === null) return false;
  const [, scheme, host, port, path] = parts as unknown as [string, string, string, string | undefined, string];
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || (scheme !== '*' && url.protocol !== `${scheme}:`)) return false;
  if (port !== undefined && url.port !== port) return false;
  const hostFits = host === '*' || host === url.hostname || (host.startsWith('*.') && isWithin(url.hostname, host.slice(2)));
  return hostFits && glob(path).test(url.pathname + url.search);
}

const isWithin = (hostname: string, domain: string): boolean => hostname === domain || hostname.endsWith(`.${domain}`);

const glob = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);

export interface SiteRules {
  readonly settings: Settings;
  readonly builtIn: readonly string[];
}

/** Whether the banner belongs on a page. The person's or the company's word on its site goes before the build's. */
export function belongsOn(address: string, { settings, builtIn }: SiteRules): boolean {
  const origin = originOf(address);
  if (origin === null || isSignIn(address, settings)) return false;
  return settings.sites[origin]?.value ?? builtIn.some((pattern) => covers(pattern, address));
}

/** The hub's own sign-in pages: nobody has a profile there yet, and the page is not to be dressed up. */
const isSignIn = (address: string, { hub }: Settings): boolean => address.startsWith(`${hub.value}/oidc/`);

/** What to register the script for. Without ports: Firefox knows none there, and `belongsOn` looks again. */
export function matchesFor({ settings, builtIn }: SiteRules): string[] {
  const chosen = Object.entries(settings.sites).flatMap(([origin, { value }]) => (value ? [`${origin}/*`] : []));
  return [...new Set([...builtIn, ...chosen].map(withoutPort))].toSorted();
}

export interface EarlyRoom {
  readonly edge: EarlyEdge;
  readonly matches: string[];
  readonly excludeMatches: string[];
}

/** On which pages room is made before they are drawn, so that nothing moves when the bar comes: where it stands at that edge. */
export function earlyRooms(rules: SiteRules): readonly EarlyRoom[] {
  const { settings } = rules;
  const placed = Object.entries(settings.places).map(([origin, place]) => ({ origin, edge: edgeOf(place) }));
  const off = Object.entries(settings.sites).flatMap(([origin, { value }]) => (value ? [] : [origin]));
  const patterns = (origins: readonly string[]) => [...new Set(origins.map((origin) => withoutPort(`${origin}/*`)))].toSorted();
  return EARLY_EDGES.map((edge) => {
    const here = placed.filter((each) => each.edge === edge && belongsOn(`${each.origin}/`, rules)).map(({ origin }) => origin);
    const elsewhere = placed.filter((each) => each.edge !== edge).map(({ origin }) => origin);
    return {
      edge,
      matches: edgeOf(settings.place.value) === edge ? matchesFor(rules) : patterns(here),
      excludeMatches: [...patterns([...elsewhere, ...off]), withoutPort(`${settings.hub.value}/oidc/*`)],
    };
  });
}

const edgeOf = ({ mode, collapsed }: Place): EarlyEdge | null => (collapsed ? null : (EARLY_EDGES.find((edge) => edge === mode) ?? null));

export const withoutPort = (pattern: string): string => pattern.replace(/^([^:]+:\/\/[^/:]+):\d+\//, '$1/');
