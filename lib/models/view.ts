/** Everything the banner draws at one moment, all of it from one state of the background: never a mix of two profiles. */
import type { ProfileView, Snapshot } from '../api/snapshot.ts';
import { type ActiveProfile, type Decisions, decide, type NoProfile, type Person, type Rights, rightsOf, type Situation } from '../decide/index.ts';
import type { Resources } from '../catalogue/index.ts';
import type { ClientState, Phase } from '../session/client-state.ts';
import { type BarItem, barItems } from './items.ts';
import { NOBODY, personOf, profileOf, situationOf } from './situation.ts';

export interface View {
  /** Null until the background has answered for the first time. */
  readonly state: ClientState | null;
  readonly phase: Phase | null;
  /** Null while signed out. */
  readonly snapshot: Snapshot | null;
  /** The active profile with its name and version; null where there is none to decide by. */
  readonly active: ProfileView | null;
  readonly profile: ActiveProfile | NoProfile;
  readonly person: Person;
  readonly situation: Situation;
  readonly rights: Rights;
  readonly decisions: Decisions;
  /** What the rows of the active profile point to. */
  readonly resources: Resources;
  readonly items: readonly BarItem[];
}

const NOTHING: ClientState = {
  hub: '',
  phase: 'signedOut',
  ended: null,
  elsewhere: null,
  problem: null,
  connection: { state: 'signedOut', since: 0, asOf: null, nextTryAt: null },
  snapshot: null,
  confirmed: false,
  clockOffset: 0,
  pending: [],
};

/**
 * Returns how to make the view of a state at a moment of this machine's clock. The rights are worked out once for a
 * version of profile and person: parts with the same sequence number are the same, whatever copy of them arrives.
 */
export function createViewOf(): (state: ClientState | null, now: number) => View {
  let key = '';
  let rights: Rights | null = null;
  let decisions: Decisions | undefined;
  let items: readonly BarItem[] = [];

  const rightsFor = (snapshot: Snapshot | null, profile: ActiveProfile | NoProfile, person: Person): Rights => {
    const next = snapshot
      ? [snapshot.epoch, snapshot.person.id, snapshot.profile.seq, snapshot.person.seq, typeof profile === 'string' && profile].join()
      : 'nobody';
    if (rights === null || key !== next) rights = rightsOf(profile, person);
    key = next;
    return rights;
  };

  return (state, now) => {
    const known = state ?? NOTHING;
    const hubNow = now + known.clockOffset;
    const snapshot = known.phase === 'open' ? known.snapshot : null;
    const profile = profileOf(snapshot, hubNow);
    const person = snapshot ? personOf(snapshot) : NOBODY;
    const situation = situationOf(known, hubNow);
    const held = rightsFor(snapshot, profile, person);
    decisions = decide(held, situation, decisions);
    const resources = typeof profile === 'string' ? {} : profile.resources;
    items = snapshot ? barItems(decisions, resources, items) : [];
    return {
      state,
      phase: state?.phase ?? null,
      snapshot,
      active: typeof profile === 'string' ? null : (snapshot?.profile.active ?? null),
      profile,
      person,
      situation,
      rights: held,
      decisions,
      resources,
      items,
    };
  };
}
