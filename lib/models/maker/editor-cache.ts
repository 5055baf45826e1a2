/** What of an edited profile is kept on this machine: it paints at once, and what the hub has not taken yet outlives a reload. */
import type { Draft, ProfileSummary } from '../../api/routes.ts';
import type { ProfileView } from '../../api/snapshot.ts';
import type { ProfileDocument } from '../../catalogue/index.ts';

export interface KeptProfile {
  readonly summary: ProfileSummary;
  readonly published: ProfileView | null;
  /** As the hub had it. */
  readonly draft: Draft;
  /** What was on screen beyond that. */
  readonly unsaved: ProfileDocument | null;
}

export interface EditorCache {
  read(profileId: string): Promise<KeptProfile | null>;
  /** Null forgets it. */
  write(profileId: string, kept: KeptProfile | null): Promise<void>;
}
