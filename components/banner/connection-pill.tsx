/** How sure all this is: the state of the link. */
import { Icon } from '../ui/icon.tsx';
import { t } from '../ui/text.ts';
import { anchorOf } from './anchor.ts';
import { useParts } from './context.ts';
import { LINK_ICON, linkOf, linkText } from './link.ts';

export function ConnectionPill() {
  const { banner } = useParts();
  const { state, profile } = banner.view.value;
  if (!state) return null;
  const link = linkOf(state, profile === 'expired');
  const turning = link === 'checking' || link === 'reconnecting';
  return (
    <button
      type="button"
      class={`pill ${link}`}
      style={`anchor-name: ${anchorOf('connection')}`}
      data-item
      data-control="core.connection"
      data-state={link}
      data-opens="connection"
      data-tip={t('connection.title')}
      data-why={t(`connection.sentence.${link}`)}
      aria-haspopup="dialog"
      aria-expanded={banner.surface.value === 'connection'}
      onClick={() => banner.toggle('connection')}
    >
      <Icon name={LINK_ICON[link]} size={15} class={turning ? 'spin' : ''} />
      <span class="sr">{t('connection.title')}</span> <span class="label">{linkText(link, state)}</span>
    </button>
  );
}
