/** A field's value as it is read. */
import type { FieldModel } from '../../../lib/models/maker/settings-field.ts';
import { countryName } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { ActivityDot } from './activity-dot.tsx';
import { useFieldPage } from './settings-context.ts';
import { valueText } from './words.ts';

export function FieldValue({ model, short = false }: { model: FieldModel; short?: boolean }) {
  const { resources } = useFieldPage();
  const { field } = model;
  const value = model.value.value;
  if (field.type === 'boolean') return <OnOff on={value === true} short={short} />;
  if (field.type === 'countries' && Array.isArray(value) && value.length > 0) return <Countries codes={value as string[]} short={short} />;
  const empty = value === '' || value === null || (Array.isArray(value) && value.length === 0);
  return (
    <span class={`value ${empty ? 'none' : ''}`}>
      {field.type === 'reference' && <ActivityDot resource={resources.value[String(value)]} />}
      {valueText(field, value, resources.value)}
    </span>
  );
}

function OnOff({ on, short }: { on: boolean; short: boolean }) {
  const text = t(on ? 'makerSettings.on' : 'makerSettings.off');
  return (
    <span class={`on-off ${on ? 'on' : 'off'}`}>
      <Icon name={on ? 'check' : 'minus'} size={short ? 18 : 16} />
      <span class={short ? 'sr' : ''}>{text}</span>
    </span>
  );
}

function Countries({ codes, short }: { codes: readonly string[]; short: boolean }) {
  const most = short ? 3 : 8;
  return (
    <span class="codes" data-tip={codes.map(countryName).join(', ')}>
      <span class="sr">{codes.map(countryName).join(', ')}</span>
      {codes.slice(0, most).map((code) => (
        <span key={code} class="code" aria-hidden="true">
          {code}
        </span>
      ))}
      {codes.length > most && <span aria-hidden="true">+{codes.length - most}</span>}
    </span>
  );
}
