/** Beside a list: one of its records, with what may be done with it, its form, and at its foot what a save would do. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Held } from '../../../../lib/models/maker/record-form.ts';
import type { Fields } from '../../../../lib/models/maker/record-merge.ts';
import { Button } from '../../../ui/button.tsx';
import { useFocusKept } from '../../../ui/focus-kept.ts';
import { Icon } from '../../../ui/icon.tsx';
import { MenuButton, type MenuItem } from '../../../ui/menu.tsx';
import { Failed, Loading } from '../../../ui/states.tsx';
import { t, tn } from '../../../ui/text.ts';
import { ConflictDialog, type FieldWords } from './conflict-dialog.tsx';
import { refusalText } from './refusal-text.ts';
import type { OpenRecord } from './unsaved.ts';

interface Props<T extends Fields> {
  readonly open: OpenRecord<T>;
  readonly title: string;
  /** Beside the title: states, avatars. */
  readonly aside?: ComponentChildren;
  readonly menu?: readonly MenuItem[];
  /** The list again. */
  readonly closeHref: string;
  /** What a save does, in a sentence; null while nothing follows. */
  readonly follows: string | null;
  readonly saveReason: string | null;
  readonly words: FieldWords;
  /** Answers with what is said of it at the foot of the panel. */
  readonly onSaved: (held: Held<T>) => string;
  readonly children: ComponentChildren;
}

export function RecordPanel<T extends Fields>(props: Props<T>) {
  const { open, title, aside, menu = [], closeHref, words, children } = props;
  const { form } = open;
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const first = form.isNew ? panel.current!.querySelector<HTMLElement>('.panel-body :is(input, textarea)') : null;
    (first ?? panel.current!.querySelector<HTMLElement>('h2'))?.focus({ preventScroll: true });
  }, [form]);
  const done = useSignal('');
  const onSaved = (held: Held<T>) => (done.value = props.onSaved(held));
  const save = () => {
    done.value = '';
    if (props.saveReason !== null || !form.dirty.peek()) return;
    void form.save().then((held) => (held ? onSaved(held) : showFirstMistake(panel.current)));
  };
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isSave(event)) {
        event.preventDefault();
        latest.current();
      } else if (isLeave(event, panel.current!)) location.hash = closeHref;
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const conflict = form.conflict.value;
  return (
    <section class="record-panel" aria-labelledby="record-title" ref={panel}>
      <header>
        <a class="icon-button back" href={closeHref} aria-label={t('makerResources.form.back')} data-tip={t('makerResources.form.back')}>
          <Icon name="arrow-left" size={16} />
        </a>
        <h2 id="record-title" tabIndex={-1}>
          {title}
        </h2>
        {aside}
        <span class="grow" />
        {menu.length > 0 && <MenuButton icon="ellipsis" label={t('makerResources.form.more')} items={menu} />}
        <a class="icon-button close" href={closeHref} aria-label={t('makerResources.form.close')} data-tip={t('makerResources.form.close')}>
          <Icon name="x" size={16} />
        </a>
      </header>
      {form.load.value === 'loading' && <Loading label={t('makerResources.form.loading')} />}
      {form.load.value === 'failed' && form.problem.value && <Failed problem={form.problem.value} retry={form.read} />}
      {form.load.value === 'ready' && (
        <>
          <div class="panel-body">
            {children}
          </div>
          <SaveBar {...props} save={save} done={done.value} />
        </>
      )}
      {conflict && <ConflictDialog form={form} conflict={conflict} words={words} onSaved={onSaved} />}
    </section>
  );
}

function SaveBar<T extends Fields>({ open: { form }, follows, saveReason, save, done }: Props<T> & { save: () => void; done: string }) {
  const count = form.changed.value.length;
  const problem = form.problem.value;
  // What was refused stands until something else is tried.
  useEffect(() => {
    if (form.problem.peek() && !form.saving.peek() && count === 0) form.dismiss();
  }, [count]);
  return (
    <footer class="save-bar" data-dirty={count > 0}>
      <div class="said" role="status">
        {problem ? (
          <p class="refused" data-problem={problem.code}>
            <Icon name="triangle-alert" size={14} />
            {refusalText(problem)}
          </p>
        ) : count > 0 ? (
          <>
            <p>{form.isNew ? t('makerResources.form.unsavedNew') : tn('makerResources.form.unsaved', count)}</p>
            {follows && <p class="secondary">{follows}</p>}
          </>
        ) : (
          <p class={done ? 'good-text' : 'secondary'}>{done ? done : form.isNew ? t('makerResources.form.nothingYet') : t('makerResources.form.clean')}</p>
        )}
      </div>
      {count > 0 && !form.isNew && (
        <Button tone="plain" icon="undo-2" onPress={form.undoAll}>
          {t('makerResources.form.undoAll')}
        </Button>
      )}
      <Button tone="primary" busy={form.saving.value} disabledReason={saveReason ?? (count === 0 ? t('makerResources.form.nothingToSave') : null)} onPress={save}>
        {form.isNew ? t('makerResources.form.create') : t('common.save')}
      </Button>
    </footer>
  );
}

const isSave = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => (ctrlKey || metaKey) && key.toLowerCase() === 's';

/** Escape in the panel itself: what is open over it takes its own. */
function isLeave({ key, target, defaultPrevented }: KeyboardEvent, panel: HTMLElement): boolean {
  if (key !== 'Escape' || defaultPrevented || !panel.contains(target as Node)) return false;
  return (target as Element).closest('dialog, [popover]') === null && document.querySelector('dialog[open], [role="menu"]:popover-open') === null;
}

/** After a save that was not possible: where the first mistake is. */
function showFirstMistake(panel: HTMLElement | null): void {
  requestAnimationFrame(() => panel?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** A group of fields under one heading. */
export function PanelSection({ title, note, action, children }: { title: string; note?: string | null; action?: ComponentChildren; children: ComponentChildren }) {
  const section = useRef<HTMLElement>(null);
  // What is taken out of a list takes its button with it.
  useFocusKept(section, ['button, input'], { preventScroll: true });
  return (
    <section class="panel-section" ref={section}>
      <div class="panel-head">
        <h3>{title}</h3>
        {action}
      </div>
      {note && <p class="secondary">{note}</p>}
      {children}
    </section>
  );
}
