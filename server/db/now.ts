import { type RawBuilder, sql } from 'kysely';

/** The database's clock as it writes: for what is held against the same clock later, since hubs have others. */
export const databaseNow: RawBuilder<Date> = sql<Date>`clock_timestamp()`;
