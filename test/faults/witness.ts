/**
 * Sees all that every client is shown, and what was acknowledged to whom, and says at once where the two cannot be.
 * Nothing here depends on how long anything took: only on what had begun or ended before what else.
 */
import type { Snapshot } from '../../lib/api/snapshot.ts';
import type { ClientState } from '../../lib/session/client-state.ts';

export interface Witness {
  /** A publish or a roll-back begins. */
  publishBegins(profile: string): void;
  published(profile: string, version: number): void;
  assignBegins(profile: string, person: string): void;
  assignEnds(profile: string, person: string): void;
  /** @returns what `revoked` is to be told */
  revokeBegins(): number;
  /** The hub has acknowledged that the person no longer has it. */
  revoked(profile: string, person: string, began: number): void;
  seen(person: string, state: ClientState): void;
  states(): number;
  /** What should not have been, in words. */
  readonly wrongs: readonly string[];
  /** Something that was seen elsewhere. */
  wrong(what: string): void;
}

interface Early {
  readonly person: string;
  /** Since when it was certainly not theirs. */
  readonly since: number;
}

export function createWitness(): Witness {
  let moment = 0;
  let states = 0;
  const wrongs: string[] = [];
  /** By `profile@version`: the moment before which nobody had asked for it. */
  const askedAfter = new Map<string, number>();
  const versionBegan = new Map<string, number[]>();
  /** By `person profile`: since when they certainly do not have it; no entry while they may. */
  const without = new Map<string, number>();
  const assigning = new Map<string, { readonly last: number; readonly open: number }>();
  /** Who was shown what nobody is known to have asked for yet, while it was not theirs. */
  const early = new Map<string, Early[]>();
  const held = new Map<string, Snapshot>();
  const versions = new Map<string, number>();

  const neverBack = (person: string, { profile, ...now }: Snapshot) => {
    const before = held.get(person);
    if (before && before.epoch === now.epoch && before.situation.sessionId === now.situation.sessionId) {
      const seqs = [[before.profile.seq, profile.seq], [before.person.seq, now.person.seq], [before.situation.seq, now.situation.seq]] as const;
      if (seqs.some(([then, since]) => since < then)) wrongs.push(`${person} went back: ${JSON.stringify(seqs)}`);
    }
    const { active } = profile;
    if (!active) return;
    const key = `${person} ${active.id}`;
    const latest = versions.get(key) ?? 0;
    if (active.version < latest) wrongs.push(`${person} went back from version ${latest} to ${active.version}`);
    versions.set(key, active.version);
  };
  const onlyAssigned = (person: string, { profile: { active } }: Snapshot) => {
    if (!active) return;
    const since = without.get(`${person} ${active.id}`);
    if (since === undefined) return;
    const key = `${active.id}@${active.version}`;
    const began = askedAfter.get(key);
    // A push may be faster than the answer to the publish: judged once that has come.
    if (began === undefined) early.set(key, [...(early.get(key) ?? []), { person, since }]);
    else judge(key, began, { person, since });
  };
  const judge = (key: string, began: number, { person, since }: Early) => {
    if (began > since) wrongs.push(`${person} was shown ${key}, asked for when it was not theirs`);
  };
  const noRightWithoutWork = (person: string, { situation: { leases, interactions } }: Snapshot) => {
    for (const { interactionId, control } of leases) {
      if (!interactions.some(({ id }) => id === interactionId)) wrongs.push(`${person} holds a lease of ${control} for what is not in hand`);
    }
  };

  return {
    wrong: (what) => void wrongs.push(what),
    wrongs,
    states: () => states,
    publishBegins(profile) {
      versionBegan.set(profile, [...(versionBegan.get(profile) ?? []), (moment += 1)]);
    },
    published(profile, version) {
      // The earliest publish that may have been this one: those under way at once may end in any order.
      const key = `${profile}@${version}`;
      const began = versionBegan.get(profile)!.shift()!;
      askedAfter.set(key, began);
      for (const each of early.get(key) ?? []) judge(key, began, each);
      early.delete(key);
    },
    assignBegins(profile, person) {
      const key = `${person} ${profile}`;
      without.delete(key);
      assigning.set(key, { last: (moment += 1), open: (assigning.get(key)?.open ?? 0) + 1 });
    },
    assignEnds(profile, person) {
      const key = `${person} ${profile}`;
      const { last, open } = assigning.get(key)!;
      assigning.set(key, { last, open: open - 1 });
    },
    revokeBegins: () => (moment += 1),
    revoked(profile, person, began) {
      const key = `${person} ${profile}`;
      const { last = 0, open = 0 } = assigning.get(key) ?? {};
      if (open === 0 && last < began) without.set(key, (moment += 1));
    },
    seen(person, { snapshot }) {
      states += 1;
      if (!snapshot || snapshot === held.get(person)) return;
      neverBack(person, snapshot);
      onlyAssigned(person, snapshot);
      noRightWithoutWork(person, snapshot);
      held.set(person, snapshot);
    },
  };
}
