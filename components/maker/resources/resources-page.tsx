/** What profiles point to, kind by kind: a list, and one of them beside it in a form made from its declaration. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ResourceRecord } from '../../../lib/api/routes.ts';
import { type ConsoleRight, moduleOfKind } from '../../../lib/catalogue/console.ts';
import type { ResourceKind } from '../../../lib/catalogue/index.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import { kindsBeside } from '../../../lib/models/maker/resources-form.ts';
import { ARCHIVED_STATES, type ArchivedState, filterResources, searchableResources } from '../../../lib/models/maker/resources-list.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/fields.tsx';
import type { IconName } from '../../ui/icons.ts';
import { SearchBox } from '../../ui/search.tsx';
import { Empty, Failed, Loading } from '../../ui/states.tsx';
import { DataTable, type Sorting } from '../../ui/table.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { KindChooser } from './kind-chooser.tsx';
import { useFocusBack } from './record/focus-back.ts';
import { useWhyNot } from '../reasons.ts';
import './records.css';
import { resourceColumns } from './resource-columns.tsx';
import { ResourcePanel } from './resource-panel.tsx';

/** In the address, for one that is yet to be made. */
export const NEW = 'new';

interface Props {
  readonly kind: ResourceKind;
  readonly resourceId?: string | null;
}

export function ResourcesPage({ kind, resourceId = null }: Props) {
  const { queries, rights } = useMaker();
  const whyNot = useWhyNot();
  const read = useMemo(() => queries.read('listResources', { params: { kind }, query: { archived: 'true' } }), [queries, kind]);
  const search = useSignal('');
  const state = useSignal<ArchivedState>('active');
  const resources = read.data.value?.resources ?? null;
  const ready = useMemo(() => searchableResources(kind, resources ?? []), [kind, resources]);
  const rows = useMemo(() => filterResources(ready, search.value, state.value), [ready, search.value, state.value]);
  const module = moduleOfKind.get(kind)!;
  useFocusBack(resourceId);
  return (
    <div class="page records" data-open={resourceId !== null}>
      <div class="records-list">
        <header class="records-head">
          <h1 tabIndex={-1}>{t(module.label)}</h1>
          <p class="secondary counts">{resources && tn('makerResources.count', resources.filter(({ archived }) => !archived).length)}</p>
          <span class="grow" />
          <Button
            tone="primary"
            icon="plus"
            disabledReason={whyNot(rights.value.may(`${module.id}.create` as ConsoleRight))}
            onPress={() => (location.hash = hrefOf({ page: 'resources', kind, resourceId: NEW }))}
          >
            {t(`makerResources.newOf.${kind}`)}
          </Button>
        </header>
        {kindsBeside(kind).length > 1 && <KindChooser kinds={kindsBeside(kind)} kind={kind} />}
        {resources === null && read.problem.value ? (
          <Failed problem={read.problem.value} retry={read.refresh} />
        ) : resources === null ? (
          <Loading label={t('makerResources.loading')} />
        ) : (
          <>
            <div class="records-bar">
              <SearchBox label={t('makerResources.search')} value={search.value} onInput={(typed) => (search.value = typed)} found={rows.length} />
              <Select
                label={t('makerResources.state.label')}
                labelHidden
                value={state.value}
                options={ARCHIVED_STATES.map((value) => ({ value, label: t(`makerResources.state.${value}`) }))}
                onChange={(next) => (state.value = next)}
              />
            </div>
            <ResourcesTable kind={kind} rows={rows} openId={resourceId} filtered={search.value !== '' || state.value === 'archived'} />
          </>
        )}
      </div>
      {resourceId !== null && (
        <ResourcePanel key={`${kind} ${resourceId}`} kind={kind} resourceId={resourceId === NEW ? null : resourceId} resources={resources ?? []} />
      )}
    </div>
  );
}

interface TableProps {
  readonly kind: ResourceKind;
  readonly rows: readonly ResourceRecord[];
  readonly openId: string | null;
  readonly filtered: boolean;
}

function ResourcesTable({ kind, rows, openId, filtered }: TableProps) {
  // Activities stand by their category, green before purple before blue.
  const sort = useSignal<Sorting>({ column: kind === 'activity' ? 'category' : 'name', descending: false });
  const columns = useMemo(() => resourceColumns(kind, openId), [kind, openId]);
  return (
    <DataTable
      label={t(moduleOfKind.get(kind)!.label)}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      rowHref={({ id }) => hrefOf({ page: 'resources', kind, resourceId: id })}
      sort={sort}
      empty={
        <Empty
          icon={moduleOfKind.get(kind)!.icon as IconName}
          title={t(filtered ? 'makerResources.noneFound' : 'makerResources.none')}
          text={t(filtered ? 'makerResources.noneFoundDetail' : 'makerResources.noneDetail')}
        />
      }
    />
  );
}
