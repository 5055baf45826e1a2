/** A row in the list: its name and what matters of it, which open it, and beside them what is done with it most. */
import type { ModuleRow } from '../../../lib/api/routes-modules.ts';
import { nameOfRow } from '../../../lib/models/modules/deeds.ts';
import { Icon } from '../../ui/icon.tsx';
import { t } from '../../ui/text.ts';
import { trusted } from '../../ui/trusted.ts';
import { saysSomething, SmallCell } from './cell.tsx';
import { usePanel, useReading } from './context.ts';
import { DeedButton } from './deed-button.tsx';

/** More would leave no room for the name: the others stand where the row is opened. */
const MOST_DEEDS = 2;
const MOST_CELLS = 4;

interface Props {
  readonly row: ModuleRow;
  /** The one the keyboard comes to. */
  readonly stop: boolean;
  readonly onOpen: (id: string) => void;
}

export function RowLine({ row, stop, onOpen }: Props) {
  const { model, panel } = usePanel();
  const busy = model.deeds.pending.value.has(row.id);
  const tabIndex = stop ? 0 : -1;
  return (
    <>
      {model.chooses.value && (
        <input
          type="checkbox"
          tabIndex={tabIndex}
          aria-label={t('ui.choose', nameOfRow(panel, row))}
          checked={model.chosen.value.has(row.id)}
          onChange={({ currentTarget }) => model.choose(row.id, currentTarget.checked)}
        />
      )}
      <button type="button" class="line-open" aria-busy={busy || undefined} tabIndex={tabIndex} onClick={() => onOpen(row.id)}>
        <strong dir="auto">{nameOfRow(panel, row) || t('modulePanel.noName')}</strong>
        <small>
          <Facts row={row} />
        </small>
      </button>
      <span class="line-deeds">
        <Deeds row={row} tabIndex={tabIndex} onOpen={onOpen} />
      </span>
    </>
  );
}

function Facts({ row }: { row: ModuleRow }) {
  const { panel } = usePanel();
  const reading = useReading();
  const said = panel.columns.slice(1).filter((column) => !column.detail && saysSomething(column, row)).slice(0, MOST_CELLS);
  return (
    <>
      {said.map((column, at) => (
        <>
          {at > 0 && ' · '}
          <SmallCell key={column.id} column={column} row={row} reading={reading} />
        </>
      ))}
    </>
  );
}

function Deeds({ row, tabIndex, onOpen }: { row: ModuleRow; tabIndex: number; onOpen: (id: string) => void }) {
  const { model, panel } = usePanel();
  const offers = model.offersOfRow.value(row);
  const play = () => {
    onOpen(row.id);
    void model.sounds.play(row.id);
  };
  return (
    <>
      {panel.plays && (
        <button type="button" class="icon-button" data-play={row.id} tabIndex={tabIndex} aria-label={t('modulePanel.play', nameOfRow(panel, row))} data-tip={t('modulePanel.playShort')} onClick={trusted(play)}>
          <Icon name="play" size={16} />
        </button>
      )}
      {offers.slice(0, MOST_DEEDS).map((offer) => (
        <DeedButton key={offer.verb.label ?? offer.verb.control} offer={offer} rows={[row]} bare tabIndex={tabIndex} />
      ))}
    </>
  );
}
