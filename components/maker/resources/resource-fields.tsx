/** The form of a resource, drawn from the declaration of its kind; a custom button has parts of its own. */
import type { ComponentChildren } from 'preact';
import { ACTIVITY_CATEGORIES, choiceLabel, type Field, type ResourceKind } from '../../../lib/catalogue/index.ts';
import { attributesOf, NAME_MAX } from '../../../lib/models/maker/resources-form.ts';
import { linesOf } from '../../../lib/models/maker/resources-list.ts';
import { NumberField, Select, TextField } from '../../ui/fields.tsx';
import { Switch } from '../../ui/switch.tsx';
import { t, tn } from '../../ui/text.ts';
import { ButtonPreview } from './button-preview.tsx';
import { ColourField, ConditionField, IconField, TargetField } from './button-fields.tsx';
import { GridEditorLater } from './grid-editor-later.tsx';
import { errorText } from './record/error-text.ts';
import { PanelSection } from './record/record-panel.tsx';
import type { ResourceForm } from './resource-panel.tsx';

interface Props {
  readonly kind: ResourceKind;
  readonly form: ResourceForm;
  /** Why a field may not be changed; null where it may. */
  readonly fieldReason: (field: string) => string | null;
}

export function ResourceFields({ kind, form, fieldReason }: Props) {
  const fields = attributesOf(kind);
  const switches = fields.filter(({ type }) => type === 'boolean');
  const grouped = switches.length > 1;
  const others = fields.filter((field) => !grouped || field.type !== 'boolean');
  return (
    <PanelSection title={t(`resource.${kind}`)}>
      {kind === 'customButton' && <ButtonPreview form={form} />}
      <TextField
        label={t('makerResources.field.name')}
        value={form.value.value.name}
        maxLength={NAME_MAX}
        error={errorText(form.errors.value['name'])}
        disabledReason={fieldReason('name')}
        onInput={(value) => form.set('name', value)}
        onCommit={() => form.leave('name')}
      />
      {others.map((field) => (
        <Attribute key={field.id} kind={kind} field={field} form={form} reason={fieldReason(field.id)} />
      ))}
      {grouped && (
        <fieldset class="switch-group">
          <legend>{t(`makerResources.column.switches.${kind}`)}</legend>
          {switches.map((field) => (
            <Attribute key={field.id} kind={kind} field={field} form={form} reason={fieldReason(field.id)} />
          ))}
        </fieldset>
      )}
    </PanelSection>
  );
}

export interface AttributeProps {
  readonly kind: ResourceKind;
  readonly field: Field;
  readonly form: ResourceForm;
  readonly reason: string | null;
}

/** Those of a custom button that are more than a text. */
const OF_BUTTONS: Readonly<Record<string, (props: AttributeProps) => ComponentChildren>> = {
  target: (props) => <TargetField {...props} />,
  icon: (props) => <IconField {...props} />,
  colour: (props) => <ColourField {...props} />,
  condition: (props) => <ConditionField {...props} />,
};

function Attribute(props: AttributeProps) {
  const { kind, field, form, reason } = props;
  const value = form.value.value[field.id];
  const label = t(field.label);
  const special = kind === 'customButton' ? OF_BUTTONS[field.id] : undefined;
  if (special) return <>{special(props)}</>;
  const set = (next: unknown) => form.set(field.id, next as never);
  switch (field.type) {
    case 'boolean':
      return <Switch checked={value === true} label={label} disabledReason={reason} onChange={set} />;
    case 'integer':
      return (
        <NumberField
          label={label}
          value={value as number | null}
          min={field.min}
          max={field.max}
          unit={field.unit === 'percent' ? '%' : undefined}
          nullable={field.default === null}
          disabledReason={reason}
          error={errorText(form.errors.value[field.id])}
          onChange={set}
        />
      );
    case 'choice':
      return (
        <Select
          label={label}
          value={String(value)}
          options={field.choices.map((choice) => ({ value: choice, label: t(choiceLabel(choice)), dot: dotOf(choice) }))}
          disabledReason={reason}
          onChange={set}
        />
      );
    case 'criteria':
      return <GridEditorLater form={form} field={field.id} reason={reason} />;
    case 'text':
      return <TextAttribute {...props} field={field} />;
    default:
      return null;
  }
}

const dotOf = (choice: string): string | undefined => ((ACTIVITY_CATEGORIES as readonly string[]).includes(choice) ? `var(--activity-${choice})` : undefined);

function TextAttribute({ kind, field, form, reason }: AttributeProps & { field: Extract<Field, { type: 'text' }> }) {
  const value = String(form.value.value[field.id] ?? '');
  const isCode = field.id === 'code';
  return (
    <div class={isCode ? 'code-field' : ''}>
      <TextField
        label={t(field.label)}
        value={value}
        multiline={field.multiline}
        maxLength={field.maxLength}
        hint={hintOf(kind, field.id, value)}
        error={errorText(form.errors.value[field.id])}
        disabledReason={reason}
        onInput={(next) => form.set(field.id, next as never)}
        onCommit={() => form.leave(field.id)}
      />
    </div>
  );
}

/** What is told of a field beside its name; of those with one thing a line, how many there are. */
function hintOf(kind: ResourceKind, field: string, value: string): string | null {
  if (field === 'lists' || field === 'dispositions') return tn(`makerResources.hint.${field}`, linesOf(value).length);
  const key = `makerResources.hint.${kind}.${field}`;
  const hint = t(key);
  return hint === key ? null : hint;
}
