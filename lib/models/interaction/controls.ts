/** What the card offers for one interaction, decided for that one. */
import type { ConnectorVerb } from '../../api/connector.ts';
import type { ButtonRun, InteractionView } from '../../api/interaction.ts';
import { type Control, type ControlId, controls, type Place, type Resources, type ResourceSummary } from '../../catalogue/index.ts';
import { type Decision, type Decisions, decide, type Reason } from '../../decide/index.ts';
import type { InteractionState } from '../../interaction/machine.ts';
import { situationOf } from '../situation.ts';
import type { View } from '../view.ts';
import { showsButton, type Values } from '../../interaction/custom-button.ts';

export interface CardControl {
  /** The control's id, with the row's where it is made for each row: what `data-control` says. */
  readonly id: string;
  readonly control: Control<ControlId>;
  readonly decision: Decision;
  /** The row's resource, for a custom button, and what it started last with this interaction. */
  readonly resource: ResourceSummary | null;
  readonly run?: ButtonRun | null;
}

/** Places whose controls are about one interaction. */
const PLACES: ReadonlySet<Place> = new Set(['offer', 'interaction', 'transfer']);
const all = (controls as readonly Control<ControlId>[]).filter(({ place }) => PLACES.has(place));

/** What the hub waits for its connector to do → the control that asked for it. */
const ASKED_BY: Readonly<Record<string, ControlId>> = {
  answer: 'offer.accept',
  hold: 'int.hold',
  resume: 'int.hold',
  mute: 'int.mute',
  unmute: 'int.mute',
  record: 'int.record',
  stopRecording: 'int.record',
  conference: 'int.conference',
  consult: 'int.transfer.assistedQueue',
  swap: 'int.transfer.assistedQueue',
  endConsult: 'int.transfer.assistedQueue',
  transfer: 'int.transfer',
  mailbox: 'int.toMailbox',
  hangup: 'int.hangup',
} satisfies Readonly<Partial<Record<ConnectorVerb, ControlId>>>;

/** What is asked for and not confirmed: by the hub of its connector, by this frame of the hub, or by another frame. */
export function pendingControls(
  { id, pending }: Pick<InteractionView, 'id' | 'pending'>,
  asked: ReadonlySet<string>,
  elsewhere: readonly string[],
): string[] {
  const ofHub = pending !== null && Object.hasOwn(ASKED_BY, pending) ? [ASKED_BY[pending]!] : [];
  const here = [...asked].map((key) => key.split(' ') as [control: string, interactionId: string]);
  const forThis = here.filter(([, of]) => of === id).map(([control]) => control);
  // Another frame's command does not say which interaction it is about: where this frame did not ask, it may be this one.
  const others = elsewhere.filter((control) => !here.some(([own]) => own === control));
  return [...new Set([...ofHub, ...forThis, ...others])];
}

/** Every control decided as it is for this interaction. */
export function decideFor({ rights, state }: View, hubNow: number, interactionId: string, pending: readonly string[]): Decisions {
  return decide(rights, { ...situationOf(state!, hubNow, interactionId), pending });
}

/** Said by the decision of what another phase or channel is for: on a card it would only be in the way. */
const ELSEWHERE: ReadonlySet<string> = new Set(['interaction.offered', 'interaction.live', 'interaction.wrapup', 'interaction.inHand', 'interaction.channel']);
/** There is nobody on the line yet, or no more. */
const UNCONNECTED: ReadonlySet<InteractionState> = new Set(['accepted', 'transferring']);
const NOT_NOW: Reason = { code: 'interaction.live', layer: 'interaction', setting: null, askable: false };
/** Needs nobody on the line. */
const ALWAYS: ReadonlySet<string> = new Set(['int.hangup', 'int.qualify', 'int.script', 'int.custom', 'int.wrapup.finish']);

/** In the catalogue's order; a custom button only where its condition holds. */
export function cardControls(place: Place, decisions: Decisions, interaction: InteractionView, resources: Resources, values: Values): CardControl[] {
  return all.flatMap((control): CardControl[] => {
    if (control.place !== place) return [];
    const decision = lockedMeanwhile(decisions.of(control.id), interaction);
    if (!decision.shown || (decision.reason !== null && decision.reason !== NOT_NOW && ELSEWHERE.has(decision.reason.code))) return [];
    if (!control.forEach) return [{ id: control.id, control, decision, resource: null }];
    return decisions.rows(control.id).flatMap((row) => {
      const resource = resources[row];
      return resource && showsButton(resource, values) ? [{ id: `${control.id}.${row}`, control, decision, resource }] : [];
    });
  });
}

function lockedMeanwhile(decision: Decision, { state, phase }: InteractionView): Decision {
  if (phase !== 'live' || !UNCONNECTED.has(state) || !decision.enabled || ALWAYS.has(decision.control)) return decision;
  return { ...decision, enabled: false, state: 'locked', reason: NOT_NOW };
}
