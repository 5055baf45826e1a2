/** What rings and what is in hand, under the bar, and everything that opens from them. Loaded after the bar. */
import { useModel } from '@preact/signals';
import { NO_ALERTS } from '../../../lib/models/interaction/alerts.ts';
import { lazyHub } from '../../../lib/models/interaction/lazy-hub.ts';
import { InteractionsModel } from '../../../lib/models/interaction/interactions.ts';
import { RunsModel } from '../../../lib/models/interaction/runs.ts';
import { cardIcons } from '../../ui/card-icons.ts';
import { registerIcons, registerLaterIcons } from '../../ui/icons.ts';
import { laterIcons } from '../../ui/later-icons.ts';
import { t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { OutgoingSurfaces } from '../outgoing/outgoing-surfaces.tsx';
import { Card } from './card.tsx';
import { CardSurfaces } from './card-surfaces.tsx';
import { InteractionsProvider } from './context.ts';
import './interaction.css';
import { Offer } from './offer.tsx';
import { PoolSurface } from './pool.tsx';
import { useRinging } from './ringing.ts';
import { announcement, newText, runTold, whoIs } from './words.ts';

registerLaterIcons(laterIcons);
registerIcons(cardIcons);

export function Strips() {
  const { banner, alerts = NO_ALERTS } = useParts();
  const model = useModel(() => new InteractionsModel(banner, { hub: lazyHub(banner), alerts, visible: () => document.visibilityState === 'visible' }));
  useModel(() => new RunsModel(banner, alerts, runTold));
  useRinging(model);
  const [offer] = model.ringing.value;
  const card = model.card.value;
  const said = model.announced.value;
  const wrote = model.wrote.value;
  return (
    <InteractionsProvider value={model}>
      {offer && <Offer key={offer.interaction.id} decided={offer} others={model.ringing.value.length - 1} />}
      {card && <Card decided={card} />}
      <div class="sr" role="status" aria-live="polite">
        {said && <span key={said.id}>{announcement(said)}</span>}
        {wrote && <span key={`${wrote.id} ${wrote.unread}`}>{t('interaction.wrote', whoIs(wrote), newText(wrote))}</span>}
      </div>
      <CardSurfaces />
      <OutgoingSurfaces />
      <PoolSurface />
    </InteractionsProvider>
  );
}
