/** One's own part in the voice campaigns of the active profile: it is so, in every tab, once the hub has told it. */
import type * as v from 'valibot';
import { computed, createModel, type ReadonlySignal, signal } from '@preact/signals-core';
import { asks, checked } from '../../api/client-ask.ts';
import type { Problem } from '../../api/problem.ts';
import { campaignRoutes, type OwnCampaignView } from '../../api/routes-campaigns.ts';
import { bearsCampaigns, campaignsOf, type OwnCampaign } from '../../distribution/campaigns.ts';
import type { Answer, Client } from '../../session/client-state.ts';
import type { Clock } from '../clock.ts';
import { Polled } from '../interaction/polled.ts';
import type { View } from '../view.ts';
import { FRESH_MS } from './fresh.ts';

/** What the profile says is known at once; how many targets wait only the hub knows. */
export interface Part extends OwnCampaign {
  readonly subscribed: boolean;
  /** Null until they are counted. */
  readonly counts: Pick<OwnCampaignView, 'waiting' | 'later'> | null;
}

export interface CampaignEdges {
  readonly client: Pick<Client, 'call'>;
  readonly view: ReadonlySignal<View>;
  readonly clock: Clock;
}

const CONTROL = 'mod.voiceCampaigns';
type Counted = v.InferOutput<typeof campaignRoutes.listCampaigns.answer>;

export const CampaignsModel = createModel(({ client, view, clock }: CampaignEdges) => {
  const read = async (): Promise<Answer<unknown>> => {
    const answer = checked(campaignRoutes.listCampaigns, await client.call('ask', asks(campaignRoutes.listCampaigns, {})));
    return answer.ok ? { ok: true, value: answer.value.value } : answer;
  };
  const polled = new Polled(read, clock, FRESH_MS);
  /** Asked and not confirmed. */
  const asking = signal<ReadonlySet<string>>(new Set());
  const refused = signal<Problem | null>(null);
  const mark = (id: string, on: boolean) => {
    const next = new Set(asking.peek());
    if (on) next.add(id);
    else next.delete(id);
    asking.value = next;
  };
  return {
    asking,
    bears: computed(() => bearsCampaigns(view.value.active, view.value.situation.activity?.id ?? null)),
    parts: computed<readonly Part[]>(() => {
      const { active, rights, snapshot } = view.value;
      const subscribed = new Set(snapshot?.situation.campaigns?.subscribed.map(({ id }) => id));
      const counted = new Map((polled.value.value as Counted | null)?.campaigns.map((each) => [each.id, each]));
      return campaignsOf(active, rights).map((each) => ({ ...each, subscribed: subscribed.has(each.id), counts: counted.get(each.id) ?? null }));
    }),
    /** Why it could not be read, or a change was refused. */
    problem: computed(() => refused.value ?? polled.problem.value),
    watch: polled.watch,
    refresh: polled.refresh,
    async subscribe(id: string, on: boolean): Promise<void> {
      if (asking.peek().has(id)) return;
      mark(id, true);
      const answer = await client.call('command', CONTROL, { campaignId: id, on });
      refused.value = answer.ok ? null : answer.problem;
      mark(id, false);
    },
  };
});
