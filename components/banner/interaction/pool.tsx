/** What waits in the queues of the profile, to take from. Who asks first has it. */
import { useSignal } from '@preact/signals';
import type { Problem } from '../../../lib/api/problem.ts';
import type { Waiting } from '../../../lib/api/routes-interactions.ts';
import { CHANNELS, type Channel, controlById } from '../../../lib/catalogue/index.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { isoSpan, span, t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { Surface } from '../surface.tsx';
import { problemText, reasonText } from '../words.ts';
import { DialogHead } from './card-surfaces.tsx';
import { Failure } from './choice-list.tsx';
import { useInteractions } from './context.ts';
import { usePolled } from './use-polled.ts';

export function PoolSurface() {
  const { banner } = useParts();
  const open = CHANNELS.find((channel) => banner.surface.value === `pool.${channel}`);
  if (!open) return null;
  const name = `pool.${open}` as const;
  const title = t(controlById.get(name)!.label);
  return (
    <Surface key={name} name={name} anchor={document.querySelector(`[data-opens="${name}"]`) ? name : 'more'} label={title} role="region" class="pool dialog-surface" focus="[data-take], [data-close]">
      <DialogHead title={title} onClose={() => banner.close()} />
      <Pool channel={open} />
    </Surface>
  );
}

function Pool({ channel }: { channel: Channel }) {
  const { banner } = useParts();
  const model = useInteractions();
  const read = usePolled(() => model.hub.pool(channel));
  const problem = useSignal<Problem | null>(null);
  const control = `pool.${channel}` as const;
  const decision = banner.view.value.decisions.of(control);
  const locked = decision.reason ? reasonText(decision.reason, banner.view.value.active?.name ?? '') : null;
  const take = async ({ id }: Waiting) => {
    const close = banner.closer();
    problem.value = await model.act(control, id, {}, true);
    if (problem.value === null) close();
    else void read.refresh();
  };
  return (
    <div class="dialog-body">
      {problem.value && (
        <p class={problem.value.code === 'interaction.taken' ? 'notice' : 'trouble'} role="alert" data-problem={problem.value.code}>
          {problemText(problem.value, banner.view.value.active?.name ?? '')}
        </p>
      )}
      {locked && <p class="hint">{locked}</p>}
      {read.value === null && read.problem === null && <p class="hint" role="status">{t('interaction.reading')}</p>}
      {read.problem && <Failure problem={read.problem} retry={read.refresh} />}
      {read.value?.waiting.length === 0 && (
        <p class="hint" data-empty>
          {t(`interaction.pool.empty.${channel}`)}
        </p>
      )}
      <ul>
        {read.value?.waiting.map((each) => (
          <li class="row" key={each.id} data-waiting={each.id}>
            <span class="grow">
              <bdi>{each.customer || t('interaction.unknown')}</bdi>
              <small>{[each.queue.name, each.subject].filter(Boolean).join(' · ')}</small>
            </span>
            <Waited since={each.offeredAt} />
            <Button busy={model.asking.value.has(`${control} ${each.id}`)} disabledReason={locked} onPress={() => take(each)} data-take={each.id}>
              {t('interaction.pool.take')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Waited({ since }: { since: number }) {
  const waited = useParts().banner.hubNow.value - since;
  return (
    <time class="timer" dateTime={isoSpan(waited)}>
      <Icon name="timer" size={12} /> {span(waited)}
    </time>
  );
}
