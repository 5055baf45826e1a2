/** The sections and criteria of an evaluation grid. Criteria and sections move by buttons, or by Alt and the arrows from anywhere in them. */
import { useComputed } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { CriteriaSection, Criterion } from '../../../lib/catalogue/index.ts';
import { criteriaIn, HELP_MAX, MOST_CRITERIA, MOST_SECTIONS, NAME_MAX, SCALE_MAX, WEIGHT_MAX } from '../../../lib/evaluation/grid.ts';
import { createGridEditor, type GridEditor as Editor, type Told } from '../../../lib/models/maker/grid-editor.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { NumberField, Select, TextField } from '../../ui/fields.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Switch } from '../../ui/switch.tsx';
import { t, tn } from '../../ui/text.ts';
import type { GridEditorProps } from './grid-editor-later.tsx';
import { errorText } from './record/error-text.ts';
import './grid-editor.css';

interface Parts {
  readonly editor: Editor;
  readonly reason: string | null;
  /** It was tried to save it: what is wrong says so. */
  readonly tried: boolean;
  /** @param id of a section or criterion; null for the editor itself */
  readonly focus: (id: string | null, part: Part) => void;
}
/** What of a section or criterion has the keyboard. */
type Part = 'name' | 'open' | 'add' | 'up' | 'down';

export function GridEditor({ form, field, reason }: GridEditorProps) {
  const sections = useComputed(() => form.value.value[field] as readonly CriteriaSection[]);
  const editor = useMemo(
    () => createGridEditor({ sections, set: (next) => form.set(field, next as never), newId: () => crypto.randomUUID().slice(0, 8) }),
    [form, field],
  );
  const root = useRef<HTMLFieldSetElement>(null);
  const wanted = useRef<string | null>(null);
  useLayoutEffect(() => {
    // What moved has lost the keyboard on its way, and what is new has yet to get it.
    const at = wanted.current === null ? null : root.current!.querySelector<HTMLElement>(wanted.current);
    wanted.current = null;
    at?.focus();
    at?.scrollIntoView({ block: 'nearest' });
  });
  const focus = (id: string | null, part: Part) => (wanted.current = id === null ? '[data-add]' : `[data-of="${CSS.escape(id)}"] [data-part="${part}"]${part === 'name' ? ' :is(input, textarea)' : ''}`);
  const error = form.errors.value[field];
  const parts: Parts = { editor, reason, tried: error !== undefined, focus };
  const onKeyDown = (event: KeyboardEvent) => {
    if (reason !== null) return;
    const target = event.target as HTMLElement;
    const typed = target.matches('input, textarea, select');
    const id = target.closest<HTMLElement>('[data-of]')?.dataset['of'];
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (event.altKey && by !== null && id !== undefined) {
      focus(id, (target.dataset['part'] as Part | undefined) ?? (target.closest('[data-part="name"]') ? 'name' : 'open'));
      editor.move(id, by);
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !typed) {
      if (event.shiftKey) editor.redo();
      else editor.undo();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const count = criteriaIn(sections.value).length;
  return (
    <fieldset class="grid-editor" ref={root} data-grid-editor>
      <legend>{t('attribute.evaluationGrid.sections')}</legend>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of what is in it: each has a button too */}
      <div class="grid-parts" onKeyDown={onKeyDown}>
        <div class="grid-tools">
          <span class="secondary">{count === 0 ? t('makerResources.grid.none') : t('makerResources.grid.total', tn('makerResources.grid.count', count), formatNumber(editor.weight.value))}</span>
          <span class="grow" />
          {reason === null && (
            <>
              <IconButton icon="undo-2" label={t('makerResources.grid.undo')} disabledReason={editor.canUndo.value ? null : t('makerResources.grid.nothingToUndo')} onPress={editor.undo} />
              <IconButton icon="redo-2" label={t('makerResources.grid.redo')} disabledReason={editor.canRedo.value ? null : t('makerResources.grid.nothingToRedo')} onPress={editor.redo} />
            </>
          )}
        </div>
        {sections.value.map((section) => (
          <Section key={section.id} section={section} {...parts} />
        ))}
        {error && (
          <p class="wrong" role="alert">
            {errorText(error)}
          </p>
        )}
        {reason === null && (
          <Button
            icon="plus"
            data-add="section"
            disabledReason={sections.value.length >= MOST_SECTIONS ? t('makerResources.grid.mistake.sections', MOST_SECTIONS) : null}
            onPress={() => focus(editor.addSection(), 'name')}
          >
            {t('makerResources.grid.addSection')}
          </Button>
        )}
        <p class="sr" role="status">
          {toldText(editor.told.value)}
        </p>
      </div>
    </fieldset>
  );
}

function toldText(told: Told | null): string {
  if (!told) return '';
  if (told.did === 'moved') {
    const place = t('makerResources.grid.moved', told.name, formatNumber(told.place), formatNumber(told.of));
    return told.section === null ? place : t('makerResources.grid.movedIn', place, told.section);
  }
  return told.did === 'removed' ? t('makerResources.grid.removed', told.name) : t(`makerResources.grid.${told.did}`);
}

function mistakeText({ editor, tried }: Parts, id: string, field: string): string | null {
  const kind = tried ? editor.mistakes.value.get(`${id}.${field}`) : undefined;
  return kind === undefined ? null : t(`makerResources.grid.mistake.${kind}`);
}

/** Up, down and away: of a section, or of a criterion. */
function Moves({ id, name, parts: { editor, focus } }: { id: string; name: string; parts: Parts }) {
  const move = (by: 1 | -1) => {
    focus(id, by < 0 ? 'up' : 'down');
    editor.move(id, by);
  };
  const removed = () => {
    const section = editor.sections.peek().find(({ criteria }) => criteria.some((criterion) => criterion.id === id));
    const beside = (section?.criteria ?? editor.sections.peek()).find((each) => each.id !== id);
    if (section) focus(beside?.id ?? section.id, beside ? 'open' : 'add');
    else focus(beside?.id ?? null, 'name');
    editor.remove(id);
  };
  return (
    <span class="moves">
      <IconButton icon="arrow-up" data-part="up" tone="plain" label={t('makerResources.grid.up', name)} disabledReason={editor.mayMove(id, -1) ? null : t('makerResources.grid.first')} onPress={() => move(-1)} />
      <IconButton icon="arrow-down" data-part="down" tone="plain" label={t('makerResources.grid.down', name)} disabledReason={editor.mayMove(id, 1) ? null : t('makerResources.grid.last')} onPress={() => move(1)} />
      <IconButton icon="trash-2" data-part="remove" tone="plain" label={t('makerResources.grid.remove', name)} onPress={removed} />
    </span>
  );
}

function Section({ section, ...parts }: { section: CriteriaSection } & Parts) {
  const { editor, reason, focus } = parts;
  const { id, name, criteria } = section;
  const empty = mistakeText(parts, id, 'criteria');
  const full = criteriaIn(editor.sections.value).length >= MOST_CRITERIA;
  return (
    <section class="grid-section" data-of={id} aria-label={name || t('makerResources.grid.section')}>
      <div class="grid-head">
        <div class="grow" data-part="name">
          <TextField label={t('makerResources.grid.section')} value={name} maxLength={NAME_MAX} error={mistakeText(parts, id, 'name')} disabledReason={reason} onInput={(next) => editor.section(id, { name: next })} />
        </div>
        {reason === null && <Moves id={id} name={name || t('makerResources.grid.section')} parts={parts} />}
      </div>
      <ul>
        {criteria.map((criterion) => (
          <CriterionItem key={criterion.id} criterion={criterion} {...parts} />
        ))}
      </ul>
      {empty && (
        <p class="wrong" role="alert">
          {empty}
        </p>
      )}
      {reason === null && (
        <Button icon="plus" tone="plain" data-part="add" disabledReason={full ? t('makerResources.grid.mistake.criteria', MOST_CRITERIA) : null} onPress={() => focus(editor.addCriterion(id), 'name')}>
          {t('makerResources.grid.add')}
        </Button>
      )}
    </section>
  );
}

function CriterionItem({ criterion, ...parts }: { criterion: Criterion } & Parts) {
  const { editor, reason, tried } = parts;
  const { id, name, kind, max, weight, critical, notApplicable } = criterion;
  const wrong = tried && [...editor.mistakes.value.keys()].some((key) => key.startsWith(`${id}.`));
  const open = editor.opened.value.has(id) || wrong;
  const facts = [
    kind === 'scale' ? t('makerResources.grid.scaleTo', formatNumber(max)) : t('makerResources.grid.yesNo'),
    t('makerResources.grid.weightOf', formatNumber(weight)),
    critical ? t('makerResources.grid.critical') : '',
    notApplicable ? t('makerResources.grid.notApplicable') : '',
  ].filter(Boolean);
  return (
    <li class="grid-criterion" data-of={id} data-open={open}>
      <div class="grid-head">
        <button type="button" class="grid-open" data-part="open" aria-expanded={open} onClick={() => editor.open(id, !open)}>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} size={14} />
          <span>
            <strong>
              <bdi>{name || t('makerResources.grid.unnamed')}</bdi>
            </strong>
            <small>{facts.join(' · ')}</small>
          </span>
        </button>
        {reason === null && <Moves id={id} name={name || t('makerResources.grid.unnamed')} parts={parts} />}
      </div>
      {open && <CriterionFields criterion={criterion} {...parts} />}
    </li>
  );
}

function CriterionFields({ criterion, ...parts }: { criterion: Criterion } & Parts) {
  const { editor, reason } = parts;
  const { id, name, help, kind, max, weight, critical, notApplicable } = criterion;
  const set = (change: Partial<Omit<Criterion, 'id'>>) => editor.criterion(id, change);
  const common = { disabledReason: reason } as const;
  const whole = editor.weight.value;
  return (
    <div class="grid-fields">
      <div data-part="name">
        <TextField {...common} label={t('makerResources.grid.name')} value={name} maxLength={NAME_MAX} error={mistakeText(parts, id, 'name')} onInput={(next) => set({ name: next })} />
      </div>
      <TextField {...common} label={t('makerResources.grid.help')} value={help} multiline maxLength={HELP_MAX} hint={t('makerResources.grid.helpHint')} onInput={(next) => set({ help: next })} />
      <div class="grid-numbers">
        <Select
          {...common}
          label={t('makerResources.grid.kind')}
          value={kind}
          options={(['scale', 'yesNo'] as const).map((value) => ({ value, label: t(`makerResources.grid.kinds.${value}`) }))}
          onChange={(next) => set({ kind: next })}
        />
        {kind === 'scale' && <NumberField {...common} label={t('makerResources.grid.max')} value={max} min={1} max={SCALE_MAX} onChange={(next) => set({ max: next ?? 1 })} />}
        <NumberField {...common} label={t('makerResources.grid.weight')} value={weight} min={1} max={WEIGHT_MAX} onChange={(next) => set({ weight: next ?? 1 })} />
        <p class="secondary share">{t('makerResources.grid.share', formatNumber(Math.round((100 * weight) / whole)))}</p>
      </div>
      <Switch {...common} checked={notApplicable} label={t('makerResources.grid.mayNotApply')} onChange={(next) => set({ notApplicable: next })} />
      <Switch {...common} checked={critical} label={t('makerResources.grid.isCritical')} onChange={(next) => set({ critical: next })} />
    </div>
  );
}
