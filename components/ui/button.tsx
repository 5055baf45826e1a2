import type { AriaAttributes, ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icons.ts';
import { useReason } from './reason.tsx';
import { trusted } from './trusted.ts';

export type ButtonTone = 'primary' | 'plain' | 'danger';
type Aria = { readonly [A in keyof AriaAttributes]?: AriaAttributes[A] } & { readonly [D in `data-${string}`]?: string | undefined };

export interface ButtonProps extends Aria {
  readonly children: ComponentChildren;
  readonly icon?: IconName;
  readonly tone?: ButtonTone;
  /** On its way: stays in reach and takes no other press. */
  readonly busy?: boolean | undefined;
  /** Why it cannot be pressed now: it stays in reach and says so. */
  readonly disabledReason?: string | null | undefined;
  readonly type?: 'button' | 'submit';
  /** With type `submit` the form's own event does it. */
  readonly onPress?: (() => unknown) | undefined;
}

export function Button({ children, icon, tone, busy = false, disabledReason, type = 'button', onPress, ...rest }: ButtonProps) {
  const { disabled, attributes, description } = useReason(disabledReason);
  const press = (event: Event) => {
    if (disabled || busy) event.preventDefault();
    else if (onPress) trusted(onPress)(event);
  };
  return (
    <button type={type} {...rest} {...attributes} class={`button ${tone ?? ''}`} aria-busy={busy || undefined} onClick={press}>
      {busy ? <Icon name="loader-circle" size={16} class="spin" /> : icon && <Icon name={icon} size={16} />}
      <span class="label">{children}</span>
      {description}
    </button>
  );
}

export interface IconButtonProps extends Aria {
  readonly icon: IconName;
  /** Its name, and its tooltip. */
  readonly label: string;
  readonly tone?: 'plain' | 'danger';
  readonly pressed?: boolean | undefined;
  readonly busy?: boolean | undefined;
  readonly disabledReason?: string | null | undefined;
  readonly onPress: () => unknown;
}

export function IconButton({ icon, label, tone, pressed, busy = false, disabledReason, onPress, ...rest }: IconButtonProps) {
  const { disabled, attributes, description } = useReason(disabledReason, disabledReason ? `${label}: ${disabledReason}` : label);
  return (
    <button
      type="button"
      {...rest}
      {...attributes}
      class={`icon-button ${tone ?? ''}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-busy={busy || undefined}
      onClick={trusted(() => !disabled && !busy && onPress())}
    >
      <Icon name={busy ? 'loader-circle' : icon} size={16} class={busy ? 'spin' : ''} />
      {description}
    </button>
  );
}
