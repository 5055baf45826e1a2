/**
 * Numbers as small charts: the day as tiles, its hours as columns, its channels as bars. Drawn by hand: a chart library
 * would be more to load than all of a panel, for two dozen rectangles.
 */
import { useSignal } from '@preact/signals';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import type { Column } from '../../../lib/modules/types.ts';
import { clockTime, t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { problemText } from '../words.ts';
import { choiceText, valueText } from './cell.tsx';
import { usePanel, useReading } from './context.ts';
import { Blank, Failed, Line, Skeleton, TryAgain } from './state.tsx';

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'duration', 'money', 'score']);
const numberIn = ({ values }: ModuleRow, { id }: Column): number => (typeof values[id] === 'number' ? values[id] : 0);
const ofKind = (rows: readonly ModuleRow[], kind: string) => rows.filter(({ values }) => values['of'] === kind);

export function Statistics() {
  const { banner } = useParts();
  const { model, panel } = usePanel();
  const reading = useReading();
  const { list } = model;
  const rows = list.rows.value;
  const problem = list.problem.value;
  const measures = panel.columns.filter(({ type }) => NUMBERS.has(type));
  const shown = useSignal(measures[0]?.id ?? '');
  if (rows === null) return problem ? <Failed problem={problem} again={list.again} /> : <Skeleton lines={6} />;
  const measure = measures.find(({ id }) => id === shown.value);
  const [day] = ofKind(rows, 'day');
  const trouble = problem && (
    <Line tone="wait" icon="cloud-off">
      {problemText(problem, banner.view.value.active?.name ?? '')} <TryAgain again={list.again} />
    </Line>
  );
  if (!measure || !day || measures.every((each) => numberIn(day, each) === 0)) {
    return (
      <>
        {trouble}
        <Blank icon="chart-column" title={t('ui.nothing')} text={t('modulePanel.empty.statistics')} />
      </>
    );
  }
  return (
    <div class="statistics">
      {trouble}
      <fieldset class="tiles">
        <legend class="sr">{t('modulePanel.measure')}</legend>
        {measures.map((each) => (
          <label key={each.id} class="tile">
            <input type="radio" name="measure" class="sr" checked={each.id === measure.id} onChange={() => (shown.value = each.id)} />
            <span>{t(each.label)}</span>
            <strong>{valueText(each, day.values[each.id], reading) || valueText(each, 0, reading)}</strong>
          </label>
        ))}
      </fieldset>
      <Hours rows={ofKind(rows, 'hour')} measure={measure} measures={measures} />
      <Channels rows={ofKind(rows, 'channel')} measure={measure} />
    </div>
  );
}

/** Pixels of the drawing, which is stretched to the width there is. */
const COLUMN = 20;
const GAP = 4;
const HEIGHT = 88;

function Hours({ rows, measure, measures }: { rows: readonly ModuleRow[]; measure: Column; measures: readonly Column[] }) {
  const reading = useReading();
  const sorted = rows.filter(({ values }) => typeof values['at'] === 'number').toSorted((a, b) => Number(a.values['at']) - Number(b.values['at']));
  // The night before the first of it says nothing.
  const first = sorted.findIndex((row) => measures.some((each) => numberIn(row, each) > 0));
  const hours = first < 0 ? [] : sorted.slice(first);
  if (hours.length === 0) return null;
  const most = Math.max(1, ...hours.map((row) => numberIn(row, measure)));
  const width = hours.length * (COLUMN + GAP);
  const textOf = (row: ModuleRow) => t('modulePanel.atHour', clockTime(Number(row.values['at'])), valueText(measure, numberIn(row, measure), reading));
  return (
    <section>
      <h3>{t('modulePanel.byHour', t(measure.label))}</h3>
      <svg class="columns" viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {hours.map((row, at) => {
          const height = (numberIn(row, measure) / most) * HEIGHT;
          return (
            <g key={row.id} data-tip={textOf(row)}>
              <rect class="ground" x={at * (COLUMN + GAP)} y={0} width={COLUMN} height={HEIGHT} />
              <rect class="value" x={at * (COLUMN + GAP)} y={HEIGHT - height} width={COLUMN} height={height} />
            </g>
          );
        })}
      </svg>
      <div class="scale" aria-hidden="true">
        <span>{clockTime(Number(hours[0]!.values['at']))}</span>
        <span>{t('modulePanel.peak', valueText(measure, most, reading))}</span>
        <span>{clockTime(Number(hours.at(-1)!.values['at']))}</span>
      </div>
      <ul class="sr">
        {hours.map((row) => (
          <li key={row.id}>{textOf(row)}</li>
        ))}
      </ul>
    </section>
  );
}

function Channels({ rows, measure }: { rows: readonly ModuleRow[]; measure: Column }) {
  const { panel } = usePanel();
  const reading = useReading();
  const channel = panel.columns.find(({ id }) => id === 'channel');
  if (rows.length === 0 || !channel) return null;
  const most = Math.max(1, ...rows.map((row) => numberIn(row, measure)));
  return (
    <section>
      <h3>{t('modulePanel.byChannel', t(measure.label))}</h3>
      <ul class="bars">
        {rows.map((row) => (
          <li key={row.id}>
            <span>{choiceText(channel, String(row.values['channel'] as string))}</span>
            <span class="bar-ground" aria-hidden="true">
              <span class="bar-value" style={{ inlineSize: `${(numberIn(row, measure) / most) * 100}%` }} />
            </span>
            <span>{valueText(measure, numberIn(row, measure), reading)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
