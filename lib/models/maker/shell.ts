/** The Maker around its pages: who is here, where one is, what one may, and what must not be lost by leaving. */
import { batch, computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals-core';
import { hrefOf, type Location, parseLocation } from '../../console/location.ts';
import type { OwnedQueries } from '../../console/queries.ts';
import { type ConsoleRights, consoleRightsOf } from '../../decide/console.ts';
import type { Client, ClientState, Phase } from '../../session/client-state.ts';
import type { Clock } from '../clock.ts';
import { NOBODY, personOf } from '../situation.ts';

/** The address after `#`, as the browser has it. */
export interface AddressEdges {
  read(): string;
  /** Adds to the history. */
  push(hash: string): void;
  /** In the place of what is there. */
  replace(hash: string): void;
  /** Calls back when a person changed it: a link, the history, by hand. Returns how to stop. */
  watch(listener: () => void): () => void;
}

export interface ShellEdges {
  readonly client: Client;
  readonly queries: Pick<OwnedQueries, 'own' | 'forget'>;
  readonly clock: Clock;
  readonly address: AddressEdges;
}

/** Something typed that is not saved by itself. */
export interface Unsaved {
  readonly dirty: () => boolean;
  /** Saves it, where it can be saved without asking. False where it could not. */
  readonly flush?: (() => Promise<boolean>) | undefined;
}

export const ShellModel = createModel(({ client, queries, clock, address }: ShellEdges) => {
  const state = signal<ClientState | null>(null);
  const location = signal<Location>(parseLocation(address.read()));
  /** Where one wants to go from what is not saved: asked about. */
  const leavingTo = signal<Location | null>(null);
  const guards = new Set<Unsaved>();

  /** This machine's clock at the last change, and at the moment when what is held runs out. */
  const moment = signal(clock.now());

  effect(() =>
    client.subscribe((next) =>
      batch(() => {
        state.value = next;
        moment.value = clock.now();
      }),
    ),
  );
  effect(() => {
    const left = (state.value?.snapshot?.expiresAt ?? 0) - (state.value?.clockOffset ?? 0) - clock.now();
    return left > 0 ? clock.after(left, () => (moment.value = clock.now())) : undefined;
  });

  /** Kept while a lost session is opened again: what one was doing stays on screen. */
  const held = computed(() => (state.value && keepsScreen(state.value) ? state.value.snapshot : null));
  /** Of the same parts once: a state that only moves the link changes no right. */
  const rightsKey = computed(() => {
    const snapshot = held.value;
    return snapshot ? [snapshot.epoch, snapshot.person.id, snapshot.person.seq, snapshot.profile.seq].join() : '';
  });
  const expired = computed(() => {
    const now = state.value;
    return now?.snapshot ? moment.value + now.clockOffset >= now.snapshot.expiresAt : false;
  });
  const rights: ReadonlySignal<ConsoleRights> = computed(() => {
    const known = rightsKey.value === '' ? null : held.peek();
    const person = known ? personOf(known) : NOBODY;
    return consoleRightsOf(expired.value ? 'expired' : (known?.profile.active ?? 'none'), person);
  });

  const owner = computed(() => {
    const now = state.value;
    return now?.snapshot && keepsScreen(now) ? `${now.hub} ${now.snapshot.person.id}` : null;
  });
  const signedOut = computed(() => isOut(state.value?.phase ?? null));
  // A page that opens before the sign-in has gone through forgets nothing: what is kept may be this person's.
  let owned = false;
  effect(() => {
    if (owner.value !== null) {
      owned = true;
      void queries.own(owner.value);
    } else if (signedOut.value && owned) {
      owned = false;
      void queries.forget();
    }
  });

  const settle = (next: Location) =>
    batch(() => {
      leavingTo.value = null;
      location.value = next;
    });
  const dirty = () => [...guards].filter((guard) => guard.dirty());
  /** Saves what saves itself; true where nothing is left that would be lost. */
  const flushed = async (): Promise<boolean> => {
    for (const guard of dirty()) if (!(await guard.flush?.())) return false;
    return dirty().length === 0;
  };
  const arrive = async (next: Location, enter: () => void) => {
    if (dirty().length === 0 || samePage(next, location.peek())) {
      enter();
      settle(next);
      return;
    }
    if (await flushed()) {
      enter();
      settle(next);
    } else leavingTo.value = next;
  };
  effect(() =>
    address.watch(() => {
      const next = parseLocation(address.read());
      const here = hrefOf(location.peek());
      if (hrefOf(next) === here) return;
      // Stays where one is until it is sure that nothing is lost.
      if (dirty().length > 0 && !samePage(next, location.peek())) {
        address.replace(here);
        void arrive(next, () => address.push(hrefOf(next)));
      } else settle(next);
    }),
  );

  return {
    client,
    state,
    location,
    leavingTo,
    rights,
    expired,
    owner,
    go(next: Location) {
      if (hrefOf(next) !== hrefOf(location.peek())) void arrive(next, () => address.push(hrefOf(next)));
    },
    stay: () => void (leavingTo.value = null),
    leave() {
      const next = leavingTo.peek();
      if (!next) return;
      guards.clear();
      address.push(hrefOf(next));
      settle(next);
    },
    /** Returns how to say that it is gone. */
    guard(unsaved: Unsaved) {
      guards.add(unsaved);
      return () => void guards.delete(unsaved);
    },
    anyDirty: () => dirty().length > 0,
  };
});
export type Shell = InstanceType<typeof ShellModel>;

/** In a session, or on the way back into one that was open a moment ago. */
const keepsScreen = ({ phase, snapshot }: ClientState): boolean => snapshot !== null && (phase === 'open' || phase === 'opening');
const isOut = (phase: Phase | null): boolean => phase === 'signedOut';

/** Within one profile one goes from tab to tab with what is typed. */
const samePage = (a: Location, b: Location): boolean =>
  a.page === 'profile' && b.page === 'profile' ? a.profileId === b.profileId : hrefOf(a) === hrefOf(b);
