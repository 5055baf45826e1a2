import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { Fault } from '../fault.ts';
import { migrations as all } from './migrations/index.ts';

const TABLE = 'kysely_migration';

/**
 * Brings the tables forward to what this code needs, each migration once, however many hubs start together: the
 * migrator holds an advisory lock. Never goes back.
 *
 * @returns the names of the migrations applied now
 * @throws {Fault} where the database holds migrations this code does not know; nothing is touched then
 */
export async function migrate<T>(db: Kysely<T>, migrations = all): Promise<string[]> {
  await refuseNewer(db, migrations);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) as Record<string, Migration> } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).map(({ migrationName }) => migrationName);
}

async function refuseNewer<T>(db: Kysely<T>, known: Readonly<Record<string, Migration>>): Promise<void> {
  const { rows: tables } = await sql<{ there: boolean }>`select to_regclass(${TABLE}) is not null as there`.execute(db);
  if (!tables[0]?.there) return;
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)} order by name`.execute(db);
  const unknown = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0) {
    throw new Fault(
      `This data was written by a newer Pennon (it has ${unknown.join(', ')}): start that version, or use another data folder. Nothing was changed.`,
    );
  }
}

/** Whether every migration this code knows has been applied. */
export async function isMigrated<T>(db: Kysely<T>): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)}`.execute(db);
  const applied = new Set(rows.map(({ name }) => name));
  return Object.keys(all).every((name) => applied.has(name));
}
