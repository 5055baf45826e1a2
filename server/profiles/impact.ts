import { sql } from 'kysely';
import type { Impact } from '../../lib/api/routes.ts';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import type { ActiveProfile, NoProfile, Person } from '../../lib/decide/index.ts';
import { isForHub, opensOf } from '../../lib/interaction/custom-button.ts';
import { type Effect, effectOn, keptOf } from '../../lib/profile/effect.ts';
import type { Db } from '../db/connect.ts';
import { inInteraction } from '../session/in-interaction.ts';
import { readDraft } from './drafts.ts';
import { findProfile, type ProfileRow } from './find.ts';
import { parsedDraft } from './validate.ts';
import { loadProfileView, loadResources } from './view.ts';

export interface ImpactOptions {
  /** Any document; absent, the draft. */
  readonly document?: unknown;
  readonly to?: 'everyone' | 'newAssignments' | undefined;
  readonly emergency?: boolean | undefined;
}

/**
 * Whom publishing a document would give what and take what from. It is worked out once for all who have the same licence,
 * type and extras and the same version: thousands of people are few of these.
 *
 * @throws {ProblemError} notFound, document.invalid
 */
export async function impactOf(db: Db, accountId: string, profileId: string, options: ImpactOptions): Promise<Impact> {
  const profile = await findProfile(db, accountId, profileId);
  const document = options.document === undefined ? (await readDraft(db, profile)).document : parsedDraft(options.document);
  const busy = await inInteraction(db, { profileId: profile.id });
  const capacities = await capacitiesOf(db, profile.id);
  const people = capacities.flatMap((capacity) => capacity.people);
  const groups = options.to === 'newAssignments' ? [] : await groupsOf(db, profile, document, capacities);
  const told = groups.map(({ effect, people }) => {
    const withBusy = people.map((each) => ({ ...each, inInteraction: busy.has(each.id) }));
    const kept = !options.emergency && withBusy.some((each) => each.inInteraction) ? keptOf(effect.lost) : [];
    return { gained: [...effect.gained], lost: [...effect.lost], kept: [...kept], people: withBusy };
  });
  return {
    people: people.length,
    online: people.filter(({ online }) => online).length,
    inInteraction: people.filter(({ id }) => busy.has(id)).length,
    keep: told.filter(({ kept }) => kept.length > 0).flatMap((group) => group.people.filter((each) => each.inInteraction)).length,
    groups: told,
    without: await peopleWithout(db, profile),
    unready: await unreadyButtons(db, profile, document),
  };
}

/** The profile itself counts: it is about to be published. */
async function peopleWithout(db: Db, profile: ProfileRow): Promise<Impact['without']> {
  const { rows } = await sql<Impact['without'][number]>`
    select p.id, p.name from person p
    where p.account_id = ${profile.account_id}::uuid and not p.disabled and p.type <> 'administrator' and not exists (
      select from assignment a join profile f on f.id = a.profile_id
      where a.person_id = p.id and not f.archived and (f.current_version is not null or f.id = ${profile.id}::uuid)
    )
    order by lower(p.name), p.id limit 100`.execute(db);
  return rows;
}

/** Whose press would be refused, whatever a profile says. */
async function unreadyButtons(db: Db, { account_id }: ProfileRow, document: ProfileDocument): Promise<NonNullable<Impact['unready']>> {
  const buttons = Object.values(await loadResources(db, account_id, document)).filter((resource) => resource.kind === 'customButton' && isForHub(resource));
  if (buttons.length === 0) return {};
  const { rows } = await sql<{ workflow: boolean; webService: boolean }>`
    select exists (select from connector where account_id = ${account_id}::uuid and hash is not null) as workflow,
      exists (select from service_secret where account_id = ${account_id}::uuid) as "webService"`.execute(db);
  const all = buttons.map((resource) => [resource.id, opensOf(resource) as 'workflow' | 'webService'] as const);
  return Object.fromEntries(all.filter(([, opens]) => !rows[0]![opens]));
}

interface Holder {
  readonly id: string;
  readonly name: string;
  /** On this profile, now. */
  readonly online: boolean;
}

/** People for whom the same is decided. */
interface Capacity extends Pick<Person, 'licence' | 'type' | 'allow' | 'deny'> {
  readonly options: string[];
  readonly pinned_version: number | null;
  readonly people: readonly Holder[];
}

async function capacitiesOf(db: Db, profileId: string): Promise<readonly Capacity[]> {
  const { rows } = await sql<Capacity>`
    select p.licence, p.type, p.allow, p.deny, c.options, a.pinned_version,
      json_agg(json_build_object('id', p.id, 'name', p.name, 'online', coalesce(s.profile_id = a.profile_id, false)) order by lower(p.name), p.id) as people
    from assignment a
      join person p on p.id = a.person_id
      join account c on c.id = p.account_id
      left join session s on s.person_id = p.id and s.closed_at is null
    where a.profile_id = ${profileId}::uuid and not p.disabled
    group by 1, 2, 3, 4, 5, 6`.execute(db);
  return rows;
}

interface Group {
  readonly effect: Effect;
  readonly people: readonly Holder[];
}

/** Who loses most comes first; who gains and loses nothing is in none. */
async function groupsOf(db: Db, profile: ProfileRow, document: ProfileDocument, capacities: readonly Capacity[]): Promise<readonly Group[]> {
  const after: ActiveProfile = { document, resources: await loadResources(db, profile.account_id, document) };
  const versions = new Map<number | null, ActiveProfile | NoProfile>();
  const groups = new Map<string, Group>();
  for (const { options, pinned_version, people, ...rights } of capacities) {
    const version = pinned_version ?? profile.current_version;
    if (!versions.has(version)) versions.set(version, (version !== null && (await loadProfileView(db, profile.id, version))) || 'none');
    const person: Person = { ...rights, accountOptions: options as Person['accountOptions'] };
    const effect = effectOn(versions.get(version)!, after, person);
    if (effect.gained.length + effect.lost.length === 0) continue;
    const key = JSON.stringify(effect);
    groups.set(key, { effect, people: [...(groups.get(key)?.people ?? []), ...people] });
  }
  const byName = ({ effect, people }: Group): Group => ({ effect, people: people.toSorted((a, b) => a.name.localeCompare(b.name)) });
  return [...groups.values()].map(byName).toSorted((a, b) => b.effect.lost.length - a.effect.lost.length || b.people.length - a.people.length);
}
