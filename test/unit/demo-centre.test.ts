import { sql } from 'kysely';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleModule, type ConsoleModuleId, consoleModules, type ConsoleRight } from '../../lib/catalogue/console.ts';
import { controls, type Resources, tabById } from '../../lib/catalogue/index.ts';
import { resourceByKind } from '../../lib/catalogue/resources.ts';
import { decide, rightsOf, type Situation } from '../../lib/decide/index.ts';
import { consoleRightsOf } from '../../lib/decide/console.ts';
import { attributeIssues } from '../../lib/profile/resource.ts';
import { parseDocument, valueSchema } from '../../lib/profile/schema.ts';
import { readDemo } from '../../server/demo/accounts.ts';
import { demoId } from '../../server/demo/identity.ts';
import { CENTRE, DEMO_PASSWORD, type DemoPerson, people } from '../../server/demo/people.ts';
import { documentOf, type ProfileDeclaration } from '../../server/demo/profile.ts';
import { profiles } from '../../server/demo/profiles.ts';
import { resources } from '../../server/demo/resources.ts';
import { seedDemo } from '../../server/demo/seed.ts';
import { listReceipts } from '../../server/profiles/receipts.ts';
import { watchState } from '../../server/watch/state.ts';
import { openTestDatabase, type TestDatabase } from './auth-setup.ts';
import { personOfPassword } from '../../server/auth/passwords.ts';

const everyone = Object.entries(people) as [string, DemoPerson][];
const declared = Object.entries(profiles) as [keyof typeof profiles, ProfileDeclaration][];

const summaries: Resources = Object.fromEntries(
  Object.entries(resources).flatMap(([kind, all]) =>
    Object.entries(all).map(([key, [name, attributes]]: [string, readonly [string, object?]]) => {
      const id = demoId(kind, key);
      return [id, { id, kind: kind as keyof typeof resources, name, attributes: (attributes ?? {}) as Record<string, unknown> }];
    }),
  ),
);
/** Of the moment nothing hides: what is missing is missing because of the profile and the person. */
const AT_REST: Situation = {
  now: 0,
  activity: null,
  flows: { voice: { on: true, forced: null }, email: { on: true, forced: null }, messages: { on: true, forced: null } },
  pauses: { inboundUntil: 0, outboundUntil: 0 },
  interaction: null,
  inHand: { voice: 0, email: 0, messages: 0 },
  leases: [],
  pending: [],
  connection: 'live',
};
const shownTo = (profile: ProfileDeclaration, person: DemoPerson): string[] => {
  const rights = rightsOf(
    { document: documentOf(profile), resources: summaries },
    {
      licence: person.licence,
      type: person.type,
      allow: person.allow ?? [],
      deny: person.deny ?? [],
      accountOptions: [...CENTRE.options],
    },
  );
  return [...decide(rights, AT_REST)].filter(({ shown }) => shown).map(({ control }) => control);
};

describe('the demo centre as declared', () => {
  it('has the people a demo needs', () => {
    const types = everyone.map(([, { type }]) => type);
    expect(everyone.length).toBeGreaterThanOrEqual(12);
    expect(types.filter((type) => type === 'manager')).toHaveLength(3);
    expect(types.filter((type) => type === 'administrator')).toHaveLength(1);
    expect(everyone.filter(([, { profiles: held }]) => held.length >= 2).length).toBeGreaterThanOrEqual(6);
    expect(everyone.some(([, { licence }]) => licence === 'essentials')).toBe(true);
    expect(new Set(everyone.map(([, { email }]) => email)).size).toBe(everyone.length);
  });

  it.each(Object.keys(resources))('gives every %s attributes that the catalogue knows', (kind) => {
    const known = new Map((resourceByKind.get(kind)?.attributes ?? []).map((field) => [field.id, field]));
    for (const [, attributes] of Object.values(resources[kind as keyof typeof resources]) as [string, object?][]) {
      for (const [name, value] of Object.entries(attributes ?? {})) {
        expect(known.has(name), `${kind}.${name}`).toBe(true);
        expect(v.is(valueSchema(known.get(name) as never), value), `${kind}.${name}: ${value}`).toBe(true);
      }
    }
  });

  it.each(Object.keys(resources))('gives every %s attributes that the hub would take', (kind) => {
    for (const [, attributes] of Object.values(resources[kind as keyof typeof resources]) as [string, object?][]) {
      const filled = JSON.parse(JSON.stringify(attributes ?? {}).replaceAll('{demo}', 'http://127.0.0.1:7420/demo')) as Record<string, unknown>;
      expect(attributeIssues(kind as keyof typeof resources, filled)).toEqual([]);
    }
  });

  it.each(declared)('makes a valid document of %s, whose rows all point to something', (_, profile) => {
    const document = documentOf(profile);
    expect(parseDocument(document).ok).toBe(true);
    for (const [tab, content] of Object.entries(document.configuration) as [string, { rows: { id: string }[] }][]) {
      for (const { id } of content.rows) expect(summaries[id]?.kind).toBe(tabById.get(tab)?.resource);
    }
  });

  it('fills every tab and shows every control to somebody', () => {
    const tabs = new Set(declared.flatMap(([, profile]) => Object.keys(documentOf(profile).configuration)));
    expect([...tabById.keys()].filter((tab) => tab !== 'users' && !tabs.has(tab))).toEqual([]);
    const shown = new Set(everyone.flatMap(([, person]) => person.profiles.flatMap((key) => shownTo(profiles[key], person))));
    expect(controls.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });

  it('shows a banner of its own with each profile', () => {
    const banners = declared.map(([, profile]) => shownTo(profile, people.maya).sort().join());
    expect(new Set(banners).size).toBe(declared.length);
  });
});

describe('the worked example of rights for the Maker', () => {
  const person = { ...people.petra, allow: [], deny: [], accountOptions: [] };
  const rights = consoleRightsOf({ document: documentOf(profiles.sales), resources: summaries }, person);
  const verbsOf = (module: ConsoleModule<ConsoleModuleId>) => module.verbs.filter((verb) => rights.may(`${module.id}.${verb}` as ConsoleRight).allowed);

  it('allows what it says of five modules, and nothing of the others', () => {
    expect(Object.fromEntries(consoleModules.map((module) => [module.id, verbsOf(module)]).filter(([, verbs]) => verbs!.length > 0))).toEqual({
      campaigns: ['read', 'create', 'update', 'dispositions'],
      people: ['read', 'create', 'update', 'export'],
      ivrs: ['read', 'create', 'update'],
      outboundHubs: ['read', 'lists'],
      wallboards: ['read', 'update'],
    });
  });

  it('names two campaigns, and all of everything else', () => {
    expect(rights.elements('campaigns')).toEqual(new Set([demoId('voiceCampaign', 'renewals'), demoId('voiceCampaign', 'winback')]));
    expect(rights.mayElement('campaigns', demoId('voiceCampaign', 'survey'))).toBe(false);
    expect(rights.elements('people')).toBe('all');
  });
});

describe('seeding', () => {
  let database: TestDatabase;
  const hubUrl = 'http://127.0.0.1:7559';
  beforeAll(async () => {
    database = await openTestDatabase();
    await seedDemo(database.db, { hubUrl });
  });
  afterAll(() => database?.close());

  it('is done once', async () => {
    expect(await seedDemo(database.db, { hubUrl })).toBe(false);
    const { people: count } = await database.db
      .selectFrom('person')
      .select((e) => e.fn.countAll<number>().as('people'))
      .executeTakeFirstOrThrow();
    expect(Number(count)).toBe(everyone.length);
  });

  it('stores every version, the last one current', async () => {
    const rows = await database.db.selectFrom('profile').select(['name', 'current_version', 'published_seq']).orderBy('name').execute();
    expect(rows.map(({ name, current_version }) => [name, current_version]).sort()).toEqual(
      declared.map(([, p]) => [p.name, (p.before?.length ?? 0) + 1]).sort(),
    );
    expect(rows.every(({ published_seq }) => published_seq > 0)).toBe(true);
  });

  it('writes the audit as it would have gone: older entries first, each as old as its version', async () => {
    const { rows } = await sql<{ at: Date; published: Date }>`
      select a.at, v.published_at as published from audit a
      join profile_version v on v.profile_id = a.subject_id and v.version = (a.after->>'version')::int order by a.id`.execute(database.db);
    const times = rows.map(({ at }) => at.getTime());
    expect(rows).toHaveLength(declared.reduce((sum, [, { before }]) => sum + (before?.length ?? 0) + 1, 0));
    expect(times).toEqual(rows.map(({ published }) => published.getTime()));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('lets everybody sign in with the one password', async () => {
    for (const [key, { email }] of everyone.slice(0, 3)) {
      expect(await personOfPassword(database.tables, email, DEMO_PASSWORD)).toBe(demoId('person', key));
    }
  });

  it('lists the accounts with the profile at login first', async () => {
    const demo = await readDemo(database.db);
    expect(demo?.accounts.find(({ email }) => email === people.amira.email)?.profiles[0]).toBe('Inbound advisor');
    expect(demo?.accounts).toHaveLength(everyone.length);
  });

  it('says of each profile who is to have it, though nobody has pushed it', async () => {
    const accountId = demoId('account', 'harbour');
    for (const key of Object.keys(profiles)) {
      const profileId = demoId('profile', key);
      const { version, receipts } = await listReceipts(database.db, accountId, profileId);
      const assigned = await database.db.selectFrom('assignment').select('person_id').where('profile_id', '=', profileId).execute();
      expect([version! > 0, receipts.length, [...new Set(receipts.map(({ state }) => state))]]).toEqual([true, assigned.length, ['offline']]);
      expect((await watchState(database.db, accountId, profileId))!.receipts.counts).toEqual({ offline: assigned.length });
    }
  });

  it('moves the buttons’ addresses with the hub and keeps what was changed', async () => {
    await database.db.updateTable('person').set({ name: 'Renamed' }).where('email', '=', people.ben.email).execute();
    await seedDemo(database.db, { hubUrl: 'http://127.0.0.1:7558' });
    const button = await database.db.selectFrom('resource').select('attributes').where('id', '=', demoId('customButton', 'crm')).executeTakeFirstOrThrow();
    expect(button.attributes).toMatchObject({ target: 'http://127.0.0.1:7558/demo/' });
    const ben = await database.db.selectFrom('person').select('name').where('email', '=', people.ben.email).executeTakeFirstOrThrow();
    expect(ben.name).toBe('Renamed');
  });
});
