/** Back to reading; the draft stays. To begin to edit is among what can be done with the profile, in its header. */
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/text.ts';

export function DoneButton({ editor }: { editor: Editor }) {
  if (!editor.editing.value) return null;
  return (
    <Button icon="check" data-action="done" onPress={() => (editor.editing.value = false)}>
      {t('makerProfile.done')}
    </Button>
  );
}
