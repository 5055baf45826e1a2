/** The words that one chooses from when one says what came of an interaction. */
import type { InteractionView } from '../../api/interaction.ts';
import { type ProfileDocument, type Resources, rowsOf, type TabId } from '../../catalogue/index.ts';

const CAMPAIGNS = ['voiceCampaigns', 'smsCampaigns'] as const satisfies readonly TabId[];

/**
 * What an interaction is closed with, one a line, each once: in the words of its campaign, else of its queue, and where those
 * say nothing, as all campaigns of the profile do.
 */
export function dispositionsOf(document: ProfileDocument, resources: Resources, { campaign, queue }: Pick<InteractionView, 'campaign' | 'queue'>): readonly string[] {
  const of = (id: string | undefined) => String(resources[id ?? '']?.attributes['dispositions'] ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
  const own = [of(campaign?.id), of(queue?.id)].find((lines) => lines.length > 0);
  return [...new Set(own ?? CAMPAIGNS.flatMap((tab) => rowsOf(document, tab)).flatMap(({ id }) => of(id)))];
}
