/** One person beside the list, or a new one: everything an administrator may change about them. */
import { useSignal } from '@preact/signals';
import type { PersonSummary } from '../../../lib/api/routes.ts';
import type { PersonType } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { licenceToGive } from '../../../lib/decide/grants.ts';
import { checkPerson, contentOf, NEW_PERSON, type PersonContent } from '../../../lib/models/maker/people-form.ts';
import type { Held, RecordEdges, RecordForm } from '../../../lib/models/maker/record-form.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { problemText } from '../../ui/problem.ts';
import { t } from '../../ui/text.ts';
import { type Maker, useMaker, usePageTitle } from '../context.ts';
import { RecordPanel } from '../resources/record/record-panel.tsx';
import { refusalText } from '../resources/record/refusal-text.ts';
import { useRecordForm } from '../resources/record/unsaved.ts';
import { useWhyNot } from '../reasons.ts';
import { heldOf, personEdges } from './person-edges.ts';
import { PersonExtras } from './person-extras.tsx';
import { PersonIdentity } from './person-identity.tsx';
import { NewPassword, PersonPassword } from './person-password.tsx';
import { PersonProfiles } from './person-profiles.tsx';
import { PersonTeams } from './person-teams.tsx';
import { usePersonWords } from './person-words.ts';
import { WhatTheyCan } from './what-they-can.tsx';

export type PersonForm = RecordForm<PersonContent>;

interface Props {
  /** Null for a person who is yet to be made. */
  readonly personId: string | null;
  readonly people: readonly PersonSummary[];
  /** Not all people are there yet. */
  readonly growing: boolean;
}

const STALE = ['listPeople', 'listTeams', 'listProfiles'] as const;

export function PersonPanel({ personId, people, growing }: Props) {
  const maker = useMaker();
  const { rights, queries, toasts, go, state } = maker;
  const whyNot = useWhyNot();
  const password = useSignal('');
  const open = useRecordForm(`person ${personId}`, () => edgesOf(maker, personId, () => password.peek()));
  const { form } = open;
  const words = usePersonWords(people);
  const summary = people.find(({ id }) => id === personId) ?? null;
  const disabling = useSignal(false);
  const name = form.held.value?.value.name ?? summary?.name ?? t('makerPeople.new');
  usePageTitle(name);

  const right = personId === null ? ('people.create' as const) : ('people.update' as const);
  const reason = whyNot(rights.value.may(right)) ?? (personId !== null && !rights.value.mayElement('people', personId) ? t('makerPeople.notYours') : null) ?? administratorReason(form, state.value?.snapshot?.person.type);
  const disableReason = whyNot(rights.value.may('people.delete'));
  const self = state.value?.snapshot?.person.id === personId;
  const disabled = form.held.value?.value.disabled ?? false;

  const saved = ({ id, value }: Held<PersonContent>) => {
    void queries.stale(STALE);
    if (form.isNew) {
      toasts.say({ tone: 'good', text: t('makerPeople.saved', value.name) });
      go({ page: 'people', personId: id });
    }
    return t(summary?.online ? 'makerPeople.savedOnline' : 'makerPeople.savedLater');
  };
  const enable = () => {
    form.set('disabled', false);
    void form.save().then((held) => {
      if (!held) {
        const problem = form.problem.peek();
        form.undo('disabled');
        // Nothing is changed any more, and so the foot of the panel says nothing of it.
        if (problem) toasts.say({ tone: 'bad', text: refusalText(problem) });
        return;
      }
      void queries.stale(STALE);
      toasts.say({ tone: 'good', text: t('makerPeople.enabledSaid', held.value.name) });
    });
  };
  return (
    <RecordPanel
      open={open}
      title={name}
      aside={
        <>
          <Avatar name={name} size={28} />
          {disabled && <Badge tone="bad">{t('makerPeople.disabled')}</Badge>}
          {summary?.online && <Badge tone="good">{t('makerPeople.online')}</Badge>}
        </>
      }
      menu={
        personId === null
          ? []
          : disabled
            ? [{ label: t('makerPeople.enable'), icon: 'user-round-check', disabledReason: reason ?? (form.dirty.value ? t('makerResources.saveFirst') : null), onSelect: enable }]
            : [{ label: t('makerPeople.disable'), icon: 'user-round-x', tone: 'danger', disabledReason: disableReason ?? administratorReason(form, state.value?.snapshot?.person.type) ?? (self ? t('makerPeople.notYourself') : null), onSelect: () => (disabling.value = true) }]
      }
      closeHref={hrefOf({ page: 'people', personId: null })}
      follows={summary?.online ? t('makerPeople.follows.now') : personId === null ? t('makerPeople.follows.created') : summary || !growing ? t('makerPeople.follows.later') : null}
      saveReason={reason}
      words={words}
      onSaved={saved}
    >
      <PersonIdentity form={form} reason={reason} />
      {personId === null ? <NewPassword value={password} /> : null}
      <PersonProfiles form={form} people={people} reason={reason} />
      <PersonTeams form={form} people={people} reason={reason} />
      <PersonExtras form={form} reason={reason} />
      {personId !== null && <PersonPassword personId={personId} name={name} reason={reason} />}
      <WhatTheyCan form={form} />
      {disabling.value && <Disable personId={personId!} name={name} online={summary?.online ?? false} form={form} onClose={() => (disabling.value = false)} />}
    </RecordPanel>
  );
}

/** An administrator is changed by administrators alone. */
const administratorReason = (form: PersonForm, own: PersonType | undefined): string | null =>
  form.held.value?.value.type === 'administrator' && own !== 'administrator' ? t('makerPeople.type.onlyAdministrators') : null;

function edgesOf({ hub, rights }: Maker, personId: string | null, password: () => string): RecordEdges<PersonContent> {
  const edges = personEdges(hub);
  return {
    initial: { ...NEW_PERSON, licence: licenceToGive(rights.peek()) },
    check: checkPerson,
    read:
      personId === null
        ? null
        : async () => {
            const answer = await edges.read(personId);
            return answer.ok ? { ok: true, value: { id: personId, value: contentOf(answer.value.value), etag: answer.value.etag } } : answer;
          },
    async create(value) {
      const answer = await edges.create({ ...value, ...(password() === '' ? {} : { password: password() }) });
      return answer.ok ? { ok: true, value: heldOf(answer.value) } : answer;
    },
    async update(change, ifMatch) {
      const answer = await edges.update(personId!, change, ifMatch);
      return answer.ok ? { ok: true, value: heldOf(answer.value) } : answer;
    },
  };
}

interface DisableProps {
  readonly personId: string;
  readonly name: string;
  readonly online: boolean;
  readonly form: PersonForm;
  readonly onClose: () => unknown;
}

function Disable({ personId, name, online, form, onClose }: DisableProps) {
  const { queries, toasts } = useMaker();
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const disable = async () => {
    busy.value = true;
    const answer = await queries.write('deletePerson', { params: { id: personId } }, { stale: STALE });
    busy.value = false;
    if (!answer.ok) return void (problem.value = problemText(answer.problem));
    onClose();
    toasts.say({ tone: 'good', text: t('makerPeople.disabledSaid', name) });
    await form.read();
  };
  return (
    <Confirm
      title={t('makerPeople.disableTitle', name)}
      text={t(online ? 'makerPeople.disableOnline' : 'makerPeople.disableText')}
      action={t('makerPeople.disable')}
      tone="danger"
      busy={busy.value}
      onConfirm={disable}
      onClose={onClose}
    >
      {form.dirty.value && <p class="warn-text">{t('makerPeople.disableDirty')}</p>}
      {problem.value && (
        <p class="warn-text" role="alert">
          {problem.value}
        </p>
      )}
    </Confirm>
  );
}
