/** An evaluation that was made: what it came to, and each criterion with its answer, as the grid was then. */
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import type { Criterion } from '../../../lib/catalogue/index.ts';
import { type Answers, areAnswers, type Given, givenTo } from '../../../lib/evaluation/answers.ts';
import { criteriaIn, gridIn } from '../../../lib/evaluation/grid.ts';
import { outcomeOf, sectionScore } from '../../../lib/evaluation/score.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { names, t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { Marks } from './criteria-form.tsx';
import { ScoreMark } from './score-mark.tsx';
import { Line } from './state.tsx';

export function Evaluation({ row: { values } }: { row: ModuleRow }) {
  const { banner } = useParts();
  const grid = gridIn(values);
  if (grid.sections.length === 0) return null;
  const answers: Answers = areAnswers(values['answers']) ? values['answers'] : {};
  const { score, passed, failing } = outcomeOf(grid, answers);
  const today = banner.view.value.resources[String(values['resourceId'] as string)];
  const earlier = today && JSON.stringify(gridIn(today.attributes)) !== JSON.stringify(grid);
  const failed = criteriaIn(grid.sections).filter(({ id }) => failing.includes(id)).map(({ name }) => name);
  return (
    <div class="evaluation">
      <div class="outcome" data-passed={passed}>
        <ScoreMark score={score} tone={passed ? 'good' : 'bad'} passScore={grid.passScore} />
        <strong>{t('modulePanel.grid.scoreOf', formatNumber(score ?? 0), t(`modules.column.passed.${passed ? 'yes' : 'no'}`))}</strong>
        <small>{t('modulePanel.grid.passesFrom', formatNumber(grid.passScore))}</small>
      </div>
      {failed.length > 0 && (
        <Line tone="bad" icon="triangle-alert">
          {t('modulePanel.grid.failedBy', names(failed, 9))}
        </Line>
      )}
      {earlier && <p class="hint">{t('modulePanel.grid.earlier')}</p>}
      {grid.sections.map((section) => {
        const own = sectionScore(section, answers);
        return (
          <section key={section.id} class="criteria-section">
            <h4>
              <bdi>{section.name}</bdi>
              {own !== null && <span class="section-score">{formatNumber(own)}</span>}
            </h4>
            <ul>
              {section.criteria.map((criterion) => (
                <Answered key={criterion.id} criterion={criterion} given={givenTo(answers, criterion.id) ?? {}} failing={failing.includes(criterion.id)} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Answered({ criterion, given: { value = null, comment }, failing }: { criterion: Criterion; given: Given; failing: boolean }) {
  const { id, name, kind, max } = criterion;
  const said =
    value === null ? t('modulePanel.grid.notApplicable') : kind === 'scale' ? t('modulePanel.grid.points', formatNumber(value), formatNumber(max)) : t(value ? 'modulePanel.yes' : 'modulePanel.no');
  return (
    <li class="answered" data-criterion={id} data-failing={failing}>
      <span>
        <bdi>{name}</bdi>
      </span>
      <strong class={failing ? 'failing' : ''}>
        {failing && <Icon name="triangle-alert" size={12} />}
        {said}
      </strong>
      <Marks criterion={criterion} />
      {comment && (
        <p>
          <bdi>{comment}</bdi>
        </p>
      )}
    </li>
  );
}
