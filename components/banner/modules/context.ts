import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Control, ControlId } from '../../../lib/catalogue/index.ts';
import type { OpenPanel } from '../../../lib/models/modules/panel.ts';
import type { Currency } from '../../../lib/modules/money.ts';
import type { Panel } from '../../../lib/modules/types.ts';
import { useParts } from '../context.ts';

export interface PanelParts {
  readonly model: OpenPanel;
  readonly panel: Panel;
  readonly control: Control<ControlId>;
}

const Parts = createContext<PanelParts | null>(null);
export const PanelProvider = Parts.Provider;

export function usePanel(): PanelParts {
  const parts = useContext(Parts);
  if (!parts) throw new Error('a part of a panel is drawn outside of one');
  return parts;
}

/** What values are read by: the clock that their times are on, and what amounts are in. */
export interface Reading {
  readonly now: number;
  readonly currency: Currency;
}

export function useReading(): Reading {
  const { banner } = useParts();
  const { model } = usePanel();
  return { now: banner.hubNow.peek(), currency: model.currency.value };
}
