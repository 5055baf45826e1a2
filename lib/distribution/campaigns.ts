/** The voice campaigns of a profile, and which of them a person is called for now: the banner says it by the same rules. */
import type { InteractionSituation } from '../decide/index.ts';
import { type ActiveProfile, activityOf, decideControl, matchingRows, type Rights, type Situation } from '../decide/index.ts';

/**
 * `progressive` calls for whoever is free; `powerDialer` calls ahead, and the customer waits until somebody is free
 * (lib/distribution/power.ts); `preview` offers the target for a look first.
 */
export const CAMPAIGN_MODES = ['progressive', 'powerDialer', 'preview'] as const;
export type CampaignMode = (typeof CAMPAIGN_MODES)[number];

/** As a row of the profile says; what is not said is progressive. */
export const modeOf = (said: unknown): CampaignMode => CAMPAIGN_MODES.find((each) => each === said) ?? 'progressive';

export interface OwnCampaign {
  readonly id: string;
  readonly name: string;
  readonly mode: CampaignMode;
  /** Nobody is called for one that is stopped. */
  readonly active: boolean;
  /** Whoever has not subscribed comes in as a back-up at a low point of incoming calls. */
  readonly blends: boolean;
}

/** A subscriber is called whenever they are free; a back-up for what no free subscriber is there for, and while it is quiet. */
export type Part = 'subscriber' | 'backUp';
export interface PartIn extends OwnCampaign {
  readonly part: Part;
}

/** What the hub says of a person's part in campaigns: of a situation's snapshot. Times are milliseconds since the epoch. */
export interface Subscribed {
  readonly subscribed: readonly { readonly id: string; readonly since: number }[];
  readonly quietSince: number;
}

export interface Caller {
  readonly profile: ActiveProfile | null;
  readonly rights: Rights;
  readonly situation: Situation;
  readonly campaigns: Subscribed;
  readonly activitySince: number;
  readonly interactions: readonly (Pick<InteractionSituation, 'channel' | 'phase'> & { readonly direction: 'inbound' | 'outbound'; readonly campaign?: { readonly id: string } })[];
}

/** In the profile's order; none without the right to them. */
export function campaignsOf(profile: ActiveProfile | null, rights: Rights): readonly OwnCampaign[] {
  if (!profile || !rights.granted('voiceCampaigns.access')) return [];
  const mayBlend = rights.granted('voiceCampaigns.callBlending');
  return matchingRows(profile, { tab: 'voiceCampaigns' }).map(({ id, mode, callBlending }) => {
    const { name, attributes } = profile.resources[id]!;
    return {
      id,
      name,
      mode: modeOf(mode),
      active: attributes['active'] === true,
      blends: mayBlend && callBlending === true,
    };
  });
}

/** Whether the activity bears campaigns: with one that does not nobody is called as a subscriber. */
export function bearsCampaigns(profile: ActiveProfile | null, activityId: string | null): boolean {
  const activity = activityOf(activityId, profile ?? 'none');
  return activity !== null && profile!.resources[activity.id]!.attributes['campaigns'] === true;
}

/** Subscribed to: by hand, and with an activity that bears campaigns. */
function subscribedTo({ profile, situation, campaigns }: Caller): (campaign: OwnCampaign) => boolean {
  const ids = new Set(campaigns.subscribed.map(({ id }) => id));
  const bears = ids.size > 0 && bearsCampaigns(profile, situation.activity?.id ?? null);
  return ({ id }) => bears && ids.has(id);
}

/** The running campaigns that a person takes part in now, free or not, quiet or not; subscribed ones first. */
export function takenPartIn(caller: Caller): readonly PartIn[] {
  const { profile, rights, situation } = caller;
  const running = campaignsOf(profile, rights).filter(({ active }) => active);
  const isSubscribed = subscribedTo(caller);
  // Without the voice flow no call would come in whatever the hour: there is no low point of them.
  const backsUp = running.some(({ blends }) => blends) && hasVoiceOn(rights, situation);
  return [
    ...running.filter(isSubscribed).map((each) => ({ ...each, part: 'subscriber' as const })),
    ...running.filter((each) => backsUp && each.blends && !isSubscribed(each)).map((each) => ({ ...each, part: 'backUp' as const })),
  ];
}

export interface Blending {
  /**
   * When the quiet has lasted for long enough; from then on one is called. Null while an incoming call is at hand: it
   * begins with its end. Milliseconds since the epoch.
   */
  readonly outgoingAt: number | null;
}

/** Where call blending stands: null for whoever is no back-up. */
export function blendingOf(caller: Caller): Blending | null {
  const { profile, campaigns, activitySince, interactions } = caller;
  if (!takenPartIn(caller).some(({ part }) => part === 'backUp')) return null;
  if (interactions.some(({ channel, direction }) => channel === 'voice' && direction === 'inbound')) return { outgoingAt: null };
  return { outgoingAt: Math.max(campaigns.quietSince, activitySince) + delayOf(profile!) };
}

function hasVoiceOn(rights: Rights, situation: Situation): boolean {
  const { state } = decideControl('flow.voice', rights, situation);
  return state === 'on' || state === 'onLocked';
}

/** Milliseconds. */
export function delayOf({ document }: Pick<ActiveProfile, 'document'>): number {
  const seconds = (document.settings as Readonly<Record<string, unknown>>)['voiceCampaigns.callBlendingDelaySec'];
  return (typeof seconds === 'number' ? seconds : 60) * 1000;
}

/** Nothing rings, no call is at hand or being wrapped up, and no pause runs. */
export function isFreeToCall({ situation, interactions }: Caller): boolean {
  const { now, pauses, inHand } = situation;
  return inHand.voice === 0 && interactions.every(({ phase }) => phase !== 'offered') && now >= pauses.inboundUntil && now >= pauses.outboundUntil;
}

/** The campaigns that somebody free is called for now: as a back-up only once it has been quiet for long enough. */
export function calledFor(caller: Caller): readonly PartIn[] {
  const outgoingAt = blendingOf(caller)?.outgoingAt ?? null;
  const isQuiet = outgoingAt !== null && caller.situation.now >= outgoingAt;
  return takenPartIn(caller).filter(({ part }) => part === 'subscriber' || isQuiet);
}
