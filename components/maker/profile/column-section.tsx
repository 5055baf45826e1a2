/** A section in columns, a row for each thing and a column for each channel that has it. */
import { CHANNELS, type Channel, type Field, type Section } from '../../../lib/catalogue/index.ts';
import { type ColumnGroup, columnGroups, type ColumnRow, type Settings } from '../../../lib/models/maker/settings.ts';
import type { FieldModel } from '../../../lib/models/maker/settings-field.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { names, t } from '../../ui/text.ts';
import { findingText } from '../publish/words.ts';
import { FieldControl } from './field-control.tsx';
import { FieldNotes } from './field-notes.tsx';
import { FieldValue } from './field-value.tsx';
import { undoAndStay } from './focus.ts';
import { Highlighted } from './highlighted.tsx';
import { useFieldPage } from './settings-context.ts';
import { helpOf, valueText } from './words.ts';

const ICON = { voice: 'phone', email: 'mail', messages: 'message-circle' } as const;

export function ColumnSection({ section, model }: { section: Section; model: Settings }) {
  return (
    <table class="column-table">
      <thead>
        <tr>
          <th scope="col">
            <span class="sr">{t('makerSettings.column')}</span>
          </th>
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              <span class="channel">
                <Icon name={ICON[channel]} size={16} />
                <Highlighted text={t(`channel.${channel}`)} />
              </span>
            </th>
          ))}
        </tr>
      </thead>
      {columnGroups(section).map((group) => (
        <Group key={group.label} group={group} model={model} />
      ))}
    </table>
  );
}

function Group({ group, model }: { group: ColumnGroup; model: Settings }) {
  const found = model.found.value;
  const rows = found === null ? group.rows : group.rows.filter(({ fields }) => Object.values(fields).some(({ id }) => found.has(id)));
  if (rows.length === 0) return null;
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colSpan={CHANNELS.length + 1}>
          <Highlighted text={t(group.label)} />
        </th>
      </tr>
      {rows.map((row) => (
        <Row key={row.label} row={row} model={model} />
      ))}
    </tbody>
  );
}

function Row({ row, model }: { row: ColumnRow; model: Settings }) {
  const fields = Object.values(row.fields);
  const help = helpOf(fields[0]!);
  return (
    <>
      <tr>
        <th scope="row">
          <Highlighted text={t(row.label)} />
          {help && (
            <small>
              <Highlighted text={help} />
            </small>
          )}
        </th>
        {CHANNELS.map((channel) => (
          <td key={channel}>
            <Cell channel={channel} field={row.fields[channel]} model={model} />
          </td>
        ))}
      </tr>
      <RowNotes models={fields.map(({ id }) => model.fieldOf(id))} />
    </>
  );
}

/** What is to be said of cells stands below their row, once for all channels of which it is the same. */
function RowNotes({ models }: { models: readonly FieldModel[] }) {
  const noted = models.filter(({ findings, refused }) => findings.value.length > 0 || refused.value !== null);
  if (noted.length === 0) return null;
  const same = Map.groupBy(noted, ({ findings, refused }) => [refused.value ?? '', ...findings.value.map(findingText)].join('\n'));
  return (
    <tr class="notes">
      <td colSpan={CHANNELS.length + 1}>
        {[...same].map(([text, of]) => (
          <div key={text} class="cell-notes">
            <span class="channels">
              {of.map(({ field }) => (
                <Icon key={field.id} name={ICON[field.column!]} size={13} />
              ))}
              <span class="sr">{names(of.map(({ field }) => t(`channel.${field.column!}`)))}: </span>
            </span>
            <div>
              <FieldNotes model={of[0]!} />
            </div>
          </div>
        ))}
      </td>
    </tr>
  );
}

function Cell({ channel, field, model }: { channel: Channel; field: Field | undefined; model: Settings }) {
  if (!field) {
    return (
      <span class="no-cell">
        <span aria-hidden="true">{t('makerSettings.notHere')}</span>
        <span class="sr">{t('makerSettings.notFor', t(`channel.${channel}`))}</span>
      </span>
    );
  }
  return <FieldCell channel={channel} model={model.fieldOf(field.id)} />;
}

function FieldCell({ channel, model }: { channel: Channel; model: FieldModel }) {
  const { editor, resources } = useFieldPage();
  const { field } = model;
  const changed = model.changed.value;
  const editing = editor.editing.value;
  const label = t('makerSettings.in', t(`channel.${channel}`), t(field.label));
  const was = changed ? valueText(field, model.was.value, resources.value) : '';
  return (
    <div
      class="cell-field"
      data-field={field.id}
      data-changed={changed}
      data-locked={editing && model.lock.value !== null}
      {...(editing ? {} : { tabIndex: -1, 'data-tip': changed ? t('makerSettings.was', was) : undefined })}
    >
      {editing ? <FieldControl model={model} label={label} /> : <FieldValue model={model} short />}
      {changed && !editing && <span class="sr">{t('makerSettings.was', was)}</span>}
      {changed && editing && <IconButton icon="undo-2" label={t('makerSettings.undoNamed', label, was)} onPress={() => undoAndStay(model)} />}
    </div>
  );
}
