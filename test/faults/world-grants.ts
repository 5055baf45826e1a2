/** People who ask for a right for a while, and whoever answers them: what is granted must end, once, and be told. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { grantCounts } from '../../server/supervision/allow.ts';
import { type Centre, openSession } from '../fixtures/centre.ts';
import type { TestPerson } from '../fixtures/hub.ts';
import type { FaultHub } from './a-hub.ts';
import { insist } from './insist.ts';

/** Twice as long as the hub looks by itself. */
const PUT_DOWN_MS = 60_000;

export interface Asking {
  ask(person: TestPerson, control: string): Promise<void>;
  answer(grant: 'interaction' | 'today' | null): Promise<void>;
  /** Waits until nothing that is over counts as going on, then holds what is left to what was granted. */
  check(): Promise<void>;
}

/** @param fields that may be granted @param queue that all of the people work on */
export async function makeAsking(hub: FaultHub, centre: Centre, people: readonly TestPerson[], fields: readonly string[], queue: string, tell: (what: string) => unknown): Promise<Asking> {
  const profile = await centre.profile('Leader', { settings: { 'supervision.access': true, ...Object.fromEntries(fields.map((field) => [field, true])) }, rows: { queues: [{ id: queue, supervision: true }] } });
  const leader = await hub.makePerson(centre.accountId, { type: 'manager' });
  await insist(hub.url, centre.admin, 'PUT', `/api/profiles/${profile}/assignments/${leader.id}`, { atLogin: true });
  const { id: team } = await hub.db.insertInto('team').values({ account_id: centre.accountId, name: 'Team' }).returning('id').executeTakeFirstOrThrow();
  await hub.db.insertInto('team_member').values([{ team_id: team, person_id: leader.id, manages: true }, ...people.map(({ id }) => ({ team_id: team, person_id: id }))]).execute();
  await openSession(hub, leader);
  const write = async (person: TestPerson, path: string, body: object, done: string) => {
    const { status, body: said } = await insist(hub.url, person, 'POST', path, body, { 'idempotency-key': crypto.randomUUID() });
    expect(status, `POST ${path}: ${JSON.stringify(said)}`).toBeLessThan(500);
    if (status < 300) tell(done);
  };
  return {
    ask: (person, control) => write(person, '/api/asks', { control }, 'asked for'),
    async answer(grant) {
      const waiting = await hub.db.selectFrom('ask').select('id').where('answer', 'is', null).orderBy('at').executeTakeFirst().catch(() => undefined);
      if (waiting) await write(leader, `/api/asks/${waiting.id}/answer`, { grant }, grant ? `granted for ${grant}` : 'declined');
    },
    async check() {
      await putDown(hub);
      const { rows } = await sql<{ granted: number; ended: number; told: number; outlived: number }>`
        select (select count(*) from audit where action = 'ask.grant') as granted,
          (select count(*) from temporary_grant where ended_at is not null) as ended,
          (select count(*) from audit where action = 'ask.end') as told,
          (select count(*) from temporary_grant g join interaction i on i.id = g.interaction_id where i.state = 'closed' and ${grantCounts}) as outlived`.execute(hub.db);
      const { granted, ended, told, outlived } = rows[0]!;
      const { made } = await hub.db.selectFrom('temporary_grant').select((e) => e.fn.countAll<number>().as('made')).executeTakeFirstOrThrow();
      expect({ made, told, outlived }, 'grants').toEqual({ made: granted, told: ended, outlived: 0 });
    },
  };
}

async function putDown(hub: FaultHub): Promise<void> {
  for (const until = Date.now() + PUT_DOWN_MS; ; await pause(100)) {
    const over = await hub.db.selectFrom('temporary_grant as g').select('g.id').where('g.ended_at', 'is', null).where((eb) => eb.not(grantCounts)).execute();
    if (over.length === 0) return;
    if (Date.now() > until) throw new Error(`${over.length} grants that are over were never put down`);
  }
}
