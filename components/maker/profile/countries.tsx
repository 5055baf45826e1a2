/** Which countries: some of a list with search, all, or none. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { CountriesField } from '../../../lib/catalogue/index.ts';
import { COUNTRIES } from '../../../lib/models/maker/country-codes.ts';
import type { FieldModel } from '../../../lib/models/maker/settings-field.ts';
import { Button } from '../../ui/button.tsx';
import { compareNames, countryName } from '../../ui/format.ts';
import { MenuButton } from '../../ui/menu.tsx';
import { Picker } from '../../ui/picker.tsx';
import { t } from '../../ui/text.ts';

/** As many codes as fit on the button. */
const MOST = 3;

interface Props {
  readonly field: CountriesField;
  readonly model: FieldModel;
  readonly label: string;
  readonly disabledReason: string | null;
}

export function CountriesControl({ model, label, disabledReason }: Props) {
  const picking = useSignal(false);
  const value = model.value.value as 'all' | readonly string[];
  const text = shortText(value);
  if (disabledReason) {
    return (
      <Button disabledReason={disabledReason} aria-label={`${label}: ${text}`}>
        {text}
      </Button>
    );
  }
  const items = [
    { label: t('makerSettings.countries.pick'), onSelect: () => (picking.value = true) },
    { label: t('makerSettings.countries.all'), disabledReason: notYours(model, 'all'), onSelect: () => model.set('all') },
    { label: t('makerSettings.countries.none'), onSelect: () => model.set([]) },
  ];
  return (
    <span class="countries" role="group" aria-label={label} data-tip={tipOf(value)}>
      <MenuButton label={text} items={items} />
      {picking.value && <CountryPicker model={model} value={value} label={label} onPick={(codes) => model.set(codes)} onClose={() => (picking.value = false)} />}
    </span>
  );
}

/** One cannot give what one does not have. */
const notYours = (model: FieldModel, value: 'all' | readonly string[]): string | null => (model.mayBe(value) ? null : t('makerSettings.grant'));

const tipOf = (value: 'all' | readonly string[]): string | undefined =>
  value === 'all' || value.length === 0 ? undefined : value.map(countryName).join(', ');

function shortText(value: 'all' | readonly string[]): string {
  if (value === 'all') return t('makerSettings.countries.all');
  if (value.length === 0) return t('makerSettings.countries.none');
  const shown = value.slice(0, MOST).join(' ');
  return value.length > MOST ? t('makerSettings.countries.more', shown, value.length - MOST) : shown;
}

interface PickerProps {
  readonly model: FieldModel;
  readonly value: 'all' | readonly string[];
  readonly label: string;
  readonly onPick: (codes: string[]) => void;
  readonly onClose: () => void;
}

function CountryPicker({ model, value, label, onPick, onClose }: PickerProps) {
  const options = useMemo(() => {
    const codes = [...new Set([...COUNTRIES, ...(value === 'all' ? [] : value)])];
    const named = codes.map((id) => ({ id, name: countryName(id), detail: id, disabledReason: notYours(model, [id]) })).toSorted((a, b) => compareNames(a.name, b.name));
    // Those chosen first: they are looked for most.
    const chosen = new Set(value === 'all' ? [] : value);
    return [...named.filter(({ id }) => chosen.has(id)), ...named.filter(({ id }) => !chosen.has(id))];
  }, []);
  return (
    <Picker
      title={label}
      options={options}
      picked={value === 'all' ? [] : value}
      multiple
      action={t('makerSettings.countries.action')}
      onPick={(codes) => {
        onPick(codes.toSorted());
        onClose();
      }}
      onClose={onClose}
    />
  );
}
