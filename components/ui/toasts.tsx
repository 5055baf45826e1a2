/** What the page says of its own accord: seen in a corner, heard once, gone after a while. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button, IconButton } from './button.tsx';
import { openDialogs } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { t } from './text.ts';
import type { Toasts as Model } from '../../lib/models/maker/toasts.ts';

const ICON = { good: 'circle-check', bad: 'triangle-alert', plain: 'info' } as const;

/** Stands in the dialog that is in front, where there is one: over it, and within reach. */
export function Toasts({ toasts }: { toasts: Model }) {
  const home = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const host = document.createElement('div');
    host.className = 'toasts-place';
    render(<Region toasts={toasts} />, host);
    const stop = effect(() => (openDialogs.value.at(-1) ?? home.current!).append(host));
    return () => {
      stop();
      render(null, host);
      host.remove();
    };
  }, [toasts]);
  return <div ref={home} class="toasts-place" />;
}

function Region({ toasts }: { toasts: Model }) {
  return (
    <div
      class="toasts"
      role="status"
      aria-live="polite"
      aria-label={t('ui.messages')}
      onPointerEnter={toasts.hold}
      onPointerLeave={toasts.release}
      onFocusIn={toasts.hold}
      onFocusOut={toasts.release}
    >
      {toasts.shown.value.map((toast) => (
        <div class={`toast ${toast.tone}`} key={toast.id} data-toast={toast.tone}>
          <Icon name={ICON[toast.tone]} size={16} />
          <p>{toast.text}</p>
          {toast.action && (
            <Button
              tone="plain"
              onPress={() => {
                toasts.dismiss(toast.id);
                toast.action!.run();
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton icon="x" label={t('ui.dismiss')} tone="plain" onPress={() => toasts.dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
