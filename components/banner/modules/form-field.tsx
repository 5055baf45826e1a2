/** One field of a form, as its declaration says. */
import { matchingRows } from '../../../lib/decide/index.ts';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import type { Entry } from '../../../lib/models/modules/entry.ts';
import { isHidden, longestOf } from '../../../lib/models/modules/form.ts';
import type { FormField } from '../../../lib/modules/types.ts';
import { Select, TextField, type TextFieldProps } from '../../ui/fields.tsx';
import { t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { choiceText, valueText } from './cell.tsx';
import { type Reading, usePanel, useReading } from './context.ts';
import { CriteriaForm } from './criteria-form.tsx';
import { fieldProblemText } from './words.ts';

interface Props {
  readonly field: FormField;
  readonly entry: Entry;
  /** The row that is changed. */
  readonly row: ModuleRow | null;
}

export function FormFieldInput({ field, entry, row }: Props) {
  const problem = entry.problems.value[field.id];
  const reading = useReading();
  const error = problem ? fieldProblemText(field, problem, reading) : null;
  const value = entry.typed.value[field.id] ?? '';
  const type = (text: string) => entry.type(field.id, text);
  const label = field.required ? t(field.label) : t('modulePanel.optional', t(field.label));
  const options = useOptions(field);
  const { model } = usePanel();
  if (field.type === 'answers') return entry.grid.value && <CriteriaForm field={field} entry={entry} grid={entry.grid.value} />;
  if (field.type === 'boolean') {
    return (
      <label class="tick">
        <input type="checkbox" checked={value !== ''} onChange={({ currentTarget }) => type(currentTarget.checked ? 'true' : '')} />
        {t(field.label)}
      </label>
    );
  }
  if (options) {
    return (
      <div class="chosen-field" data-wrong={Boolean(error)}>
        <Select label={label} value={value} options={options} onChange={type} />
        {field.type === 'person' && !model.people.whole.value && (
          <p class="hint" role="status">
            {t('ui.notAll')}
          </p>
        )}
        {error && (
          <p class="wrong" role="alert">
            {error}
          </p>
        )}
      </div>
    );
  }
  return <TextField label={label} value={value} onInput={type} error={error} hint={hintOf(field, entry, row, reading)} {...inputOf(field)} />;
}

/** What a field that chooses chooses from; null where one types. */
function useOptions(field: FormField): readonly { readonly value: string; readonly label: string }[] | null {
  const { banner } = useParts();
  const { model, panel } = usePanel();
  const found = optionsOf();
  if (!found) return null;
  return field.type === 'choice' && field.required ? found : [{ value: '', label: t(field.required ? 'modulePanel.chooseOne' : 'modulePanel.nobody') }, ...found];

  function optionsOf() {
    if (field.type === 'choice') return (field.choices ?? []).map((choice) => ({ value: choice, label: choiceText(field, choice) }));
    if (field.type === 'person') return model.people.all.value.map(({ id, name }) => ({ value: id, label: name }));
    if (field.type !== 'row' || !field.tab) return null;
    const { active, resources } = banner.view.value;
    return active ? matchingRows(active, { tab: field.tab, ...(panel.ofTab === field.tab && panel.ofRows ? { where: panel.ofRows } : {}) }).flatMap(({ id }) => (resources[id] ? [{ value: id, label: resources[id].name }] : [])) : [];
  }
}

function inputOf(field: FormField): Partial<TextFieldProps> {
  switch (field.type) {
    case 'longText':
      return { multiline: true, maxLength: longestOf(field) };
    case 'instant':
      return { type: 'datetime-local' };
    case 'email':
    case 'text':
    case 'phone':
      return { maxLength: longestOf(field) };
    default:
      return {};
  }
}

/** What the field takes, what is hidden in it, or what somebody else has put there meanwhile. */
function hintOf(field: FormField, entry: Entry, row: ModuleRow | null, reading: Reading): string | null {
  const newer = entry.newer.value;
  if (newer && entry.clashes.value.includes(field.id)) {
    const column = { ...field, type: field.type === 'row' || field.type === 'answers' ? 'text' : field.type } as const;
    return t('modulePanel.theirs', valueText(column, newer.shown?.[field.id] ?? newer.values[field.id], reading) || t('ui.none'));
  }
  if (isHidden(row?.values[field.id])) return t('modulePanel.hidden');
  return field.type === 'money' ? t('modulePanel.inCurrency', reading.currency.code) : null;
}
