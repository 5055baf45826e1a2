/** What one supervisor sees of a roster. */
import { createHash } from 'node:crypto';
import type { SupervisionWatch, WatchedActivity, WatchedCampaign, WatchedPerson, WatchedQueue } from '../../lib/api/shapes-supervision.ts';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import { CHANNELS } from '../../lib/catalogue/index.ts';
import { decideControl, eachChannel, type Reason, rightsOf } from '../../lib/decide/index.ts';
import { fieldsAsked } from '../../lib/supervision/asking.ts';
import { endOfDay, ownTimeZone } from '../../lib/supervision/day.ts';
import { campaignIds, isInReach, supervising, type Supervised, type Supervisor, workedQueues } from '../../lib/supervision/reach.ts';
import { ProblemError } from '../http/problem-error.ts';
import { activityIdsOf, situationOf } from '../session/situation.ts';
import { watchedInteraction } from './interactions.ts';
import { isFlowOn, type Roster, type RosterEntry } from './roster.ts';

const profileOf = ({ view }: RosterEntry): ProfileView | 'none' => view ?? 'none';
const situationIn = ({ situation, view }: RosterEntry, now: number) => situationOf(situation, view, now);

/** A view is the same object for as long as its version is kept: what follows from it is worked out once. */
const byView = new WeakMap<ProfileView, Worked>();
interface Worked {
  readonly queues: ReturnType<typeof workedQueues>;
  readonly campaigns: readonly string[];
}
function worked({ view }: Pick<RosterEntry, 'view'>): Worked {
  const profile = view ?? 'none';
  const known = (view && byView.get(view)) ?? { queues: workedQueues(profile), campaigns: campaignIds(profile) };
  if (view) byView.set(view, known);
  return known;
}

function supervisedOf(entry: Pick<RosterEntry, 'view' | 'personId' | 'teams'>): Supervised {
  const { queues, campaigns } = worked(entry);
  return { personId: entry.personId, queues: [...queues.keys()], campaigns, teams: entry.teams };
}

/** @throws {ProblemError} session.ended; control.refused: the right to supervise is gone */
export function watchOf(roster: Roster, sessionId: string): SupervisionWatch {
  const own = roster.entries.get(sessionId);
  if (!own) throw new ProblemError('session.ended', { because: 'signedOut' });
  const rights = rightsOf(profileOf(own), own.person);
  const decision = decideControl('mod.supervision', rights, situationIn(own, roster.now));
  if (!decision.enabled) throw new ProblemError('control.refused', { control: 'mod.supervision', reason: decision.reason as Reason });
  const supervisor = supervisorOf(own);
  const inReach = [...roster.entries.values()].filter((entry) => isInReach(supervisor, supervisedOf(entry)));
  const state: Omit<SupervisionWatch, 'tag'> = {
    queues: supervisor.supervises.map((id) => queueOf(id, own, inReach)),
    campaigns: supervisor.campaigns.flatMap((id) => campaignOf(id, roster, inReach) ?? []),
    people: inReach.map((entry) => personOf(entry, supervisor, roster.now)),
    away: awayOf(roster, supervisor),
    activities: activitiesOf(inReach),
    asks: asksOf(roster, own, inReach),
  };
  return { tag: createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 22), ...state };
}

/** The sessions of those who have somebody, by their session, in reach, and may supervise now. */
export function supervisorsOf(roster: Pick<Roster, 'entries' | 'now'>, sessionId: string): readonly RosterEntry[] {
  const person = roster.entries.get(sessionId);
  if (!person) return [];
  const supervised = supervisedOf(person);
  return [...roster.entries.values()].filter(
    (entry) => isInReach(supervisorOf(entry), supervised) && decideControl('mod.supervision', rightsOf(profileOf(entry), entry.person), situationIn(entry, roster.now)).enabled,
  );
}

const supervisorOf = (own: RosterEntry): Supervisor => ({
  personId: own.personId,
  type: own.person.type,
  ...supervising(profileOf(own)),
  manages: own.manages,
});

function queueOf(id: string, { view }: RosterEntry, people: readonly RosterEntry[]): WatchedQueue {
  const on = people.filter((entry) => worked(entry).queues.has(id));
  return {
    id,
    name: view!.resources[id]!.name,
    people: on.length,
    flows: eachChannel((channel) => on.filter((entry) => worked(entry).queues.get(id)!.includes(channel) && isFlowOn(entry.situation, channel)).length),
  };
}

/** Null for one that is archived. */
function campaignOf(id: string, { campaigns }: Roster, people: readonly RosterEntry[]): WatchedCampaign | null {
  const campaign = campaigns.get(id);
  if (!campaign) return null;
  const [taking, onCall] = [people.filter((entry) => takesPart(entry, id)), people.filter((entry) => entry.situation.interactions.some((each) => each.campaign?.id === id && each.phase === 'live'))];
  return { id, ...campaign, people: taking.length, onCall: onCall.length };
}

const takesPart = (entry: RosterEntry, id: string): boolean =>
  worked(entry).campaigns.includes(id) && entry.situation.campaigns?.subscribed.some((each) => each.id === id) === true;

function personOf(entry: RosterEntry, { supervises, campaigns, personId }: Supervisor, now: number): WatchedPerson {
  const { view, situation, activityId } = entry;
  const onQueues = worked(entry).queues;
  const rights = rightsOf(profileOf(entry), entry.person);
  const at = situationIn(entry, now);
  const activity = view && activityId !== null ? activityNamed(view, activityId) : null;
  return {
    id: entry.personId,
    name: entry.name,
    queues: supervises.filter((queue) => onQueues.has(queue)),
    campaigns: campaigns.filter((id) => takesPart(entry, id)),
    profile: view && { id: view.id, name: view.name, version: view.version },
    profiles: [...entry.profiles],
    activity: activity && { ...activity, since: entry.activitySince },
    status: entry.status,
    flows: CHANNELS.filter((channel) => decideControl(`flow.${channel}`, rights, at).shown).map((channel) => ({
      channel,
      possible: at.activity?.channels[channel] === true,
      ...situation.flows[channel],
    })),
    lostSince: entry.lostSince,
    sessionSince: entry.openedAt,
    interaction: watchedInteraction(situation, personId),
  };
}

/** Those who would be in reach if they were signed in. */
function awayOf({ away }: Roster, supervisor: Supervisor): SupervisionWatch['away'] {
  return away.flatMap((entry) => {
    const { personId, name, view, since } = entry;
    if (!isInReach(supervisor, supervisedOf(entry))) return [];
    const onQueues = worked(entry).queues;
    return [{ id: personId, name, queues: supervisor.supervises.filter((queue) => onQueues.has(queue)), profile: { id: view.id, name: view.name }, since }];
  });
}

/** Each version once, however many people are on it. */
function activitiesOf(people: readonly RosterEntry[]): SupervisionWatch['activities'] {
  const views = new Map(people.flatMap(({ view }) => (view ? [[`${view.id} ${view.version}`, view] as const] : [])));
  return Object.fromEntries([...views].map(([key, view]) => [key, activityIdsOf(view).map((id) => activityNamed(view, id)!)]));
}

function activityNamed({ resources }: ProfileView, id: string): WatchedActivity | null {
  const resource = resources[id];
  if (!resource) return null;
  const category = resource.attributes['category'];
  return { id, name: resource.name, category: category === 'productive' || category === 'unavailable' ? category : 'processing' };
}

/** Those that a grant would still help. */
function asksOf(roster: Roster, own: RosterEntry, inReach: readonly RosterEntry[]): SupervisionWatch['asks'] {
  const bySession = new Map(inReach.map((entry) => [entry.sessionId, entry]));
  const lasting = rightsOf(profileOf(own), { ...own.person, allow: own.ownAllow });
  return roster.asks.flatMap(({ id, session_id, control, note, at, time_zone, over }) => {
    const asker = bySession.get(session_id);
    const fields = asker && fieldsAsked(control, profileOf(asker), asker.person, situationIn(asker, roster.now));
    if (!asker || !fields) return [];
    const dayEnds = endOfDay(roster.now, time_zone ?? ownTimeZone());
    return [{ id, personId: asker.personId, name: asker.name, control, note, at: at.getTime(), mayGrant: fields.every(lasting.granted), interactionOver: over, dayEnds }];
  });
}
