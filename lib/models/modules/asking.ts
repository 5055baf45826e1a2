/** What a form asks. Of most it is all that the verb declares; of an evaluation it follows from the grid. */
import type { ReadonlySignal } from '@preact/signals-core';
import type { ModuleRow } from '../../api/routes-modules.ts';
import { rowsOf } from '../../catalogue/index.ts';
import { answerMistakes, tidied } from '../../evaluation/answers.ts';
import { type Grid, gridIn } from '../../evaluation/grid.ts';
import type { Currency } from '../../modules/money.ts';
import type { FormField, Verb } from '../../modules/types.ts';
import type { View } from '../view.ts';
import { type FieldProblem, type FieldProblems, readAnswers, type Typed, typedFrom, type Values } from './form.ts';

interface Checked {
  readonly values: Values;
  readonly problems: FieldProblems;
}

export interface Asking {
  /** What stands in the form at first. */
  begin(row: ModuleRow | null): Typed;
  asked(typed: Typed): readonly FormField[];
  /** What its fields one by one do not say. */
  refined(checked: Checked, typed: Typed): Checked;
  /** The grid that is answered; null where there is none, or none is chosen yet. */
  grid(typed: Typed): Grid | null;
}

export const asksAll = ({ form = [] }: Verb, currency: Currency): Asking => ({
  begin: (row) => typedFrom(form, row, currency),
  asked: () => form,
  refined: (checked) => checked,
  grid: () => null,
});

export const askingOf = (verb: Verb, row: ModuleRow | null, view: ReadonlySignal<View>, currency: Currency): Asking =>
  verb.form?.some(({ type }) => type === 'answers') ? asksByGrid(verb, row, view, currency) : asksAll(verb, currency);

/** Criteria where the grid has some, else a score; neither before a grid is chosen. */
function asksByGrid({ does, form = [] }: Verb, row: ModuleRow | null, view: ReadonlySignal<View>, currency: Currency): Asking {
  const grid = (typed: Typed): Grid | null => {
    // What was made is changed on the criteria that it was made on; what was made without any has none.
    if (does === 'change') return gridIn({ ...row?.values, ...(row?.values['sections'] === undefined ? { sections: [] } : {}) });
    const chosen = view.value.resources[typed['resourceId'] ?? ''];
    return chosen ? gridIn(chosen.attributes) : null;
  };
  return {
    grid,
    begin(row) {
      // Another module's row is what is evaluated, not what the form changes.
      if (does === 'change') return typedFrom(form, row, currency);
      const only = onlyGrid(form, view.peek());
      return { ...typedFrom(form, null, currency), ...(only === null ? {} : { resourceId: only }) };
    },
    asked(typed) {
      const on = grid(typed);
      const without = on === null ? ['answers', 'score'] : [on.sections.length > 0 ? 'score' : 'answers'];
      return form.filter(({ id }) => !without.includes(id)).map((field) => (field.id === 'score' ? { ...field, required: true } : field));
    },
    refined({ values, problems }, typed) {
      const on = grid(typed);
      if (!on || !Object.hasOwn(values, 'answers')) return { values, problems };
      // Of a grid that changed meanwhile: what it does not ask any more is not said.
      const answers = tidied(on.sections, readAnswers(typed['answers']));
      const mistakes = answerMistakes(on.sections, answers);
      const left = mistakes.filter(({ path }) => path.length > 0).length;
      const problem: FieldProblem = left > 0 ? { kind: 'unanswered', left } : { kind: 'noneApplies' };
      return { values: { ...values, answers }, problems: mistakes.length === 0 ? problems : { ...problems, answers: problem } };
    },
  };
}

/** Where there is no choice, it is made. */
function onlyGrid(form: readonly FormField[], { active, resources }: View): string | null {
  const tab = form.find(({ id }) => id === 'resourceId')?.tab;
  const ids = active && tab ? rowsOf(active.document, tab).map(({ id }) => id).filter((id) => resources[id]) : [];
  return ids.length === 1 ? ids[0]! : null;
}
