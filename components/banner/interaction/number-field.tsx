/** A telephone number, looked at while it is typed. */
import { useModel } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { type Checked, NumberCheck } from '../../../lib/models/interaction/number.ts';
import { Icon } from '../../ui/icon.tsx';
import { countryName } from '../../ui/format.ts';
import { t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { useInteractions } from './context.ts';

/** What is known of a number for a call, as it is typed. */
export function useNumberCheck(typed: string): Checked | null {
  const { banner } = useParts();
  const { hub } = useInteractions();
  const numbers = useModel(() => new NumberCheck((text) => hub.number('voice', text), banner.clock));
  useEffect(() => numbers.type(typed), [typed]);
  return numbers.checked.value;
}

interface Props {
  readonly label: string;
  readonly value: string;
  readonly checked: Checked | null;
  readonly onInput: (value: string) => unknown;
}

export function NumberField({ label, value, checked, onInput }: Props) {
  const id = useId();
  const said = numberSaid(checked);
  return (
    <div class="form-line" data-number={checked?.is ?? 'unknown'}>
      <label for={id}>{label}</label>
      <span class="with-mark">
        <input
          id={id}
          class="field"
          type="tel"
          dir="ltr"
          autocomplete="off"
          maxLength={60}
          value={value}
          aria-invalid={said?.bad || undefined}
          aria-describedby={said ? `${id}-said` : undefined}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
        {checked?.is === 'good' && <Icon name="circle-check" size={16} class="good-mark" />}
      </span>
      <p class={said?.bad ? 'wrong' : 'aside'} id={`${id}-said`} role={said?.bad ? 'alert' : undefined}>
        {said?.text ?? ''}
      </p>
    </div>
  );
}

function numberSaid(checked: Checked | null): { readonly text: string; readonly bad?: true } | null {
  switch (checked?.is) {
    case 'wrong':
      return { text: t('outgoing.number.wrong'), bad: true };
    case 'country':
      return { text: checked.country ? t('outgoing.number.country', countryName(checked.country)) : t('outgoing.number.noCountry'), bad: true };
    case 'premium':
      return { text: t('outgoing.number.premium'), bad: true };
    case 'good':
      return { text: checked.country ? t('outgoing.number.good', checked.shown, countryName(checked.country)) : checked.shown };
    default:
      return null;
  }
}
