/** Which addresses the hub calls on behalf of somebody: those of the open internet by https, and what its operator allows. */
import { BlockList, isIP } from 'node:net';

/** Hosts of `PENNON_SERVICE_HOSTS`, each as `host` or `host:port`, in lower case. */
export type AllowedHosts = ReadonlySet<string>;

/** IANA's special-purpose registries of 2024: nothing in them is a host of the open internet. */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // The one public address that answers with a virtual machine's own secrets (Azure's wire server).
  ['168.63.129.16', 32],
] as const;
/** Of IPv6 only this is given to hosts of the internet; in it, what leads somewhere else again. */
const GLOBAL_IPV6 = ['2000::', 3] as const;
const SPECIAL_IPV6 = [
  // With Teredo (2001::/32), ORCHID and benchmarking.
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4: an IPv4 address in disguise.
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const listOf = (subnets: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
};
const special4 = listOf(SPECIAL_IPV4, 'ipv4');
const special6 = listOf(SPECIAL_IPV6, 'ipv6');
const global6 = listOf([GLOBAL_IPV6], 'ipv6');
const loopback4 = listOf([['127.0.0.0', 8]], 'ipv4');
const nowhere4 = listOf([['0.0.0.0', 8], ['224.0.0.0', 4], ['240.0.0.0', 4]], 'ipv4');
const unicast6 = listOf([['2000::', 3], ['fc00::', 7]], 'ipv6');

/** Of anything that is no IP address: no. */
export function isPublic(ip: string): boolean {
  switch (isIP(ip)) {
    case 4:
      return !special4.check(ip, 'ipv4');
    case 6:
      return global6.check(ip, 'ipv6') && !special6.check(ip, 'ipv6');
    default:
      return false;
  }
}

export const isLoopback = (ip: string): boolean => (isIP(ip) === 4 ? loopback4.check(ip, 'ipv4') : /^(?:0*:)+0*1$/.test(ip));

/** What an operator may allow: a host of theirs, but neither all of a network nor an address of a link. */
const isHost = (ip: string): boolean => isLoopback(ip) || isPublic(ip) || (isIP(ip) === 4 ? !nowhere4.check(ip, 'ipv4') : isIP(ip) === 6 && unicast6.check(ip, 'ipv6'));

/** The host of an address as an IP address, where it is written as one. */
export const literalOf = ({ hostname }: URL): string | null => {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) ? bare : null;
};

const isAllowed = ({ hostname, host, port, protocol }: URL, allowed: AllowedHosts): boolean =>
  allowed.has(hostname) || allowed.has(host) || (port === '' && allowed.has(`${hostname}:${protocol === 'https:' ? 443 : 80}`));

/**
 * Whether the hub may connect to this IP address for that address.
 *
 * @param ip what the name of the host was resolved to; the host itself where it is written as one
 */
export function mayConnect(url: URL, ip: string, allowed: AllowedHosts): boolean {
  if (url.protocol === 'http:') return isLoopback(ip) && isAllowed(url, allowed);
  if (url.protocol !== 'https:') return false;
  return isAllowed(url, allowed) ? isHost(ip) : isPublic(ip);
}

/**
 * The address of a web service, where it may be one before its name is resolved. Null for one with a name or password in
 * it, for another protocol, and for plain http beyond this machine.
 */
export function serviceAddress(address: string, allowed: AllowedHosts): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return null;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowed(url, allowed))) return null;
  const literal = literalOf(url);
  return literal === null || mayConnect(url, literal, allowed) ? url : null;
}

/** The page that an answer wants opened, where one may be: https, or http on this machine for a service that is here too. */
export function pageAddress(address: string, service: URL): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return null;
  const isHere = (at: URL) => at.hostname === 'localhost' || isLoopback(literalOf(at) ?? '');
  return url.protocol === 'https:' || (url.protocol === 'http:' && service.protocol === 'http:' && isHere(url)) ? url.href : null;
}
