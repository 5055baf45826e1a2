import type { Tab } from '../../../lib/catalogue/index.ts';
import type { Configuration } from '../../../lib/models/maker/configuration.ts';
import { useMaker } from '../context.ts';
import { PersonScores } from './person-scores.tsx';
import { nameOf } from './words.ts';

interface QueueScoresProps {
  readonly profileId: string;
  readonly tab: Tab;
  readonly model: Configuration;
  /** Its id. */
  readonly row: string;
  readonly editing: boolean;
  readonly onClose: () => unknown;
}

/** The scores of a row by person, for the people who have the profile now. */
export function QueueScores({ profileId, tab, model, row: id, editing, onClose }: QueueScoresProps) {
  const { queries } = useMaker();
  const assigned = queries.read('listAssignments', { params: { id: profileId } });
  const row = model.rows.value.find((each) => each.id === id);
  const field = tab.attributes.find(({ type }) => type === 'scores');
  if (!row || field?.type !== 'scores') return null;
  return (
    <PersonScores
      queue={nameOf(row)}
      scores={(row.values[field.id] ?? field.default) as Readonly<Record<string, number>>}
      assigned={assigned}
      editing={editing && row.mark !== 'removed'}
      min={field.min}
      max={field.max}
      onChange={(scores) => model.set(id, field.id, scores)}
      onClose={onClose}
    />
  );
}
