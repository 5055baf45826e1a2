/** The SMS campaigns of the active profile as the hub has them: whether each runs, and how far it is. */
import { computed, createModel } from '@preact/signals-core';
import type * as v from 'valibot';
import { asks, checked } from '../../api/client-ask.ts';
import { campaignRoutes, type OwnSmsCampaignView } from '../../api/routes-campaigns.ts';
import type { Answer, Client } from '../../session/client-state.ts';
import type { Clock } from '../clock.ts';
import { Polled } from '../interaction/polled.ts';
import { FRESH_MS } from './fresh.ts';

type Counted = v.InferOutput<typeof campaignRoutes.listSmsCampaigns.answer>;

export const SmsCampaignsModel = createModel(({ client, clock }: { readonly client: Pick<Client, 'call'>; readonly clock: Clock }) => {
  const read = async (): Promise<Answer<unknown>> => {
    const answer = checked(campaignRoutes.listSmsCampaigns, await client.call('ask', asks(campaignRoutes.listSmsCampaigns, {})));
    return answer.ok ? { ok: true, value: answer.value.value } : answer;
  };
  const polled = new Polled(read, clock, FRESH_MS);
  return {
    campaigns: computed<readonly OwnSmsCampaignView[]>(() => (polled.value.value as Counted | null)?.campaigns ?? []),
    watch: polled.watch,
    refresh: polled.refresh,
  };
});
