/**
 * The life of an interaction, declared once: what may happen in which state, and what it is then. The hub changes an
 * interaction by `next` alone, so what is not written here cannot happen, whatever a banner or a connector asks for.
 */
export const INTERACTION_STATES = [
  /** Called for a campaign before anybody is there for it (power dialler), and not answered yet. */
  'dialling',
  /** In a queue or for one person, in nobody's hands: distribution and the pools take from here. */
  'offered',
  /** At one person, who may accept or refuse it. */
  'ringing',
  /** Somebody has it; the connector has not put it through yet. */
  'accepted',
  'live',
  'held',
  /** With a colleague or a queue on a second line, before an assisted transfer. */
  'consulting',
  /** Given away, and not confirmed by the connector yet. */
  'transferring',
  'wrapup',
  'closed',
] as const;
export type InteractionState = (typeof INTERACTION_STATES)[number];

interface Transition {
  readonly from: readonly InteractionState[];
  readonly to: InteractionState;
}

const TALKING = ['live', 'held'] as const;

const TRANSITIONS = {
  /** Whom the power dialler called is on the line, and waits for somebody. */
  pickUp: { from: ['dialling'], to: 'offered' },
  ring: { from: ['offered'], to: 'ringing' },
  /** Out of a pool, by the one who asked first; or by the hub's doing, for whom the power dialler called is on the line already. */
  take: { from: ['offered'], to: 'accepted' },
  accept: { from: ['ringing'], to: 'accepted' },
  miss: { from: ['ringing'], to: 'offered' },
  refuse: { from: ['ringing'], to: 'offered' },
  /** Whoever had it is gone before it was put through: their session ended, or the connector could not. */
  giveBack: { from: ['ringing', 'accepted'], to: 'offered' },
  connect: { from: ['accepted'], to: 'live' },
  hold: { from: ['live'], to: 'held' },
  resume: { from: ['held'], to: 'live' },
  consult: { from: TALKING, to: 'consulting' },
  /** Back to the customer: the consultation is called off, or a transfer failed. */
  back: { from: ['consulting', 'transferring'], to: 'live' },
  transfer: { from: [...TALKING, 'consulting'], to: 'transferring' },
  /** Hung up by either side, or gone to somebody else. */
  end: { from: [...TALKING, 'consulting', 'transferring'], to: 'wrapup' },
  finish: { from: ['wrapup'], to: 'closed' },
  /** The customer gave up before anybody talked to them, or an outgoing one was never answered. */
  abandon: { from: ['dialling', 'offered', 'ringing', 'accepted'], to: 'closed' },
} as const satisfies Readonly<Record<string, Transition>>;

export type InteractionEvent = keyof typeof TRANSITIONS;
export const INTERACTION_EVENTS = /* @__PURE__ */ Object.keys(TRANSITIONS) as readonly InteractionEvent[];

/** The state after an event; null where it cannot happen in this one. */
export function next(state: InteractionState, event: InteractionEvent): InteractionState | null {
  const { from, to }: Transition = TRANSITIONS[event];
  return from.includes(state) ? to : null;
}

/** What the decision knows of a state: none while it is in nobody's hands. */
export type InteractionPhase = 'offered' | 'live' | 'wrapup';

export function phaseOf(state: InteractionState): InteractionPhase | null {
  switch (state) {
    case 'dialling':
    case 'offered':
    case 'closed':
      return null;
    case 'ringing':
      return 'offered';
    case 'wrapup':
      return 'wrapup';
    default:
      return 'live';
  }
}

/** How an interaction came to its end. */
export const OUTCOMES = ['completed', 'transferred', 'mailbox', 'abandoned', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const DIRECTIONS = ['inbound', 'outbound'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Where an accepted interaction opens (`flow.<channel>.manage.autoOpen`). */
export const OPENINGS = ['smallBanner', 'screen'] as const;

export const TRANSFER_WAYS = ['assistedQueue', 'blindQueue', 'advisor', 'external', 'smartRouting'] as const;
export type TransferWay = (typeof TRANSFER_WAYS)[number];
