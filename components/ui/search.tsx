import { useId, useRef } from 'preact/hooks';
import { IconButton } from './button.tsx';
import { formatNumber } from './format.ts';
import { Icon } from './icon.tsx';
import { t, tn } from './text.ts';

export interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => unknown;
  /** How many were found: said, and read out when it changes. Left out while nothing is searched for. */
  readonly found?: number | undefined;
}

/** `/` puts the keyboard into the first of the page. Escape empties it. */
export function SearchBox({ label, value, onInput, found }: SearchBoxProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const clear = () => {
    onInput('');
    input.current?.focus();
  };
  return (
    <div class="search" role="search" aria-label={label}>
      <Icon name="search" size={16} />
      <label class="sr" for={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        class="field"
        type="search"
        data-search=""
        autocomplete="off"
        spellcheck={false}
        placeholder={label}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          // Not also the dialog around it.
          event.preventDefault();
          event.stopPropagation();
          onInput('');
        }}
      />
      <span class="found" role="status">
        {value !== '' && found !== undefined && (
          <>
            <span aria-hidden="true">{formatNumber(found)}</span>
            <span class="sr">{tn('ui.found', found)}</span>
          </>
        )}
      </span>
      {value !== '' && <IconButton icon="x" label={t('ui.clear')} tone="plain" onPress={clear} />}
    </div>
  );
}
