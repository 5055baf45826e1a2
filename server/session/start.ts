import { sql } from 'kysely';
import { CHANNELS, type Channel } from '../../lib/catalogue/index.ts';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import { activityOf, AT_REST, decideControl, eachChannel, type Person, rightsOf } from '../../lib/decide/index.ts';
import type { Trx } from '../db/connect.ts';
import { firstActivityOf, situationOf } from './situation.ts';

/** Where work on a profile begins: its default activity, and the flows that this turns on. */
export interface Start {
  readonly activityId: string | null;
  readonly flows: Readonly<Record<Channel, boolean>>;
}

export function startOn(view: ProfileView | null, person: Person): Start {
  const activityId = firstActivityOf(view);
  return { activityId, flows: flowsUnder(view, person, activityId) };
}

/** The flows of an activity: on where it turns the channel on and the person has the flow. */
export function flowsUnder(view: ProfileView | null, person: Person, activityId: string | null): Start['flows'] {
  const activity = activityOf(activityId, view ?? 'none');
  const rights = rightsOf(view ?? 'none', person);
  return eachChannel((channel) => {
    if (!activity?.channels[channel]) return false;
    return decideControl(`flow.${channel}`, rights, situationOf(AT_REST, null, 0)).shown;
  });
}

/**
 * Sets all flows of some sessions. What a supervisor forces off stays forced and off; what too many missed offers forced
 * off is free again, for there is a new choice.
 */
export async function writeFlows(trx: Trx, sessions: ReadonlyMap<string, Start['flows']>): Promise<void> {
  const rows = [...sessions].flatMap(([id, flows]) => CHANNELS.map((channel) => ({ id, channel, on: flows[channel] })));
  if (rows.length === 0) return;
  await sql`
    insert into session_flow (session_id, channel, is_on)
    select * from unnest(
      ${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ channel }) => channel)}::text[], ${rows.map(({ on }) => on)}::boolean[])
    on conflict (session_id, channel) do update set
      is_on = excluded.is_on and session_flow.forced_by is distinct from 'supervisor',
      forced_by_person = case when session_flow.forced_by = 'supervisor' then session_flow.forced_by_person end,
      forced_by = case when session_flow.forced_by = 'supervisor' then 'supervisor' end`.execute(trx);
}
