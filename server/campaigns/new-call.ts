import type { StoredTarget } from './targets.ts';

export interface NewCall {
  readonly accountId: string;
  readonly connectorId: string;
  readonly target: StoredTarget;
  /** E.164. */
  readonly address: string;
}

/** A call for a campaign, before anybody has it. The revision is for whoever changes the target meanwhile: they have the last word. */
export const newCall = ({ accountId, connectorId, target, address }: NewCall) => ({
  account_id: accountId,
  connector_id: connectorId,
  ref: `out/${crypto.randomUUID()}`,
  channel: 'voice' as const,
  direction: 'outbound' as const,
  smart: true,
  customer: { name: target.customer, address, reference: null, language: null },
  campaign_id: target.campaignId,
  target_id: target.id,
  target_revision: target.revision,
});
