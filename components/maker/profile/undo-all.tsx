import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { Button } from '../../ui/button.tsx';
import { t, tn } from '../../ui/text.ts';
import { useMaker } from '../context.ts';
import { focusSoon } from './focus.ts';

interface Props {
  readonly editor: Editor;
  readonly changed: number;
  /** Returns how to put back what was undone. */
  readonly undo: () => () => void;
}

/** Undoes what is changed on a page of the draft; while there is nothing, it is not there. */
export function UndoAll({ editor, changed, undo }: Props) {
  const { toasts } = useMaker();
  if (!editor.editing.value || changed === 0) return null;
  const press = () => {
    const putBack = undo();
    focusSoon('[data-action="done"]');
    toasts.say({ text: tn('makerSettings.undone', changed), action: { label: t('makerSettings.putBack'), run: putBack } });
  };
  return (
    <Button tone="plain" icon="undo-2" onPress={press}>
      {tn('makerSettings.undoAll', changed)}
    </Button>
  );
}
