import { execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../server/db/connect.ts';
import { isMigrated, migrate } from '../../server/db/migrate.ts';
import { migrations } from '../../server/db/migrations/index.ts';
import { runningPostgresUrl, startPostgres } from '../../server/db/postgres.ts';
import { Fault } from '../../server/fault.ts';
import { newDatabase } from '../fixtures/databases/new-database.ts';

const START = { timeout: 60_000 };
const HOLDER = fileURLToPath(new URL('../fixtures/hold-database.ts', import.meta.url));
const run = promisify(execFile);

/** A folder with a database, stopped: making one takes most of a second, a copy of one far less. */
let prepared: string;
let folder: string;
const undo: (() => Promise<unknown>)[] = [];

const makeFolder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'pennon-'));
  // Under root PostgreSQL runs as another user, and must get through.
  chmodSync(made, 0o755);
  return made;
};

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
}, 60_000);

const start = async () => {
  const database = await startPostgres(folder);
  undo.push(database.stop);
  return database;
};
const open = (url: string) => {
  const connection = connect(url, 4, () => {});
  undo.push(() => connection.close());
  return connection.db;
};

/** Another process that holds the folder; killed without a chance to close. */
async function killedHolder(): Promise<void> {
  const child = spawn(process.execPath, [HOLDER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

describe('the embedded database', () => {
  beforeAll(async () => {
    prepared = makeFolder();
    await (await startPostgres(prepared)).stop();
  }, 60_000);
  afterAll(() => rmSync(prepared, { recursive: true, force: true }));
  beforeEach(async () => {
    folder = makeFolder();
    undo.push(async () => rmSync(folder, { recursive: true, force: true }));
    await run('cp', ['-a', `${prepared}/.`, folder]);
  });

  it('keeps what was written over a stop and a start, with fsync on', START, async () => {
    const first = await startPostgres(folder);
    const before = connect(first.url, 2, () => {});
    await migrate(before.db);
    await before.db.insertInto('account').values({ name: 'Kept', licences: 1 }).execute();
    expect((await sql<{ fsync: string }>`show fsync`.execute(before.db)).rows[0]?.fsync).toBe('on');
    await before.close();
    await first.stop();
    const db = open((await start()).url);
    expect((await db.selectFrom('account').select('name').execute()).map(({ name }) => name)).toEqual(['Kept']);
  });

  it('keeps its password where only its owner can read it', START, async () => {
    const { url } = await start();
    const file = join(folder, 'postgres.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { password } = JSON.parse(readFileSync(file, 'utf8'));
    expect(url).toContain(password);
    await expect(sql`select 1`.execute(open(url.replace(password, 'wrong')))).rejects.toThrow();
  });

  it('is not touched where its password is lost or cannot be read', START, async () => {
    const file = join(folder, 'postgres.json');
    const kept = readFileSync(file, 'utf8');
    rmSync(file);
    await expect(startPostgres(folder)).rejects.toThrow(/postgres\.json is missing/);
    writeFileSync(file, 'not JSON');
    await expect(startPostgres(folder)).rejects.toThrow(/cannot be read \(it is not JSON\)/);
    expect(readFileSync(file, 'utf8')).toBe('not JSON');
    writeFileSync(file, kept);
    await sql`select 1`.execute(open((await start()).url));
  });

  it('is refused to a second start on its folder, and goes on', START, async () => {
    const { url } = await start();
    await expect(startPostgres(folder)).rejects.toThrow(/A hub already runs on the data folder .* \(process \d+\)/);
    await sql`select 1`.execute(open(url));
    expect(runningPostgresUrl(folder)).toBe(url);
  });

  it('of a hub that was killed does not stand in the way of the next', START, async () => {
    await killedHolder();
    const db = open((await start()).url);
    expect((await sql<{ kept: string }>`select kept from holder`.execute(db)).rows).toEqual([{ kept: 'committed' }]);
  });

  it('starts over a lock and a pid file whose processes are gone', START, async () => {
    await (await startPostgres(folder)).stop();
    writeFileSync(join(folder, 'hub.lock'), JSON.stringify({ pid: process.pid, mark: 'of an earlier process with this number' }));
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n`);
    await sql`select 1`.execute(open((await start()).url));
  });

  it('is made anew where making it was cut off half-way', START, async () => {
    renameSync(join(folder, 'postgres'), join(folder, 'postgres.new'));
    rmSync(join(folder, 'postgres.new', 'PG_VERSION'));
    await sql`select 1`.execute(open((await start()).url));
  });

  it('runs below a folder that other users may not enter', START, async () => {
    chmodSync(folder, 0o700);
    await killedHolder();
    const db = open((await start()).url);
    expect((await sql<{ kept: string }>`select kept from holder`.execute(db)).rows).toEqual([{ kept: 'committed' }]);
  });

  it('is made below a folder that other users may not enter', START, async () => {
    rmSync(join(folder, 'postgres'), { recursive: true });
    chmodSync(folder, 0o700);
    await sql`select 1`.execute(open((await start()).url));
  });

  it('says in one sentence that a folder cannot be written', START, async () => {
    writeFileSync(join(folder, 'file'), '');
    const places = [join(folder, 'file'), join(folder, 'file', 'below'), ...(process.platform === 'linux' ? ['/proc/pennon'] : [])];
    for (const place of places) await expect(startPostgres(place)).rejects.toThrow(/cannot be written \(E\w+\): choose another one/);
  });

  it('of two starts at once serves one', START, async () => {
    const results = await Promise.allSettled([startPostgres(folder), startPostgres(folder), startPostgres(folder)]);
    const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    for (const { stop } of started) undo.push(stop);
    expect(started).toHaveLength(1);
  });
});

describe('migrations', () => {
  it('are applied once, however many hubs start together', async () => {
    const url = await newDatabase('empty');
    const applied = await Promise.all([open(url), open(url), open(url)].map((db) => migrate(db)));
    expect(applied.flat().sort()).toEqual(Object.keys(migrations));
    expect(await migrate(open(url))).toEqual([]);
    expect(await isMigrated(open(url))).toBe(true);
  });

  it('of a newer Pennon are refused, and nothing is touched', async () => {
    const db = open(await newDatabase('empty'));
    const newer = { ...migrations, '9999-newer': { up: async (d: typeof db) => void (await sql`create table newer (x int)`.execute(d)) } };
    await migrate(db, newer);
    const older = { '0001-core': migrations['0001-core']! };
    await expect(migrate(db, older)).rejects.toThrow(Fault);
    await expect(migrate(db)).rejects.toThrow(/written by a newer Pennon \(it has 9999-newer\)/);
    expect((await sql`select * from newer`.execute(db)).rows).toEqual([]);
  });

  it('that fail leave nothing half done', async () => {
    const db = open(await newDatabase('empty'));
    const failing = {
      ...migrations,
      '9999-failing': {
        up: async (d: typeof db) => {
          await sql`create table half (x int)`.execute(d);
          await sql`select nonsense`.execute(d);
        },
      },
    };
    await expect(migrate(db, failing)).rejects.toThrow('nonsense');
    await expect(sql`select * from half`.execute(db)).rejects.toThrow('does not exist');
    expect(await migrate(db)).toEqual(Object.keys(migrations));
  });
});
