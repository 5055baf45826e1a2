/** Asks before a profile is taken from people: it takes effect at once, and some may be left without any. */
import type { Assignee } from '../../../lib/models/maker/configuration-people.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { Note } from '../../ui/states.tsx';
import { names, t, tn } from '../../ui/text.ts';

interface RemovePeopleProps {
  readonly people: readonly Assignee[];
  readonly onConfirm: (people: readonly Assignee[]) => unknown;
  readonly onClose: () => unknown;
}

/** Most names that are written out. */
const MOST_NAMES = 8;

export function RemovePeople({ people, onConfirm, onClose }: RemovePeopleProps) {
  const left = people.filter(({ only }) => only === true).map(({ name }) => name);
  const unknown = people.some(({ only }) => only === null);
  const [first] = people;
  return (
    <Confirm
      title={people.length === 1 ? t('makerConfiguration.people.takeTitle', first!.name) : tn('makerConfiguration.people.takeTitleMany', people.length)}
      text={t('makerConfiguration.people.takeText')}
      action={t('makerConfiguration.people.take')}
      tone="danger"
      onConfirm={() => onConfirm(people)}
      onClose={onClose}
    >
      {left.length > 0 && <Note tone="warn">{tn('makerConfiguration.people.left', left.length, names(left, MOST_NAMES))}</Note>}
      {unknown && <Note tone="warn">{t('makerConfiguration.people.leftUnknown')}</Note>}
    </Confirm>
  );
}
