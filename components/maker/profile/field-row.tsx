/** One field of a section: its name, what is to be said of it, its value or control, and how to undo its change. */
import type { FieldModel } from '../../../lib/models/maker/settings-field.ts';
import { IconButton } from '../../ui/button.tsx';
import { t } from '../../ui/text.ts';
import { FieldControl } from './field-control.tsx';
import { FieldNotes } from './field-notes.tsx';
import { FieldValue } from './field-value.tsx';
import { undoAndStay } from './focus.ts';
import { Highlighted } from './highlighted.tsx';
import { useFieldPage } from './settings-context.ts';
import { helpOf, valueText } from './words.ts';

/** Texts want the width of the card. */
const isWide = ({ field }: FieldModel) => field.type === 'text';

export function FieldRow({ model }: { model: FieldModel }) {
  const { editor, resources } = useFieldPage();
  const { field } = model;
  const changed = model.changed.value;
  const editing = editor.editing.value;
  const help = helpOf(field);
  const was = changed ? valueText(field, model.was.value, resources.value) : null;
  return (
    <div
      class={`field-row ${isWide(model) ? 'wide' : ''}`}
      data-field={field.id}
      data-type={field.type}
      data-changed={changed}
      data-locked={editing && model.lock.value !== null}
      {...(editing ? {} : { tabIndex: -1 })}
    >
      <div class="field-name">
        <span class="label">
          <Highlighted text={t(field.label)} />
          {was !== null && <span class="was">{t('makerSettings.was', was)}</span>}
        </span>
        {help && (
          <small>
            <Highlighted text={help} />
          </small>
        )}
        <FieldNotes model={model} />
      </div>
      {editing && (
        <div class="field-undo">
          {changed && <IconButton icon="undo-2" label={t('makerSettings.undoNamed', t(field.label), was!)} onPress={() => undoAndStay(model)} />}
        </div>
      )}
      <div class="field-control">{editing ? <FieldControl model={model} label={t(field.label)} /> : <FieldValue model={model} />}</div>
    </div>
  );
}
