/** What came of it: one of its queue's words for that or, where the queue has none, of the campaigns', or one's own. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Problem } from '../../../lib/api/problem.ts';
import { dispositionsOf } from '../../../lib/models/interaction/dispositions.ts';
import type { Decided } from '../../../lib/models/interaction/interactions.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { reasonText } from '../words.ts';
import { ChoiceList, Failure } from './choice-list.tsx';
import { useInteractions } from './context.ts';

const CONTROL = 'int.qualify';

export function Qualify({ decided: { interaction, decisions } }: { decided: Decided }) {
  const { banner } = useParts();
  const model = useInteractions();
  const id = useId();
  const { active } = banner.view.value;
  const text = useSignal(interaction.qualification ?? '');
  const problem = useSignal<Problem | null>(null);
  const known = active ? dispositionsOf(active.document, active.resources, interaction) : [];
  const { reason, state } = decisions.of(CONTROL);
  const submit = async () => {
    const close = banner.closer();
    problem.value = await model.act(CONTROL, interaction.id, { qualification: text.value.trim() }, true);
    if (problem.value === null) close();
  };
  return (
    <form
      class="dialog-body"
      onSubmit={(event) => {
        event.preventDefault();
        if (event.isTrusted && text.value.trim() !== '' && !reason) void submit();
      }}
    >
      {known.length > 0 && (
        <ChoiceList
          label={t('interaction.qualify.choose')}
          choices={known.map((name) => ({ id: name, name }))}
          empty=""
          value={known.includes(text.value) ? text.value : null}
          onChoose={(name) => (text.value = name)}
        />
      )}
      <div class="form-line">
        <label for={id}>{t(known.length > 0 ? 'interaction.qualify.own' : 'interaction.qualify.text')}</label>
        <input id={id} class="field" maxLength={200} autocomplete="off" value={text.value} onInput={({ currentTarget }) => (text.value = currentTarget.value)} />
      </div>
      {problem.value && <Failure problem={problem.value} />}
      <div class="dialog-foot">
        <Button
          type="submit"
          tone="primary"
          icon="check"
          busy={state === 'pending'}
          disabledReason={reason ? reasonText(reason, active?.name ?? '') : text.value.trim() === '' ? t('interaction.qualify.first') : null}
          data-submit=""
        >
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}
