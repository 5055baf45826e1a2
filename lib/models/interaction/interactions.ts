/** The interactions at hand: which one rings, which one the card shows, and what can be done with each. */
import { batch, computed, createModel, effect, signal, untracked } from '@preact/signals-core';
import type { InteractionView } from '../../api/interaction.ts';
import type { Problem } from '../../api/problem.ts';
import type { Decisions } from '../../decide/index.ts';
import type { Banner } from '../banner.ts';
import type { Alerts } from './alerts.ts';
import { type CardControl, cardControls, decideFor, pendingControls } from './controls.ts';
import { addressOf, showsButton, triggerOf, type Values, valuesOf } from '../../interaction/custom-button.ts';
import type { InteractionHub } from './hub.ts';
import { runOf } from './runs.ts';

export interface InteractionEdges {
  readonly hub: InteractionHub;
  readonly alerts: Alerts;
  /** Whether the person can see this page. */
  readonly visible: () => boolean;
}

/** An interaction with what is decided for it. */
export interface Decided {
  readonly interaction: InteractionView;
  readonly decisions: Decisions;
  readonly values: Values;
}

export const InteractionsModel = createModel((banner: Banner, edges: InteractionEdges) => {
  const { call, openPage } = banner;
  /** Commands on their way from here, as `<control> <interaction>`. */
  const asking = signal<ReadonlySet<string>>(new Set());
  const chosen = signal<string | null>(null);
  /** By interaction, since when the state was that the card last showed. */
  const looked = signal<ReadonlyMap<string, number>>(new Map());
  /** Opened without a press, so without the keyboard. */
  const byItself = signal(false);
  /** The last that began to ring, for a screen reader to say once. */
  const announced = signal<InteractionView | null>(null);
  /** The last in which the customer wrote while it was not open, as it was then, until it is looked at; to be said once. */
  const wrote = signal<InteractionView | null>(null);

  const all = computed<readonly InteractionView[]>(() => banner.view.value.snapshot?.situation.interactions ?? []);
  const offers = computed(() => all.value.filter(({ phase }) => phase === 'offered'));
  const inHand = computed(() => all.value.filter(({ phase }) => phase !== 'offered'));
  const shown = computed(() => inHand.value.find(({ id }) => id === chosen.value) ?? firstOf(inHand.value));
  /** Others in hand of which something is new: their state, or what the customer wrote. */
  const unread = computed(() => new Set(inHand.value.filter((each) => each.id !== shown.value?.id && (newIn(each) > 0 || looked.value.get(each.id) !== each.since)).map(({ id }) => id)));

  const decide = (interaction: InteractionView): Decided => {
    const view = banner.view.value;
    const pending = pendingControls(interaction, asking.value, view.situation.pending);
    const { person } = view.snapshot!;
    return { interaction, decisions: decideFor(view, view.situation.now, interaction.id, pending), values: valuesOf(interaction, person, view.active) };
  };
  const card = computed(() => (shown.value ? decide(shown.value) : null));
  const ringing = computed(() => offers.value.map(decide));
  const controlsOf = (place: 'offer' | 'interaction' | 'transfer', { decisions, interaction, values }: Decided): CardControl[] =>
    cardControls(place, decisions, interaction, banner.view.value.resources, values).map((each) => (each.resource ? started(each, interaction.id) : each));
  /** A custom button with what it started: one that is under way waits. */
  const started = (each: CardControl, interactionId: string): CardControl => {
    const run = runOf(banner.view.value.snapshot?.situation.runs, each.id, interactionId);
    const waits = run?.state === 'pending' || asking.value.has(`${each.id} ${interactionId}`);
    return { ...each, run, decision: waits ? { ...each.decision, enabled: false, state: 'pending' } : each.decision };
  };

  /** Null where it was done; the problem where it was not, said as well unless `quiet`. */
  const act = async (control: string, interactionId: string, body: Record<string, unknown> = {}, quiet = false): Promise<Problem | null> => {
    const key = `${control} ${interactionId}`;
    if (asking.peek().has(key)) return null;
    asking.value = new Set([...asking.peek(), key]);
    const answer = await call('command', control as never, { interactionId, ...body });
    asking.value = new Set([...asking.peek()].filter((other) => other !== key));
    if (answer.ok) return null;
    if (!quiet) banner.notices.say({ kind: 'problem', problem: answer.problem });
    return answer.problem;
  };

  /** Leaves a target that is offered for a look to others. */
  const skip = (id: string) => act('mod.voiceCampaigns', id, { skip: id });
  const choose = (id: string) => {
    chosen.value = id;
  };
  /** A custom button, pressed: a page to open, or something for the hub to do. */
  const use = ({ id, resource }: CardControl, { interaction, values }: Decided) => {
    const address = resource && addressOf(resource, values);
    if (address) openPage(address);
    else void act(id, interaction.id);
  };
  const accept = (id: string) => {
    acceptedHere.add(id);
    return act('offer.accept', id);
  };

  const acceptedHere = new Set<string>();
  let before: ReadonlyMap<string, InteractionView> | null = null;
  effect(() => {
    const now = new Map(all.value.map((each) => [each.id, each]));
    const was = before;
    before = now;
    untracked(() => {
      for (const each of now.values()) {
        const earlier = was?.get(each.id);
        if (earlier && newIn(each) > newIn(earlier)) written(each);
        if (each.phase === 'offered' && earlier?.phase !== 'offered') offered(each);
        // Already in hand when this page came: it was opened then.
        if (each.phase === 'live' && earlier?.phase !== 'live' && was !== null) taken(each);
      }
    });
  });
  effect(() => {
    const said = wrote.value;
    if (said && !all.value.some((each) => each.id === said.id && newIn(each) > 0)) wrote.value = null;
  });
  effect(() => {
    const { id, since } = shown.value ?? { id: '', since: 0 };
    if (untracked(() => looked.value.get(id)) !== since) looked.value = new Map([...untracked(() => looked.value), [id, since]]);
  });

  // What was open about an interaction goes with it, or with the part of its life that it was for.
  let about: { readonly id: string; readonly phase: string } | null = null;
  effect(() => {
    const next = shown.value && { id: shown.value.id, phase: shown.value.phase };
    const was = about;
    about = next;
    if (was === null || (was.id === next?.id && was.phase === next.phase)) return;
    untracked(() => {
      const open = banner.surface.value;
      const stays = next !== null && (open === 'int.open' || (open === 'int.qualify' && was.id === next.id));
      if (open?.startsWith('int.') && !stays) banner.close();
    });
  });

  function offered(interaction: InteractionView) {
    announced.value = interaction;
    openTriggered('presented', interaction);
  }

  /** What is written in the open one is read there; one page speaks, the one that is looked at. */
  function written(interaction: InteractionView) {
    const inFront = banner.surface.peek() === 'int.open' && shown.peek()?.id === interaction.id;
    if (!inFront && edges.visible()) wrote.value = interaction;
  }

  /** It takes the card, unless somebody is on the line there. */
  function taken(interaction: InteractionView) {
    const held = shown.peek();
    const onTheLine = held?.channel === 'voice' && held.phase === 'live' && held.id !== interaction.id;
    batch(() => {
      if (!onTheLine) chosen.value = interaction.id;
      const here = acceptedHere.has(interaction.id);
      if (interaction.opens === 'screen' && !onTheLine && (here || edges.visible())) {
        byItself.value = !here;
        if (banner.surface.peek() !== 'int.open') banner.toggle('int.open');
      }
    });
    openTriggered('accepted', interaction);
  }

  function openTriggered(when: 'presented' | 'accepted', interaction: InteractionView) {
    const { decisions, values } = decide(interaction);
    const { resources } = banner.view.peek();
    // Of an offer nothing is in hand yet: what opens by itself is not pressed, so only that it is in the profile counts.
    for (const row of decisions.rows('int.custom')) {
      const resource = resources[row];
      if (!resource || triggerOf(resource) !== when || !showsButton(resource, values)) continue;
      const address = addressOf(resource, values);
      if (address) void edges.alerts.open(interaction.id, row, address);
    }
  }

  const openCard = () => {
    byItself.value = false;
    banner.toggle('int.open');
  };
  return { asking, all, offers, inHand, shown, unread, card, ringing, byItself, announced, wrote, controlsOf, decide, act, accept, skip, choose, use, openCard, hub: edges.hub, alerts: edges.alerts };
});
export type Interactions = InstanceType<typeof InteractionsModel>;

/** How many messages of the customer nobody has looked at. */
export const newIn = ({ unread = 0 }: Pick<InteractionView, 'unread'>): number => unread;

/** A call first, then whatever is live, then what only has to be finished. */
const firstOf = (all: readonly InteractionView[]): InteractionView | null =>
  all.find(({ channel, phase }) => channel === 'voice' && phase === 'live') ?? all.find(({ phase }) => phase === 'live') ?? all[0] ?? null;
