import { useMemo } from 'preact/hooks';
import type { PersonSummary } from '../../../lib/api/routes.ts';
import type { PersonContent } from '../../../lib/models/maker/people-form.ts';
import { names, t } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import type { FieldWords } from '../resources/record/conflict-dialog.tsx';
import { fieldPath } from '../field-path.ts';

/** The fields of a person in words, for the two sides of a conflict. */
export function usePersonWords(people: readonly PersonSummary[]): FieldWords {
  const { queries } = useMaker();
  const profiles = useMemo(() => queries.read('listProfiles'), [queries]);
  const known = new Map([
    ...people.flatMap((person) => [...person.profiles, ...person.teams].map(({ id, name }) => [id, name] as const)),
    ...(profiles.data.value?.profiles ?? []).map(({ id, name }) => [id, name] as const),
  ]);
  const nameOf = (id: string) => known.get(id) ?? (profiles.whole.value ? t('makerPeople.unknown') : '…');
  return {
    label: (field) => t(`makerPeople.field.${field}`),
    value(field, value) {
      if (field === 'type') return t(`choice.${String(value)}`);
      if (field === 'licence') return t(`makerPeople.licence.${String(value)}`);
      if (field === 'disabled') return t(value ? 'makerPeople.disabled' : 'makerPeople.enabled');
      if (!Array.isArray(value)) return String(value);
      if (value.length === 0) return t('makerPeople.nothing');
      if (field === 'profiles') return names((value as PersonContent['profiles']).map(({ id, atLogin }) => (atLogin ? t('makerPeople.atLoginNamed', nameOf(id)) : nameOf(id))), 9);
      if (field === 'teams') return names((value as PersonContent['teams']).map(({ id, manages }) => (manages ? t('makerPeople.managesNamed', nameOf(id)) : nameOf(id))), 9);
      return names((value as string[]).map(fieldPath), 9);
    },
  };
}
