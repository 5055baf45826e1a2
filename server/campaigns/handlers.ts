import { bearsCampaigns, campaignsOf } from '../../lib/distribution/campaigns.ts';
import type { Handlers } from '../http/handler.ts';
import { requireControl } from '../session/decided.ts';
import { wholeSession } from '../session/lock.ts';
import { rightsIn } from '../session/situation.ts';
import type { Snapshots } from '../session/snapshots.ts';
import { countTargets } from './targets.ts';

export interface CampaignDependencies {
  readonly snapshots: Snapshots;
  readonly now: () => number;
}

export const campaignHandlers = ({ snapshots, now }: CampaignDependencies): Pick<Handlers, 'listCampaigns'> => ({
  async listCampaigns({ db, session }) {
    const whole = await wholeSession(db, snapshots, session.id);
    requireControl('mod.voiceCampaigns', whole, now());
    const view = whole.profile.active?.view ?? null;
    const campaigns = campaignsOf(view, rightsIn(view, whole.person));
    const counts = await countTargets(db, campaigns.map(({ id }) => id), whole.person.id, now());
    const subscribed = new Set(whole.situation.campaigns?.subscribed.map(({ id }) => id));
    return {
      answer: {
        bears: bearsCampaigns(view, whole.situation.activity?.id ?? null),
        campaigns: campaigns.map((each) => ({ ...each, subscribed: subscribed.has(each.id), ...(counts.get(each.id) ?? { waiting: 0, later: 0 }) })),
      },
    };
  },
});
