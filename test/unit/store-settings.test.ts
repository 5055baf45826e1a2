import { describe, expect, it } from 'vitest';
import { fakeClock, settled } from '../fakes/clock.ts';
import managedSchema from '../../public/managed-schema.json' with { type: 'json' };
import { DEFAULT_PLACE, hubAddress, LOCAL_HUB, originOf } from '../../lib/settings/schema.ts';
import { createSettings, PAGE_POLICY_WAIT_MS, POLICY_WAIT_MS, readSettings, type SettingsStorage } from '../../lib/settings/settings.ts';

type Listener = (changes: Record<string, unknown>) => void;

function memory(managed: Record<string, unknown> | Error = {}) {
  const held = new Map<string, unknown>();
  const listeners = new Set<Listener>();
  const said = (keys: string[]) => {
    for (const listener of listeners) listener(Object.fromEntries(keys.map((key) => [key, {}])));
  };
  const storage: SettingsStorage = {
    managed: { get: () => (managed instanceof Error ? Promise.reject(managed) : Promise.resolve(managed)) },
    local: {
      get: () => Promise.resolve(Object.fromEntries(held)),
      set(items) {
        for (const [key, value] of Object.entries(items)) held.set(key, value);
        said(Object.keys(items));
        return Promise.resolve();
      },
      remove(keys) {
        for (const key of keys) held.delete(key);
        said(keys);
        return Promise.resolve();
      },
      onChanged: {
        addListener: (listener) => void listeners.add(listener),
        removeListener: (listener) => void listeners.delete(listener),
      },
    },
  };
  return { storage, held };
}

describe('settings', () => {
  it('fall back from company to person to build to this machine', () => {
    const person = { 'setting.hub': 'https://own.example' };
    expect(readSettings({ hub: 'https://company.example' }, person).hub).toEqual({
      value: 'https://company.example',
      from: 'company',
      locked: true,
    });
    expect(readSettings({}, person, { hub: 'https://built.example' }).hub.value).toBe('https://own.example');
    expect(readSettings({}, {}, { hub: 'https://built.example/' }).hub).toMatchObject({
      value: 'https://built.example',
      from: 'builtIn',
    });
    expect(readSettings({}, {}).hub.value).toBe(LOCAL_HUB);
  });

  it('take a place of the company that says no more than its edge', () => {
    expect(readSettings({ place: { mode: 'bottom' } }, {}).place).toEqual({
      value: { ...DEFAULT_PLACE, mode: 'bottom' },
      from: 'company',
      locked: true,
    });
  });

  it('count what does not validate as not set', () => {
    const read = readSettings({ hub: 'ftp://x', sites: { nonsense: true } }, { 'setting.hub': 7, 'setting.appearance': 'loud' });
    expect(read.hub).toMatchObject({ value: LOCAL_HUB, from: 'builtIn' });
    expect(read.appearance.value).toBe('system');
    expect(read.sites).toEqual({});
  });

  it('refuse to change what the company set, and take nothing of that change', async () => {
    const { storage, held } = memory({ hub: 'https://company.example' });
    const settings = createSettings(storage);
    const refusal = await settings.write({ hub: 'https://own.example', appearance: 'dark' });
    expect(refusal).toEqual({ code: 'setting.locked', setting: 'hub' });
    expect(held.size).toBe(0);
  });

  it('keep two sites apart and take a value back with null', async () => {
    const { storage } = memory(new Error('Managed storage manifest not found'));
    const settings = createSettings(storage);
    const floating = { mode: 'floating', x: 10, y: 20, collapsed: false } as const;
    await Promise.all([
      settings.write({ sites: { 'https://a.example': true } }),
      settings.write({ places: { 'https://b.example': floating } }),
    ]);
    expect(await settings.read()).toMatchObject({
      sites: { 'https://a.example': { value: true, from: 'person' } },
      places: { 'https://b.example': floating },
    });
    await settings.write({ places: { 'https://b.example': null } });
    expect((await settings.read()).places).toEqual({});
  });

  it('tell a watcher of a change until it stops', async () => {
    const { storage } = memory();
    const settings = createSettings(storage);
    const seen: string[] = [];
    const stop = settings.watch((now) => seen.push(now.appearance.value));
    await settings.write({ appearance: 'dark' });
    await settings.read();
    stop();
    await settings.write({ appearance: 'light' });
    await settings.read();
    expect(seen).toEqual(['dark']);
  });

  it('do not wait for a policy that the browser has not read yet, and follow it when it has', async () => {
    const { storage } = memory();
    let found: ((policy: Record<string, unknown>) => void) | undefined;
    const clock = fakeClock();
    const late = { ...storage, managed: { get: () => new Promise<Record<string, unknown>>((resolve) => (found = resolve)) } };
    const settings = createSettings(late, {}, clock);
    const seen: string[] = [];
    settings.watch((now) => seen.push(now.hub.value));
    const first = settings.read();
    await clock.pass(POLICY_WAIT_MS);
    expect((await first).hub.from).toBe('builtIn');
    found!({ hub: 'https://company.example' });
    await settled();
    found!({ hub: 'https://company.example' });
    await settled();
    expect(seen).toEqual(['https://company.example']);
  });

  it('are there for a page at once, locked as soon as the policy is known', async () => {
    const { storage } = memory();
    let found: ((policy: Record<string, unknown>) => void) | undefined;
    const clock = fakeClock();
    const late = { ...storage, managed: { get: () => new Promise<Record<string, unknown>>((resolve) => (found = resolve)) } };
    const settings = createSettings(late, {}, clock, PAGE_POLICY_WAIT_MS);
    const seen: boolean[] = [];
    settings.watch((now) => seen.push(now.appearance.locked));
    const first = settings.read();
    await clock.pass(PAGE_POLICY_WAIT_MS);
    expect((await first).appearance.locked).toBe(false);
    found!({ appearance: 'dark' });
    await settled();
    found!({ appearance: 'dark' });
    await settled();
    expect(seen).toEqual([true]);
  });

  it('name the same values as the policy schema of the browsers', () => {
    expect(Object.keys(managedSchema.properties).toSorted()).toEqual(['appearance', 'hub', 'offerNotification', 'offerSound', 'place', 'sites']);
  });
});

describe('an address', () => {
  it.each([
    ['hub.example.com', 'https://hub.example.com'],
    [' https://hub.example.com/pennon/ ', 'https://hub.example.com/pennon'],
    ['http://127.0.0.1:7420', 'http://127.0.0.1:7420'],
    ['http://localhost:7420/', 'http://localhost:7420'],
    ['http://hub.example.com', null],
    ['https://me:secret@hub.example.com', null],
    ['javascript:alert(1)', null],
    ['', null],
  ])('of a hub %j is kept as %j', (typed, kept) => {
    expect(hubAddress(typed)).toBe(kept);
  });

  it('of a browser page is no site', () => {
    expect(originOf('chrome://extensions')).toBeNull();
    expect(originOf('https://crm.example.com/x?y#z')).toBe('https://crm.example.com');
  });
});
