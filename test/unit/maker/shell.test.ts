import { describe, expect, it, vi } from 'vitest';
import { parseLocation } from '../../../lib/console/location.ts';
import { emptyDocument } from '../../../lib/profile/schema.ts';
import { consoleModules } from '../../../lib/catalogue/console.ts';
import { firstPage, menuOf, moduleAt, opensMaker } from '../../../lib/models/maker/shell-menu.ts';
import { type AddressEdges, ShellModel } from '../../../lib/models/maker/shell.ts';
import type { Client, ClientState } from '../../../lib/session/client-state.ts';
import { aSnapshot, aState } from '../../fakes/state.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';

const NOW = aSnapshot().now;

/** A state whose active profile has these fields of the Maker. */
const stateWith = (rights: Record<string, unknown>, seq = 10): ClientState => {
  const snapshot = aSnapshot({ profile: seq });
  const document = { ...emptyDocument('Inbound'), settings: { 'general.name': 'Inbound', ...rights } };
  return aState({ snapshot: { ...snapshot, profile: { seq, active: { ...snapshot.profile.active!, document } } } });
};

function setUp(first: ClientState, hash = '') {
  const clock = createHandClock(NOW);
  let listener: (state: ClientState) => void = () => {};
  const client = { subscribe: (next: typeof listener) => (next(first), (listener = next), () => {}), call: vi.fn() } as unknown as Client;
  const owned: (string | null)[] = [];
  const queries = { own: async (owner: string | null) => void owned.push(owner), forget: async () => void owned.push('forgotten') };
  const history = [hash];
  let moved = () => {};
  const address: AddressEdges = {
    read: () => history.at(-1)!,
    push: (next) => void history.push(next),
    replace: (next) => void (history[history.length - 1] = next),
    watch: (next) => ((moved = next), () => {}),
  };
  const shell = new ShellModel({ client, queries, clock, address });
  /** As a link or the history does. */
  const follow = (next: string) => {
    history.push(next);
    moved();
  };
  return { shell, clock, owned, history, follow, tell: (state: ClientState) => listener(state) };
}

describe('the rights in the Maker', () => {
  it('follow a publish without a reload', () => {
    const { shell, tell } = setUp(stateWith({ 'console.type': 'read' }));
    expect(shell.rights.value.may('profiles.read').allowed).toBe(true);
    tell(stateWith({ 'console.type': 'none', 'console.queues.read': 'allow' }, 11));
    expect(shell.rights.value.may('profiles.read').allowed).toBe(false);
    expect(menuOf(shell.rights.value, { page: 'profiles' }).map(({ module }) => module.id)).toEqual(['queues']);
  });

  it('are not worked out again for a link that comes and goes', () => {
    const first = stateWith({ 'console.type': 'read' });
    const { shell, tell } = setUp(first);
    const before = shell.rights.value;
    tell({ ...first, snapshot: structuredClone(first.snapshot), connection: { state: 'stale', since: NOW, asOf: NOW, nextTryAt: null } });
    expect(shell.rights.value).toBe(before);
  });

  it('end with the snapshot that they are read from', () => {
    const { shell, clock } = setUp(stateWith({ 'console.type': 'read' }));
    clock.pass(3_600_001);
    expect(shell.expired.value).toBe(true);
    expect(shell.rights.value.may('profiles.read')).toMatchObject({ allowed: false, code: 'profile.expired' });
  });

  it('of an administrator are all of them, with any profile', () => {
    const snapshot = aSnapshot();
    const { shell } = setUp(aState({ snapshot: { ...snapshot, person: { ...snapshot.person, type: 'administrator' } } }));
    expect(menuOf(shell.rights.value, { page: 'profiles' })).toHaveLength(consoleModules.length);
  });
});

describe('the menu', () => {
  it('shows what may be read and is not hidden, in the order of the catalogue, and where one is', () => {
    const { shell } = setUp(stateWith({ 'console.type': 'read', 'console.people.menu': 'hide', 'console.teams.read': 'deny' }));
    const menu = menuOf(shell.rights.value, parseLocation('#/resources/smsCampaign/7'));
    const hidden = new Set(['people', 'teams']);
    expect(menu.map(({ module }) => module.id)).toEqual(consoleModules.map(({ id }) => id as string).filter((id) => !hidden.has(id)));
    expect(menu.filter(({ active }) => active).map(({ module }) => module.id)).toEqual(['campaigns']);
  });

  it('leads to a page of its own module', () => {
    const { shell } = setUp(stateWith({ 'console.type': 'readEditDelete' }));
    for (const { module, location } of menuOf(shell.rights.value, { page: 'unknown' })) expect(moduleAt(location)).toBe(module);
  });

  it('begins at the profiles, else at what there is', () => {
    const rightsOf = (rights: Record<string, unknown>) => setUp(stateWith(rights)).shell.rights.value;
    expect(firstPage(rightsOf({ 'console.type': 'read' }))).toEqual({ page: 'profiles' });
    expect(firstPage(rightsOf({ 'console.audit.read': 'allow' }))).toEqual({ page: 'audit' });
    expect(firstPage(rightsOf({ 'console.audit.read': 'allow', 'console.audit.menu': 'hide' }))).toEqual({ page: 'audit' });
    expect(firstPage(rightsOf({}))).toBeNull();
    expect(opensMaker(rightsOf({}))).toBe(false);
    expect(opensMaker(rightsOf({ 'console.whoCan.read': 'allow' }))).toBe(true);
  });
});

describe('whose the reads are', () => {
  it('is the person at the hub, from the first state on, and nobody after the sign-out', () => {
    const { owned, tell } = setUp(aState());
    expect(owned).toEqual(['http://127.0.0.1:7420 ana']);
    tell(aState({ phase: 'opening' }));
    expect(owned).toHaveLength(1);
    tell(aState({ phase: 'signedOut', snapshot: null }));
    expect(owned.at(-1)).toBe('forgotten');
  });

  it('is not forgotten by a page that opens before the sign-in has gone through', () => {
    const { owned, tell } = setUp(aState({ phase: 'signedOut', snapshot: null }));
    tell(aState({ phase: 'signingIn', snapshot: null }));
    tell(aState());
    expect(owned).toEqual(['http://127.0.0.1:7420 ana']);
  });
});

describe('what is not saved', () => {
  const open = () => {
    const set = setUp(aState(), '#/people');
    let dirty = true;
    const guard = { dirty: () => dirty, flush: vi.fn<() => Promise<boolean>>(async () => false) };
    set.shell.guard(guard);
    return { ...set, guard, clean: () => (dirty = false) };
  };

  it('keeps one where one is until it is asked about, also when a link was followed', async () => {
    const { shell, history, follow } = open();
    follow('#/teams');
    await vi.waitFor(() => expect(shell.leavingTo.value).toEqual({ page: 'teams', teamId: null }));
    expect(shell.location.value).toEqual({ page: 'people', personId: null });
    expect(history.at(-1)).toBe('#/people');
    shell.stay();
    expect(shell.leavingTo.value).toBeNull();
    shell.go({ page: 'audit' });
    await vi.waitFor(() => expect(shell.leavingTo.value).toEqual({ page: 'audit' }));
    shell.leave();
    expect(shell.location.value).toEqual({ page: 'audit' });
    expect(history.at(-1)).toBe('#/audit');
  });

  it('is saved on the way out where that can be done without asking', async () => {
    const { shell, guard, clean, follow } = open();
    guard.flush.mockImplementation(async () => {
      clean();
      return true;
    });
    follow('#/teams');
    await vi.waitFor(() => expect(shell.location.value).toEqual({ page: 'teams', teamId: null }));
    expect(shell.leavingTo.value).toBeNull();
  });

  it('is no reason to ask once it is saved, or its form is gone', () => {
    const { shell, clean, follow } = open();
    clean();
    follow('#/teams');
    expect(shell.location.value).toEqual({ page: 'teams', teamId: null });
  });

  it('goes along from tab to tab of one profile', () => {
    const { shell, follow } = setUp(aState(), '#/profiles/7');
    shell.guard({ dirty: () => true });
    follow('#/profiles/7/people');
    expect(shell.location.value).toMatchObject({ page: 'profile', tab: 'people' });
  });
});
