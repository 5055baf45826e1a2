/** With somebody on the second line: back and forth between the two, and at last handed over or called off. */
import type { Decided } from '../../../lib/models/interaction/interactions.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { reasonText } from '../words.ts';
import { CardButton, cardItems } from './card-controls.tsx';
import { useInteractions } from './context.ts';

const CONTROL = 'int.transfer.assistedQueue';

/** What needs neither of the two on the line. */
const MEANWHILE: ReadonlySet<string> = new Set(['int.qualify', 'int.script', 'int.open']);

export function Consult({ decided }: { decided: Decided }) {
  const parts = useParts();
  const { banner } = parts;
  const { interaction, decisions } = decided;
  const model = useInteractions();
  const consult = interaction.consult!;
  const decision = decisions.of(CONTROL);
  const busy = decision.state === 'pending';
  // Whoever may no longer transfer can still call off what they began: the hub honours it, or says why not.
  const locked = decision.reason ? reasonText(decision.reason, banner.view.value.active?.name ?? '') : null;
  const waits = consult.answered ? null : t('interaction.consult.notAnswered', consult.to);
  const step = (which: 'swap' | 'complete' | 'cancel') => () => void model.act(CONTROL, interaction.id, { step: which });
  return (
    <div class="strip-controls consult" role="group" data-group="controls" data-control={CONTROL} data-state={decision.state} aria-label={t('interaction.consult.title', consult.to)}>
      <Button icon="arrow-left-right" busy={busy} disabledReason={locked ?? waits} onPress={step('swap')} data-step="swap" data-item="" aria-label={t(consult.on === 'consulted' ? 'interaction.consult.toCustomer' : 'interaction.consult.toConsulted', consult.to)}>
        {t('interaction.consult.swap')}
      </Button>
      <Button tone="primary" icon="check" busy={busy} disabledReason={locked ?? waits} onPress={step('complete')} data-step="complete" data-item="">
        {t('interaction.consult.complete')}
      </Button>
      <Button tone="plain" icon="x" busy={busy} onPress={step('cancel')} data-step="cancel" data-item="">
        {t('interaction.consult.cancel')}
      </Button>
      {cardItems(decided, model, parts)
        .filter(({ id }) => MEANWHILE.has(id))
        .map((item) => (
          <CardButton key={item.id} item={item} labelled={parts.layout.value === 'list'} />
        ))}
    </div>
  );
}
