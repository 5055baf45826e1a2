import { type Insertable } from 'kysely';
import type { Trx } from '../db/connect.ts';
import type { Database, StoredCustomer } from '../db/schema.ts';
import type { Interaction } from './change.ts';
import type { Engine } from './engine.ts';

type New = Omit<Insertable<Database['interaction']>, 'state' | 'offered_at' | 'since' | 'customer'> & {
  readonly customer: StoredCustomer;
  readonly state?: Interaction['state'];
};

/** A new interaction, offered from now on, or in the state said. */
export async function insertInteraction(trx: Trx, { customer, state = 'offered', ...given }: New, engine: Engine): Promise<Interaction> {
  const at = new Date(engine.now());
  const row = await trx
    .insertInto('interaction')
    .values({ ...given, customer: JSON.stringify(customer), state, offered_at: at, since: at })
    .returningAll()
    .executeTakeFirstOrThrow();
  await trx.insertInto('interaction_event').values({ interaction_id: row.id, at, event: 'offered', state, person_id: row.person_id }).execute();
  return row;
}
