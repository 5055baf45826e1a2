/** A colleague or a number joins the conversation. */
import { useSignal } from '@preact/signals';
import type { Problem } from '../../../lib/api/problem.ts';
import { maySend, numberToSend } from '../../../lib/models/interaction/number.ts';
import type { Decided } from '../../../lib/models/interaction/interactions.ts';
import { Button } from '../../ui/button.tsx';
import { names, t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { reasonText } from '../words.ts';
import { ChoiceList, Failure } from './choice-list.tsx';
import { useInteractions } from './context.ts';
import { NumberField, useNumberCheck } from './number-field.tsx';
import { advisors } from './transfer.tsx';
import { usePolled } from './use-polled.ts';

const CONTROL = 'int.conference';

export function Conference({ decided: { interaction, decisions } }: { decided: Decided }) {
  const { banner } = useParts();
  const model = useInteractions();
  const read = usePolled(() => model.hub.targets(interaction.id));
  const person = useSignal<string | null>(null);
  const number = useSignal('');
  const problem = useSignal<Problem | null>(null);
  const typed = number.value.trim();
  const checked = useNumberCheck(typed);
  const ready = typed === '' ? person.value !== null : maySend(checked);
  const { reason, state } = decisions.of(CONTROL);
  const submit = async () => {
    const who = typed === '' ? { personId: person.value } : { number: numberToSend(checked, typed) };
    const close = banner.closer();
    problem.value = await model.act(CONTROL, interaction.id, who, true);
    if (problem.value === null) close();
  };
  return (
    <div class="dialog-body">
      {interaction.conference.length > 0 && <p class="hint">{t('interaction.conference.joined', names(interaction.conference))}</p>}
      <ChoiceList
        label={t('interaction.conference.choose')}
        choices={read.value && advisors(read.value)}
        problem={read.problem}
        retry={read.refresh}
        empty={t('interaction.conference.none')}
        value={typed === '' ? person.value : null}
        onChoose={(id) => {
          person.value = id;
          number.value = '';
        }}
      />
      {interaction.channel === 'voice' && <NumberField label={t('interaction.conference.number')} value={number.value} checked={checked} onInput={(next) => (number.value = next)} />}
      {problem.value && <Failure problem={problem.value} />}
      <div class="dialog-foot">
        <Button
          tone="primary"
          icon="users-round"
          busy={state === 'pending'}
          disabledReason={reason ? reasonText(reason, banner.view.value.active?.name ?? '') : ready ? null : t('interaction.transfer.chooseFirst')}
          onPress={submit}
          data-submit=""
        >
          {t('interaction.conference.do')}
        </Button>
      </div>
    </div>
  );
}
