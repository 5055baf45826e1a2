/** One team beside the list, or a new one: its name, a note, and who is in it. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PersonSummary, TeamRecord } from '../../../lib/api/routes.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import type { Held, RecordEdges, RecordForm } from '../../../lib/models/maker/record-form.ts';
import { checkTeam, NEW_TEAM, type TeamContent, teamContentOf } from '../../../lib/models/maker/teams-form.ts';
import { clientProblem } from '../../../lib/api/client-problem.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { problemText } from '../../ui/problem.ts';
import type { Reading } from '../../ui/states.tsx';
import { names, t, tn } from '../../ui/text.ts';
import { type Maker, useMaker, usePageTitle } from '../context.ts';
import type { FieldWords } from '../resources/record/conflict-dialog.tsx';
import { errorText } from '../resources/record/error-text.ts';
import { PanelSection, RecordPanel } from '../resources/record/record-panel.tsx';
import { useRecordForm } from '../resources/record/unsaved.ts';
import { useWhyNot } from '../reasons.ts';
import { etagOf } from './person-edges.ts';
import { TeamMembers } from './team-members.tsx';

export type TeamForm = RecordForm<TeamContent>;

interface Props {
  readonly teamId: string | null;
  readonly teams: readonly TeamRecord[];
  readonly people: readonly PersonSummary[];
  readonly read: Reading;
}

export function TeamPanel({ teamId, teams, people, read }: Props) {
  const growing = !read.whole.value;
  const maker = useMaker();
  const { rights, queries, toasts, go } = maker;
  const whyNot = useWhyNot();
  const open = useRecordForm<TeamContent>(`team ${teamId}`, () => edgesOf(maker, teamId));
  const { form } = open;
  const deleting = useSignal(false);
  const title = form.held.value?.value.name ?? teams.find(({ id }) => id === teamId)?.name ?? t('makerTeams.new');
  usePageTitle(title);
  const reason =
    whyNot(rights.value.may(teamId === null ? 'teams.create' : 'teams.update')) ??
    (teamId !== null && !rights.value.mayElement('teams', teamId) ? t('makerTeams.notYours') : null);
  const { name, note, members } = form.value.value;
  const errors = form.errors.value;
  const online = useMemo(() => onlineAmong(people, members), [people, members]);
  const saved = ({ id, value }: Held<TeamContent>) => {
    void queries.stale(['listTeams', 'listPeople']);
    if (form.isNew) {
      toasts.say({ tone: 'good', text: t('makerTeams.saved', value.name) });
      go({ page: 'teams', teamId: id });
    }
    return t('makerTeams.saved', value.name);
  };
  return (
    <RecordPanel
      open={open}
      title={title}
      menu={
        teamId === null
          ? []
          : [{ label: t('makerTeams.delete'), icon: 'trash-2', tone: 'danger', disabledReason: whyNot(rights.value.may('teams.delete')), onSelect: () => (deleting.value = true) }]
      }
      closeHref={hrefOf({ page: 'teams', teamId: null })}
      follows={growing ? t('ui.loading') : online > 0 ? tn('makerTeams.follows', online) : t('makerTeams.followsNobody')}
      saveReason={reason}
      words={wordsOf(people, growing)}
      onSaved={saved}
    >
      <PanelSection title={t('makerTeams.team')}>
        <TextField label={t('makerTeams.field.name')} value={name} maxLength={120} error={errorText(errors['name'])} disabledReason={reason} onInput={(value) => form.set('name', value)} onCommit={() => form.leave('name')} />
        <TextField label={t('makerTeams.field.note')} value={note} multiline maxLength={500} error={errorText(errors['note'])} disabledReason={reason} onInput={(value) => form.set('note', value)} />
      </PanelSection>
      <TeamMembers form={form} people={people} read={read} reason={reason} />
      {deleting.value && <Delete id={teamId!} name={title} members={members.length} onClose={() => (deleting.value = false)} forget={open.forget} />}
    </RecordPanel>
  );
}

function onlineAmong(people: readonly PersonSummary[], members: TeamContent['members']): number {
  const ids = new Set(members.map(({ personId }) => personId));
  return people.filter(({ id, online }) => online && ids.has(id)).length;
}

function wordsOf(people: readonly PersonSummary[], growing: boolean): FieldWords {
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? (growing ? '…' : t('makerPeople.unknown'));
  return {
    label: (field) => t(`makerTeams.field.${field}`),
    value(field, value) {
      if (field !== 'members') return String(value) || t('makerPeople.nothing');
      const members = value as TeamContent['members'];
      return members.length === 0 ? t('makerPeople.nothing') : names(members.map(({ personId, manages }) => (manages ? t('makerPeople.managesNamed', nameOf(personId)) : nameOf(personId))), 12);
    },
  };
}

const heldOf = (team: TeamRecord): Held<TeamContent> => ({ id: team.id, value: teamContentOf(team), etag: etagOf(team) });

function edgesOf({ hub, queries }: Maker, teamId: string | null): RecordEdges<TeamContent> {
  /** Of the other teams, as far as they are read: the hub has the last word. */
  const taken = () => (queries.read('listTeams').data.peek()?.teams ?? []).filter(({ id }) => id !== teamId).map(({ name }) => name);
  const trimmed = <T extends Partial<TeamContent>>(change: T): T => ({ ...change, ...(change.name === undefined ? {} : { name: change.name.trim() }) });
  return {
    initial: NEW_TEAM,
    check: (value) => checkTeam(value, taken()),
    read:
      teamId === null
        ? null
        : async () => {
            const answer = await hub.ask('listTeams');
            if (!answer.ok) return answer;
            const team = answer.value.value.teams.find(({ id }) => id === teamId);
            return team ? { ok: true, value: heldOf(team) } : { ok: false, problem: { ...clientProblem('client.failed'), code: 'notFound', status: 404 } };
          },
    async create(value) {
      const answer = await hub.ask('createTeam', { body: trimmed(value) });
      return answer.ok ? { ok: true, value: heldOf(answer.value.value) } : answer;
    },
    async update(change, ifMatch) {
      const answer = await hub.ask('updateTeam', { params: { id: teamId! }, body: trimmed(change), ifMatch });
      return answer.ok ? { ok: true, value: heldOf(answer.value.value) } : answer;
    },
  };
}

interface DeleteProps {
  readonly id: string;
  readonly name: string;
  readonly members: number;
  readonly onClose: () => unknown;
  readonly forget: () => void;
}

function Delete({ id, name, members, onClose, forget }: DeleteProps) {
  const { queries, toasts, go } = useMaker();
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const remove = async () => {
    busy.value = true;
    const answer = await queries.write('deleteTeam', { params: { id } }, { stale: ['listTeams', 'listPeople'] });
    busy.value = false;
    if (!answer.ok) return void (problem.value = problemText(answer.problem));
    forget();
    toasts.say({ tone: 'good', text: t('makerTeams.deleted', name) });
    go({ page: 'teams', teamId: null });
  };
  return (
    <Confirm title={t('makerTeams.deleteTitle', name)} text={tn('makerTeams.deleteText', members)} action={t('makerTeams.delete')} tone="danger" busy={busy.value} onConfirm={remove} onClose={onClose}>
      {problem.value && (
        <p class="warn-text" role="alert">
          {problem.value}
        </p>
      )}
    </Confirm>
  );
}
