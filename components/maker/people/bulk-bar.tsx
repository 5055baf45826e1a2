/** What may be done with everybody who is chosen, and how far it is. */
import { useSignal, type Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { PersonSummary } from '../../../lib/api/routes.ts';
import { LICENCES } from '../../../lib/catalogue/index.ts';
import { LICENCE } from '../../../lib/decide/grants.ts';
import { type BulkChange, type BulkRun, createBulkRun } from '../../../lib/models/maker/people-bulk.ts';
import { groupsOf } from '../../../lib/models/maker/people-list.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { Picker, type PickerOption } from '../../ui/picker.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { useWhyNot } from '../reasons.ts';
import { BulkProgress } from './bulk-progress.tsx';
import { personEdges } from './person-edges.ts';

interface Props {
  readonly people: readonly PersonSummary[];
  readonly selected: Signal<ReadonlySet<string>>;
}

export function BulkBar({ people, selected }: Props) {
  const { hub, queries, rights } = useMaker();
  const whyNot = useWhyNot();
  const asking = useSignal<BulkChange['kind'] | null>(null);
  const wanted = useSignal<BulkChange | null>(null);
  const run = useSignal<BulkRun | null>(null);
  const chosen = useMemo(() => people.filter(({ id }) => selected.value.has(id)), [people, selected.value]);
  const updateReason = whyNot(rights.value.may('people.update'));
  const assignReason = updateReason ?? (rights.value.may('profiles.assign').allowed ? null : whyNot(rights.value.may('people.assign')));

  const begin = (change: BulkChange) => {
    asking.value = null;
    wanted.value = null;
    const next = createBulkRun(chosen, change, personEdges(hub));
    run.value = next;
    void next.start().then(() => queries.stale(['listPeople', 'listProfiles', 'listTeams']));
  };
  const close = () => {
    const failed = new Set(run.peek()?.failures.peek().map(({ id }) => id));
    run.value = null;
    selected.value = failed;
  };
  const ask = (kind: BulkChange['kind']) => () => (asking.value = kind);
  return (
    <>
      {chosen.length > 0 && (
        <div class="bulk-bar" role="region" aria-label={t('makerPeople.bulk.label')}>
          <strong role="status">{tn('makerPeople.bulk.chosen', chosen.length)}</strong>
          <Button icon="circle-plus" disabledReason={assignReason} onPress={ask('assign')}>
            {t('makerPeople.bulk.assign')}
          </Button>
          <Button icon="circle-minus" disabledReason={assignReason} onPress={ask('remove')}>
            {t('makerPeople.bulk.remove')}
          </Button>
          <MenuButton
            label={t('makerPeople.bulk.more')}
            items={[
              ...LICENCES.map((licence) => ({ label: t('makerPeople.bulk.licence', t(`makerPeople.licence.${licence}`)), disabledReason: updateReason ?? (rights.value.mayGrant(LICENCE, licence) ? null : t('makerPeople.licence.notYours')), onSelect: () => (wanted.value = { kind: 'licence', licence }) })),
              { label: t('makerPeople.bulk.enable'), icon: 'user-round-check' as const, disabledReason: updateReason, onSelect: () => (wanted.value = { kind: 'enable' }) },
              { label: t('makerPeople.bulk.disable'), icon: 'user-round-x' as const, tone: 'danger' as const, disabledReason: updateReason, onSelect: () => (wanted.value = { kind: 'disable' }) },
            ]}
          />
          <span class="grow" />
          <Button tone="plain" icon="x" onPress={() => (selected.value = new Set())}>
            {t('makerPeople.bulk.none')}
          </Button>
        </div>
      )}
      {(asking.value === 'assign' || asking.value === 'remove') && (
        <ProfileChoice kind={asking.value} chosen={chosen} onClose={() => (asking.value = null)} onChoose={(change) => (wanted.value = change)} />
      )}
      {wanted.value && <Sure change={wanted.value} chosen={chosen} onClose={() => ((wanted.value = null), (asking.value = null))} onConfirm={begin} />}
      {run.value && <BulkProgress run={run.value} onClose={close} />}
    </>
  );
}

interface ChoiceProps {
  readonly kind: 'assign' | 'remove';
  readonly chosen: readonly PersonSummary[];
  readonly onChoose: (change: BulkChange) => unknown;
  readonly onClose: () => unknown;
}

function ProfileChoice({ kind, chosen, onChoose, onClose }: ChoiceProps) {
  const { queries, rights } = useMaker();
  const read = useMemo(() => queries.read('listProfiles'), [queries]);
  const all = read.data.value?.profiles ?? [];
  const held = groupsOf(chosen, 'profiles');
  const options: PickerOption[] =
    kind === 'remove'
      ? held.map(({ id, name, people }) => ({ id, name, detail: tn('makerPeople.bulk.haveIt', people) }))
      : all
          .filter(({ archived }) => !archived)
          .map(({ id, name }) => ({
            id,
            name,
            detail: tn('makerPeople.bulk.haveIt', held.find((each) => each.id === id)?.people ?? 0),
            disabledReason: rights.value.mayElement('profiles', id) ? null : t('makerPeople.notYours'),
          }));
  const choose = ([id]: string[]) => {
    const name = options.find((option) => option.id === id)?.name;
    if (id !== undefined && name !== undefined) onChoose({ kind, profileId: id, name });
  };
  return <Picker title={t(`makerPeople.bulk.${kind}Title`)} options={options} read={kind === 'assign' ? read : undefined} action={t('makerPeople.bulk.next')} onPick={choose} onClose={onClose} />;
}

interface SureProps {
  readonly change: BulkChange;
  readonly chosen: readonly PersonSummary[];
  readonly onConfirm: (change: BulkChange) => unknown;
  readonly onClose: () => unknown;
}

/** What it does, to how many, and who notices at once. */
function Sure({ change, chosen, onConfirm, onClose }: SureProps) {
  const online = chosen.filter((person) => person.online).length;
  const what = change.kind === 'licence' ? t(`makerPeople.licence.${change.licence}`) : 'name' in change ? change.name : '';
  const bare = change.kind === 'remove' ? chosen.filter(({ profiles }) => profiles.length === 1 && profiles[0]!.id === change.profileId).length : 0;
  return (
    <Confirm
      title={t(`makerPeople.bulk.sure.${change.kind}`, what)}
      text={tn('makerPeople.bulk.reach', chosen.length, what)}
      action={t(`makerPeople.bulk.do.${change.kind}`)}
      tone={change.kind === 'disable' || change.kind === 'remove' ? 'danger' : 'primary'}
      onConfirm={() => onConfirm(change)}
      onClose={onClose}
    >
      {online > 0 && <p>{tn(change.kind === 'disable' ? 'makerPeople.bulk.signedOut' : 'makerPeople.follows.online', online)}</p>}
      {bare > 0 && <p class="warn-text">{tn('makerPeople.bulk.bare', bare)}</p>}
    </Confirm>
  );
}
