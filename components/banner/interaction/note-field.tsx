/** The note, saved by itself. */
import { useModel } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { InteractionView } from '../../../lib/api/interaction.ts';
import { NoteModel } from '../../../lib/models/interaction/note.ts';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { useParts } from '../context.ts';
import { problemText } from '../words.ts';
import { isPreview } from './choice-list.tsx';
import { useInteractions } from './context.ts';

export function NoteField({ interaction }: { interaction: Pick<InteractionView, 'id' | 'note'> }) {
  const { banner } = useParts();
  const { hub } = useInteractions();
  const id = useId();
  const note = useModel(() => new NoteModel(interaction.id, interaction.note, hub, banner.clock));
  useEffect(() => note.take(interaction.note), [interaction.note]);
  // What was typed last is not lost with the panel.
  useEffect(() => () => void note.save(), []);
  const state = note.state.value;
  const failed = typeof state === 'object' ? state.failed : null;
  return (
    <div class="form-line note-field" data-note={failed ? 'failed' : (state as string)}>
      <label for={id}>{t('interaction.note.label')}</label>
      <textarea
        id={id}
        class="field"
        rows={3}
        maxLength={4000}
        placeholder={t('interaction.note.placeholder')}
        value={note.text.value}
        onInput={({ currentTarget }) => note.type(currentTarget.value)}
        onBlur={() => note.save()}
      />
      <p class={failed && !isPreview(failed) ? 'wrong' : 'aside'} role="status">
        {failed ? problemText(failed, '') : note.text.value === '' && state === 'saved' ? '' : t(`interaction.note.${state as 'saved'}`)}
        {failed && !isPreview(failed) && (
          <button type="button" class="link" onClick={trusted(() => note.save())}>
            {t('banner.tryAgain')}
          </button>
        )}
      </p>
    </div>
  );
}
