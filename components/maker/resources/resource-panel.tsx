/** One resource beside its list, or a new one. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ResourceRecord } from '../../../lib/api/routes.ts';
import { type ConsoleRight, moduleOfKind } from '../../../lib/catalogue/console.ts';
import { choiceLabel, type CriteriaSection, type ResourceKind } from '../../../lib/catalogue/index.ts';
import { criteriaIn } from '../../../lib/evaluation/grid.ts';
import { hrefOf } from '../../../lib/console/location.ts';
import type { Held, RecordForm } from '../../../lib/models/maker/record-form.ts';
import { attributesOf, fieldRight, type ResourceContent } from '../../../lib/models/maker/resources-form.ts';
import { copyName } from '../../../lib/models/maker/resources-list.ts';
import { Badge } from '../../ui/badge.tsx';
import type { MenuItem } from '../../ui/menu.tsx';
import { problemText } from '../../ui/problem.ts';
import { t, tn } from '../../ui/text.ts';
import { useMaker, usePageTitle } from '../context.ts';
import { ArchiveResource } from './archive-resource.tsx';
import { DeleteResource } from './delete-resource.tsx';
import type { FieldWords } from './record/conflict-dialog.tsx';
import { RecordPanel } from './record/record-panel.tsx';
import { useRecordForm } from './record/unsaved.ts';
import { useWhyNot } from '../reasons.ts';
import { ResourceFields } from './resource-fields.tsx';
import { resourceEdges } from './resource-edges.ts';
import { follows, reached } from './reach.ts';
import { UsedBy } from './used-by.tsx';

export type ResourceForm = RecordForm<ResourceContent>;

interface Props {
  readonly kind: ResourceKind;
  readonly resourceId: string | null;
  readonly resources: readonly ResourceRecord[];
}

export function ResourcePanel({ kind, resourceId, resources }: Props) {
  const maker = useMaker();
  const { queries, rights, toasts, go } = maker;
  const whyNot = useWhyNot();
  const asking = useSignal<'archive' | 'delete' | null>(null);
  const open = useRecordForm<ResourceContent>(`${kind} ${resourceId}`, () => resourceEdges(maker, kind, resourceId));
  const { form } = open;
  const use = useMemo(() => (resourceId === null ? null : queries.read('readResource', { params: { kind, id: resourceId } })), [kind, resourceId]);
  const namedBy = use?.data.value?.namedBy ?? [];
  /** While it is not known who names it, nothing is said of whom a change reaches. */
  const unknown = !use || use.data.value ? null : use.problem.value ? problemText(use.problem.value) : t('ui.loading');
  const listed = resources.find(({ id }) => id === resourceId);
  const archived = listed?.archived ?? use?.data.value?.archived ?? false;
  const title = form.held.value?.value.name ?? listed?.name ?? t(`makerResources.newOf.${kind}`);
  usePageTitle(title);

  const fieldReason = (field: string) => whyNot(fieldRight(kind, field, rights.value, resourceId));
  const menu = useMenu(kind, title, resources, form, archived, unknown, (what) => (asking.value = what));
  const nothing = ['name', ...attributesOf(kind).map(({ id }) => id)].every((field) => fieldReason(field) !== null);
  const saved = ({ id, value }: Held<ResourceContent>) => {
    void queries.stale(['listResources', 'readResource']);
    if (form.isNew) {
      toasts.say({ tone: 'good', text: t('makerResources.made', value.name) });
      go({ page: 'resources', kind, resourceId: id });
    }
    return [t('makerResources.saved'), reached(namedBy)].filter(Boolean).join(' ');
  };
  return (
    <RecordPanel
      open={open}
      title={title}
      aside={archived && <Badge tone="warn">{t('makerResources.archived')}</Badge>}
      menu={resourceId === null ? [] : menu}
      closeHref={hrefOf({ page: 'resources', kind, resourceId: null })}
      follows={resourceId === null ? t('makerResources.follows.created') : (unknown ?? follows(namedBy))}
      saveReason={nothing ? fieldReason('name') : null}
      words={wordsOf(kind)}
      onSaved={saved}
    >
      <ResourceFields kind={kind} form={form} fieldReason={fieldReason} />
      {use && <UsedBy kind={kind} use={use} />}
      {asking.value === 'archive' && <ArchiveResource kind={kind} id={resourceId!} name={title} archived={archived} namedBy={namedBy} onClose={() => (asking.value = null)} />}
      {asking.value === 'delete' && <DeleteResource kind={kind} id={resourceId!} name={title} namedBy={namedBy} forget={open.forget} onClose={() => (asking.value = null)} />}
    </RecordPanel>
  );
}

function useMenu(kind: ResourceKind, name: string, resources: readonly ResourceRecord[], form: ResourceForm, archived: boolean, unknown: string | null, ask: (what: 'archive' | 'delete') => unknown): readonly MenuItem[] {
  const { queries, rights, toasts, go } = useMaker();
  const whyNot = useWhyNot();
  const module = moduleOfKind.get(kind)!.id;
  const reason = (verb: 'create' | 'update' | 'delete') => whyNot(rights.value.may(`${module}.${verb}` as ConsoleRight));
  const duplicate = async () => {
    const { name: _name, ...attributes } = form.value.peek();
    const copy = copyName(name, resources.filter((each) => !each.archived).map((each) => each.name));
    const answer = await queries.write('createResource', { params: { kind }, body: { name: copy, attributes } }, { stale: ['listResources'] });
    if (!answer.ok) return toasts.say({ tone: 'bad', text: problemText(answer.problem) });
    toasts.say({ tone: 'good', text: t('makerResources.duplicated', copy) });
    go({ page: 'resources', kind, resourceId: answer.value.value.id });
  };
  return [
    { label: t('makerResources.duplicate'), icon: 'copy', disabledReason: reason('create') ?? (form.dirty.value ? t('makerResources.saveFirst') : null), onSelect: duplicate },
    { label: t(archived ? 'makerResources.bringBack' : 'makerResources.archive'), icon: archived ? 'archive-restore' : 'archive', disabledReason: reason('update') ?? unknown, onSelect: () => ask('archive') },
    { label: t('makerResources.delete'), icon: 'trash-2', tone: 'danger', disabledReason: reason('delete') ?? unknown, onSelect: () => ask('delete') },
  ];
}

function wordsOf(kind: ResourceKind): FieldWords {
  const fields = new Map(attributesOf(kind).map((field) => [field.id, field]));
  return {
    label: (field) => t(fields.get(field)?.label ?? 'makerResources.field.name'),
    value(field, value) {
      const type = fields.get(field)?.type;
      if (type === 'boolean') return t(value ? 'makerResources.on' : 'makerResources.off');
      if (type === 'criteria') return tn('makerResources.grid.count', criteriaIn(value as readonly CriteriaSection[]).length);
      if (type === 'choice') return t(choiceLabel(String(value)));
      return value === '' || value === null ? t('makerPeople.nothing') : String(value);
    },
  };
}
