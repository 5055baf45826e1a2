/** What was changed of a tab besides its rows: its switch, its order, the one at login; each with its undo. */
import type { Tab } from '../../../lib/catalogue/index.ts';
import type { Configuration } from '../../../lib/models/maker/configuration.ts';
import { IconButton } from '../../ui/button.tsx';
import { t } from '../../ui/text.ts';
import { nameOf } from './words.ts';

interface TabChangesProps {
  readonly tab: Tab;
  readonly model: Configuration;
  readonly editing: boolean;
}

export function TabChanges({ tab, model, editing }: TabChangesProps) {
  const change = model.change.value;
  if (!change) return null;
  const rowName = (id: string | null) => {
    const row = model.rows.value.find((each) => each.id === id);
    return row ? nameOf(row) : t('makerConfiguration.atLogin.none');
  };
  const lines = [
    // The switch stands above, with its own mark.
    change.reordered && { id: 'order', text: t('makerConfiguration.changed.order'), undo: model.undoOrder },
    change.default && { id: 'default', text: t('makerConfiguration.changed.default', rowName(change.default.before)), undo: model.undoDefault },
  ].filter((line) => line !== false && line !== null);
  if (lines.length === 0) return null;
  return (
    <ul class="tab-changes" aria-label={t('makerConfiguration.changed.title', t(tab.label))}>
      {lines.map(({ id, text, undo }) => (
        <li key={id} data-change={id}>
          <span>{text}</span>
          {editing && <IconButton icon="undo-2" tone="plain" label={t('makerConfiguration.undo.this', text)} onPress={undo} />}
        </li>
      ))}
    </ul>
  );
}
