/** The form of a verb, in the place of the list: what is typed stays until it is sent or dropped. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Entry } from '../../../lib/models/modules/entry.ts';
import type { Step } from '../../../lib/models/modules/panel.ts';
import { decisionOf } from '../../../lib/models/modules/offers.ts';
import { controlById } from '../../../lib/catalogue/index.ts';
import type { Verb } from '../../../lib/modules/types.ts';
import { Icon } from '../../ui/icon.tsx';
import { names, t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { useReallyVisible } from '../really-visible.ts';
import { problemText, reasonText } from '../words.ts';
import { usePanel } from './context.ts';
import { LiveScore } from './criteria-form.tsx';
import { FormFieldInput } from './form-field.tsx';
import { Player } from './player.tsx';
import { Line } from './state.tsx';
import { verbName, whichText } from './words.ts';

type FormStep = Extract<Step, { at: 'form' | 'confirm' }>;

export function useRowsOf({ ids }: FormStep) {
  const { model } = usePanel();
  return (model.list.rows.value ?? []).filter(({ id }) => ids.includes(id));
}

/** The name of a verb and of what it is about. */
function Title({ step }: { step: FormStep }) {
  const { model } = usePanel();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  const which = whichText({ ...model.deeds.about(step.verb, useRowsOf(step)), count: step.ids.length });
  return (
    <h3 ref={heading} tabIndex={-1}>
      {which ? t('modulePanel.deed', verbName(step.verb), which) : verbName(step.verb)}
    </h3>
  );
}

/** Why it cannot be done at this moment: a publish took the right, or the link is lost. Null where it can. */
function useWhyNot(verb: Verb): string | null {
  const { banner } = useParts();
  const view = banner.view.value;
  const decision = decisionOf(verb, view);
  if (decision.enabled || decision.state === 'pending') return null;
  const profile = view.active?.name ?? '';
  if (!decision.shown) return t('modulePanel.taken', verbName(verb), reasonText(decision.reason!, profile));
  return decision.reason && reasonText(decision.reason, profile);
}

/** The button that does it: with what cannot be undone, only where it is really to be seen. */
function DoButton({ step, busy, danger }: { step: FormStep; busy: boolean; danger: boolean }) {
  const { model } = usePanel();
  const { banner } = useParts();
  const ref = useRef<HTMLButtonElement>(null);
  const { verb } = step;
  const decision = decisionOf(verb, banner.view.value);
  const seen = useReallyVisible(ref, controlById.get(verb.control)?.irreversible === true && decision.enabled);
  const rows = useRowsOf(step);
  const act = () => {
    if (busy || !decision.enabled) return;
    if (!seen()) model.deeds.say({ kind: 'covered', ...model.deeds.about(verb, rows) });
    else void (step.at === 'form' ? model.submit() : model.confirm());
  };
  return (
    <button
      ref={ref}
      type="button"
      class={`button ${danger ? 'danger' : 'primary'}`}
      data-control={verb.control}
      data-state={decision.state}
      data-do
      aria-disabled={!decision.enabled}
      aria-busy={busy || undefined}
      onClick={trusted(act)}
    >
      {busy && <Icon name="loader-circle" size={16} class="spin" />}
      <span class="label">{verbName(verb)}</span>
    </button>
  );
}

export function FormView({ step, entry }: { step: FormStep; entry: Entry }) {
  const { model } = usePanel();
  const { verb } = step;
  const whyNot = useWhyNot(verb);
  const evaluated = model.opened.value;
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), []);
  const problems = entry.problems.value;
  // Once it was tried, the first field that is wrong has the keyboard.
  const wrong = Object.keys(problems).length;
  useEffect(() => {
    if (wrong > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong="true"] select, .criterion[data-wrong="true"] input')?.focus();
  }, [wrong > 0]);
  return (
    <form
      ref={form}
      class="form-view"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        // Enter in a field: pressed as its button is, with all it asks.
        form.current?.querySelector<HTMLButtonElement>('[data-do]')?.focus();
        if (event.isTrusted && !controlById.get(verb.control)?.irreversible) void model.submit();
      }}
    >
      <Title step={step} />
      <Newer entry={entry} verb={verb} />
      {verb.does === 'evaluate' && evaluated && <Player row={evaluated} />}
      {entry.asked.value.map((field) => (
        <FormFieldInput key={field.id} field={field} entry={entry} row={step.ids.length === 1 ? model.opened.value : null} />
      ))}
      {verb.destroys === 'confirm' && (
        <Line tone="wait" icon="triangle-alert">
          {t('modulePanel.final')}
        </Line>
      )}
      <Refused entry={entry} whyNot={whyNot} />
      <div class="form-end">
        <LiveScore entry={entry} />
        <button type="button" class="button" onClick={trusted(model.back)}>
          {t('common.cancel')}
        </button>
        <DoButton step={step} busy={entry.busy.value} danger={false} />
      </div>
    </form>
  );
}

/** Somebody changed the row meanwhile: what was typed is still there, and what both changed is named. */
function Newer({ entry, verb }: { entry: Entry; verb: Verb }) {
  if (!entry.newer.value) return null;
  const both = (verb.form ?? []).filter(({ id }) => entry.clashes.value.includes(id)).map(({ label }) => t(label));
  return (
    <Line tone="wait" icon="info">
      {t('modulePanel.newer')} {both.length > 0 && t('modulePanel.newerBoth', names(both, 9))}
    </Line>
  );
}

function Refused({ entry, whyNot }: { entry: Entry; whyNot: string | null }) {
  const { banner } = useParts();
  const problem = entry.problem.value;
  const text = whyNot ?? (problem && problemText(problem, banner.view.value.active?.name ?? ''));
  return (
    <div role="alert">
      {text && (
        <Line tone="bad" icon="circle-alert">
          {text}
        </Line>
      )}
    </div>
  );
}

/** Asked before something is destroyed that cannot be taken back. */
export function ConfirmView({ step }: { step: FormStep }) {
  const { model } = usePanel();
  const whyNot = useWhyNot(step.verb);
  const root = useRef<HTMLDivElement>(null);
  // What cannot be taken back begins at leaving it.
  useLayoutEffect(() => root.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);
  return (
    <div ref={root} class="form-view" role="alertdialog" aria-label={verbName(step.verb)}>
      <Title step={step} />
      <Line tone="wait" icon="triangle-alert">
        {t('modulePanel.final')}
      </Line>
      <div role="alert">
        {whyNot && (
          <Line tone="bad" icon="circle-alert">
            {whyNot}
          </Line>
        )}
      </div>
      <div class="form-end">
        <button type="button" class="button" data-autofocus onClick={trusted(model.back)}>
          {t('modulePanel.keep')}
        </button>
        <DoButton step={step} busy={false} danger />
      </div>
    </div>
  );
}
