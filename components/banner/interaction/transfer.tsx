/** One way to pass an interaction on: to whom, a word for them, and the transfer. */
import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import type { Problem } from '../../../lib/api/problem.ts';
import { controlById } from '../../../lib/catalogue/index.ts';
import type { TransferWay } from '../../../lib/interaction/machine.ts';
import type { Targets } from '../../../lib/models/interaction/hub.ts';
import { maySend, numberToSend } from '../../../lib/models/interaction/number.ts';
import type { Decided } from '../../../lib/models/interaction/interactions.ts';
import { Button } from '../../ui/button.tsx';
import { t, tn } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { useReallyVisible } from '../really-visible.ts';
import { reasonText } from '../words.ts';
import { type Choice, ChoiceList, Failure } from './choice-list.tsx';
import { useInteractions } from './context.ts';
import { NumberField, useNumberCheck } from './number-field.tsx';
import { usePolled } from './use-polled.ts';

/** What each way chooses from, and what it says to the hub. */
const WAYS: { readonly [W in TransferWay]: { readonly choices: (targets: Targets) => readonly Choice[]; readonly named: 'queueId' | 'personId' | 'ruleId' } } = {
  assistedQueue: { choices: queues, named: 'queueId' },
  blindQueue: { choices: queues, named: 'queueId' },
  advisor: { choices: advisors, named: 'personId' },
  external: { choices: ({ externals }) => externals.map(({ id, name, address }) => ({ id, name, note: address })), named: 'ruleId' },
  smartRouting: { choices: ({ routings }) => routings, named: 'ruleId' },
};

function queues({ queues }: Targets): readonly Choice[] {
  return queues.map(({ id, name, free, waiting }) => ({ id, name, note: t('interaction.transfer.queueNote', tn('interaction.transfer.free', free), tn('interaction.transfer.waiting', waiting)), free: free > 0 }));
}

/** Who is free first. */
export function advisors({ advisors }: Targets): readonly Choice[] {
  return advisors.toSorted((a, b) => Number(b.free) - Number(a.free)).map(({ id, name, status, free }) => ({ id, name, note: t(`status.${status}`), free }));
}

export function Transfer({ way, decided }: { way: TransferWay; decided: Decided }) {
  const { banner } = useParts();
  const model = useInteractions();
  const { interaction, decisions } = decided;
  const control = `int.transfer.${way}` as const;
  const read = usePolled(() => model.hub.targets(interaction.id));
  const target = useSignal<string | null>(null);
  const number = useSignal('');
  const note = useSignal('');
  const problem = useSignal<Problem | null>(null);
  const button = useRef<HTMLDivElement>(null);
  const irreversible = controlById.get(control)!.irreversible === true;
  const seen = useReallyVisible(button, irreversible);
  const checked = useNumberCheck(number.value.trim());
  const byNumber = way === 'external' && number.value.trim() !== '';
  const ready = byNumber ? maySend(checked) : target.value !== null;
  const { reason, state } = decisions.of(control);

  const submit = async () => {
    if (!seen()) return banner.notices.say({ kind: 'covered', label: `control.${control}` });
    const to = byNumber ? { number: numberToSend(checked, number.value) } : { [WAYS[way].named]: target.value };
    const close = banner.closer();
    problem.value = await model.act(control, interaction.id, { ...to, note: note.value.trim(), ...(way === 'assistedQueue' ? { step: 'call' } : {}) }, true);
    if (problem.value === null) close();
  };
  return (
    <div class="dialog-body">
      <ChoiceList
        label={t(`interaction.transfer.choose.${way}`)}
        choices={read.value && WAYS[way].choices(read.value)}
        problem={read.problem}
        retry={read.refresh}
        empty={t(`interaction.transfer.none.${way}`)}
        value={byNumber ? null : target.value}
        onChoose={(id) => {
          target.value = id;
          number.value = '';
        }}
      />
      {way === 'external' && <NumberField label={t('interaction.transfer.number')} value={number.value} checked={checked} onInput={(typed) => (number.value = typed)} />}
      <NoteFor value={note.value} onInput={(typed) => (note.value = typed)} />
      {problem.value && <Failure problem={problem.value} />}
      <div class="dialog-foot" ref={button}>
        <Button
          tone="primary"
          icon={way === 'assistedQueue' ? 'phone-call' : 'corner-up-right'}
          busy={state === 'pending'}
          disabledReason={reason ? reasonText(reason, banner.view.value.active?.name ?? '') : ready ? null : t('interaction.transfer.chooseFirst')}
          onPress={submit}
          data-submit=""
        >
          {t(way === 'assistedQueue' ? 'interaction.transfer.call' : 'interaction.transfer.do')}
        </Button>
      </div>
    </div>
  );
}

function NoteFor({ value, onInput }: { value: string; onInput: (typed: string) => unknown }) {
  const id = useId();
  return (
    <div class="form-line">
      <label for={id}>{t('interaction.transfer.note')}</label>
      <textarea id={id} class="field" rows={2} maxLength={1000} value={value} onInput={({ currentTarget }) => onInput(currentTarget.value)} />
    </div>
  );
}
