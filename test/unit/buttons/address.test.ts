import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopback, isPublic, mayConnect, pageAddress, serviceAddress } from '../../../server/buttons/address.ts';

const NOBODY: ReadonlySet<string> = new Set();
const octet = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
/** The address blocks that no host of the internet is in, as first octets and a test on the second. */
const isInside = (ip: string): boolean => {
  const [a, b] = ip.split('.').map(Number) as [number, number];
  return a === 0 || a === 10 || a === 127 || a >= 224 || (a === 100 && b >= 64 && b < 128) || (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 198 && (b === 18 || b === 19));
};
/** IPv6 addresses as numbers of 128 bits, written out. */
const ipv6 = fc.tuple(...Array.from({ length: 8 }, () => fc.integer({ min: 0, max: 0xffff }))).map((groups) => groups.map((group) => group.toString(16)).join(':'));
const httpsTo = (host: string) => new URL(`https://${host.includes(':') ? `[${host}]` : host}/hook`);

describe('an IP address', () => {
  it('inside of a network is never public, however it is written', () => {
    fc.assert(
      fc.property(ipv4, (ip) => {
        if (isInside(ip)) expect([isPublic(ip), serviceAddress(httpsTo(ip).href, NOBODY)]).toEqual([false, null]);
        // The same as one number, as hexadecimal, in IPv6: what a URL makes of it is looked at, not how it was written.
        const number = ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
        for (const written of [String(number), `0x${number.toString(16)}`]) {
          expect(serviceAddress(`https://${written}/`, NOBODY) !== null).toBe(isPublic(ip));
        }
        for (const wrapped of [`::ffff:${ip}`, `::${ip}`, `64:ff9b::${ip}`]) expect([isPublic(wrapped), serviceAddress(`https://[${wrapped}]/`, NOBODY)]).toEqual([false, null]);
      }),
    );
  });

  it('of IPv6 is public only in the space given to hosts', () => {
    fc.assert(
      fc.property(ipv6, (ip) => {
        const first = Number.parseInt(ip.split(':')[0]!, 16);
        if (isPublic(ip)) expect([first >> 13, first]).not.toContain(0x2002);
        if (first >> 13 !== 1) expect(isPublic(ip)).toBe(false);
      }),
    );
    for (const ip of ['::', '::1', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '2001:db8::1', '2002:7f00:1::', '2001::1', '3fff::1']) expect([ip, isPublic(ip)]).toEqual([ip, false]);
    for (const ip of ['2606:4700:4700::1111', '2a00:1450:4007::200e', '93.184.216.34', '1.1.1.1']) expect([ip, isPublic(ip)]).toEqual([ip, true]);
  });

  it('of a virtual machine’s own secrets is none of the internet', () => {
    expect(['169.254.169.254', '168.63.129.16', '100.100.100.200'].filter(isPublic)).toEqual([]);
  });

  it('that is no address is nothing', () => {
    fc.assert(fc.property(fc.string(), (text) => void (/[.:]/.test(text) || expect([isPublic(text), isLoopback(text)]).toEqual([false, false]))));
  });
});

describe('the address of a web service', () => {
  const allowed = new Set(['crm.intern.example', '10.0.0.5:8443', 'localhost', '127.0.0.1', '169.254.1.1', '[::1]']);

  it('is https beyond this machine, without a name and password in it', () => {
    for (const address of ['http://hooks.example/', 'ftp://hooks.example/', 'https://user:secret@hooks.example/', 'https://user@hooks.example/', 'hooks.example', '', 'javascript:1', 'file:///etc/passwd']) {
      expect([address, serviceAddress(address, allowed)]).toEqual([address, null]);
    }
    expect(serviceAddress('https://hooks.example/x?y', NOBODY)?.href).toBe('https://hooks.example/x?y');
  });

  it('inside is only what the operator allows, by host and where they say so by port', () => {
    const reaches = (address: string, ip: string) => {
      const url = serviceAddress(address, allowed);
      return url !== null && mayConnect(url, ip, allowed);
    };
    expect(reaches('https://crm.intern.example/', '10.1.2.3')).toBe(true);
    expect(reaches('https://crm.intern.example/', 'fd00::1')).toBe(true);
    expect(reaches('https://other.intern.example/', '10.1.2.3')).toBe(false);
    expect(reaches('https://10.0.0.5:8443/', '10.0.0.5')).toBe(true);
    expect(reaches('https://10.0.0.5/', '10.0.0.5')).toBe(false);
    expect(reaches('http://127.0.0.1:9000/', '127.0.0.1')).toBe(true);
    expect(reaches('http://[::1]:9000/', '::1')).toBe(true);
    // Allowed, but not by plain http: its name leads out of this machine.
    expect(reaches('http://crm.intern.example/', '10.1.2.3')).toBe(false);
    expect(reaches('http://localhost/', '10.1.2.3')).toBe(false);
  });

  it('is never all of a network, whatever is allowed', () => {
    for (const ip of ['0.0.0.0', '224.0.0.1', '255.255.255.255', '::', 'ff02::1', 'fe80::1']) expect([ip, mayConnect(new URL('https://crm.intern.example/'), ip, allowed)]).toEqual([ip, false]);
  });

  it('that a name resolves to is held against the same rule', () => {
    fc.assert(fc.property(fc.oneof(ipv4, ipv6), (ip) => mayConnect(httpsTo('hooks.example'), ip, allowed) === isPublic(ip)));
    fc.assert(fc.property(fc.oneof(ipv4, ipv6), (ip) => !mayConnect(new URL('http://hooks.example/'), ip, allowed)));
  });
});

it('a page to open is https, or on this machine for a service that is', () => {
  const service = new URL('https://hooks.example/');
  const here = new URL('http://127.0.0.1:9000/');
  expect([pageAddress('https://crm.example/1', service), pageAddress('https://crm.example/1', here)]).toEqual(['https://crm.example/1', 'https://crm.example/1']);
  expect([pageAddress('http://localhost:80/', here), pageAddress('http://127.0.0.1/x', here)]).toEqual(['http://localhost/', 'http://127.0.0.1/x']);
  for (const page of ['http://crm.example/', 'javascript:alert(1)', 'data:text/html,x', 'https://a:b@crm.example/', '/relative', 'http://localhost/']) expect(pageAddress(page, service)).toBeNull();
  expect(pageAddress('http://crm.example/', here)).toBeNull();
});
