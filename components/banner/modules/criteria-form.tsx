/** The criteria of a grid to be answered: for each its points side by side, whether it applies, and a comment. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { CriteriaSection, Criterion } from '../../../lib/catalogue/index.ts';
import { COMMENT_MAX, type Given, givenTo, wrongOf } from '../../../lib/evaluation/answers.ts';
import type { Grid } from '../../../lib/evaluation/grid.ts';
import { outcomeOf } from '../../../lib/evaluation/score.ts';
import type { Entry } from '../../../lib/models/modules/entry.ts';
import { readAnswers, writeAnswers } from '../../../lib/models/modules/form.ts';
import type { FormField } from '../../../lib/modules/types.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { useReading } from './context.ts';
import { ScoreMark } from './score-mark.tsx';
import { fieldProblemText } from './words.ts';

interface Props {
  readonly field: FormField;
  readonly entry: Entry;
  readonly grid: Grid;
}

export function CriteriaForm({ field, entry, grid }: Props) {
  const reading = useReading();
  const answers = readAnswers(entry.typed.value[field.id]);
  const problem = entry.problems.value[field.id];
  const give = (id: string, change: Given) => {
    const now = readAnswers(entry.typed.peek()[field.id]);
    entry.type(field.id, writeAnswers({ ...now, [id]: { ...givenTo(now, id), ...change } }));
  };
  return (
    <div class="criteria" data-wrong={Boolean(problem)}>
      {grid.sections.map((section) => (
        <Section key={section.id} section={section}>
          {section.criteria.map((criterion) => (
            <CriterionInput
              key={criterion.id}
              criterion={criterion}
              given={givenTo(answers, criterion.id) ?? {}}
              tried={problem?.kind === 'unanswered'}
              onGive={(change) => give(criterion.id, change)}
            />
          ))}
        </Section>
      ))}
      {problem && (
        <p class="wrong" role="alert">
          {fieldProblemText(field, problem, reading)}
        </p>
      )}
    </div>
  );
}

function Section({ section, children }: { section: CriteriaSection; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="criteria-section" aria-labelledby={id}>
      <h4 id={id}>
        <bdi>{section.name}</bdi>
      </h4>
      {children}
    </section>
  );
}

interface CriterionProps {
  readonly criterion: Criterion;
  readonly given: Given;
  /** It was tried to send it: what is not answered says so. */
  readonly tried: boolean;
  readonly onGive: (change: Given) => void;
}

function CriterionInput({ criterion, given, tried, onGive }: CriterionProps) {
  const { id, name, help, kind, max, notApplicable } = criterion;
  const own = useId();
  const missing = tried && wrongOf(criterion, given.value) !== null;
  const points = Array.from({ length: max + 1 }, (_, value) => value);
  // What is good stands first where there are but two.
  const choices = kind === 'yesNo' ? points.toReversed() : points;
  return (
    <fieldset class="criterion" data-criterion={id} data-wrong={missing} aria-describedby={help ? `${own}-help` : undefined}>
      <legend>
        <bdi>{name}</bdi>
      </legend>
      <Marks criterion={criterion} />
      {help && (
        <p class="hint" id={`${own}-help`}>
          <bdi>{help}</bdi>
        </p>
      )}
      <div class="points">
        {choices.map((value) => (
          <Choice key={value} name={own} checked={given.value === value} label={kind === 'scale' ? formatNumber(value) : t(value ? 'modulePanel.yes' : 'modulePanel.no')} title={kind === 'scale' ? t('modulePanel.grid.points', formatNumber(value), formatNumber(max)) : null} onChoose={() => onGive({ value })} value={String(value)} />
        ))}
        {notApplicable && <Choice name={own} checked={given.value === null} label={t('modulePanel.grid.notApplicableShort')} title={t('modulePanel.grid.notApplicable')} onChoose={() => onGive({ value: null })} value="none" />}
      </div>
      {missing && <p class="wrong">{t('modulePanel.grid.answer')}</p>}
      <Comment criterion={criterion} comment={given.comment ?? ''} onInput={(comment) => onGive({ comment })} />
    </fieldset>
  );
}

function Choice({ name, checked, label, title, value, onChoose }: { name: string; checked: boolean; label: string; title: string | null; value: string; onChoose: () => void }) {
  return (
    <label class="point" data-tip={title !== null && title !== label ? title : undefined}>
      <input type="radio" class="sr" name={name} value={value} checked={checked} aria-label={title ?? label} onChange={onChoose} />
      {label}
    </label>
  );
}

/** How much it counts, and whether all depends on it. */
export function Marks({ criterion: { weight, critical } }: { criterion: Criterion }) {
  return (
    <p class="marks">
      <span>{t('modulePanel.grid.weight', formatNumber(weight))}</span>
      {critical && (
        <span class="critical" data-tip={t('modulePanel.grid.criticalTip')}>
          <Icon name="triangle-alert" size={12} />
          {t('modulePanel.grid.critical')}
        </span>
      )}
    </p>
  );
}

function Comment({ criterion: { name }, comment, onInput }: { criterion: Criterion; comment: string; onInput: (comment: string) => void }) {
  const open = useSignal(comment !== '');
  const box = useRef<HTMLTextAreaElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (pressed.current) box.current?.focus();
  }, [open.value]);
  if (!open.value) {
    return (
      <button
        type="button"
        class="add-comment"
        aria-label={t('modulePanel.grid.commentOn', name)}
        onClick={() => {
          pressed.current = true;
          open.value = true;
        }}
      >
        <Icon name="message-square-plus" size={14} />
        {t('modulePanel.grid.comment')}
      </button>
    );
  }
  return (
    <textarea
      ref={box}
      class="field"
      rows={1}
      maxLength={COMMENT_MAX}
      aria-label={t('modulePanel.grid.commentOn', name)}
      placeholder={t('modulePanel.grid.comment')}
      value={comment}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
    />
  );
}

/** Beside the button that sends it: what it comes to so far. */
export function LiveScore({ entry }: { entry: Entry }) {
  const grid = entry.grid.value;
  if (!grid || grid.sections.length === 0) return null;
  const { score, passed, failing, answered, of } = outcomeOf(grid, readAnswers(entry.typed.value['answers']));
  const failed = failing.length > 0 || (answered === of && !passed);
  return (
    <div class="live-score" role="status" data-score={score ?? ''} data-passed={answered === of ? passed : undefined}>
      <ScoreMark score={score} tone={failed ? 'bad' : answered === of && passed ? 'good' : 'plain'} passScore={grid.passScore} />
      <span>
        <strong>{score === null ? t('modulePanel.grid.noScore') : t('modulePanel.grid.score', formatNumber(score))}</strong>
        <small>{failing.length > 0 ? t('modulePanel.grid.failedCritical') : answered < of ? t('modulePanel.grid.answered', formatNumber(answered), formatNumber(of)) : t(`modules.column.passed.${passed ? 'yes' : 'no'}`)}</small>
      </span>
    </div>
  );
}
