/** Whom it is with, as the hub gives it: a shield where it does not give all. */
import type { InteractionView } from '../../../lib/api/interaction.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { whoIs } from './words.ts';

export function CustomerName({ interaction }: { interaction: Pick<InteractionView, 'customer'> }) {
  return (
    <>
      <bdi>{whoIs(interaction)}</bdi>
      {interaction.customer.masked && <Masked />}
    </>
  );
}

export function Masked() {
  return (
    <span class="masked" title={t('interaction.masked')}>
      <Icon name="shield" size={12} />
      <span class="sr">{t('interaction.masked')}</span>
    </span>
  );
}
