import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Control, ControlId } from '../../../lib/catalogue/index.ts';
import type { OpenPanel } from '../../../lib/models/modules/panel.ts';
import type { Panel } from '../../../lib/modules/types.ts';

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
