/** A dialog to choose from many by search. */
import { useSignal } from '@preact/signals';
import { useId, useMemo, useRef } from 'preact/hooks';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { finder } from '../../lib/search.ts';
import { Icon } from './icon.tsx';
import { type Reading, RestFailed } from './states.tsx';
import { t, tn } from './text.ts';
import { useWindow } from './virtual.ts';

export interface PickerOption {
  readonly id: string;
  readonly name: string;
  readonly detail?: string | undefined;
  readonly disabledReason?: string | null | undefined;
}
export interface PickerProps {
  readonly title: string;
  readonly options: readonly PickerOption[];
  /** Those chosen already: with `multiple` they can be taken back. */
  readonly picked?: readonly string[];
  readonly multiple?: boolean;
  /** What the options are made of, where it is read: until it is whole, more of them are to come. */
  readonly read?: Reading | undefined;
  /** What the button that does it says. */
  readonly action: string;
  /** With everything that is chosen then, in the order of the options. */
  readonly onPick: (ids: string[]) => unknown;
  readonly onClose: () => unknown;
}

const ROW = 44;
const COMBOBOX = { type: 'search', role: 'combobox', 'aria-expanded': true } as { role: 'combobox' };

export function Picker({ title, options, picked = [], multiple = false, read, action, onPick, onClose }: PickerProps) {
  const id = useId();
  const growing = read?.whole.value === false;
  const typed = useSignal('');
  const at = useSignal(0);
  const chosen = useSignal<ReadonlySet<string>>(new Set(picked));
  const scroller = useRef<HTMLDivElement>(null);
  const found = useMemo(() => {
    const finds = finder(typed.value);
    return options.filter(({ name, detail }) => finds(name, detail));
  }, [options, typed.value]);
  const shown = useWindow({ count: found.length, rowHeight: ROW, scroller });
  const active = Math.min(at.value, Math.max(0, found.length - 1));

  const pick = () => onPick(options.filter((option) => chosen.peek().has(option.id)).map((option) => option.id));
  const toggle = (option: PickerOption | undefined) => {
    if (!option || option.disabledReason) return;
    const next = new Set(multiple ? chosen.peek() : []);
    if (multiple && next.has(option.id)) next.delete(option.id);
    else next.add(option.id);
    chosen.value = next;
  };
  const toggleFound = () => {
    const free = found.filter((option) => !option.disabledReason);
    const next = new Set(chosen.peek());
    const all = free.every((option) => next.has(option.id));
    for (const option of free) {
      if (all) next.delete(option.id);
      else next.add(option.id);
    }
    chosen.value = next;
  };
  const move = (index: number) => {
    at.value = Math.min(Math.max(0, index), found.length - 1);
    shown.show(at.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Readonly<Record<string, number>> = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + shown.seen, PageUp: active - shown.seen };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      move(next);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (multiple && !(event.ctrlKey || event.metaKey)) return toggle(found[active]);
      if (!multiple) toggle(found[active]);
      if (chosen.peek().size > 0 || multiple) pick();
    } else if (event.key === 'Escape' && typed.value !== '') {
      event.preventDefault();
      event.stopPropagation();
      typed.value = '';
    }
  };
  const indexOf = (event: Event) => Number((event.target as Element).closest('[role="option"]')?.getAttribute('aria-posinset') ?? 0) - 1;
  const onClick = (event: MouseEvent) => {
    if (!event.isTrusted || indexOf(event) < 0) return;
    at.value = indexOf(event);
    toggle(found[indexOf(event)]);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const option = found[indexOf(event)];
    if (event.isTrusted && !multiple && option && !option.disabledReason) pick();
  };
  /** What is typed goes on where it was. */
  const keepFocus = (event: Event) => event.preventDefault();
  const none = chosen.value.size === 0 && picked.length === 0 ? t('ui.chooseFirst') : null;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          {multiple && (
            <span class="counted" role="status">
              {tn('ui.chosen', chosen.value.size)}
            </span>
          )}
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" disabledReason={none} onPress={pick}>
            {action}
          </Button>
        </>
      }
    >
      <div class="picker">
        <div class="search">
          <Icon name="search" size={16} />
          <input
            class="field"
            {...COMBOBOX}
            data-autofocus=""
            autocomplete="off"
            spellcheck={false}
            placeholder={t('ui.search')}
            aria-label={t('ui.searchIn', title)}
            aria-controls={`${id}-list`}
            {...(found.length > 0 ? { 'aria-activedescendant': `${id}-${active}` } : {})}
            value={typed.value}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
              at.value = 0;
              scroller.current?.scrollTo({ top: 0 });
            }}
            onKeyDown={onKeyDown}
          />
          {multiple && !growing && found.length > 1 && (
            <Button tone="plain" onPress={toggleFound}>
              {tn('ui.chooseFound', found.length)}
            </Button>
          )}
        </div>
        {read && <RestFailed read={read} />}
        <div ref={scroller} class="options" id={`${id}-list`} role="listbox" tabIndex={-1} aria-label={title} aria-multiselectable={multiple} onKeyDown={onKeyDown} onPointerDown={keepFocus} onClick={onClick} onDblClick={onDoubleClick}>
          <div style={{ blockSize: `${shown.size}px` }} role="presentation">
            {shown.items.map(({ index, start }) => {
              const option = found[index];
              if (!option) return null;
              const on = chosen.value.has(option.id);
              return (
                <div
                  key={option.id}
                  id={`${id}-${index}`}
                  class="option"
                  role="option"
                  tabIndex={-1}
                  aria-selected={on}
                  aria-setsize={found.length}
                  aria-posinset={index + 1}
                  aria-disabled={option.disabledReason ? true : undefined}
                  data-active={index === active}
                  data-id={option.id}
                  style={{ blockSize: `${ROW}px`, translate: `0 ${start}px` }}
                >
                  <span class={multiple ? 'tick box' : 'tick'} aria-hidden="true">
                    {on && <Icon name="check" size={14} />}
                  </span>
                  <span class="grow">
                    {option.name}
                    {(option.disabledReason ?? option.detail) && <small>{option.disabledReason ?? option.detail}</small>}
                  </span>
                </div>
              );
            })}
          </div>
          {growing ? !read.problem.value && (
            <p class="nothing" role="status">
              {t('ui.notAll')}
            </p>
          ) : found.length === 0 && <p class="nothing">{typed.value ? t('ui.notFound', typed.value) : t('ui.nothing')}</p>}
        </div>
      </div>
    </Dialog>
  );
}
