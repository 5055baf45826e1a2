import { matchingRows } from '../../lib/decide/index.ts';
import { bearsCampaigns, campaignsOf } from '../../lib/distribution/campaigns.ts';
import type { Handlers } from '../http/handler.ts';
import { requireControl } from '../session/decided.ts';
import { wholeSession } from '../session/lock.ts';
import { rightsIn } from '../session/situation.ts';
import type { Snapshots } from '../session/snapshots.ts';
import { managedCampaigns } from './managed.ts';
import { writingCampaigns } from './sms.ts';
import { countSmsTargets, countTargets } from './targets.ts';

export interface CampaignDependencies {
  readonly snapshots: Snapshots;
  readonly now: () => number;
}

export const campaignHandlers = ({ snapshots, now }: CampaignDependencies): Pick<Handlers, 'listCampaigns' | 'listManagedCampaigns' | 'listSmsCampaigns'> => ({
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
  async listManagedCampaigns({ db, session }) {
    const whole = await wholeSession(db, snapshots, session.id);
    requireControl('mod.myVoiceCampaign', whole, now());
    return { answer: { campaigns: [...(await managedCampaigns(db, whole.profile.active?.view ?? null))] } };
  },
  async listSmsCampaigns({ db, session }) {
    const whole = await wholeSession(db, snapshots, session.id);
    requireControl('mod.smsCampaigns', whole, now());
    const view = whole.profile.active?.view ?? null;
    const ids = view ? matchingRows(view, { tab: 'smsCampaigns' }).map(({ id }) => id) : [];
    // As they are now, not as the profile had them when it was published.
    const rows = ids.length === 0 ? [] : await db.selectFrom('resource').select(['id', 'name', 'attributes']).where('id', 'in', ids).where('archived', '=', false).execute();
    const counts = await countSmsTargets(db, ids, now());
    const writing = new Set((await writingCampaigns(db, ids)).map(({ id }) => id));
    return {
      answer: {
        campaigns: rows
          .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
          .map(({ id, name, attributes }) => ({ id, name, state: attributes['active'] !== true ? ('stopped' as const) : writing.has(id) ? ('running' as const) : ('notReady' as const), ...(counts.get(id) ?? { waiting: 0, later: 0, sent: 0 }) })),
      },
    };
  },
});
