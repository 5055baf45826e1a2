import type { ProfileView } from '../../lib/api/snapshot.ts';
import type { Db } from '../db/connect.ts';
import type { ActiveVersion } from './heads.ts';

/** A published profile with its resources, and the same as JSON, written out once for all who are sent it. */
export interface CachedView {
  readonly key: string;
  readonly view: ProfileView;
  readonly json: string;
}

export interface Views {
  /** Null where the version does not exist. */
  of(db: Db, active: ActiveVersion): Promise<CachedView | null>;
}

export type LoadView = (db: Db, profileId: string, version: number) => Promise<ProfileView | null>;

/** @param most how many versions are kept, the latest used ones */
export function createViews(load: LoadView, most = 200): Views {
  const kept = new Map<string, CachedView>();
  return {
    async of(db, active) {
      const key = `${active.profileId} ${active.version} ${active.publishedSeq}`;
      const met = kept.get(key);
      if (met) {
        kept.delete(key);
        kept.set(key, met);
        return met;
      }
      const view = await load(db, active.profileId, active.version);
      if (!view) return null;
      const made = { key, view, json: JSON.stringify(view) };
      kept.set(key, made);
      if (kept.size > most) kept.delete(kept.keys().next().value as string);
      return made;
    },
  };
}
