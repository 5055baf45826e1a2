/** A native dialog over the page: mounted is open. The keyboard stays in it and goes back to where it was. */
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Button, IconButton } from './button.tsx';
import { t } from './text.ts';

/** Those that are open, the one in front last: whatever stands outside of it cannot be reached, nor is it read out. */
export const openDialogs = signal<readonly HTMLDialogElement[]>([]);

export interface DialogProps {
  readonly title: string;
  /** Asked for by Escape, by the cross, or by *Cancel*. */
  readonly onClose: () => unknown;
  readonly children: ComponentChildren;
  /** Buttons at its foot, the one that does it last. */
  readonly actions?: ComponentChildren;
  readonly size?: 'small' | 'medium' | 'large';
  readonly role?: 'dialog' | 'alertdialog';
}

export function Dialog({ title, onClose, children, actions, size = 'medium', role }: DialogProps) {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current!;
    dialog.showModal();
    openDialogs.value = [...openDialogs.peek(), dialog];
    // The first field, else the title: not the cross, which is the first in the order of the keyboard.
    const first = dialog.querySelector<HTMLElement>('[data-autofocus], .dialog-body :is(input, select, textarea):not([type="checkbox"])');
    (first ?? dialog.querySelector<HTMLElement>('h2'))?.focus();
    // Closed before it is taken out, so that the focus goes back.
    return () => {
      openDialogs.value = openDialogs.peek().filter((each) => each !== dialog);
      dialog.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class={`dialog ${size}`}
      role={role}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <header>
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <IconButton icon="x" label={t('ui.close')} onPress={onClose} />
      </header>
      <div class="dialog-body">{children}</div>
      {actions && <footer>{actions}</footer>}
    </dialog>
  );
}

export interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  /** What the button that does it says. */
  readonly action: string;
  readonly tone?: 'primary' | 'danger';
  readonly busy?: boolean;
  readonly disabledReason?: string | null;
  readonly onConfirm: () => unknown;
  readonly onClose: () => unknown;
  readonly children?: ComponentChildren;
}

/** A question with one answer that does something. What cannot be undone begins at *Cancel*. */
export function Confirm({ title, text, action, tone = 'primary', busy, disabledReason, onConfirm, onClose, children }: ConfirmProps) {
  return (
    <Dialog
      title={title}
      size="small"
      role="alertdialog"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} {...(tone === 'danger' ? { 'data-autofocus': '' } : {})}>
            {t('common.cancel')}
          </Button>
          <Button tone={tone} busy={busy} disabledReason={disabledReason} onPress={onConfirm} {...(tone === 'danger' ? {} : { 'data-autofocus': '' })}>
            {action}
          </Button>
        </>
      }
    >
      <p>{text}</p>
      {children}
    </Dialog>
  );
}
