/** What opens from the card, each only while the card has what it is about. */
import type { ComponentChildren } from 'preact';
import type { Surface as SurfaceName } from '../../../lib/models/banner.ts';
import { controls } from '../../../lib/catalogue/index.ts';
import type { TransferWay } from '../../../lib/interaction/machine.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { Surface } from '../surface.tsx';
import { Conference } from './conference.tsx';
import { useInteractions } from './context.ts';
import { Details } from './details.tsx';
import { InteractionsMenu } from './interactions-menu.tsx';
import { Mailbox } from './mailbox.tsx';
import { Qualify } from './qualify.tsx';
import { TransferMenu } from './transfer-menu.tsx';
import { Transfer } from './transfer.tsx';

const TRANSFERS = controls.filter(({ place }) => place === 'transfer');

export function CardSurfaces() {
  const model = useInteractions();
  const decided = model.card.value;
  if (!decided) return null;
  const { id } = decided.interaction;
  return (
    <>
      <InteractionsMenu />
      <TransferMenu decided={decided} />
      <Surface name="int.open" label={t('interaction.open')} role="region" class="of-card details" focus="textarea" quiet={model.byItself.value}>
        <Details key={id} decided={decided} />
      </Surface>
      {TRANSFERS.map(({ id: control, label }) => (
        <CardDialog key={control} name={control as SurfaceName} anchor="int.transfer" title={t(label)}>
          <Transfer key={id} way={control.slice(control.lastIndexOf('.') + 1) as TransferWay} decided={decided} />
        </CardDialog>
      ))}
      <CardDialog name="int.conference" title={t('control.int.conference')}>
        <Conference key={id} decided={decided} />
      </CardDialog>
      <CardDialog name="int.toMailbox" title={t('control.int.toMailbox')}>
        <Mailbox key={id} decided={decided} />
      </CardDialog>
      <CardDialog name="int.qualify" title={t('control.int.qualify')}>
        <Qualify key={id} decided={decided} />
      </CardDialog>
    </>
  );
}

interface DialogProps {
  readonly name: SurfaceName;
  readonly anchor?: SurfaceName;
  readonly title: string;
  readonly children: ComponentChildren;
}

/** A small dialog beside the button that opened it; of one in "More", beside that. */
export function CardDialog({ name, anchor = name, title, children }: DialogProps) {
  const { banner } = useParts();
  const at = document.querySelector(`[data-opens="${CSS.escape(anchor)}"]`) ? anchor : 'int.more';
  return (
    <Surface name={name} anchor={at} label={title} role="region" class="of-card dialog-surface" focus="input, select, [data-close]">
      <DialogHead title={title} onClose={() => banner.close()} />
      {children}
    </Surface>
  );
}

export function DialogHead({ title, onClose }: { title: string; onClose: () => unknown }) {
  return (
    <div class="panel-head">
      <h2>{title}</h2>
      <button type="button" class="control bare" data-close aria-label={t('panel.close')} onClick={() => onClose()}>
        <Icon name="x" />
      </button>
    </div>
  );
}
