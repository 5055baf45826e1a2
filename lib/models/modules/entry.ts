/** The form of a verb while somebody fills it in: for a new row, for one, or for several. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Problem } from '../../api/problem.ts';
import type { ModuleRow } from '../../api/routes-modules.ts';
import type { Grid } from '../../evaluation/grid.ts';
import type { Currency } from '../../modules/money.ts';
import type { FormField, Verb } from '../../modules/types.ts';
import { type Asking, asksAll } from './asking.ts';
import type { Deeds } from './deeds.ts';
import { checkForm, type FieldProblems, problemsOf, rebased, type Typed } from './form.ts';

export interface Entry {
  /** What is asked as things stand. */
  readonly asked: ReadonlySignal<readonly FormField[]>;
  /** Of an evaluation: the grid that is answered. */
  readonly grid: ReadonlySignal<Grid | null>;
  readonly typed: ReadonlySignal<Typed>;
  /** Shown beside the fields: after the first try of sending. */
  readonly problems: ReadonlySignal<FieldProblems>;
  /** What the hub refused it for, where no field says it. */
  readonly problem: ReadonlySignal<Problem | null>;
  /** The row as somebody else has changed it since the form was opened; null where nobody has. */
  readonly newer: ReadonlySignal<ModuleRow | null>;
  /** The fields that both have changed. */
  readonly clashes: ReadonlySignal<readonly string[]>;
  readonly busy: ReadonlySignal<boolean>;
  /** Whether anything is typed that would be lost. */
  readonly touched: ReadonlySignal<boolean>;
  type(field: string, value: string): void;
  /** Returns whether it was done. */
  submit(): Promise<boolean>;
}

/**
 * @param rows none for a new one
 * @param now the row as it was read last
 * @param currency of its amounts
 */
export function createEntry(verb: Verb, rows: readonly ModuleRow[], deeds: Pick<Deeds, 'send'>, now: (id: string) => ModuleRow | null, currency: Currency, asking: Asking = asksAll(verb, currency)): Entry {
  const form = verb.form ?? [];
  /** What a command names: the row as this form knows it. */
  let base = rows.length === 1 ? rows[0]! : null;
  let begun = asking.begin(base);
  const partial = verb.does === 'change' && verb.on === 'row';
  const typed = signal<Typed>(begun);
  const tried = signal(false);
  const refused = signal<FieldProblems>({});
  const problem = signal<Problem | null>(null);
  const newer = signal<ModuleRow | null>(null);
  const clashes = signal<readonly string[]>([]);
  const busy = signal(false);
  const asked = computed(() => asking.asked(typed.value));
  const checked = computed(() => asking.refined(checkForm(asked.value, typed.value, { begun, partial, currency }), typed.value));

  const fail = (met: Problem) => {
    const beside = problemsOf(form, met);
    const changed = met.code === 'record.conflict' && base ? now(base.id) : null;
    refused.value = beside;
    problem.value = Object.keys(beside).length > 0 || changed ? null : met;
    if (!changed || !base) return;
    const next = rebased(form, typed.peek(), base, changed, currency);
    begun = asking.begin(changed);
    typed.value = next.typed;
    clashes.value = next.clashes;
    newer.value = changed;
    base = changed;
  };

  return {
    typed, problem, newer, clashes, busy, asked,
    grid: computed(() => asking.grid(typed.value)),
    problems: computed(() => ({ ...(tried.value ? checked.value.problems : {}), ...refused.value })),
    touched: computed(() => form.some(({ id }) => typed.value[id] !== begun[id])),
    type(field, value) {
      const { [field]: _mended, ...others } = refused.peek();
      batch(() => {
        typed.value = { ...typed.peek(), [field]: value };
        refused.value = others;
      });
    },
    async submit() {
      const { values, problems } = checked.peek();
      tried.value = true;
      if (Object.keys(problems).length > 0 || busy.peek()) return false;
      batch(() => {
        busy.value = true;
        problem.value = null;
        refused.value = {};
      });
      const outcome = await deeds.send(verb, base ? [base] : rows, values, true);
      batch(() => {
        busy.value = false;
        if (!outcome.ok) fail(outcome.problem);
      });
      return outcome.ok;
    },
  };
}
