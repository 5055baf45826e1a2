/** The list of profiles: what is found, and what one can do with one of them. */
import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { ProfileSummary } from '../../api/routes.ts';
import type { Queries, ReadName } from '../../console/queries.ts';
import type { ConsoleRight } from '../../catalogue/console.ts';
import type { ConsoleAnswer, ConsoleRights } from '../../decide/console.ts';
import { finder } from '../../search.ts';

/** What is asked about before it is done. */
export type ProfilesQuestion =
  | { readonly kind: 'create' | 'import' }
  | { readonly kind: 'duplicate' | 'archive' | 'delete'; readonly profile: ProfileSummary };

/** What a profile in the list lets one do: why not, where it does not. */
export interface ProfileActions {
  readonly duplicate: ConsoleAnswer;
  readonly archive: ConsoleAnswer;
  readonly remove: ConsoleAnswer;
  readonly exported: ConsoleAnswer;
}

export interface ProfilesEdges {
  readonly queries: Queries;
  readonly rights: ReadonlySignal<ConsoleRights>;
}

/** What a change of the list makes stale. */
const STALE: readonly ReadName[] = ['listProfiles'];

/** Whether the right is there, and for this profile. */
export function mayWithProfile(rights: ConsoleRights, right: ConsoleRight, profileId: string): ConsoleAnswer {
  const answer = rights.may(right);
  if (!answer.allowed || rights.mayElement('profiles', profileId)) return answer;
  return { allowed: false, code: 'console.elements', setting: 'console.profiles.elements' };
}

export const ProfilesModel = createModel(({ queries, rights }: ProfilesEdges) => {
  const read = queries.read('listProfiles');
  const typed = signal('');
  const archived = signal(false);
  const sort = signal({ column: 'name', descending: false });
  const selected = signal<ReadonlySet<string>>(new Set());
  const question = signal<ProfilesQuestion | null>(null);
  /** The id of the profile something is being done to; `new` for one that is being made. */
  const busy = signal<string | null>(null);

  const all = computed<readonly ProfileSummary[]>(() => read.data.value?.profiles ?? []);
  const live = computed(() => all.value.filter((profile) => !profile.archived));
  const shelved = computed(() => all.value.filter((profile) => profile.archived));
  const rows = computed(() => {
    const finds = finder(typed.value);
    return (archived.value ? shelved.value : live.value).filter(({ name, reference }) => finds(name, reference));
  });
  /** Those chosen that are to be seen: what is hidden is not meant. */
  const chosen = computed(() => rows.value.filter(({ id }) => selected.value.has(id)));
  const full = computed(() => read.data.value !== null && all.value.length >= read.data.value.most);

  const one = (right: ConsoleRight, profileId: string) => mayWithProfile(rights.value, right, profileId);

  const doing = async <T>(id: string, act: () => Promise<T>): Promise<T> => {
    busy.value = id;
    try {
      return await act();
    } finally {
      busy.value = null;
    }
  };
  const ended = (answer: { ok: true } | { ok: false; problem: Problem }): Problem | null => {
    if (!answer.ok) return answer.problem;
    question.value = null;
    return null;
  };

  return {
    read,
    typed,
    archived,
    sort,
    selected,
    question,
    busy,
    live,
    shelved,
    rows,
    chosen,
    full,
    actions: (profile: ProfileSummary): ProfileActions => ({
      duplicate: rights.value.may('profiles.create'),
      archive: one('profiles.update', profile.id),
      remove: one('profiles.delete', profile.id),
      exported: one('profiles.export', profile.id),
    }),
    ask: (next: ProfilesQuestion) => void (question.value = next),
    dismiss: () => void (question.value = null),
    /** Makes an empty profile, or one like another. The id of the new one, or the problem. */
    create: (name: string, from: string | null): Promise<{ readonly id: string } | { readonly problem: Problem }> =>
      doing('new', async () => {
        const answer =
          from === null
            ? await queries.write('createProfile', { body: { name: name.trim() } }, { stale: STALE })
            : await queries.write('duplicateProfile', { params: { id: from }, body: { name: name.trim() } }, { stale: STALE });
        const problem = ended(answer);
        return problem || !answer.ok ? { problem: problem! } : { id: answer.value.value.profileId };
      }),
    archive: (profile: ProfileSummary, on: boolean): Promise<Problem | null> =>
      doing(profile.id, async () =>
        ended(await queries.write('archiveProfile', { params: { id: profile.id }, body: { archived: on } }, { stale: STALE })),
      ),
    remove: (profile: ProfileSummary): Promise<Problem | null> =>
      doing(profile.id, async () => ended(await queries.write('deleteProfile', { params: { id: profile.id } }, { stale: STALE }))),
  };
});
export type Profiles = InstanceType<typeof ProfilesModel>;

/** A name for a copy that nobody has yet: “Billing desk 2”. */
export function nameOfCopy(name: string, taken: readonly string[]): string {
  const stem = name.replace(/ \d+$/, '');
  const held = new Set(taken.map((each) => each.toLocaleLowerCase()));
  for (let at = 2; ; at += 1) {
    const wished = `${stem.slice(0, 76)} ${at}`;
    if (!held.has(wished.toLocaleLowerCase())) return wished;
  }
}
