/**
 * What activity and flows of a session stand on in a profile. Whoever begins on the profile begins on it, and whoever is put
 * right stands on it: as long as it is the same, no session has to be looked at, be there ten or ten thousand.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import { CHANNELS, rowsOf, type TabId, tabById } from '../../lib/catalogue/index.ts';
import { readByControls } from '../../lib/decide/index.ts';
import type { Trx } from '../db/connect.ts';
import type { ActiveVersion } from './heads.ts';
import type { Views } from './views.ts';

/** Fields and tabs. */
const GROUND: readonly string[] = [...new Set(['activities', ...readByControls(CHANNELS.map((channel) => `flow.${channel}` as const))])];

/** Equal only where activities and flows are the same for everybody: of the document what they read, of its rows the resources too. */
export function groundOf({ document, resources }: Pick<ProfileView, 'document' | 'resources'>): string {
  const settings = document.settings as Readonly<Record<string, unknown>>;
  const configuration = document.configuration as Readonly<Record<string, unknown>>;
  const read = GROUND.map((id) =>
    tabById.has(id) ? [configuration[id] ?? null, rowsOf(document, id as TabId).map((row) => resources[row.id] ?? null)] : (settings[id] ?? null),
  );
  return createHash('sha256').update(JSON.stringify([GROUND, read])).digest('base64url');
}

/**
 * Puts right the sessions on a profile that is held, unless all stand already on what is published now; and keeps what they
 * stand on then. While somebody is pinned to another version there is no one ground, and all are looked at.
 */
export async function onNewGround(trx: Trx, profileId: string, views: Views, repair: () => Promise<void>): Promise<void> {
  const { rows } = await sql<{ version: number | null; seq: number; ground: string | null; is_one: boolean }>`
    select current_version as version, published_seq as seq, ground,
      not archived and not exists (select from assignment a where a.profile_id = f.id and a.pinned_version is not null) as is_one
    from profile f where id = ${profileId}::uuid`.execute(trx);
  const { version, seq: publishedSeq, ground: before, is_one: isOne } = rows[0]!;
  const after = isOne && version !== null ? await groundAt(trx, views, { profileId, version, publishedSeq }) : null;
  if (after === null || after !== before) await repair();
  if (after !== before) await trx.updateTable('profile').set({ ground: after }).where('id', '=', profileId).execute();
}

async function groundAt(trx: Trx, views: Views, active: ActiveVersion): Promise<string | null> {
  const found = await views.of(trx, active);
  return found && groundOf(found.view);
}
