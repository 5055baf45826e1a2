/** The caller goes to one of the profile's mailboxes. */
import { useSignal } from '@preact/signals';
import type { Problem } from '../../../lib/api/problem.ts';
import { rowsOf } from '../../../lib/catalogue/index.ts';
import type { Decided } from '../../../lib/models/interaction/interactions.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { reasonText } from '../words.ts';
import { ChoiceList, Failure } from './choice-list.tsx';
import { useInteractions } from './context.ts';

const CONTROL = 'int.toMailbox';

export function Mailbox({ decided: { interaction, decisions } }: { decided: Decided }) {
  const { banner } = useParts();
  const model = useInteractions();
  const { active } = banner.view.value;
  const problem = useSignal<Problem | null>(null);
  const boxes = active ? rowsOf(active.document, 'voiceMailboxes').flatMap(({ id }) => active.resources[id] ?? []) : [];
  const chosen = useSignal<string | null>(null);
  const mailboxId = chosen.value ?? (boxes.length === 1 ? boxes[0]!.id : null);
  const { reason, state } = decisions.of(CONTROL);
  const submit = async () => {
    const close = banner.closer();
    problem.value = await model.act(CONTROL, interaction.id, { mailboxId }, true);
    if (problem.value === null) close();
  };
  return (
    <div class="dialog-body">
      <p class="hint">{t('interaction.mailbox.about')}</p>
      <ChoiceList
        label={t('control.int.toMailbox')}
        choices={boxes.map(({ id, name }) => ({ id, name }))}
        empty={t('reason.resource.voiceMailboxes')}
        value={mailboxId}
        onChoose={(id) => (chosen.value = id)}
      />
      {problem.value && <Failure problem={problem.value} />}
      <div class="dialog-foot">
        <Button
          tone="primary"
          icon="voicemail"
          busy={state === 'pending'}
          disabledReason={reason ? reasonText(reason, active?.name ?? '') : mailboxId ? null : t('interaction.transfer.chooseFirst')}
          onPress={submit}
          data-submit=""
        >
          {t('interaction.mailbox.do')}
        </Button>
      </div>
    </div>
  );
}
