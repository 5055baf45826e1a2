/** What is said for all chosen rows at once. */
import { useSignal } from '@preact/signals';
import { choiceLabel } from '../../../lib/catalogue/fields.ts';
import type { Field, Tab } from '../../../lib/catalogue/index.ts';
import type { Bulk, Configuration } from '../../../lib/models/maker/configuration.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { NumberField, Select } from '../../ui/fields.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { blockedText } from './words.ts';

interface BulkBarProps {
  readonly tab: Tab;
  readonly model: Configuration;
  readonly onRemove: (ids: readonly string[]) => unknown;
}

export function BulkBar({ tab, model, onRemove }: BulkBarProps) {
  const chosen = model.chosen.value;
  const fields = tab.attributes.filter(({ type }) => type !== 'scores');
  return (
    <div class="bulk" role="group" aria-label={t('makerConfiguration.bulk.title')}>
      <strong role="status">{tn('makerConfiguration.bulk.chosen', chosen.length)}</strong>
      {fields.length > 0 && <SetForAll model={model} fields={fields} />}
      <span class="space" />
      <IconButton icon="trash-2" tone="danger" label={t('makerConfiguration.bulk.remove')} onPress={() => onRemove(chosen.map(({ id }) => id))} />
      <IconButton icon="x" tone="plain" label={t('makerConfiguration.bulk.none')} onPress={() => model.select([])} />
    </div>
  );
}

function SetForAll({ model, fields }: { model: Configuration; fields: readonly Field[] }) {
  const { toasts } = useMaker();
  const chosenField = useSignal(fields[0]!.id);
  const field = fields.find(({ id }) => id === chosenField.value) ?? fields[0]!;
  /** Only where none of them can be changed is the change itself out of reach. */
  const reasonFor = (value: unknown): string | null => {
    const reasons = model.chosen.value.map((row) => model.blocked(field, row, value));
    return reasons.length > 0 && reasons.every(Boolean) ? blockedText(reasons[0]!) : null;
  };
  const set = (value: unknown) => {
    const before = model.content.peek();
    const done = model.setForChosen(field, value);
    toasts.say({ text: doneText(done), action: { label: t('makerConfiguration.undoIt'), run: () => model.restore(before) } });
  };
  return (
    <>
      <Select
        label={t('makerConfiguration.bulk.attribute')}
        labelHidden
        value={field.id}
        options={fields.map(({ id, label }) => ({ value: id, label: t(label) }))}
        onChange={(id) => (chosenField.value = id)}
      />
      <SetValue key={field.id} field={field} reasonFor={reasonFor} onSet={set} />
    </>
  );
}

const doneText = ({ ids, skipped }: Bulk): string =>
  skipped === 0 ? tn('makerConfiguration.bulk.done', ids.length) : tn('makerConfiguration.bulk.partly', ids.length, skipped);

interface SetValueProps {
  readonly field: Field;
  readonly reasonFor: (value: unknown) => string | null;
  readonly onSet: (value: unknown) => unknown;
}

function SetValue({ field, reasonFor, onSet }: SetValueProps) {
  const value = useSignal<unknown>(field.default);
  if (field.type === 'boolean') {
    return (
      <>
        <Button icon="toggle-left" disabledReason={reasonFor(true)} onPress={() => onSet(true)}>
          {t('makerConfiguration.bulk.on')}
        </Button>
        <Button disabledReason={reasonFor(false)} onPress={() => onSet(false)}>
          {t('makerConfiguration.bulk.off')}
        </Button>
      </>
    );
  }
  const name = t(field.label);
  return (
    <>
      {field.type === 'integer' && (
        <>
          <input
            type="range"
            class="range"
            aria-label={name}
            min={field.min}
            max={field.max}
            step={5}
            value={Number(value.value)}
            onInput={({ currentTarget }) => (value.value = Number(currentTarget.value))}
          />
          <NumberField label={name} labelHidden value={value.value as number} min={field.min} max={field.max} onChange={(next) => (value.value = next)} />
        </>
      )}
      {field.type === 'choice' && (
        <Select
          label={name}
          labelHidden
          value={String(value.value)}
          options={field.choices.map((choice) => ({ value: choice, label: t(choiceLabel(choice)) }))}
          onChange={(next) => (value.value = next)}
        />
      )}
      <Button disabledReason={reasonFor(value.value)} onPress={() => onSet(value.peek())}>
        {t('makerConfiguration.bulk.set')}
      </Button>
    </>
  );
}
