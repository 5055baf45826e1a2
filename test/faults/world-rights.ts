/** The right to record, as the database has it: what somebody asks for past the banner is held against it. */
import { sql } from 'kysely';
import { allowedNow } from '../../server/supervision/allow.ts';
import type { TestPerson } from '../fixtures/hub.ts';
import type { FaultHub } from './a-hub.ts';
import { insist } from './insist.ts';
import type { Witness } from './witness.ts';

export const MANUAL_RECORD = 'flow.voice.process.manualRecord';

interface Right {
  /** Of all that it rests on: the same before and after means the same in between. */
  readonly rests: string;
  readonly mayRecord: boolean;
}

/** What the database says of the right to record, of a lease of it for one interaction and of what was granted for a while. Null where it cannot be asked, or they have no session. */
async function rightOf(hub: FaultHub, personId: string, interactionId: string): Promise<Right | null> {
  const asked = await sql<{ rests: string; granted: boolean; leased: boolean }>`
    select concat_ws('/', s.id, s.profile_id, s.profile_seq, f.published_seq, f.current_version, i.session_id, l.made_at, p.changed_seq) as rests,
      ${MANUAL_RECORD} = any(${allowedNow}) or coalesce((v.document->'settings'->>${MANUAL_RECORD})::boolean and a.person_id is not null, false) as granted, l.control is not null as leased
    from session s join interaction i on i.id = ${interactionId}::uuid join person p on p.id = s.person_id
      left join profile f on f.id = s.profile_id left join profile_version v on v.profile_id = f.id and v.version = f.current_version
      left join assignment a on a.profile_id = f.id and a.person_id = s.person_id
      left join lease l on l.session_id = s.id and l.interaction_id = i.id and l.control = 'int.record'
    where s.person_id = ${personId}::uuid and s.closed_at is null`.execute(hub.db).catch(() => null);
  const row = asked?.rows[0];
  return row ? { rests: row.rests, mayRecord: row.granted || row.leased } : null;
}

/** Somebody asks the hub past the banner to record what they have or had in hand, whether they may or not: no right outlives its lease. */
export async function overreach(hub: FaultHub, person: TestPerson, tell: (what: string) => unknown, witness: Witness): Promise<void> {
  const last = await hub.db
    .selectFrom('interaction')
    .select('id')
    .where('person_id', '=', person.id)
    .where('state', 'not in', ['offered', 'ringing'])
    .orderBy('offered_at', 'desc')
    .executeTakeFirst()
    .catch(() => undefined);
  const before = last && (await rightOf(hub, person.id, last.id));
  if (!before) return;
  const { status } = await insist(hub.url, person, 'POST', '/api/commands/int.record', { interactionId: last.id, on: true }, { 'idempotency-key': crypto.randomUUID() });
  const after = await rightOf(hub, person.id, last.id);
  if (before.mayRecord || after?.mayRecord !== false || before.rests !== after.rests) return;
  tell('overreach without the right');
  if (status < 300) witness.wrong(`${person.id} recorded without the right and without a lease`);
}
