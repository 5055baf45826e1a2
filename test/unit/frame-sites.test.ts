import { describe, expect, test } from 'vitest';
import { belongsOn, builtInSites, covers, earlyRooms, matchesFor } from '../../lib/frame/sites.ts';
import { readSettings } from '../../lib/settings/settings.ts';

const rules = (person: Record<string, unknown>, builtIn: readonly string[] = [], company: Record<string, unknown> = {}) => ({
  settings: readSettings(company, person),
  builtIn,
});

describe('a match pattern', () => {
  test.each([
    ['https://crm.example.com/*', 'https://crm.example.com/customers/1', true],
    ['https://crm.example.com/*', 'http://crm.example.com/', false],
    ['https://*.example.com/*', 'https://example.com/', true],
    ['https://*.example.com/*', 'https://a.b.example.com/', true],
    ['https://*.example.com/*', 'https://badexample.com/', false],
    ['*://crm.example.com/app/*', 'http://crm.example.com/app/x?y', true],
    ['*://crm.example.com/app/*', 'https://crm.example.com/other', false],
    ['http://127.0.0.1/*', 'http://127.0.0.1:7420/demo/', true],
    ['http://127.0.0.1:7420/*', 'http://127.0.0.1:7421/', false],
    ['*://*/*', 'https://anything.example/', true],
    ['*://*/*', 'file:///etc/passwd', false],
    ['nonsense', 'https://crm.example.com/', false],
  ])('%s on %s: %s', (pattern, address, expected) => {
    expect(covers(pattern, address)).toBe(expected);
  });
});

test('what the build names and is no match pattern is left out', () => {
  expect(builtInSites(' https://a.example/* , not a pattern,, http://127.0.0.1:7420/demo/* ')).toEqual([
    'https://a.example/*',
    'http://127.0.0.1:7420/demo/*',
  ]);
});

describe('the banner belongs', () => {
  const crm = 'https://crm.example.com/customers';

  test('nowhere by itself', () => expect(belongsOn(crm, rules({}))).toBe(false));
  test('where the build says', () => expect(belongsOn(crm, rules({}, ['https://crm.example.com/*']))).toBe(true));
  test('where the person allowed it', () => expect(belongsOn(crm, rules({ 'setting.site:https://crm.example.com': true }))).toBe(true));
  test('not where the person turned it off, whatever the build says', () => {
    expect(belongsOn(crm, rules({ 'setting.site:https://crm.example.com': false }, ['https://crm.example.com/*']))).toBe(false);
  });
  test('where the company says, whatever the person did', () => {
    const company = { sites: { 'https://crm.example.com': true } };
    expect(belongsOn(crm, rules({ 'setting.site:https://crm.example.com': false }, [], company))).toBe(true);
  });
  test('never on the hub’s own sign-in pages', () => {
    expect(belongsOn('http://127.0.0.1:7420/oidc/interaction/abc', rules({}, ['http://127.0.0.1/*']))).toBe(false);
  });
  test('never on a page of the browser', () => expect(belongsOn('chrome://settings/', rules({}, ['*://*/*']))).toBe(false));
});

test('the script is registered once for each site, without ports', () => {
  expect(matchesFor(rules({ 'setting.site:http://127.0.0.1:8080': true, 'setting.site:https://off.example': false }, ['http://127.0.0.1:7420/*']))).toEqual([
    'http://127.0.0.1/*',
  ]);
});

describe('room is made before a page is drawn', () => {
  const place = (mode: string, collapsed = false) => ({ mode, collapsed, x: 0, y: 0 });
  const crm = 'https://crm.example.com';
  const roomsOf = (person: Record<string, unknown>) =>
    Object.fromEntries(earlyRooms(rules(person, [`${crm}/*`, 'https://*.tickets.example/*'])).map(({ edge, ...where }) => [edge, where]));
  const signIn = 'http://127.0.0.1/oidc/*';

  test('at the edge where the banner is put, on all of its sites', () => {
    expect(roomsOf({})).toEqual({
      top: { matches: ['https://*.tickets.example/*', 'https://crm.example.com/*'], excludeMatches: [signIn] },
      bottom: { matches: [], excludeMatches: [signIn] },
    });
  });

  test('not where it stands elsewhere, floats, is collapsed or turned off', () => {
    const { top, bottom } = roomsOf({
      [`setting.place:${crm}`]: place('bottom'),
      'setting.place:https://a.tickets.example': place('floating'),
      'setting.place:https://b.tickets.example:8443': place('top', true),
      'setting.place:https://c.tickets.example': place('top'),
      'setting.site:https://d.tickets.example': false,
    });
    const off = 'https://d.tickets.example/*';
    const others = ['https://a.tickets.example/*', 'https://b.tickets.example/*'];
    expect(top!.excludeMatches).toEqual([...others, 'https://crm.example.com/*', off, signIn]);
    expect(bottom).toEqual({ matches: ['https://crm.example.com/*'], excludeMatches: [...others, 'https://c.tickets.example/*', off, signIn] });
  });

  test('nowhere by itself where it floats everywhere', () => {
    expect(roomsOf({ 'setting.place': place('floating') })).toMatchObject({ top: { matches: [] }, bottom: { matches: [] } });
  });
});
