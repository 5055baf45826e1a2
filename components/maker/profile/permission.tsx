/** A right in three states: denied, inherited, allowed. What is inherited shows what that comes to. */
import { useId } from 'preact/hooks';
import type { Permission } from '../../../lib/catalogue/console.ts';
import { choiceLabel } from '../../../lib/catalogue/index.ts';
import type { ModuleModel, VerbModel } from '../../../lib/models/maker/rights.ts';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icons.ts';
import { t } from '../../ui/text.ts';
import { useFieldPage } from './settings-context.ts';

interface Option<V extends string> {
  readonly value: V;
  readonly icon: IconName;
  readonly label: string;
  readonly tone: 'yes' | 'no' | 'inherited';
  readonly reason: string | null;
}

interface ThreeProps<V extends string> {
  readonly label: string;
  readonly field: string;
  readonly value: V;
  readonly changed: boolean;
  readonly options: readonly Option<V>[];
  readonly onChoose: (value: V) => void;
}

/** Radio buttons drawn as one small control: the arrows choose. */
function Three<V extends string>({ label, field, value, changed, options, onChoose }: ThreeProps<V>) {
  const name = useId();
  return (
    <span class="three" role="radiogroup" aria-label={label} data-field={field} data-changed={changed} data-value={value}>
      {options.map((option) => (
        <label key={option.value} class={`part ${option.tone}`} data-tip={option.reason ?? option.label} data-checked={option.value === value} data-locked={option.reason !== null}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            aria-label={option.label}
            aria-disabled={option.reason !== null || undefined}
            onClick={(event) => option.reason !== null && event.preventDefault()}
            onChange={() => option.reason === null && onChoose(option.value)}
          />
          <Icon name={option.icon} size={14} />
          {option.reason !== null && <span class="sr">{option.reason}</span>}
        </label>
      ))}
    </span>
  );
}

/** As it is read: filled where it is said here, faint where it is inherited. */
function Mark({ label, on, said, text, field, changed }: { label: string; on: boolean; said: boolean; text: string; field: string; changed: boolean }) {
  return (
    <span class={`state-mark ${on ? 'yes' : 'no'} ${said ? 'said' : 'inherited'}`} data-tip={text} data-field={field} data-changed={changed} tabIndex={-1}>
      <Icon name={on ? 'check' : 'x'} size={14} />
      <span class="sr">
        {label}: {text}
      </span>
    </span>
  );
}

export function PermissionControl({ verb, label }: { verb: VerbModel; label: string }) {
  const { editor } = useFieldPage();
  const value = verb.field.value.value as Permission;
  const inherited = t('makerRights.inherits', t(verb.inherited.value ? 'makerRights.allowed' : 'makerRights.denied'));
  const changed = verb.field.changed.value;
  const field = verb.field.field.id;
  if (!editor.editing.value) {
    const text = value === 'inherit' ? inherited : t('makerRights.says', t(value === 'allow' ? 'makerRights.allowed' : 'makerRights.denied'));
    return <Mark label={label} on={verb.allowed.value} said={value !== 'inherit'} text={text} field={field} changed={changed} />;
  }
  const reason = (permission: Permission) => (verb.mayChoose(permission) ? null : t('makerSettings.grant'));
  return (
    <Three
      label={label}
      field={field}
      value={value}
      changed={changed}
      options={[
        { value: 'deny', icon: 'x', label: t(choiceLabel('deny')), tone: 'no', reason: reason('deny') },
        { value: 'inherit', icon: value === 'inherit' ? (verb.inherited.value ? 'check' : 'x') : 'minus', label: inherited, tone: 'inherited', reason: reason('inherit') },
        { value: 'allow', icon: 'check', label: t(choiceLabel('allow')), tone: 'yes', reason: reason('allow') },
      ]}
      onChoose={verb.field.set}
    />
  );
}

export function MenuControl({ model }: { model: ModuleModel }) {
  const { editor } = useFieldPage();
  const { menu, shown } = model;
  const value = menu.value.value as 'inherit' | 'show' | 'hide';
  const label = t('makerRights.cell', t(model.module.label), t('makerRights.menu'));
  const reads = model.verbs.find(({ verb }) => verb === 'read')?.allowed.value ?? false;
  const inherited = t('makerRights.menuInherits', t(reads ? 'makerRights.shown' : 'makerRights.hidden'));
  const field = menu.field.id;
  const changed = menu.changed.value;
  if (!editor.editing.value) {
    const text = value === 'inherit' ? inherited : t('makerRights.says', t(value === 'show' ? 'makerRights.shown' : 'makerRights.hidden'));
    return <Mark label={label} on={shown.value} said={value !== 'inherit'} text={text} field={field} changed={changed} />;
  }
  return (
    <Three
      label={label}
      field={field}
      value={value}
      changed={changed}
      options={[
        { value: 'hide', icon: 'x', label: t('makerRights.hide'), tone: 'no', reason: null },
        { value: 'inherit', icon: value === 'inherit' ? (reads ? 'check' : 'x') : 'minus', label: inherited, tone: 'inherited', reason: null },
        { value: 'show', icon: 'check', label: t('makerRights.show'), tone: 'yes', reason: value === 'show' || model.mayShow() ? null : t('makerSettings.grant') },
      ]}
      onChoose={menu.set}
    />
  );
}
