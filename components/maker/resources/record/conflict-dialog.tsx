/** Both sides of a save that came second: what both changed is chosen between, what only one changed is kept. */
import { useSignal } from '@preact/signals';
import type { Held, RecordConflict, RecordForm } from '../../../../lib/models/maker/record-form.ts';
import type { Fields, Meeting, Side } from '../../../../lib/models/maker/record-merge.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { names, t, tn } from '../../../ui/text.ts';

/** How the fields of a record are called, and their values written out. */
export interface FieldWords {
  label(field: string): string;
  value(field: string, value: unknown): string;
}

interface Props<T extends Fields> {
  readonly form: RecordForm<T>;
  readonly conflict: RecordConflict<T>;
  readonly words: FieldWords;
  readonly onSaved: (held: Held<T>) => unknown;
}

export function ConflictDialog<T extends Fields>({ form, conflict: { merge }, words, onSaved }: Props<T>) {
  const chosen = useSignal<ReadonlyMap<string, Side>>(new Map());
  const { meetings, taken } = merge;
  const choose = (field: string, side: Side) => (chosen.value = new Map([...chosen.peek(), [field, side]]));
  const save = () => void form.resolve(chosen.peek()).then((held) => held && onSaved(held));
  return (
    <Dialog
      title={t('makerResources.conflict.title')}
      onClose={form.cancelConflict}
      actions={
        <>
          <Button onPress={form.cancelConflict}>{t('common.cancel')}</Button>
          <Button tone="plain" onPress={form.takeTheirs}>
            {t('makerResources.conflict.dropMine')}
          </Button>
          <Button tone="primary" busy={form.saving.value} onPress={save}>
            {t('makerResources.conflict.save')}
          </Button>
        </>
      }
    >
      <p>{meetings.length > 0 ? tn('makerResources.conflict.both', meetings.length) : t('makerResources.conflict.apart')}</p>
      {meetings.map((meeting) => (
        <Choice key={meeting.field} meeting={meeting} side={chosen.value.get(meeting.field) ?? 'mine'} words={words} choose={choose} />
      ))}
      {taken.length > 0 && <p class="secondary">{t('makerResources.conflict.taken', names(taken.map(words.label), 6))}</p>}
    </Dialog>
  );
}

interface ChoiceProps {
  readonly meeting: Meeting;
  readonly side: Side;
  readonly words: FieldWords;
  readonly choose: (field: string, side: Side) => unknown;
}

function Choice({ meeting, side, words, choose }: ChoiceProps) {
  const { field, base } = meeting;
  return (
    <fieldset class="conflict-choice">
      <legend>{words.label(field)}</legend>
      <p class="secondary">{t('makerResources.conflict.was', words.value(field, base))}</p>
      {(['mine', 'theirs'] as const).map((which) => (
        <label key={which} class="row">
          <input type="radio" name={`conflict-${field}`} checked={side === which} onChange={() => choose(field, which)} />
          <small>{t(`makerResources.conflict.${which}`)}</small>
          <bdi class="grow">{words.value(field, meeting[which])}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
