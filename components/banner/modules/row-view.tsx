/** A row that is opened: everything it says, and everything that may be done with it. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { nameOfRow } from '../../../lib/models/modules/deeds.ts';
import type { Offer } from '../../../lib/models/modules/offers.ts';
import { t } from '../../ui/text.ts';
import { useParts } from '../context.ts';
import { problemText } from '../words.ts';
import { Cell, valueText } from './cell.tsx';
import { usePanel, useReading } from './context.ts';
import { Conversation } from './conversation.tsx';
import { CustomDeeds } from './custom-deeds.tsx';
import { DeedButton } from './deed-button.tsx';
import { Evaluation } from './evaluation.tsx';
import { Player } from './player.tsx';
import { Script } from './script.tsx';
import { Line, Skeleton, TryAgain } from './state.tsx';
import type { Panel } from '../../../lib/modules/types.ts';
import { stateText } from './words.ts';

/** Its rows are read as messages and answered, not as facts and changed. */
const isTalk = ({ verbs }: Panel): boolean => verbs.some(({ does }) => does === 'write');

export function RowView({ row }: { row: ModuleRow }) {
  const { model, panel } = usePanel();
  const heading = useRef<HTMLHeadingElement>(null);
  // At once: what the keyboard was on is inert by now, and a key pressed meanwhile would be nobody's.
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), [row.id]);
  const offers = model.offersOfRow.value(row);
  const talk = isTalk(panel);
  return (
    <div class="row-view" data-opened={row.id}>
      <h3 ref={heading} tabIndex={-1}>
        {nameOfRow(panel, row) || t('modulePanel.noName')}
      </h3>
      <Trouble id={row.id} />
      {panel.plays && <Player row={row} />}
      {!talk && <Deeds offers={offers} row={row} />}
      <CustomDeeds row={row} />
      <Facts row={row} talk={talk} />
      {panel.module === 'mod.evaluations' && <Evaluation row={row} />}
      {panel.module === 'mod.scripts' && <Script row={row} />}
      {talk && <Conversation row={row} offers={offers} />}
    </div>
  );
}

/** What only the details say could not be read: what the list says of it is shown. */
function Trouble({ id }: { id: string }) {
  const { banner } = useParts();
  const { model } = usePanel();
  const problem = model.detailProblem.value;
  if (!problem) return null;
  return (
    <Line tone="wait" icon="cloud-off">
      {problemText(problem, banner.view.value.active?.name ?? '')} <TryAgain again={() => model.readDetails(id)} />
    </Line>
  );
}

function Deeds({ offers, row }: { offers: readonly Offer[]; row: ModuleRow }) {
  const { banner } = useParts();
  if (offers.length === 0) return null;
  const profile = banner.view.value.active?.name ?? '';
  const why = new Set(offers.map((offer) => stateText(offer, profile)).filter(Boolean));
  return (
    <div class="deeds" role="group" aria-label={t('modulePanel.actions')}>
      {offers.map((offer) => (
        <DeedButton key={offer.verb.label ?? offer.verb.control} offer={offer} rows={[row]} />
      ))}
      {[...why].map((text) => (
        <p key={text} class="why-locked">
          {text}
        </p>
      ))}
    </div>
  );
}

/** Columns that a part of its own draws. */
function drawnElsewhere({ module }: Panel, { values }: ModuleRow): readonly string[] {
  if (module === 'mod.scripts') return ['text'];
  return module === 'mod.evaluations' && values['sections'] !== undefined ? ['score', 'passed'] : [];
}

function Facts({ row, talk }: { row: ModuleRow; talk: boolean }) {
  const { model, panel } = usePanel();
  const reading = useReading();
  const drawn = talk ? panel.columns.filter(({ id }) => id !== 'topic').map(({ id }) => id) : drawnElsewhere(panel, row);
  const told = panel.columns.slice(1).filter(({ id }) => !drawn.includes(id));
  const said = told.filter((column) => valueText(column, row.values[column.id], reading) !== '');
  const waits = !model.detailed.value && model.detailProblem.value === null && panel.columns.some(({ detail }) => detail);
  return (
    <>
      <dl class="facts">
        {said.filter(({ type }) => type !== 'longText').map((column) => (
          <div key={column.id} data-column={column.id}>
            <dt>{t(column.label)}</dt>
            <dd>
              <Cell column={column} row={row} reading={reading} />
            </dd>
          </div>
        ))}
      </dl>
      {said.filter(({ type }) => type === 'longText').map((column) => (
        <section key={column.id} class="long" data-column={column.id}>
          <h4>{t(column.label)}</h4>
          <p dir="auto">{String(row.values[column.id] as string)}</p>
        </section>
      ))}
      {waits && <Skeleton lines={3} />}
    </>
  );
}
