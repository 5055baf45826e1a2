import { type Channel, type Control, type ControlId, controlById, controls, type Term } from '../catalogue/index.ts';
import { type Outcomes, outcomeOf, outcomesFor } from './outcome.ts';
import type { Variant } from './reason.ts';
import { isPermanent, type Rights, slotOf } from './rights.ts';
import { families } from './rows.ts';
import type { ControlState, Decision, Decisions, ForcedBy, Situation } from './types.ts';

/** Each control as the decision walks it, compiled once from the catalogue. */
interface Compiled {
  readonly at: number;
  readonly control: Control<ControlId>;
  /** Indexes into `control.terms` of the terms of the moment, in layer order. */
  readonly momentary: readonly number[];
  /** The channel of a flow button, which has states of its own. */
  readonly flow: Channel | null;
  readonly outcomes: Outcomes;
}

const compiled: readonly Compiled[] = (controls as readonly Control<ControlId>[]).map((control, at) => ({
  at,
  control,
  momentary: control.terms.flatMap((term, index) => (isPermanent(term) ? [] : [index])),
  flow: control.place === 'flows' ? control.channel! : null,
  outcomes: outcomesFor(control),
}));
const indexOf: ReadonlyMap<string, number> = new Map(controls.map((control, at) => [control.id, at]));

/**
 * Decides every control. Pure: equal arguments give the very same `Decision` objects.
 * @param previous decisions made earlier: where nothing is different they are what comes back. After `rightsAfter`, with
 *   the same situation, only what may be otherwise is decided again
 */
export function decide(rights: Rights, situation: Situation, previous?: Decisions): Decisions {
  const before = previous instanceof DecidedControls ? previous : null;
  const all = before?.areJustBefore(rights, situation) ? before.again(rights, situation) : compiled.map((each) => decideCompiled(each, rights, situation));
  return before?.equals(all, rights.rows) ? before : new DecidedControls(all, rights, situation);
}

/**
 * Decides one control, as the hub does for a command. `top.custom.<row>` is decided like its family where the profile
 * has the row, and hidden where it has not.
 * @throws {RangeError} when the catalogue has no such control
 */
export function decideControl(id: string, rights: Rights, situation: Situation): Decision {
  const { each, row } = locate(id);
  return ofRow(each, row, decideCompiled(each, rights, situation), rights.rows);
}

class DecidedControls implements Decisions {
  readonly #all: readonly Decision[];
  readonly #rows: Rights['rows'];
  readonly #mark: Rights['mark'];
  readonly #situation: Situation;
  constructor(all: readonly Decision[], { rows, mark }: Rights, situation: Situation) {
    this.#all = all;
    this.#rows = rows;
    this.#mark = mark;
    this.#situation = situation;
  }
  areJustBefore({ since }: Rights, situation: Situation): boolean {
    return since?.mark === this.#mark && situation === this.#situation;
  }
  again(rights: Rights, situation: Situation): readonly Decision[] {
    const all = this.#all.slice();
    for (const at of rights.since!.controls) all[at] = decideCompiled(compiled[at]!, rights, situation);
    return all;
  }
  of(id: string): Decision {
    const { each, row } = locate(id);
    return ofRow(each, row, this.#all[each.at]!, this.#rows);
  }
  rows(family: string): readonly string[] {
    return this.of(family).shown ? (this.#rows.get(family) ?? []) : [];
  }
  equals(all: readonly Decision[], rows: Rights['rows']): boolean {
    if (this.#rows !== rows) return false;
    for (let at = 0; at < all.length; at++) if (all[at] !== this.#all[at]) return false;
    return true;
  }
  [Symbol.iterator](): Iterator<Decision> {
    return this.#all[Symbol.iterator]();
  }
}

function locate(id: string): { each: Compiled; row: string | null } {
  const at = indexOf.get(id);
  if (at !== undefined) return { each: compiled[at]!, row: null };
  const found = findControl(id);
  if (!found) throw new RangeError(`no such control: ${id}`);
  return { each: compiled[indexOf.get(found.control.id)!]!, row: found.row };
}

/** The decision of one row's control, from that of its family. */
function ofRow(each: Compiled, row: string | null, family: Decision, rows: Rights['rows']): Decision {
  if (row === null || !family.shown || rows.get(each.control.id)!.includes(row)) return family;
  const first = each.control.terms.findIndex((term) => term.kind === 'row');
  return outcomeOf(each.control, each.outcomes, 'hidden', first, 'plain', null);
}

function decideCompiled(each: Compiled, rights: Rights, situation: Situation): Decision {
  const { control, outcomes } = each;
  const slot = slotOf(each.at, situation.interaction?.channel ?? null);
  let hiding = rights.hiding[slot]!;
  let locking = rights.locking[slot]!;
  const leased = (hiding >= 0 || locking >= 0) && isLeased(control.id, situation);
  if (leased) hiding = locking = -1;
  if (hiding >= 0) return outcomeOf(control, outcomes, 'hidden', hiding, rights.noProfile ?? 'plain', null);
  const first = firstOf(locking, firstFalse(each, rights, situation));
  const forcedBy = each.flow ? forcedByOf(each.flow, situation) : null;
  const state = each.flow
    ? flowState(control.id, each.flow, first, forcedBy, situation)
    : otherState(control.id, first, leased, situation);
  const variant = first < 0 ? 'plain' : variantOf(control.terms[first]!, rights, situation);
  return outcomeOf(control, outcomes, state, first, variant, state === 'forcedOff' ? forcedBy : null);
}

const firstOf = (a: number, b: number): number => (a < 0 ? b : b < 0 ? a : Math.min(a, b));

/** Index of the first term of the moment that does not hold, or -1. */
function firstFalse({ control, momentary }: Compiled, rights: Rights, situation: Situation): number {
  for (const index of momentary) if (!holdsNow(control.terms[index]!, rights, situation)) return index;
  return -1;
}

function isLeased(control: ControlId, { leases, interaction }: Situation): boolean {
  if (interaction === null) return false;
  for (const lease of leases) if (lease.control === control && lease.interactionId === interaction.id) return true;
  return false;
}

function holdsNow(term: Term, rights: Rights, situation: Situation): boolean {
  if (term.during && term.during !== situation.interaction?.channel) return true;
  switch (term.kind) {
    case 'activityChannel':
      return situation.activity?.channels[term.channel] === true;
    case 'notForced':
      return situation.flows[term.channel].forced === null;
    case 'interaction':
      return isInPhase(term, situation) && isOfChannel(term, situation);
    case 'smartInteraction':
      return situation.interaction?.smart === true;
    case 'notAutoRecorded':
      return situation.interaction?.autoRecorded !== true;
    case 'pauseOver':
      return situation.now >= situation.pauses[term.direction === 'inbound' ? 'inboundUntil' : 'outboundUntil'];
    case 'belowMaximum':
      return situation.inHand[term.channel] < rights.maximum[term.channel];
    case 'connected':
      return situation.connection === 'live' || situation.connection === 'reconnecting';
    default:
      return true;
  }
}

type InteractionTerm = Extract<Term, { kind: 'interaction' }>;

function isInPhase({ is }: InteractionTerm, { interaction }: Situation): boolean {
  if (interaction === null) return false;
  return is === 'inHand' ? interaction.phase !== 'offered' : interaction.phase === is;
}

const isOfChannel = ({ channels }: InteractionTerm, { interaction }: Situation): boolean =>
  !channels || (interaction !== null && channels.includes(interaction.channel));

function variantOf(term: Term, { noProfile }: Rights, situation: Situation): Variant {
  switch (term.kind) {
    case 'notForced':
      return situation.flows[term.channel].forced === 'missed' ? 'missed' : 'plain';
    case 'interaction':
      return isInPhase(term, situation) ? 'otherChannel' : 'plain';
    default:
      return isPermanent(term) ? (noProfile ?? 'plain') : 'plain';
  }
}

function forcedByOf(flow: Channel, { activity, flows }: Situation): ForcedBy | null {
  return activity?.channels[flow] === true ? flows[flow].forced : 'activity';
}

/** One of the eight states of a flow button (catalogue §4), the hidden one left out. */
function flowState(
  control: ControlId,
  flow: Channel,
  first: number,
  forcedBy: ForcedBy | null,
  { flows, connection, pending }: Situation,
): ControlState {
  if (forcedBy !== null) return 'forcedOff';
  if (connection === 'stale' || connection === 'signedOut') return 'stale';
  if (pending.includes(control)) return 'pending';
  const { on } = flows[flow];
  if (first >= 0) return on ? 'onLocked' : 'offLocked';
  return on ? 'on' : 'off';
}

function otherState(control: ControlId, first: number, leased: boolean, { pending }: Situation): ControlState {
  if (first >= 0) return 'locked';
  if (pending.includes(control)) return 'pending';
  return leased ? 'leased' : 'ready';
}

/** The catalogue's control for an id, `top.custom.<row>` included, and the row where there is one. */
export function findControl(id: string): { control: Control<ControlId>; row: string | null } | null {
  const exact = controlById.get(id);
  if (exact) return exact.forEach ? null : { control: exact, row: null };
  for (const family of families) {
    const prefix = `${family.id}.`;
    if (id.length > prefix.length && id.startsWith(prefix)) {
      return { control: family as Control<ControlId>, row: id.slice(prefix.length) };
    }
  }
  return null;
}
