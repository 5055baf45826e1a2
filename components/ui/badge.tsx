import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { t } from './text.ts';
import { trusted } from './trusted.ts';

/** A short word on the state of a thing. */
export function Badge({ tone = 'quiet', children }: { tone?: 'good' | 'warn' | 'bad' | 'accent' | 'quiet'; children: ComponentChildren }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** One of several that were chosen. */
export function Chip({ label, onRemove }: { label: string; onRemove?: (() => unknown) | undefined }) {
  return (
    <span class="chip">
      <span class="label">{label}</span>
      {onRemove && (
        <button type="button" aria-label={t('ui.remove', label)} onClick={trusted(onRemove)}>
          <Icon name="x" size={14} />
        </button>
      )}
    </span>
  );
}
