import type { ProfileView } from '../../lib/api/snapshot.ts';
import { type Masks, PERSONAL, type Personal } from '../../lib/modules/mask.ts';
import type { WholeSession } from '../session/lock.ts';

/** The setting that hides a kind of personal data (catalogue §6, "mask sensitive data"). */
const settingOf = (kind: Personal) => `mask.${kind}`;

/**
 * What is hidden from somebody: the one place that decides it. The settings are read as they stand in the document, known
 * to the catalogue or not: what hides gives nothing, so to follow it is never too much.
 */
export const masksOf = ({ profile }: Pick<WholeSession, 'profile'>): Masks => masksBy(profile.active?.view ?? null);

export function masksBy(view: Pick<ProfileView, 'document'> | null): Masks {
  const settings = (view?.document.settings ?? {}) as Readonly<Record<string, unknown>>;
  return new Set(PERSONAL.filter((kind) => settings[settingOf(kind)] === true));
}
