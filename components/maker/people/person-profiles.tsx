/** The profiles a person holds: which one at login, and with which score. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PersonSummary } from '../../../lib/api/routes.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { USUAL_SCORE } from '../../../lib/models/maker/people-bulk.ts';
import { assign, atLogin, unassign } from '../../../lib/models/maker/people-form.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { NumberField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Picker } from '../../ui/picker.tsx';
import { Note } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { PanelSection } from '../resources/record/record-panel.tsx';
import { useWhyNot } from '../reasons.ts';
import type { PersonForm } from './person-panel.tsx';

interface Props {
  readonly form: PersonForm;
  readonly people: readonly PersonSummary[];
  readonly reason: string | null;
}

export function PersonProfiles({ form, people, reason }: Props) {
  const { queries, rights } = useMaker();
  const whyNot = useWhyNot();
  const adding = useSignal(false);
  const list = useMemo(() => queries.read('listProfiles'), [queries]);
  const profiles = form.value.value.profiles;
  const all = list.data.value?.profiles ?? [];
  const nameOf = (id: string) => all.find((each) => each.id === id)?.name ?? people.flatMap((person) => person.profiles).find((each) => each.id === id)?.name ?? (list.whole.value ? t('makerPeople.unknown') : '…');
  const assignReason = reason ?? (rights.value.may('profiles.assign').allowed ? null : whyNot(rights.value.may('people.assign')));
  const set = (next: typeof profiles) => form.set('profiles', next);
  return (
    <PanelSection
      title={t('makerPeople.field.profiles')}
      note={t('makerPeople.profilesNote')}
      action={
        <Button icon="plus" disabledReason={assignReason} onPress={() => (adding.value = true)}>
          {t('makerPeople.addProfile')}
        </Button>
      }
    >
      {profiles.length === 0 && <Note tone="warn">{t('makerPeople.noProfileNote')}</Note>}
      {profiles.length > 0 && (
        <fieldset class="bare">
          <legend class="sr">{t('makerPeople.atLogin')}</legend>
          <ul class="lines">
            {profiles.map((profile) => {
              const name = nameOf(profile.id);
              const why = assignReason ?? (rights.value.mayElement('profiles', profile.id) ? null : t('makerPeople.notYours'));
              return (
                <li key={profile.id} class="line-item">
                  <label class="grow choice-line" data-tip={why ?? undefined}>
                    <input
                      type="radio"
                      name="at-login"
                      checked={profile.atLogin}
                      aria-disabled={why ? true : undefined}
                      onClick={(event) => why && event.preventDefault()}
                      onChange={() => !why && set(atLogin(profiles, profile.id))}
                    />
                    <span class="grow">
                      {name}
                      <small>{t(profile.atLogin ? 'makerPeople.atLogin' : 'makerPeople.notAtLogin')}</small>
                    </span>
                  </label>
                  <NumberField
                    label={t('makerPeople.scoreOf', name)}
                    labelHidden
                    value={profile.score}
                    min={0}
                    max={100}
                    disabledReason={why}
                    onChange={(score) => set(profiles.map((each) => (each.id === profile.id ? { ...each, score: score ?? USUAL_SCORE } : each)))}
                  />
                  <a class="icon-button" href={hrefOf({ page: 'profile', profileId: profile.id, tab: 'settings', subTab: null })} aria-label={t('makerPeople.openProfile', name)} data-tip={t('makerPeople.openProfile', name)}>
                    <Icon name="external-link" size={16} />
                  </a>
                  <IconButton icon="x" label={t('makerPeople.takeProfile', name)} disabledReason={why} onPress={() => set(unassign(profiles, profile.id))} />
                </li>
              );
            })}
          </ul>
        </fieldset>
      )}
      {adding.value && (
        <Picker
          title={t('makerPeople.addProfile')}
          multiple
          read={list}
          options={all
            .filter(({ id, archived }) => !archived && !profiles.some((each) => each.id === id))
            .map(({ id, name, people: count }) => ({
              id,
              name,
              detail: tn('makerPeople.people', count),
              disabledReason: rights.value.mayElement('profiles', id) ? null : t('makerPeople.notYours'),
            }))}
          action={t('makerPeople.add')}
          onPick={(ids) => {
            set(assign(profiles, ids, USUAL_SCORE));
            adding.value = false;
          }}
          onClose={() => (adding.value = false)}
        />
      )}
    </PanelSection>
  );
}

