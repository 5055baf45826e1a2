/** Plays the sound of a row: its bytes come when they are asked for, and are gone once the row is closed. */
import { nameOfRow } from '../../../lib/models/modules/deeds.ts';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { problemText } from '../words.ts';
import { usePanel } from './context.ts';

export function Player({ row }: { row: ModuleRow }) {
  const { banner } = useParts();
  const { model, panel } = usePanel();
  const sound = model.sounds.sound.value;
  const own = sound?.id === row.id ? sound : null;
  const name = nameOfRow(panel, row);
  if (own?.state === 'ready') {
    return (
      <div class="player">
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a recorded call has none */}
        <audio controls autoplay src={own.address} aria-label={t('modulePanel.sound', name)} />
      </div>
    );
  }
  const loading = own?.state === 'loading';
  return (
    <div class="player">
      <button type="button" class="button primary" data-play={row.id} aria-busy={loading || undefined} onClick={trusted(() => !loading && model.sounds.play(row.id))}>
        <Icon name={loading ? 'loader-circle' : 'play'} size={16} class={loading ? 'spin' : ''} />
        <span class="label">{t(loading ? 'modulePanel.fetching' : 'modulePanel.playShort')}</span>
      </button>
      {own?.state === 'failed' && (
        <p class="wrong" role="alert">
          {problemText(own.problem, banner.view.value.active?.name ?? '')}
        </p>
      )}
    </div>
  );
}
