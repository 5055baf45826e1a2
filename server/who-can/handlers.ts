/** Who can do a thing: profiles by what they say themselves, people by the profiles they have and what is true of them. */
import type { ConsoleRights } from '../../lib/decide/console.ts';
import type { ActiveProfile, Person } from '../../lib/decide/index.ts';
import type { Db } from '../db/connect.ts';
import type { Handlers } from '../http/handler.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { Views } from '../session/views.ts';
import { allRights, ANYBODY, asking, cellsOf, isRight } from './decide.ts';
import { type Held, heldProfiles, type Holder, holders } from './read.ts';

export function whoCanHandlers({ views }: { readonly views: Views }): Pick<Handlers, 'whoCan' | 'whoCanMatrix'> {
  return {
    async whoCan({ db, person, console, query: { right } }) {
      if (!isRight(right)) throw new ProblemError('control.unknown', { detail: 'There is no such control, and no such right of the Maker.' });
      const { profiles, people, find } = await everything(db, views, person.accountId, console);
      const names = namesOf(profiles);
      const ask = decidedOnce(find, (profile, who) => asking(profile, who)(right));
      return {
        answer: {
          profiles: profiles.map((held) => ({ id: held.profileId, name: held.name, people: held.people, ...asking(find(held), ANYBODY)(right) })),
          people: people.map((each) => {
            const through = each.assigned.filter((version) => ask(each, version).allowed).flatMap(({ profileId }) => names.get(profileId) ?? []);
            return { id: each.id, name: each.name, online: each.online, ...ask(each, startOf(each)), through };
          }),
        },
      };
    },
    async whoCanMatrix({ db, person, console }) {
      const { profiles, people, find } = await everything(db, views, person.accountId, console);
      const names = namesOf(profiles);
      const cells = decidedOnce(find, cellsOf);
      return {
        answer: {
          rights: [...allRights],
          profiles: profiles.map((held) => ({ id: held.profileId, name: held.name, cells: cellsOf(find(held), ANYBODY) })),
          people: people.map((each) => {
            const profile = names.get(startOf(each)?.profileId ?? '')?.name ?? null;
            return { id: each.id, name: each.name, profile, cells: cells(each, startOf(each)) };
          }),
        },
      };
    },
  };
}

type Version = Pick<Held, 'profileId' | 'version'>;
type Find = (version: Version | null) => ActiveProfile | null;

const keyOf = ({ profileId, version }: Version) => `${profileId} ${version}`;

/** What one may see of it: an answer leaves out the people and profiles that are not among one's own. */
async function everything(db: Db, views: Views, accountId: string, rights: ConsoleRights) {
  const [allProfiles, allPeople] = [await heldProfiles(db, accountId), await holders(db, accountId)];
  const found = new Map<string, ActiveProfile | null>();
  const seqOf = new Map(allProfiles.map(({ profileId, publishedSeq }) => [profileId, publishedSeq]));
  for (const version of [...allProfiles, ...allPeople.flatMap(({ assigned }) => assigned)]) {
    const key = keyOf(version);
    if (found.has(key)) continue;
    const { profileId } = version;
    found.set(key, (await views.of(db, { profileId, version: version.version, publishedSeq: seqOf.get(profileId) ?? 0 }))?.view ?? null);
  }
  const find: Find = (version) => (version ? (found.get(keyOf(version)) ?? null) : null);
  return {
    profiles: allProfiles.filter(({ profileId }) => rights.mayElement('profiles', profileId)),
    people: allPeople.filter(({ id }) => rights.mayElement('people', id)),
    find,
  };
}

/** The profile that a person's session begins with: the one at login, else the only one there is. */
const startOf = ({ assigned }: Holder): Version | null =>
  assigned.find(({ atLogin }) => atLogin) ?? (assigned.length === 1 ? assigned[0]! : null);

/** Decides once for all people who are alike with one profile: thousands hold a few profiles in a few ways. */
function decidedOnce<T>(find: Find, decide: (profile: ActiveProfile | null, person: Person) => T): (holder: Holder, version: Version | null) => T {
  const met = new Map<string, T>();
  return ({ person }, version) => {
    const key = `${version && keyOf(version)} ${alike(person)}`;
    if (!met.has(key)) met.set(key, decide(find(version), person));
    return met.get(key) as T;
  };
}

const alike = ({ licence, type, allow, deny }: Person): string => JSON.stringify([licence, type, allow.toSorted(), deny.toSorted()]);

const namesOf = (profiles: readonly Held[]) => new Map(profiles.map(({ profileId: id, name }) => [id, { id, name }]));
