/** The control of a field, by its type. Never rendered anew by a change elsewhere. */
import { type ChoiceField, choiceLabel, type CountriesField, type IntegerField, type ReferenceField, rowsOf, type TabId, type TextField as TextFieldOf } from '../../../lib/catalogue/index.ts';
import type { FieldModel } from '../../../lib/models/maker/settings-field.ts';
import { NumberField, Select, TextField } from '../../ui/fields.tsx';
import { Switch } from '../../ui/switch.tsx';
import { t } from '../../ui/text.ts';
import { SettingLink } from '../publish/links.tsx';
import { activityColour } from './activity-dot.tsx';
import { CountriesControl } from './countries.tsx';
import { useFieldPage } from './settings-context.ts';
import { lockText, unitOf } from './words.ts';

interface Props {
  readonly model: FieldModel;
  /** What the control is called by itself. */
  readonly label: string;
}

export function FieldControl({ model, label }: Props) {
  const { field } = model;
  const disabledReason = lockText(model.lock.value);
  const shared = { label, labelHidden: true, disabledReason } as const;
  switch (field.type) {
    case 'boolean':
      return <Switch {...shared} checked={model.value.value === true} onChange={model.set} />;
    case 'integer':
      return <Integer field={field} model={model} shared={shared} />;
    case 'choice':
      return <Choice field={field} model={model} shared={shared} />;
    case 'text':
      return <Text field={field} model={model} shared={shared} />;
    case 'countries':
      return <CountriesControl field={field as CountriesField} model={model} label={label} disabledReason={disabledReason} />;
    case 'reference':
      return <Reference field={field} model={model} shared={shared} />;
    default:
      return null;
  }
}

interface Of<F> {
  readonly field: F;
  readonly model: FieldModel;
  readonly shared: { readonly label: string; readonly labelHidden: true; readonly disabledReason: string | null };
}

const Integer = ({ field, model, shared }: Of<IntegerField>) => (
  <NumberField
    {...shared}
    value={model.value.value as number | null}
    min={field.min}
    max={field.max}
    unit={unitOf(field)}
    nullable={field.default === null}
    onChange={model.set}
  />
);

const Choice = ({ field, model, shared }: Of<ChoiceField>) => (
  <Select
    {...shared}
    value={String(model.value.value)}
    options={field.choices.map((value) => ({ value, label: t(choiceLabel(value)), disabledReason: model.mayBe(value) ? null : t('makerSettings.grant') }))}
    onChange={model.set}
  />
);

const Text = ({ field, model, shared }: Of<TextFieldOf>) => (
  <TextField {...shared} value={String(model.value.value ?? '')} maxLength={field.maxLength} multiline={field.multiline} onInput={model.set} />
);

/** Of the rows of one of the profile's own tabs, one. */
function Reference({ field, model, shared }: Of<ReferenceField>) {
  const { editor, resources } = useFieldPage();
  const value = model.value.value as string | null;
  const rows = rowsOf(editor.document.value, field.tab as TabId).map(({ id }) => id);
  if (rows.length === 0 && value === null) {
    return (
      <span class="empty-choice">
        {t('makerSettings.activity.empty')}{' '}
        <SettingLink profileId={editor.profileId} setting={field.tab}>
          {t('makerSettings.activity.add')}
        </SettingLink>
      </span>
    );
  }
  const ids = value === null || rows.includes(value) ? rows : [value, ...rows];
  const options = ids.map((id) => ({
    value: id,
    label: resources.value[id]?.name ?? t('makerSettings.unknownRow'),
    dot: activityColour(resources.value[id]),
  }));
  return (
    <Select
      {...shared}
      value={value ?? ''}
      options={[{ value: '', label: t('makerSettings.activity.none') }, ...options]}
      onChange={(id) => model.set(id === '' ? null : id)}
    />
  );
}
