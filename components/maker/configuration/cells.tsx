/** One attribute of a row: to read, or to change. */
import { choiceLabel } from '../../../lib/catalogue/fields.ts';
import type { Field } from '../../../lib/catalogue/index.ts';
import { type RowView, valueOf } from '../../../lib/models/maker/configuration-rows.ts';
import { Button } from '../../ui/button.tsx';
import { NumberField, Select } from '../../ui/fields.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Switch } from '../../ui/switch.tsx';
import { t } from '../../ui/text.ts';
import { nameOf, onOff, valueText } from './words.ts';

export interface CellProps {
  readonly field: Field;
  readonly row: RowView;
  readonly editing: boolean;
  readonly reason: string | null;
  readonly onChange: (value: unknown) => unknown;
  /** Opens what does not fit into a cell. */
  readonly onOpen: () => unknown;
}

export function AttributeCell(props: CellProps) {
  const { field, row, editing } = props;
  const changed = row.was.has(field.id);
  const tip = changed ? t('makerConfiguration.was.all', valueText(field, row.was.get(field.id))) : undefined;
  return (
    <div class="value" data-attribute={field.id} data-changed={changed} data-tip={props.reason ? undefined : tip}>
      {field.type === 'scores' ? <Scores {...props} /> : editing && row.mark !== 'removed' ? <Change {...props} /> : <Read {...props} />}
    </div>
  );
}

const labelOf = (field: Field, row: RowView) => t('makerConfiguration.cell', t(field.label), nameOf(row));

function Change({ field, row, reason, onChange }: CellProps) {
  const value = valueOf(field, row.values);
  const shared = { label: labelOf(field, row), labelHidden: true, disabledReason: reason } as const;
  switch (field.type) {
    case 'boolean':
      return <Switch {...shared} checked={value === true} onChange={onChange} />;
    case 'choice':
      return (
        <Select
          {...shared}
          value={String(value)}
          options={field.choices.map((choice) => ({ value: choice, label: t(choiceLabel(choice)) }))}
          onChange={onChange}
        />
      );
    case 'integer':
      return <NumberField {...shared} value={value as number | null} min={field.min} max={field.max} onChange={onChange} />;
    default:
      return null;
  }
}

function Read({ field, row, reason }: CellProps) {
  const value = valueOf(field, row.values);
  // What means nothing while something else is off is not read as if it counted.
  const idle = reason !== null && field.type !== 'boolean';
  if (field.type !== 'boolean') return idle ? <span class="sr">{reason}</span> : <span>{valueText(field, value)}</span>;
  return (
    <span class={value === true ? 'yes' : 'idle'}>
      {value === true ? <Icon name="check" size={16} /> : <span aria-hidden="true">–</span>}
      <span class="sr">{onOff(value === true)}</span>
    </span>
  );
}

function Scores({ field, row, editing, reason, onOpen }: CellProps) {
  const count = Object.keys(valueOf(field, row.values) as object).length;
  if (count === 0 && !editing) return <span class="idle">–</span>;
  return (
    <Button tone="plain" disabledReason={editing ? reason : null} onPress={onOpen}>
      {count === 0 ? t('makerConfiguration.scores.none') : formatNumber(count)}
      <span class="sr">{t('makerConfiguration.scores.title', nameOf(row))}</span>
    </Button>
  );
}
