/** A centre as `programs/centre.ts` fills it, and more of one thing: made straight in the tables, as the hub itself would have left them. */
import type { HubProgram } from '../harness/hub-program.ts';

export type Dimension = 'people' | 'profiles' | 'queues' | 'versions';
/** How many there are of each before one of them grows. */
export const BASE: Readonly<Record<Dimension, number>> = { people: 100, profiles: 5, queues: 10, versions: 100 };
/** Who have the team's profile, and are on it. */
const TEAM = 10;
export const TEAM_NAME = 'A small team';

export interface GrownHub {
  readonly hub: HubProgram;
  /** Everybody's, and the one that the small team is on. */
  readonly everybodys: string;
  readonly teams: string;
  /** @throws {Error} where the answer is not `status` */
  admin(method: string, path: string, status: number, body?: object, headers?: Record<string, string>): Promise<{ body: ReturnType<typeof JSON.parse>; etag: string | null }>;
}

/** The base, and of one dimension as many times more. */
export async function grow(hub: HubProgram, dimension: Dimension, times: number): Promise<GrownHub> {
  const run = (query: string) => hub.ask({ query });
  const everybodys = String(hub.ready.profileIds[0]);
  const admin: GrownHub['admin'] = async (method, path, status, body, headers = {}) => {
    const answer = await fetch(hub.url + path, {
      method,
      headers: { authorization: `Bearer ${hub.ready.adminToken}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return { body: text === '' ? null : JSON.parse(text), etag: answer.headers.get('etag') };
  };
  const count = (of: Dimension) => BASE[of] * (of === dimension ? times : 1);
  await run(queues(count('queues')));
  const teams = await makeTeam(run, admin, everybodys);
  await run(people(count('people') - BASE.people, everybodys));
  await run(profiles(count('profiles') - 3, teams));
  await run(versions(count('versions'), teams));
  await run('vacuum analyze');
  return { hub, everybodys, teams, admin };
}

const ACCOUNT = '(select id from account limit 1)';
const numbered = (email: string) => `substring(${email} from 'bench-(\\d+)@')::int`;

async function makeTeam(run: (query: string) => Promise<{ id: string }[]>, admin: GrownHub['admin'], everybodys: string): Promise<string> {
  const { body } = await admin('GET', `/api/profiles/${everybodys}/draft`, 200);
  const rows = await run(`select id from resource where kind = 'queue' order by name limit ${BASE.queues}`);
  const { settings, configuration } = body.document;
  const document = {
    ...body.document,
    settings: { ...settings, 'general.name': TEAM_NAME },
    configuration: { ...configuration, queues: { enabled: true, rows: rows.map(({ id }) => ({ id, voice: true })) } },
  };
  const made = await admin('POST', '/api/profiles', 201, { name: TEAM_NAME, document });
  const id = String(made.body.profileId);
  await admin('POST', `/api/profiles/${id}/publish`, 201, {});
  const team = `select id from person where email like 'bench-%' and ${numbered('email')} < ${TEAM}`;
  await run(`insert into assignment (person_id, profile_id) select id, '${id}' from (${team}) t`);
  await run(`update session set profile_id = '${id}' where person_id in (${team})`);
  return id;
}

const queues = (many: number): string =>
  `insert into resource (account_id, kind, name, attributes)
   select ${ACCOUNT}, 'queue', 'Queue ' || lpad(n::text, 6, '0'), '{"voice": true}' from generate_series(1, ${many}) n`;

/** At work on everybody's profile, as those before them. */
const people = (more: number, everybodys: string): string =>
  `with born as (
     insert into person (account_id, name, email, licence, type)
     select ${ACCOUNT}, 'Person ' || n, 'grown-' || n || '@example.test', 'smart', 'agent' from generate_series(1, ${more}) n returning id, account_id
   ), given as (
     insert into assignment (person_id, profile_id, at_login) select id, '${everybodys}', true from born
   ), opened as (
     insert into session (account_id, person_id, browser, profile_id, activity_id)
     select account_id, id, 'Firefox on Linux', '${everybodys}', (select activity_id from session limit 1) from born returning id
   )
   insert into session_flow (session_id, channel, is_on) select o.id, c, c = 'voice' from opened o cross join unnest(array['voice', 'email', 'messages']) c`;

/** Each published once, and one person's who is not of the team. */
const profiles = (more: number, like: string): string =>
  `with made as (
     insert into profile (account_id, name, current_version, pushed_at) select ${ACCOUNT}, 'Grown ' || n, 1, now() from generate_series(1, ${more}) n returning id, name
   ), published as (
     insert into profile_version (profile_id, version, document)
     select m.id, 1, jsonb_set(v.document, '{settings,general.name}', to_jsonb(m.name)) from made m join profile_version v on v.profile_id = '${like}' and v.version = 1
   )
   insert into assignment (person_id, profile_id)
   select p.id, m.id from made m join person p on p.email like 'bench-%' and ${numbered('p.email')} = ${TEAM} + substring(m.name from 7)::int % (${BASE.people} - ${TEAM})`;

/** Each with its receipts and what the audit says of it. */
const versions = (upTo: number, of: string): string =>
  `with made as (
     insert into profile_version (profile_id, version, document, message)
     select profile_id, n, document, 'Version ' || n from profile_version cross join generate_series(2, ${upTo}) n where profile_id = '${of}' and version = 1 returning version
   ), received as (
     insert into receipt (profile_id, version, person_id, state) select '${of}', m.version, a.person_id, 'applied' from made m join assignment a on a.profile_id = '${of}'
   ), told as (
     insert into audit (account_id, action, subject_id, before, after)
     select ${ACCOUNT}, 'profile.publish', '${of}', jsonb_build_object('version', version - 1), jsonb_build_object('version', version) from made
   )
   update profile set current_version = ${upTo} where id = '${of}'`;
