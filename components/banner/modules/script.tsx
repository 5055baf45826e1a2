/** A script, spoken step by step: where one is stands out, what comes next is in sight. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { InteractionView } from '../../../lib/api/interaction.ts';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { valuesOf } from '../../../lib/interaction/custom-button.ts';
import { spokenIn, stepsOf } from '../../../lib/interaction/script.ts';
import type { Variable } from '../../../lib/interaction/variables.ts';
import type { View } from '../../../lib/models/view.ts';
import { Select } from '../../ui/fields.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';

/** Whom one may be speaking to, those on the line first. */
const inHand = ({ snapshot }: View): readonly InteractionView[] =>
  (snapshot?.situation.interactions ?? []).filter(({ phase }) => phase !== 'offered').toSorted((a, b) => Number(b.phase === 'live') - Number(a.phase === 'live'));

export function Script({ row: { values } }: { row: ModuleRow }) {
  const { banner } = useParts();
  const view = banner.view.value;
  const at = useSignal(0);
  const chosen = useSignal('');
  const steps = stepsOf(String((values['text'] as string | null) ?? ''));
  const all = inHand(view);
  const interaction = all.find(({ id }) => id === chosen.value) ?? all[0];
  // Masked by the hub already, where the profile says so.
  const known = view.snapshot && interaction ? valuesOf(interaction, view.snapshot.person, view.active) : null;
  // Who reads it is known, also with nobody on the line.
  const valueOf = (variable: Variable) => known?.(variable) ?? (variable === 'person.name' ? (view.snapshot?.person.name ?? '') : '');
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }), [at.value]);
  if (steps.length === 0) return null;
  const now = Math.min(at.value, steps.length - 1);
  return (
    <div class="script">
      {all.length > 1 && (
        <Select label={t('modulePanel.script.for')} value={interaction!.id} options={all.map(({ id, customer }) => ({ value: id, label: customer.name || customer.address }))} onChange={(id) => (chosen.value = id)} />
      )}
      <ol ref={list} aria-label={t('modulePanel.script.steps')}>
        {steps.map((step, n) => (
          <li key={n} aria-current={n === now ? 'step' : undefined} data-done={n < now}>
            <button type="button" aria-label={n === now ? undefined : t('modulePanel.script.goTo', formatNumber(n + 1))} onClick={() => (at.value = n)}>
              <span class="number" aria-hidden="true">
                {n < now ? <Icon name="check" size={12} /> : formatNumber(n + 1)}
              </span>
              <span class="words" dir="auto">
                {spokenIn(step, valueOf).map((piece) => ('said' in piece ? piece.said : piece.value === null ? <Gap name={piece.variable} /> : <bdi class="filled">{piece.value}</bdi>))}
              </span>
            </button>
          </li>
        ))}
      </ol>
      <div class="form-end">
        <span class="grow" role="status">
          {t('modulePanel.script.step', formatNumber(now + 1), formatNumber(steps.length))}
        </span>
        <button type="button" class="button" data-step="back" aria-disabled={now === 0} onClick={trusted(() => now > 0 && (at.value = now - 1))}>
          {t('modulePanel.script.back')}
        </button>
        <button type="button" class="button primary" data-step="next" aria-disabled={now === steps.length - 1} onClick={trusted(() => now < steps.length - 1 && (at.value = now + 1))}>
          {t('modulePanel.script.next')}
        </button>
      </div>
    </div>
  );
}

/** What nobody knows, or there is nobody to speak to: to be said in one's own words. */
const Gap = ({ name }: { name: string }) => <span class="gap">{t(`modulePanel.script.gap.${name}`)}</span>;
