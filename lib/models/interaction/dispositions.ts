/** The words that one chooses from when one says what came of an interaction. */
import { type ProfileDocument, type Resources, rowsOf, type TabId } from '../../catalogue/index.ts';

const CAMPAIGNS = ['voiceCampaigns', 'smsCampaigns'] as const satisfies readonly TabId[];

/** What an interaction of this queue is closed with, one a line, each once: where the queue does not say, as the campaigns of the profile. */
export function dispositionsOf(document: ProfileDocument, resources: Resources, queueId: string | null): readonly string[] {
  const of = (id: string) => String(resources[id]?.attributes['dispositions'] ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
  const own = queueId === null ? [] : of(queueId);
  return [...new Set(own.length > 0 ? own : CAMPAIGNS.flatMap((tab) => rowsOf(document, tab)).flatMap(({ id }) => of(id)))];
}
