/** The panels of all modules, by the control that opens each. Supervision has none: it is not a list of rows. */
import { myVoiceCampaign, smsCampaigns, voiceCampaigns } from './campaigns.ts';
import { crm } from './crm.ts';
import { history, qualifications, recordings, statistics, voicemail } from './interactions.ts';
import { invoices } from './invoices.ts';
import { colleagues, conversations } from './people.ts';
import { evaluations, surveys } from './quality.ts';
import { directory, documents, knowledge, scripts } from './shelves.ts';
import type { Column, Panel } from './types.ts';
import { cases, tasks } from './work.ts';

export const panels: readonly Panel[] = [
  colleagues,
  conversations,
  recordings,
  evaluations,
  qualifications,
  surveys,
  scripts,
  voiceCampaigns,
  myVoiceCampaign,
  smsCampaigns,
  cases,
  tasks,
  voicemail,
  history,
  invoices,
  statistics,
  directory,
  knowledge,
  documents,
  crm,
];
/** The panel of the records that a panel shows: its own, but where it shows another module's. */
export const recordsOf = (panel: Panel): Panel => (panel.rowsOf ? { ...panel, module: panel.rowsOf } : panel);

export const panelByModule: ReadonlyMap<string, Panel> = new Map(panels.map((panel) => [panel.module, panel]));

export const columnOf = ({ columns }: Panel, id: string): Column | undefined => columns.find((column) => column.id === id);
