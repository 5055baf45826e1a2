/** The people of a profile: no part of its draft, so that each change is made at once. */
import { useComputed, useModel, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { choiceLabel } from '../../../lib/catalogue/fields.ts';
import type { Tab } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { type Assignee, AssigneesModel } from '../../../lib/models/maker/configuration-people.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { NumberField } from '../../ui/fields.tsx';
import { focusWhereLost } from '../../ui/focus-kept.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Picker, type PickerProps } from '../../ui/picker.tsx';
import { SearchBox } from '../../ui/search.tsx';
import { Empty, Failed, Loading, Note } from '../../ui/states.tsx';
import { Switch } from '../../ui/switch.tsx';
import { type Column, DataTable } from '../../ui/table.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { PeopleWork } from './people-work.tsx';
import { RemovePeople } from './remove-people.tsx';

/** The attributes that the tab declares, by what they are to a person. */
const byId = (tab: Tab, id: string) => tab.attributes.find((field) => field.id === id);

export function PeoplePanel({ editor, tab }: { editor: Editor; tab: Tab }) {
  const { hub, queries, rights, clock, toasts } = useMaker();
  const mayRead = useComputed(() => rights.value.may('people.read').allowed);
  const people = useComputed(() => (mayRead.value ? queries.read('listPeople') : null));
  const model = useModel(
    () =>
      new AssigneesModel(editor.profileId, {
        hub,
        assignments: queries.read('listAssignments', { params: { id: editor.profileId } }),
        people,
        stale: queries.stale,
        clock,
      }),
  );
  const open = useSignal<'add' | readonly Assignee[] | null>(null);
  const may = rights.value.may('profiles.assign').allowed;
  const rows = model.rows.value;

  const add = async (ids: readonly string[]) => {
    open.value = null;
    if (ids.length === 0) return;
    const done = await model.add(ids);
    if (done.length > 0) toasts.say({ text: tn('makerConfiguration.people.added', done.length), tone: 'good' });
  };
  const remove = async (those: readonly Assignee[]) => {
    open.value = null;
    const gone = await model.remove(those.map(({ personId }) => personId));
    if (gone.length === 0) return;
    // The row that the keyboard was on is gone.
    focusWhereLost('.configuration-tab :is(.body [role="row"][tabindex="0"], .empty .button)');
    const text = gone.length === 1 ? t('makerConfiguration.people.removed', gone[0]!.name) : tn('makerConfiguration.people.removedMany', gone.length);
    toasts.say({ text, action: { label: t('makerConfiguration.undoIt'), run: () => void model.restore(gone) } });
  };
  const columns = usePeopleColumns(tab, model, may, (row) => (open.value = [row]));
  const whyNotAdd = mayRead.value ? null : t('makerConfiguration.people.hidden');
  const addButton = may ? (
    <Button icon="plus" disabledReason={whyNotAdd} onPress={() => (open.value = 'add')}>
      {t('makerConfiguration.people.add')}
    </Button>
  ) : undefined;
  return (
    <>
      <header class="tab-head">
        <div class="title">
          <Icon name="users" size={18} />
          <h2 tabIndex={-1}>{t(tab.label)}</h2>
          <span class="count">{model.known.value && formatNumber(rows.length)}</span>
          <span class="space" />
          {mayRead.value && (
            <a class="button plain" href={hrefOf({ page: 'people', personId: null })}>
              <Icon name="external-link" size={16} />
              <span class="label">{t('makerConfiguration.manage')}</span>
            </a>
          )}
          {addButton}
        </div>
        <Note>{t(may ? 'makerConfiguration.people.atOnce' : 'makerConfiguration.people.readOnly')}</Note>
        {(rows.length > 7 || model.search.value !== '') && (
          <div class="tools">
            <SearchBox
              label={t('makerConfiguration.people.search')}
              value={model.search.value}
              found={model.shown.value.length}
              onInput={(typed) => (model.search.value = typed)}
            />
          </div>
        )}
      </header>
      <PeopleWork model={model} />
      {may && model.chosen.value.length > 0 && (
        <div class="bulk" role="group" aria-label={t('makerConfiguration.bulk.title')}>
          <strong role="status">{tn('makerConfiguration.bulk.chosen', model.chosen.value.length)}</strong>
          <span class="space" />
          <Button icon="user-round-x" tone="plain" onPress={() => (open.value = model.chosen.peek())}>
            {t('makerConfiguration.people.take')}
          </Button>
          <IconButton icon="x" tone="plain" label={t('makerConfiguration.bulk.none')} onPress={() => model.select([])} />
        </div>
      )}
      {model.loadProblem.value && !model.known.value ? (
        <Failed problem={model.loadProblem.value} retry={model.refresh} />
      ) : model.loading.value ? (
        <Loading label={t('ui.loading')} />
      ) : rows.length === 0 ? (
        <Empty icon="users" title={t('makerConfiguration.empty.title')} text={t('makerConfiguration.empty.users')} action={addButton} />
      ) : (
        <DataTable
          label={t(tab.label)}
          columns={columns}
          rows={model.shown.value}
          rowKey={({ personId }) => personId}
          rowName={({ name }) => name}
          selected={may ? model.selected : undefined}
          empty={<p class="nothing">{t('makerConfiguration.notFound')}</p>}
          rowHeight={52}
        />
      )}
      {open.value === 'add' && <AddPeople model={model} read={people.value ?? undefined} onPick={(ids) => void add(ids)} onClose={() => (open.value = null)} />}
      {Array.isArray(open.value) && (
        <RemovePeople people={open.value} onConfirm={(those) => void remove(those)} onClose={() => (open.value = null)} />
      )}
    </>
  );
}

type Model = InstanceType<typeof AssigneesModel>;

function usePeopleColumns(tab: Tab, model: Model, may: boolean, onRemove: (row: Assignee) => unknown): readonly Column<Assignee>[] {
  const atLogin = byId(tab, 'atLogin')!;
  const score = byId(tab, 'score')!;
  const range = score.type === 'integer' ? score : null;
  return useMemo(
    () => [
      { id: 'name', title: t('resource.person'), sort: ({ name }) => name, width: 'minmax(120px, 1fr)', render: (row) => <PersonName row={row} /> },
      {
        id: 'atLogin',
        title: t(atLogin.label),
        sort: (row) => (row.atLogin ? 0 : 1),
        width: 'minmax(60px, 124px)',
        render: (row) => <AtLogin row={row} model={model} label={t(atLogin.label)} may={may} />,
      },
      {
        id: 'score',
        title: t(score.label),
        sort: (row) => row.score,
        width: 'minmax(60px, 152px)',
        render: (row) =>
          may && range ? (
            <NumberField
              label={t('makerConfiguration.cell', t(score.label), row.name)}
              labelHidden
              value={row.score}
              min={range.min}
              max={range.max}
              onChange={(next) => next !== null && model.setScore(row, next)}
            />
          ) : (
            formatNumber(row.score)
          ),
      },
      ...(may
        ? [
            {
              id: 'remove',
              title: t('makerConfiguration.actions'),
              width: '44px',
              end: true,
              render: (row: Assignee) => (
                <IconButton icon="x" tone="plain" label={t('makerConfiguration.people.takeFrom', row.name)} onPress={() => onRemove(row)} />
              ),
            },
          ]
        : []),
    ],
    [model, may],
  );
}

function PersonName({ row }: { row: Assignee }) {
  const { person } = row;
  const facts = person ? [t(choiceLabel(person.type)), ...person.teams.map(({ name }) => name)] : [];
  return (
    <div class="row-name">
      <div class="texts">
        <span class="name">
          {person ? <a href={hrefOf({ page: 'people', personId: row.personId })}>{row.name}</a> : <span class="text">{row.name}</span>}
          {person?.online && <span class="dot online" role="img" aria-label={t('makerConfiguration.people.online')} data-tip={t('makerConfiguration.people.online')} />}
        </span>
        <small>{[row.email, ...facts].join(' · ')}</small>
      </div>
    </div>
  );
}

function AtLogin({ row, model, label, may }: { row: Assignee; model: Model; label: string; may: boolean }) {
  if (may) {
    return (
      <Switch
        label={t('makerConfiguration.cell', label, row.name)}
        labelHidden
        checked={row.atLogin}
        disabledReason={model.asking.value.has(row.personId) ? t('makerConfiguration.people.asking') : null}
        onChange={(on) => void model.setAtLogin(row, on)}
      />
    );
  }
  return row.atLogin ? (
    <span class="yes">
      <Icon name="check" size={16} />
      <span class="sr">{t('makerConfiguration.on')}</span>
    </span>
  ) : (
    <span class="idle">–</span>
  );
}

function AddPeople({ model, read, onPick, onClose }: Pick<PickerProps, 'read'> & { model: Model; onPick: (ids: readonly string[]) => unknown; onClose: () => unknown }) {
  const options = useComputed(() =>
    model.candidates.value.map(({ person, here }) => ({
      id: person.id,
      name: person.name,
      detail: [person.email, t(choiceLabel(person.type)), ...person.teams.map(({ name }) => name)].join(' · '),
      disabledReason: here ? t('makerConfiguration.add.here') : null,
    })),
  );
  return <Picker title={t('makerConfiguration.people.addTitle')} options={options.value} multiple read={read} action={t('makerConfiguration.people.add')} onPick={onPick} onClose={onClose} />;
}
