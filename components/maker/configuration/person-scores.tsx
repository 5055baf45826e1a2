/** The scores that people of the profile have in one queue, other than the one they have everywhere. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Read } from '../../../lib/console/queries.ts';
import type { Assignment } from '../../../lib/models/maker/configuration-people.ts';
import { finder } from '../../../lib/search.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberField } from '../../ui/fields.tsx';
import { SearchBox } from '../../ui/search.tsx';
import { Failed, Loading } from '../../ui/states.tsx';
import { t, tn } from '../../ui/text.ts';
import { VirtualList } from '../../ui/virtual-list.tsx';

type Scores = Readonly<Record<string, number>>;

type Scored = Pick<Assignment, 'personId' | 'name' | 'email' | 'score'>;

interface PersonScoresProps {
  readonly queue: string;
  readonly scores: Scores;
  readonly assigned: Pick<Read<{ readonly assignments: readonly Scored[] }>, 'data' | 'problem' | 'refresh'>;
  readonly editing: boolean;
  readonly min: number;
  readonly max: number;
  readonly onChange: (scores: Scores) => unknown;
  readonly onClose: () => unknown;
}

interface Line {
  readonly id: string;
  /** Null for who has a score here and the profile no more. */
  readonly person: Scored | null;
}

const ROW = 48;

export function PersonScores({ queue, scores, assigned, editing, min, max, onChange, onClose }: PersonScoresProps) {
  const people = assigned.data.value?.assignments ?? null;
  const search = useSignal('');
  const lines = useMemo(() => {
    if (people === null) return [];
    const here = new Set(people.map(({ personId }) => personId));
    const lost = Object.keys(scores).filter((id) => !here.has(id)).map((id): Line => ({ id, person: null }));
    return [...people.map((person): Line => ({ id: person.personId, person })), ...lost];
  }, [people, scores]);
  const finds = finder(search.value);
  const found = lines.filter(({ person }) => finds(person?.name, person?.email));
  const set = (id: string, score: number | null) => {
    const { [id]: _, ...rest } = scores;
    onChange(score === null ? rest : { ...rest, [id]: score });
  };
  const count = Object.keys(scores).length;
  return (
    <Dialog
      title={t('makerConfiguration.scores.title', queue)}
      onClose={onClose}
      actions={
        <>
          <span class="counted" role="status">
            {tn('makerConfiguration.scores.count', count)}
          </span>
          {editing && count > 0 && <Button onPress={() => onChange({})}>{t('makerConfiguration.scores.clear')}</Button>}
          <Button tone="primary" onPress={onClose}>
            {t('ui.close')}
          </Button>
        </>
      }
    >
      <div class="person-scores">
        <p class="secondary">{t('makerConfiguration.scores.text')}</p>
        {people === null ? (
          assigned.problem.value ? <Failed problem={assigned.problem.value} retry={assigned.refresh} /> : <Loading label={t('ui.loading')} />
        ) : lines.length === 0 ? (
          <p class="nothing">{t('makerConfiguration.scores.nobody')}</p>
        ) : (
          <>
            <SearchBox label={t('makerConfiguration.scores.search')} value={search.value} found={found.length} onInput={(typed) => (search.value = typed)} />
            <VirtualList
              label={t('makerConfiguration.scores.title', queue)}
              items={found}
              rowHeight={ROW}
              itemKey={({ id }) => id}
              render={({ id, person }) => (
                <ScoreLine person={person} score={scores[id] ?? null} editing={editing} min={min} max={max} onChange={(score) => set(id, score)} />
              )}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}

interface ScoreLineProps {
  readonly person: Line['person'];
  readonly score: number | null;
  readonly editing: boolean;
  readonly min: number;
  readonly max: number;
  readonly onChange: (score: number | null) => unknown;
}

function ScoreLine({ person, score, editing, min, max, onChange }: ScoreLineProps) {
  const name = person?.name ?? t('makerConfiguration.scores.lost');
  return (
    <div class="score-line" data-own={score !== null}>
      <span class="grow">
        {name}
        {person && <small>{person.email}</small>}
      </span>
      {person && score === null && <Badge>{t('makerConfiguration.scores.usual', person.score)}</Badge>}
      {editing && person ? (
        <NumberField label={t('makerConfiguration.scores.of', name)} labelHidden value={score} min={min} max={max} nullable onChange={onChange} />
      ) : (
        <span>{score ?? ''}</span>
      )}
      {editing && score !== null && (
        <IconButton icon="x" tone="plain" label={t('makerConfiguration.scores.remove', name)} onPress={() => onChange(null)} />
      )}
    </div>
  );
}
