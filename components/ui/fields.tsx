/** What one types into and chooses from, each with its label, its hint, and what is wrong with it. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { formatNumber } from './format.ts';
import { Icon } from './icon.tsx';
import { useReason } from './reason.tsx';
import { t } from './text.ts';

interface Common {
  readonly label: string;
  readonly labelHidden?: boolean | undefined;
  readonly disabledReason?: string | null | undefined;
}

interface FrameProps extends Common {
  readonly id: string;
  readonly error?: string | null | undefined;
  readonly hint?: string | null | undefined;
  readonly description: ComponentChildren;
  readonly children: ComponentChildren;
}

function Frame({ id, label, labelHidden, error, hint, description, children }: FrameProps) {
  return (
    <div class="form-field" data-wrong={Boolean(error)}>
      <label class={labelHidden ? 'sr' : ''} for={id}>
        {label}
      </label>
      {children}
      {hint && !error && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="wrong" id={`${id}-hint`} role="alert">
          {error}
        </p>
      )}
      {description}
    </div>
  );
}

/** What `aria-describedby` names: the reason, the error or the hint. */
const describedBy = (id: string, reason: string | undefined, said: unknown) =>
  [reason, said ? `${id}-hint` : null].filter(Boolean).join(' ') || undefined;

export interface TextFieldProps extends Common {
  readonly value: string;
  readonly onInput: (value: string) => unknown;
  /** When typing is over: Enter, or the focus leaves. */
  readonly onCommit?: ((value: string) => unknown) | undefined;
  readonly error?: string | null | undefined;
  readonly hint?: string | null | undefined;
  readonly multiline?: boolean | undefined;
  readonly maxLength?: number | undefined;
  readonly placeholder?: string | undefined;
  readonly type?: 'text' | 'email' | 'password' | 'url' | 'date' | 'time' | 'datetime-local' | undefined;
  /** Keeps browsers from filling in what is nobody's own. */
  readonly autocomplete?: string | undefined;
}

export function TextField(props: TextFieldProps) {
  const { label, labelHidden, value, onInput, onCommit, error, hint, multiline, maxLength, placeholder, type = 'text', disabledReason } = props;
  const id = useId();
  const { disabled, attributes, description } = useReason(disabledReason);
  const shared = {
    ...attributes,
    id,
    value,
    maxLength,
    placeholder,
    readOnly: disabled,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': describedBy(id, attributes['aria-describedby'], error || hint),
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => onInput(currentTarget.value),
    onBlur: ({ currentTarget }: { currentTarget: { value: string } }) => onCommit?.(currentTarget.value),
  } as const;
  const text = { label, labelHidden, error, hint, id, description };
  if (multiline) {
    return (
      <Frame {...text}>
        <textarea class="field" rows={3} {...shared} />
      </Frame>
    );
  }
  return (
    <Frame {...text}>
      <input
        class="field"
        {...({ type } as { type: 'text' })}
        autocomplete={props.autocomplete ?? 'off'}
        dir={type === 'email' || type === 'url' ? 'ltr' : undefined}
        {...shared}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && onCommit?.(currentTarget.value)}
      />
    </Frame>
  );
}

export interface NumberFieldProps extends Common {
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  /** As it is read: `s`, `%`. */
  readonly unit?: string | undefined;
  /** Empty is a value: none. */
  readonly nullable?: boolean | undefined;
  /** Only ever with a whole number of the range, or with null where that is allowed. */
  readonly onChange: (value: number | null) => unknown;
  readonly error?: string | null | undefined;
}

/** What is typed, as a number: undefined where it is none that may be. */
export function numberOf(typed: string, { min, max, nullable }: Pick<NumberFieldProps, 'min' | 'max' | 'nullable'>): number | null | undefined {
  const text = typed.trim();
  if (text === '') return nullable ? null : undefined;
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

export function NumberField(props: NumberFieldProps) {
  const { label, labelHidden, value, min, max, unit, nullable, onChange, error, disabledReason } = props;
  const id = useId();
  const typed = useSignal<string | null>(null);
  const { disabled, attributes, description } = useReason(disabledReason);
  const wrong = typed.value !== null && numberOf(typed.value, { min, max, nullable }) === undefined;
  const said = wrong ? t('ui.range', formatNumber(min), formatNumber(max)) : error;
  // Changed from elsewhere: what was typed is over.
  useEffect(() => {
    if (typed.peek() !== null && numberOf(typed.peek()!, { min, max, nullable }) !== value) typed.value = null;
  }, [value]);
  const type = (text: string) => {
    typed.value = text;
    const next = numberOf(text, { min, max, nullable });
    if (next !== undefined && next !== value) onChange(next);
  };
  const step = (by: number) => {
    if (disabled) return;
    const next = Math.min(max, Math.max(min, (value ?? min) + by));
    typed.value = null;
    if (next !== value) onChange(next);
  };
  return (
    <Frame label={label} labelHidden={labelHidden} id={id} error={said} description={description}>
      <span class="field number" data-wrong={Boolean(said)}>
        <input
          {...attributes}
          id={id}
          role="spinbutton"
          inputMode="numeric"
          autocomplete="off"
          size={Math.max(2, String(max).length)}
          value={typed.value ?? (value === null ? '' : String(value))}
          readOnly={disabled}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-valuenow={value ?? undefined}
          aria-valuetext={value === null ? t('ui.none') : [formatNumber(value), unit].filter(Boolean).join(' ')}
          aria-invalid={said ? true : undefined}
          aria-describedby={describedBy(id, attributes['aria-describedby'], said)}
          onInput={({ currentTarget }) => type(currentTarget.value)}
          // What may not be stays to be mended, and says so.
          onBlur={() => wrong || (typed.value = null)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && wrong) {
              event.stopPropagation();
              event.preventDefault();
              typed.value = null;
            }
            const by = STEPS[event.key];
            if (by === undefined) return;
            event.preventDefault();
            step(by);
          }}
        />
        {unit && <span aria-hidden="true">{unit}</span>}
      </span>
    </Frame>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

export interface SelectProps<V extends string = string> extends Common {
  readonly value: V;
  /** `dot` is a colour. Why one cannot be chosen is to be said beside the control too: an option alone shows it to a pointer at most. */
  readonly options: readonly { readonly value: V; readonly label: string; readonly dot?: string | undefined; readonly disabledReason?: string | null }[];
  readonly onChange: (value: V) => unknown;
}

export function Select<V extends string>({ label, labelHidden, value, options, onChange, disabledReason }: SelectProps<V>) {
  const id = useId();
  const { disabled, attributes, description } = useReason(disabledReason);
  const dot = options.find((option) => option.value === value)?.dot;
  const hold = (event: Event) => disabled && event.preventDefault();
  return (
    <Frame label={label} labelHidden={labelHidden} id={id} description={description}>
      <span class="select">
        {dot && <span class="dot" style={{ '--dot': dot }} />}
        <select
          class="field"
          {...attributes}
          id={id}
          value={value}
          onMouseDown={hold}
          onKeyDown={(event) => event.key !== 'Tab' && hold(event)}
          onChange={({ currentTarget }) => onChange(currentTarget.value as V)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === value} disabled={Boolean(option.disabledReason)} title={option.disabledReason ?? undefined}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" size={14} />
      </span>
    </Frame>
  );
}
