/** The teams a person is in, and which of them they manage. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PersonSummary } from '../../../lib/api/routes.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Picker } from '../../ui/picker.tsx';
import { Switch } from '../../ui/switch.tsx';
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

export function PersonTeams({ form, people, reason }: Props) {
  const { queries, rights } = useMaker();
  const whyNot = useWhyNot();
  const adding = useSignal(false);
  const list = useMemo(() => queries.read('listTeams'), [queries]);
  const all = list.data.value?.teams ?? [];
  const teams = form.value.value.teams;
  const nameOf = (id: string) => all.find((team) => team.id === id)?.name ?? people.flatMap((person) => person.teams).find((team) => team.id === id)?.name ?? (list.whole.value ? t('makerPeople.unknown') : '…');
  const set = (next: typeof teams) => form.set('teams', next);
  const addReason = reason ?? whyNot(rights.value.may('teams.read'));
  const teamReason = (id: string) => reason ?? (rights.value.mayElement('teams', id) ? null : t('makerTeams.notYours'));
  const manager = form.value.value.type !== 'agent';
  return (
    <PanelSection
      title={t('makerPeople.field.teams')}
      action={
        <Button icon="plus" disabledReason={addReason} onPress={() => (adding.value = true)}>
          {t('makerPeople.addTeam')}
        </Button>
      }
    >
      {teams.length === 0 && <p class="secondary">{t('makerPeople.noTeam')}</p>}
      <ul class="lines">
        {teams.map(({ id, manages }) => (
          <li key={id} class="line-item">
            <a class="grow" href={hrefOf({ page: 'teams', teamId: id })}>
              {nameOf(id)}
            </a>
            <Switch
              checked={manages}
              label={t('makerPeople.manages')}
              disabledReason={teamReason(id) ?? (manager || manages ? null : t('makerPeople.agentsManageNothing'))}
              onChange={(next) => set(teams.map((team) => (team.id === id ? { id, manages: next } : team)))}
            />
            <IconButton icon="x" label={t('makerPeople.leaveTeam', nameOf(id))} disabledReason={teamReason(id)} onPress={() => set(teams.filter((team) => team.id !== id))} />
          </li>
        ))}
      </ul>
      {adding.value && (
        <Picker
          title={t('makerPeople.addTeam')}
          multiple
          read={list}
          options={all.filter(({ id }) => !teams.some((team) => team.id === id)).map(({ id, name, members }) => ({ id, name, detail: tn('makerPeople.people', members.length), disabledReason: teamReason(id) }))}
          action={t('makerPeople.add')}
          onPick={(ids) => {
            set([...teams, ...ids.map((id) => ({ id, manages: false }))]);
            adding.value = false;
          }}
          onClose={() => (adding.value = false)}
        />
      )}
    </PanelSection>
  );
}
