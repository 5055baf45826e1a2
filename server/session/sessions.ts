import type { Auth } from '../auth/auth.ts';
import { epochOf } from '../db/changes.ts';
import type { HubContext, Sessions } from '../parts.ts';
import { loadProfileView } from '../profiles/view.ts';
import { createSessionChanges } from './changes.ts';
import { sessionCommands } from './commands.ts';
import { createConsoleRights } from './console-rights.ts';
import { sessionHandlers, sessionReader } from './handlers.ts';
import { createSeen } from './seen.ts';
import { settlePerson, settleProfile } from './settle.ts';
import { createSnapshots } from './snapshots.ts';
import { createSweeper } from './sweep.ts';
import { createUnchanged } from './unchanged.ts';
import { createViews } from './views.ts';

/** Sessions, as a part of the hub. */
export async function createSessions(context: HubContext, auth: Pick<Auth, 'signOut'>): Promise<Sessions> {
  const { config, db, log, metrics, now } = context;
  const { sessionIdleSec: idleSec, snapshotTtlSec } = config;
  const views = createViews(loadProfileView);
  const snapshots = createSnapshots({ db, views, epoch: await epochOf(db), ttlMs: snapshotTtlSec * 1000, now, country: config.country });
  const seen = createSeen({ db, log });
  const changes = createSessionChanges({ snapshots, views, now });
  const deps = { db, snapshots, views, seen, changes, idleSec, now, endSignIns: auth.signOut };
  const sweeper = createSweeper({ db, log, seen, idleSec, counted: (open) => metrics.sessions.set(open) });
  return {
    ...sessionReader(deps),
    handlers: sessionHandlers(deps),
    commands: sessionCommands(deps),
    changes,
    snapshots,
    consoleRights: createConsoleRights({ views }),
    views,
    seen,
    unchanged: createUnchanged(now),
    settle: (trx, profileId, personId) => settleProfile(trx, profileId, personId ?? null, views),
    settlePerson: (trx, personId, given) => settlePerson(trx, personId, views, given),
    stop: () => sweeper.stop(),
  };
}
