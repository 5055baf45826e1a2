import { useReason } from './reason.tsx';

export interface SwitchProps {
  readonly checked: boolean;
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly disabledReason?: string | null | undefined;
  readonly onChange: (checked: boolean) => unknown;
}

export function Switch({ checked, label, labelHidden, disabledReason, onChange }: SwitchProps) {
  const { disabled, attributes, description } = useReason(disabledReason);
  return (
    <label class="switch-line" data-tip={attributes['data-tip']}>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        {...attributes}
        checked={checked}
        aria-checked={checked}
        onClick={(event) => disabled && event.preventDefault()}
        onChange={({ currentTarget }) => {
          const next = currentTarget.checked;
          // Until what it shows is said to be otherwise.
          currentTarget.checked = checked;
          onChange(next);
        }}
      />
      <span class={labelHidden ? 'sr' : ''}>{label}</span>
      {description}
    </label>
  );
}
