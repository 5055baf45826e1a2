/** What publishing does, beside the form; where there is no room a sheet at the foot of the page that opens over it. */
import { useSignal } from '@preact/signals';
import { isEmptyDiff } from '../../../lib/profile/diff.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { Icon } from '../../ui/icon.tsx';
import { t, tn } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { EffectPanel } from '../publish/effect-panel.tsx';
import { changeCount } from './words.ts';

export function EffectColumn({ editor }: { editor: Editor }) {
  const open = useSignal(false);
  const changes = editor.changes.value;
  return (
    <div class="effect-column" data-open={open.value}>
      <button
        type="button"
        class="effect-handle"
        aria-expanded={open.value}
        aria-controls="effect-sheet"
        onClick={trusted(() => (open.value = !open.peek()))}
      >
        <Icon name={open.value ? 'chevron-down' : 'chevron-up'} size={16} />
        <span class="grow">{t('makerPublish.title')}</span>
        {!isEmptyDiff(changes) && <span class="draft">{tn('makerProfile.draft', changeCount(changes))}</span>}
      </button>
      <div
        class="effect-sheet"
        id="effect-sheet"
        role="group"
        aria-label={t('makerPublish.title')}
      >
        <EffectPanel editor={editor} />
      </div>
    </div>
  );
}
