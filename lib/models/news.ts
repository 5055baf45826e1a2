/** What there is to say between two views of the same person: updated, switched, fallen back. */
import type { Resources } from '../catalogue/index.ts';
import type { Decisions, Rights } from '../decide/index.ts';
import { changesBetween, isAny } from './changes.ts';
import type { News } from './notices.ts';
import type { View } from './view.ts';

/** What is kept of a view to compare the next one with. */
export interface Seen {
  readonly personId: string;
  readonly profileId: string | null;
  readonly name: string;
  readonly version: number | null;
  readonly rights: Rights;
  /** What is lent to the end of an interaction, as one text. */
  readonly leases: string;
  readonly decisions: Decisions;
  readonly resources: Resources;
}

export function seenOf({ snapshot, active, rights, decisions, resources }: View): Seen | null {
  if (!snapshot) return null;
  return {
    personId: snapshot.person.id,
    profileId: active?.id ?? null,
    name: active?.name ?? '',
    version: active?.version ?? null,
    rights,
    leases: JSON.stringify(snapshot.situation.leases),
    decisions,
    resources,
  };
}

/** `asked` is the profile this frame asked to switch to, if it did. Null where nothing changed that is worth a line. */
export function newsBetween(before: Seen | null, after: Seen | null, view: View, asked: string | null): News | null {
  if (!before || !after || before.personId !== after.personId) return null;
  const changes = changesBetween(before, after);
  const { active, profile } = view;
  if (!active) {
    return before.profileId === null || typeof profile !== 'string'
      ? null
      : { kind: 'coreOnly', from: before.name, why: profile, ...changes };
  }
  const { name, version } = active;
  if (active.id === before.profileId) {
    if (version !== before.version) return { kind: 'updated', name, version, ...changes };
    // The channel at hand decides too what there is: that another one rings is no change of rights.
    const changed = before.rights !== after.rights || before.leases !== after.leases;
    return changed && isAny(changes) ? { kind: 'rights', ...changes } : null;
  }
  const stillAssigned = view.snapshot!.person.profiles.some(({ id }) => id === before.profileId);
  const chosen = before.profileId === null || stillAssigned || asked === active.id;
  return chosen ? { kind: 'switched', name, version, ...changes } : { kind: 'fellBack', from: before.name, name, ...changes };
}
