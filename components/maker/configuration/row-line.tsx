/** One row of a tab: chosen, read, changed, moved, taken out and brought back. */
import type { ComponentChildren } from 'preact';
import type { Field, Tab } from '../../../lib/catalogue/index.ts';
import type { Configuration } from '../../../lib/models/maker/configuration.ts';
import type { RowView } from '../../../lib/models/maker/configuration-rows.ts';
import { IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { memo } from '../../ui/memo.ts';
import { t } from '../../ui/text.ts';
import { AttributeCell } from './cells.tsx';
import type { AttributeColumn } from './columns.ts';
import { RowName } from './facts.tsx';
import { blockedText, nameOf } from './words.ts';

export interface RowHands {
  readonly onFocus: (row: RowView) => unknown;
  readonly onGrip: (event: PointerEvent, index: number) => unknown;
  readonly onStep: (row: RowView, by: -1 | 1) => unknown;
  readonly onRemove: (row: RowView) => unknown;
  readonly onUndo: (row: RowView) => unknown;
  readonly onOpenScores: (row: RowView) => unknown;
}

export interface RowLineProps extends RowHands {
  readonly tab: Tab;
  readonly model: Configuration;
  readonly row: RowView;
  readonly index: number;
  /** In pixels, from the start of the list. */
  readonly top: number;
  readonly columns: readonly AttributeColumn[];
  readonly editing: boolean;
  readonly cards: boolean;
  /** Has the keyboard, or would. */
  readonly active: boolean;
  readonly dragged: boolean;
  /** It may be moved among the others now. */
  readonly orders: boolean;
  readonly last: boolean;
}

export const RowLine = memo(Drawn);

function Drawn(props: RowLineProps) {
  const { tab, model, row, editing, cards } = props;
  const removed = row.mark === 'removed';
  const chosen = editing && model.selected.value.has(row.id);
  const off = tab.switched && model.content.value.enabled !== true;
  return (
    <div
      class="line"
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={editing ? chosen : undefined}
      aria-keyshortcuts={props.orders ? 'Alt+ArrowUp Alt+ArrowDown' : undefined}
      tabIndex={props.active ? 0 : -1}
      data-key={row.id}
      data-mark={row.mark ?? undefined}
      data-off={off || undefined}
      data-dragged={props.dragged || undefined}
      style={{ translate: `0 ${props.top}px` }}
      onFocus={() => props.onFocus(row)}
      onFocusIn={() => props.onFocus(row)}
    >
      {editing && tab.ordered && <Grip {...props} />}
      {editing && (
        <div class="cell box" role="gridcell">
          {!removed && (
            <input type="checkbox" checked={chosen} aria-label={t('ui.choose', nameOf(row))} onChange={() => model.toggle(row.id)} />
          )}
        </div>
      )}
      <div class="cell name-cell" role="gridcell">
        <RowName tab={tab} row={row} />
      </div>
      <Grouped cards={cards}>
        {props.columns.map((column) => (
          <Attribute key={column.field.id} {...props} column={column} />
        ))}
        {tab.choosesDefault && <AtLogin model={model} row={row} editing={editing} cards={cards} />}
      </Grouped>
      <Actions {...props} />
    </div>
  );
}

/** On a card the attributes stand together below the name. */
const Grouped = ({ cards, children }: { cards: boolean; children: ComponentChildren }) =>
  cards ? (
    <div class="values" role="presentation">
      {children}
    </div>
  ) : (
    <>{children}</>
  );

function Attribute({ model, row, editing, cards, column, onOpenScores }: RowLineProps & { column: AttributeColumn }) {
  const cell = (field: Field) => (
    <AttributeCell
      field={field}
      row={row}
      editing={editing}
      reason={blockedText(model.blocked(field, row))}
      onChange={(value) => model.set(row.id, field.id, value)}
      onOpen={() => onOpenScores(row)}
    />
  );
  return (
    <div class="cell middle" role="gridcell">
      {cards && (
        <span class="label" aria-hidden="true">
          {t(column.field.label)}
        </span>
      )}
      {cell(column.field)}
      {column.score && cell(column.score)}
    </div>
  );
}

function Grip({ row, index, orders, onGrip }: RowLineProps) {
  return (
    <div class="cell box" role="gridcell">
      {row.mark !== 'removed' && (
        <span
          class="grip"
          data-off={!orders || undefined}
          data-tip={t(orders ? 'makerConfiguration.grip' : 'makerConfiguration.blocked.partly')}
          aria-hidden="true"
          onPointerDown={(event) => orders && onGrip(event, index)}
        >
          <Icon name="grip-vertical" size={16} />
        </span>
      )}
    </div>
  );
}

function AtLogin({ model, row, editing, cards }: { model: Configuration; row: RowView; editing: boolean; cards: boolean }) {
  const { default: change } = model.change.value ?? {};
  const changed = change != null && (change.before === row.id || change.after === row.id);
  return (
    <div class="cell middle" role="gridcell">
      {cards && (
        <span class="label" aria-hidden="true">
          {t('makerConfiguration.atLogin.column')}
        </span>
      )}
      <div class="value" data-changed={changed || undefined}>
        {editing && row.mark !== 'removed' ? (
          <input
            type="radio"
            name="at-login"
            checked={row.atLogin}
            aria-label={t('makerConfiguration.atLogin.choose', nameOf(row))}
            onChange={() => model.setDefault(row.id)}
          />
        ) : row.atLogin ? (
          <span class="yes">
            <Icon name="log-in" size={16} />
            <span class="sr">{t('makerConfiguration.atLogin.column')}</span>
          </span>
        ) : (
          <span class="idle" aria-hidden="true">
            –
          </span>
        )}
      </div>
    </div>
  );
}

function Actions({ tab, model, row, editing, orders, last, onStep, onRemove, onUndo }: RowLineProps) {
  const name = nameOf(row);
  const whyNot = orders ? null : t('makerConfiguration.blocked.partly');
  const removed = row.mark === 'removed';
  return (
    <div class="cell actions" role="gridcell">
      {editing && (row.mark === 'changed' || removed) && (
        <IconButton icon="undo-2" tone="plain" label={t(`makerConfiguration.undo.${row.mark}`, name)} onPress={() => onUndo(row)} />
      )}
      {editing && tab.ordered && !removed && (
        <>
          <IconButton
            icon="arrow-up"
            data-step="up"
            tone="plain"
            label={t('makerConfiguration.up', name)}
            disabledReason={whyNot ?? (row.place === 0 ? t('makerConfiguration.blocked.first') : null)}
            onPress={() => onStep(row, -1)}
          />
          <IconButton
            icon="arrow-down"
            data-step="down"
            tone="plain"
            label={t('makerConfiguration.down', name)}
            disabledReason={whyNot ?? (last || row.place === model.content.value.rows.length - 1 ? t('makerConfiguration.blocked.last') : null)}
            onPress={() => onStep(row, 1)}
          />
        </>
      )}
      {editing && !removed && (
        <IconButton icon="x" tone="plain" label={t('makerConfiguration.remove.one', name)} onPress={() => onRemove(row)} />
      )}
    </div>
  );
}
