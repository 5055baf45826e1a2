/** Which script is for an interaction. */
import type { ModuleRow } from '../../api/routes-modules.ts';

export interface SpokenFor {
  readonly queueId: string;
  /** Of the customer: BCP 47; null where it is not known. */
  readonly language: string | null;
}

/** The only one of the queue, or the only one in the customer's language; null where there is more than one to choose from, or none. */
export function scriptFor(rows: readonly Pick<ModuleRow, 'id' | 'values'>[], { queueId, language }: SpokenFor): Pick<ModuleRow, 'id'> | null {
  const ofQueue = rows.filter(({ values }) => values['resourceId'] === queueId);
  const spoken = language?.split('-')[0]?.toLowerCase();
  const inLanguage = ofQueue.filter(({ values }) => values['language'] === spoken);
  const found = ofQueue.length === 1 ? ofQueue : inLanguage;
  return found.length === 1 ? found[0]! : null;
}
