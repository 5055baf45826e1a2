/** What is in hand, to choose what the card shows. */
import { newIn } from '../../../lib/models/interaction/interactions.ts';
import { Icon } from '../../ui/icon.tsx';
import { span, t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { Surface } from '../surface.tsx';
import { useInteractions } from './context.ts';
import { CHANNEL_ICON, newText, stateWords, whoIs } from './words.ts';

export function InteractionsMenu() {
  const { banner } = useParts();
  const model = useInteractions();
  if (banner.surface.value !== 'interactions') return null;
  const shown = model.shown.value?.id;
  return (
    <Surface name="interactions" role="menu" label={t('interaction.inHand')} focus="[aria-checked=true]" class="of-card in-hand">
      {model.inHand.value.map((each) => {
        const unread = model.unread.value.has(each.id);
        const words = stateWords(each);
        return (
          <button
            type="button"
            role="menuitemradio"
            class="row"
            key={each.id}
            data-interaction-choice={each.id}
            aria-checked={each.id === shown}
            onClick={() => {
              model.choose(each.id);
              void banner.close();
            }}
          >
            <Icon name={CHANNEL_ICON[each.channel]} size={16} />
            <span class="grow">
              <bdi>{whoIs(each)}</bdi>
              <small>{[words?.text ?? t('interaction.state.live'), each.subject || each.queue?.name].filter(Boolean).join(' · ')}</small>
            </span>
            <time class="timer">{span(banner.hubNow.value - each.since)}</time>
            {newIn(each) > 0 ? (
              <span class="count unread" data-new={newIn(each)}>
                <span aria-hidden="true">{newIn(each)}</span>
                <span class="sr">{newText(each)}</span>
              </span>
            ) : unread ? (
              <span class="unread-dot">
                <span class="sr">{t('interaction.unread')}</span>
              </span>
            ) : (
              <Icon name="check" size={16} class={each.id === shown ? '' : 'invisible'} />
            )}
          </button>
        );
      })}
    </Surface>
  );
}
