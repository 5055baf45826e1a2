/** The profile at login of the person in the form, and the person as the decision reads them: with what is typed. */
import { useMemo } from 'preact/hooks';
import type { ProfileView } from '../../../lib/api/snapshot.ts';
import type { NoProfile, Person } from '../../../lib/decide/index.ts';
import type { PersonContent } from '../../../lib/models/maker/people-form.ts';
import { useMaker } from '../context.ts';

/** Undefined while it is being read, or where one may not read it. */
export function useProfileAtLogin({ profiles }: PersonContent): ProfileView | NoProfile | undefined {
  const { queries } = useMaker();
  const id = profiles.find(({ atLogin }) => atLogin)?.id ?? null;
  const read = useMemo(() => (id === null ? null : queries.read('readProfile', { params: { id } })), [queries, id]);
  if (!read) return 'none';
  const answer = read.data.value;
  return answer ? (answer.published ?? 'none') : undefined;
}

export function usePersonInForm({ licence, type, allow, deny }: PersonContent): Person {
  const { state } = useMaker();
  const accountOptions = state.value?.snapshot?.person.account.options ?? [];
  return { licence, type, allow, deny, accountOptions };
}
