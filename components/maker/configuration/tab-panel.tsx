/** One tab of the Configuration: its head, what is said for many rows, the rows, and adding to them. */
import { type Signal, useComputed, useModel, useSignal } from '@preact/signals';
import type { TabId } from '../../../lib/catalogue/index.ts';
import { type Configuration, ConfigurationModel } from '../../../lib/models/maker/configuration.ts';
import { type RowView, tabOf } from '../../../lib/models/maker/configuration-rows.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { Button } from '../../ui/button.tsx';
import { compareNames } from '../../ui/format.ts';
import { iconNamed } from '../../ui/icons.ts';
import { Picker } from '../../ui/picker.tsx';
import { Empty } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { BulkBar } from './bulk-bar.tsx';
import { QueueScores } from './queue-scores.tsx';
import { RowTable } from './row-table.tsx';
import { TabChanges } from './tab-changes.tsx';
import { TabHead } from './tab-head.tsx';
import { useWhyNotAdd } from './why-not-add.ts';
import { factsText, nameOf } from './words.ts';

type Open = { readonly what: 'add' } | { readonly what: 'scores'; readonly row: string } | null;

export function TabPanel({ editor, tabId }: { editor: Editor; tabId: TabId }) {
  const { queries, rights, toasts } = useMaker();
  const tab = tabOf(tabId);
  const model = useModel(
    () =>
      new ConfigurationModel(editor, tabId, {
        resources: (kind, archived) => queries.read('listResources', { params: { kind }, query: archived ? { archived: 'true' } : {} }),
        rights,
        compare: compareNames,
      }),
  );
  const open = useSignal<Open>(null);
  const reveal = useSignal<string | null>(null);
  const editing = editor.editing.value;
  const remove = (ids: readonly string[]) => {
    const before = model.content.peek();
    const rows = model.rows.peek().filter(({ id }) => ids.includes(id));
    model.remove(ids);
    const text = rows.length === 1 ? t('makerConfiguration.remove.done', nameOf(rows[0]!)) : tn('makerConfiguration.remove.many', rows.length);
    toasts.say({ text, action: { label: t('makerConfiguration.undoIt'), run: () => model.restore(before) } });
  };
  const add = (ids: readonly string[]) => {
    open.value = null;
    if (ids.length === 0) return;
    model.add(ids);
    const added = new Set(ids);
    reveal.value = model.rows.peek().find(({ id }) => added.has(id))?.id ?? null;
    toasts.say({ text: tn('makerConfiguration.add.done', ids.length), tone: 'good' });
  };
  const openScores = (row: RowView) => (open.value = { what: 'scores', row: row.id });
  const at = open.value;
  return (
    <>
      <TabHead tab={tab} model={model} editing={editing} onAdd={() => (open.value = { what: 'add' })} />
      <TabChanges tab={tab} model={model} editing={editing} />
      {editing && model.chosen.value.length > 0 && <BulkBar tab={tab} model={model} onRemove={remove} />}
      <Rows tabId={tabId} model={model} editing={editing} reveal={reveal} onRemove={remove} onOpenScores={openScores} onAdd={() => (open.value = { what: 'add' })} />
      {at?.what === 'add' && <AddDialog tabId={tabId} model={model} onPick={add} onClose={() => (open.value = null)} />}
      {at?.what === 'scores' && (
        <QueueScores profileId={editor.profileId} tab={tab} model={model} row={at.row} editing={editing} onClose={() => (open.value = null)} />
      )}
    </>
  );
}

interface RowsProps {
  readonly tabId: TabId;
  readonly model: Configuration;
  readonly editing: boolean;
  readonly reveal: Signal<string | null>;
  readonly onRemove: (ids: readonly string[]) => unknown;
  readonly onOpenScores: (row: RowView) => unknown;
  readonly onAdd: () => unknown;
}

function Rows({ tabId, model, editing, reveal, onRemove, onOpenScores, onAdd }: RowsProps) {
  const tab = tabOf(tabId);
  const whyNot = useWhyNotAdd(tab, model);
  if (model.rows.value.length === 0) {
    return (
      <Empty
        icon={iconNamed(tab.icon)}
        title={t('makerConfiguration.empty.title')}
        text={t(`makerConfiguration.empty.${tab.id}`)}
        action={
          editing ? (
            <Button icon="plus" disabledReason={whyNot} onPress={onAdd}>
              {t('makerConfiguration.add.action')}
            </Button>
          ) : undefined
        }
      />
    );
  }
  if (model.shown.value.length === 0) return <p class="nothing">{t('makerConfiguration.notFound')}</p>;
  return <RowTable tab={tab} model={model} editing={editing} reveal={reveal} onRemove={onRemove} onOpenScores={onOpenScores} />;
}

interface AddDialogProps {
  readonly tabId: TabId;
  readonly model: Configuration;
  readonly onPick: (ids: readonly string[]) => unknown;
  readonly onClose: () => unknown;
}

function AddDialog({ tabId, model, onPick, onClose }: AddDialogProps) {
  const { queries } = useMaker();
  const tab = tabOf(tabId);
  const options = useComputed(() => {
    const here = new Set(model.content.value.rows.map(({ id }) => id));
    return (model.listed.value ?? [])
      .toSorted((a, b) => compareNames(a.name, b.name))
      .map(({ id, name, attributes }) => ({
        id,
        name,
        detail: factsText(tab.resource, attributes),
        disabledReason: here.has(id) ? t('makerConfiguration.add.here') : null,
      }));
  });
  return (
    <Picker title={t('makerConfiguration.add.title', t(tab.label))} options={options.value} multiple read={queries.read('listResources', { params: { kind: tab.resource }, query: {} })} action={t('makerConfiguration.add.action')} onPick={onPick} onClose={onClose} />
  );
}
