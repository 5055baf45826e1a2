import type { PersonPart, ProfileView } from '../../lib/api/snapshot.ts';
import { matchingRows, personOf, type ReportedSituation, type Rights, rightsOf, type Situation, situationOf as situationReported } from '../../lib/decide/index.ts';

export const rightsIn = (view: ProfileView | null, person: PersonPart): Rights => rightsOf(view ?? 'none', personOf(person));

/**
 * The situation as the hub itself knows it. For the hub the link is always live and nothing is pending: what it decides
 * is about to be so.
 */
export const situationOf = (part: ReportedSituation, view: ProfileView | null, now: number, at: string | null = null): Situation =>
  situationReported(part, view ?? 'none', { now, connection: 'live', pending: [] }, at);

/** The activities one may take up, in the profile's order: rows whose resource exists. */
export const activityIdsOf = (view: ProfileView): readonly string[] => matchingRows(view, { tab: 'activities' }).map(({ id }) => id);

/** The one at the start: the profile's default, else the first; null where there is none. */
export function firstActivityOf(view: ProfileView | null): string | null {
  if (!view) return null;
  const ids = activityIdsOf(view);
  const { default: chosen } = (view.document.configuration.activities ?? {}) as { default?: unknown };
  return typeof chosen === 'string' && ids.includes(chosen) ? chosen : (ids[0] ?? null);
}
