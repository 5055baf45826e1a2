/** On which pages the banner may be: what the build says, what the person or the company says, and what never. */
import { originOf, type Settings } from '../settings/schema.ts';

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

export const withoutPort = (pattern: string): string => pattern.replace(/^([^:]+:\/\/[^/:]+):\d+\//, '$1/');
