/** A person's own part in voice campaigns. Whether they take part in one is said with the command `mod.voiceCampaigns`. */
import * as v from 'valibot';
import { CAMPAIGN_MODES } from '../distribution/campaigns.ts';
import { route } from './route.ts';
import { id } from './shapes.ts';

export const ownCampaign = v.object({
  id,
  name: v.string(),
  mode: v.picklist(CAMPAIGN_MODES),
  /** Running; nobody is called for one that is stopped. */
  active: v.boolean(),
  /** Whoever has not subscribed comes in as a back-up at a low point of incoming calls. */
  blends: v.boolean(),
  subscribed: v.boolean(),
  /** Targets that the person could be called for now, and those whose time is still to come. */
  waiting: v.number(),
  later: v.number(),
});
export type OwnCampaignView = v.InferOutput<typeof ownCampaign>;

export const ownSmsCampaign = v.object({
  id,
  name: v.string(),
  /** One that is stopped sends nothing, nor one without a text or whose sender there is not. */
  state: v.picklist(['running', 'stopped', 'notReady']),
  /** Targets that are due, those whose time is still to come, and those that were written to. */
  waiting: v.number(),
  later: v.number(),
  sent: v.number(),
});
export type OwnSmsCampaignView = v.InferOutput<typeof ownSmsCampaign>;

export const managedCampaign = v.object({
  id,
  name: v.string(),
  mode: v.picklist(CAMPAIGN_MODES),
  active: v.boolean(),
  /** Who has subscribed to it, and is signed in. */
  people: v.number(),
  /** Targets in each state; those not reached are counted as such also where they are tried again. */
  planned: v.number(),
  pool: v.number(),
  reached: v.number(),
  unreached: v.number(),
});
export type ManagedCampaignView = v.InferOutput<typeof managedCampaign>;

/** To take part in a campaign or to leave it; or to leave a target that is offered for a look to others. */
export const campaignCommand = v.union([v.object({ campaignId: id, on: v.boolean() }), v.object({ skip: id })]);

export const campaignRoutes = {
  listCampaigns: route({
    method: 'GET',
    path: '/api/campaigns',
    summary: 'The voice campaigns of the active profile, whether one takes part in each, and how many of its targets wait',
    tag: 'modules',
    needs: 'session',
    answer: v.object({
      /** Whether the activity bears campaigns: with one that does not nobody is called as a subscriber. */
      bears: v.boolean(),
      campaigns: v.array(ownCampaign),
    }),
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused'],
  }),
  listManagedCampaigns: route({
    method: 'GET',
    path: '/api/campaigns/managed',
    summary: 'The voice campaigns that the active profile lets one manage, who takes part, and how far each is',
    tag: 'modules',
    needs: 'session',
    answer: v.object({ campaigns: v.array(managedCampaign) }),
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused'],
  }),
  listSmsCampaigns: route({
    method: 'GET',
    path: '/api/campaigns/sms',
    summary: 'The SMS campaigns of the active profile, whether each runs, and how many of its targets wait and were written to',
    tag: 'modules',
    needs: 'session',
    answer: v.object({ campaigns: v.array(ownSmsCampaign) }),
    status: 200,
    problems: ['session.none', 'session.ended', 'control.refused'],
  }),
} as const;
