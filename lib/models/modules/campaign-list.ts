/** Campaigns as the hub has them, read again while they are looked at: those of SMS, and those that one manages. */
import { computed, createModel } from '@preact/signals-core';
import { asks, checked } from '../../api/client-ask.ts';
import { campaignRoutes, type ManagedCampaignView, type OwnSmsCampaignView } from '../../api/routes-campaigns.ts';
import type { Answer, Client } from '../../session/client-state.ts';
import type { Clock } from '../clock.ts';
import { Polled } from '../interaction/polled.ts';
import { FRESH_MS } from './fresh.ts';

interface Edges {
  readonly client: Pick<Client, 'call'>;
  readonly clock: Clock;
}

const modelOf = <View>(route: typeof campaignRoutes.listSmsCampaigns | typeof campaignRoutes.listManagedCampaigns) =>
  createModel(({ client, clock }: Edges) => {
    const read = async (): Promise<Answer<unknown>> => {
      const answer = checked(route, await client.call('ask', asks(route, {})));
      return answer.ok ? { ok: true, value: answer.value.value } : answer;
    };
    const polled = new Polled(read, clock, FRESH_MS);
    return {
      campaigns: computed(() => (polled.value.value as { readonly campaigns: readonly View[] } | null)?.campaigns ?? []),
      /** Why it could not be read, or not again. */
      problem: polled.problem,
      watch: polled.watch,
      refresh: polled.refresh,
    };
  });

export const SmsCampaignsModel = modelOf<OwnSmsCampaignView>(campaignRoutes.listSmsCampaigns);
export const ManagedCampaignsModel = modelOf<ManagedCampaignView>(campaignRoutes.listManagedCampaigns);
