/** Makes the demo centre, once: what is changed in it afterwards stays changed. */
import { sql, type Transaction } from 'kysely';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { hashPassword } from '../auth/passwords.ts';
import type { AuthTables } from '../auth/tables.ts';
import { logChange } from '../db/changes.ts';
import type { Db, Trx } from '../db/connect.ts';
import type { Database } from '../db/schema.ts';
import { demoId } from './identity.ts';
import { CENTRE, DEMO_PASSWORD, type DemoPerson, people, type PersonKey, teams } from './people.ts';
import { documentOf, type ProfileDeclaration } from './profile.ts';
import { type ProfileKey, profiles } from './profiles.ts';
import { insertDemoRecords } from './records.ts';
import { resources } from './resources.ts';

interface DemoTables extends AuthTables {
  demo_centre: { one?: boolean; account_id: string; hub_url: string };
}
type DemoTrx = Transaction<Database & DemoTables>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days between two publishes of a profile's history. */
const VERSION_EVERY_DAYS = 9;
/** And hours between the profiles: they were not all published at one moment. */
const PROFILE_AFTER_HOURS = 5;
const ADMINISTRATOR = demoId('person', 'maya' satisfies PersonKey);

export interface SeedOptions {
  /** How browsers reach the hub: custom buttons open the demo CRM there. */
  readonly hubUrl: string;
  readonly now?: () => number;
}

/**
 * Seeds where there is no demo centre yet; else only moves the buttons' addresses, should the hub have a new one.
 *
 * @returns whether it seeded
 */
export async function seedDemo(db: Db, { hubUrl, now = Date.now }: SeedOptions): Promise<boolean> {
  // Before the transaction: it takes a while on purpose. One password, one hash.
  const password = await hashPassword(DEMO_PASSWORD);
  return db.transaction().execute(async (plain) => {
    const trx = plain as unknown as DemoTrx;
    await sql`select pg_advisory_xact_lock(hashtext('pennon demo'))`.execute(trx);
    const there = await trx.selectFrom('demo_centre').select(['account_id', 'hub_url']).executeTakeFirst();
    if (there) {
      if (there.hub_url !== hubUrl) await moveAddresses(trx, there, hubUrl);
      return false;
    }
    const accountId = await insertAccount(trx);
    await insertPeople(trx, accountId, password);
    await insertTeams(trx, accountId);
    await insertResources(trx, accountId, hubUrl);
    await insertProfiles(plain, accountId, now());
    await insertAssignments(trx);
    await insertDemoRecords(plain, accountId, now());
    await trx.insertInto('demo_centre').values({ account_id: accountId, hub_url: hubUrl }).execute();
    return true;
  });
}

async function insertAccount(trx: DemoTrx): Promise<string> {
  const id = demoId('account', 'harbour');
  await trx
    .insertInto('account')
    .values({ id, name: CENTRE.name, licences: CENTRE.licences, options: [...CENTRE.options] })
    .execute();
  return id;
}

async function insertPeople(trx: DemoTrx, accountId: string, hash: string): Promise<void> {
  const rows = Object.entries<DemoPerson>(people).map(([key, { name, email, licence, type, allow = [], deny = [] }]) => ({
    id: demoId('person', key),
    account_id: accountId,
    name,
    email,
    licence,
    type,
    allow: [...allow],
    deny: [...deny],
  }));
  await trx.insertInto('person').values(rows).execute();
  await trx.insertInto('person_password').values(rows.map(({ id }) => ({ person_id: id, hash }))).execute();
}

async function insertTeams(trx: DemoTrx, accountId: string): Promise<void> {
  for (const { name, note, managers, members } of teams) {
    const team_id = demoId('team', name);
    await trx.insertInto('team').values({ id: team_id, account_id: accountId, name, note }).execute();
    const of = (keys: readonly PersonKey[], manages: boolean) =>
      keys.map((key) => ({ team_id, person_id: demoId('person', key), manages }));
    await trx.insertInto('team_member').values([...of(managers, true), ...of(members, false)]).execute();
  }
}

async function insertResources(trx: DemoTrx, accountId: string, hubUrl: string): Promise<void> {
  const demo = demoAddress(hubUrl);
  const rows = Object.entries(resources).flatMap(([kind, declared]) =>
    Object.entries(declared).map(([key, [name, attributes]]: [string, readonly [string, object?]]) => ({
      id: demoId(kind, key),
      account_id: accountId,
      kind: kind as keyof typeof resources,
      name,
      attributes: JSON.stringify(attributes ?? {}).replaceAll('{demo}', demo),
    })),
  );
  await trx.insertInto('resource').values(rows).execute();
}

const demoAddress = (hubUrl: string): string => `${hubUrl}/demo`;

async function moveAddresses(trx: DemoTrx, from: { account_id: string; hub_url: string }, hubUrl: string): Promise<void> {
  await sql`update resource set attributes =
      replace(attributes::text, ${JSON.stringify(demoAddress(from.hub_url)).slice(1, -1)}, ${JSON.stringify(demoAddress(hubUrl)).slice(1, -1)})::jsonb
    where account_id = ${from.account_id}::uuid`.execute(trx);
  await trx.updateTable('demo_centre').set({ hub_url: hubUrl }).execute();
}

/** All versions of all profiles, in the order in which they would have been published: the audit is written as it went. */
async function insertProfiles(trx: Trx, accountId: string, now: number): Promise<void> {
  const versions: Version[] = [];
  for (const [index, key] of (Object.keys(profiles) as ProfileKey[]).entries()) {
    const { name, reference } = profiles[key];
    const id = demoId('profile', key);
    await trx
      .insertInto('profile')
      .values({ id, account_id: accountId, name, reference, current_version: null, changed_by: ADMINISTRATOR })
      .execute();
    versions.push(...versionsOf(profiles[key], now - index * PROFILE_AFTER_HOURS * HOUR_MS).map((version) => ({ id, accountId, ...version })));
  }
  for (const version of versions.toSorted((a, b) => a.at.getTime() - b.at.getTime())) await insertVersion(trx, version);
}

/** Each as old as its place in the history says. */
function versionsOf(declared: ProfileDeclaration, now: number): Omit<Version, 'id' | 'accountId'>[] {
  const all = [
    ...(declared.before ?? []).map(({ message, without }) => ({ message, document: documentOf(declared, without) })),
    { message: declared.message, document: documentOf(declared) },
  ];
  return all.map((each, index) => ({ ...each, version: index + 1, at: new Date(now - (all.length - index) * VERSION_EVERY_DAYS * DAY_MS) }));
}

interface Version {
  readonly id: string;
  readonly accountId: string;
  readonly version: number;
  readonly message: string;
  readonly document: ProfileDocument;
  readonly at: Date;
}

async function insertVersion(trx: Trx, { id, accountId, version, message, document, at }: Version): Promise<void> {
  await trx
    .insertInto('profile_version')
    .values({
      profile_id: id,
      version,
      document: JSON.stringify(document),
      message,
      rolled_back_from: null,
      published_at: at,
      published_by: ADMINISTRATOR,
    })
    .execute();
  const seq = await logChange(trx, { accountId, kind: 'profile', subjectId: id, detail: { version, emergency: false } });
  await trx
    .updateTable('profile')
    .set({ current_version: version, published_seq: seq, pushed_at: at, changed_at: at })
    .where('id', '=', id)
    .execute();
  await trx
    .insertInto('audit')
    .values({
      account_id: accountId,
      at,
      actor_id: ADMINISTRATOR,
      action: 'profile.publish',
      subject_id: id,
      before: null,
      after: JSON.stringify({ version, message }),
    })
    .execute();
}

async function insertAssignments(trx: DemoTrx): Promise<void> {
  const rows = Object.entries(people).flatMap(([key, person]) =>
    person.profiles.map((profile, index) => ({
      person_id: demoId('person', key),
      profile_id: demoId('profile', profile),
      at_login: index === 0,
      pinned_version: null,
    })),
  );
  await trx.insertInto('assignment').values(rows).execute();
}
