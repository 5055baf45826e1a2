/** For which elements of a module its rights are: all, some, or none. */
import { useComputed, useSignal } from '@preact/signals';
import type { FieldModel } from '../../../lib/models/maker/settings-field.ts';
import type { ModuleModel } from '../../../lib/models/maker/rights.ts';
import { IconButton } from '../../ui/button.tsx';
import { compareNames } from '../../ui/format.ts';
import { MenuButton } from '../../ui/menu.tsx';
import { Picker, type PickerOption } from '../../ui/picker.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { undoAndStay } from './focus.ts';
import { useFieldPage } from './settings-context.ts';
import { valueText } from './words.ts';

export function RightsElements({ model, field }: { model: ModuleModel; field: FieldModel }) {
  const { editor, resources } = useFieldPage();
  const { rights } = useMaker();
  const picking = useSignal(false);
  const value = field.value.value as 'all' | readonly string[];
  const changed = field.changed.value;
  const name = t(model.module.label);
  const text = value === 'all' ? t('makerRights.elements.every') : value.length === 0 ? t('makerRights.elements.none') : tn('makerRights.elements.chosen', value.length);
  const names = Array.isArray(value) && value.length > 0 ? valueText(field.field, value, resources.value) : undefined;
  const was = valueText(field.field, field.was.value, resources.value);
  const editing = editor.editing.value;
  const items = [
    {
      label: t('makerRights.elements.all'),
      disabledReason: rights.value.mayGrant(field.field.id, 'all') ? null : t('makerSettings.grant'),
      onSelect: () => field.set('all'),
    },
    { label: t('makerRights.elements.pick'), onSelect: () => (picking.value = true) },
    { label: t('makerRights.elements.none'), onSelect: () => field.set([]) },
  ];
  return (
    <span class="elements" role="group" aria-label={t('makerRights.elements.label', name)} data-field={field.field.id} data-changed={changed} data-tip={names} tabIndex={-1}>
      <span class="special-name">{t('makerRights.elements.for')}</span>
      {editing ? <MenuButton label={text} items={items} /> : <span class="value">{text}</span>}
      {changed && editing && <IconButton icon="undo-2" label={t('makerSettings.undoNamed', t('makerRights.elements.label', name), was)} onPress={() => undoAndStay(field)} />}
      {picking.value && <ElementPicker model={model} field={field} value={value} onClose={() => (picking.value = false)} />}
    </span>
  );
}

function ElementPicker({ model, field, value, onClose }: { model: ModuleModel; field: FieldModel; value: 'all' | readonly string[]; onClose: () => void }) {
  const { queries, rights } = useMaker();
  const { module } = model;
  const reads = module.kinds.map((kind) => (kind === 'profile' ? queries.read('listProfiles') : queries.read('listResources', { params: { kind } })));
  const whole = useComputed(() => reads.every((read) => read.whole.value));
  const problem = useComputed(() => reads.find((read) => read.problem.value)?.problem.value ?? null);
  const options = useComputed((): readonly PickerOption[] => {
    const picked = new Set(value === 'all' ? [] : value);
    const lock = (id: string) => (picked.has(id) || rights.value.mayElement(module.id, id) ? null : t('makerSettings.grant'));
    const found = module.kinds.flatMap((kind): PickerOption[] => {
      if (kind === 'profile') {
        return (queries.read('listProfiles').data.value?.profiles ?? []).map(({ id, name }) => ({ id, name, disabledReason: lock(id) }));
      }
      const read = queries.read('listResources', { params: { kind } }).data.value?.resources ?? [];
      return read.map(({ id, name }) => ({ id, name, detail: module.kinds.length > 1 ? t(`resource.${kind}`) : undefined, disabledReason: lock(id) }));
    });
    const known = new Set(found.map(({ id }) => id));
    const gone = [...picked].filter((id) => !known.has(id)).map((id) => ({ id, name: whole.value ? t('makerRights.elements.removed') : '…', detail: id }));
    return [...found.toSorted((a, b) => compareNames(a.name, b.name)), ...gone];
  });
  return (
    <Picker
      title={t('makerRights.elements.title', t(module.label))}
      options={options.value}
      picked={value === 'all' ? [] : value}
      multiple
      read={{ whole, problem, refresh: async () => void (await Promise.all(reads.map((read) => read.refresh()))) }}
      action={t('makerRights.elements.action')}
      onPick={(ids) => {
        field.set(ids);
        onClose();
      }}
      onClose={onClose}
    />
  );
}
