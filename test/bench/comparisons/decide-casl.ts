/** The catalogue's rules in CASL, and for scale its plain checks where every outcome is written down beforehand. */
import { controlById, type Control, type Term } from '../../../lib/catalogue/index.ts';
import type { Decision, Rights, Situation } from '../../../lib/decide/index.ts';
import { reasonOf } from '../../../lib/decide/reason.ts';
import { isPermanent, slotOf } from '../../../lib/decide/rights.ts';
import { peer } from '../harness/peers.ts';
import type { DecidePeer } from './decide-peers.ts';

interface Rule {
  readonly action: 'use';
  readonly subject: string;
  readonly inverted?: boolean;
  readonly reason?: string;
  readonly conditions?: object;
}
interface Ability {
  can(action: string, subject: unknown): boolean;
  relevantRuleFor(action: string, subject: unknown): Rule | null;
}
interface Casl {
  createMongoAbility(rules: readonly Rule[], options?: { detectSubjectType(subject: unknown): string }): Ability;
}

const can = (subject: string): Rule => ({ action: 'use', subject });
const cannot = (subject: string, reason: string, conditions?: object): Rule => ({ action: 'use', subject, inverted: true, reason, ...(conditions ? { conditions } : {}) });
const whyOf = (rule: Rule | null) => (rule && !rule.inverted ? null : (rule?.reason ?? 'none'));

/** A `cannot` for every control that may not be used now: nothing is left to find out, and any change of the moment makes new rules. */
export async function caslOfOutcomes(all: readonly Decision[]): Promise<Required<DecidePeer>> {
  const { createMongoAbility } = await peer<Casl>('@casl/ability');
  const ability = createMongoAbility(all.flatMap(({ control, reason }) => [can(control), ...(reason ? [cannot(control, reason.code)] : [])]));
  return { can: (control) => ability.can('use', control), why: (control) => whyOf(ability.relevantRuleFor('use', control)) };
}

/**
 * The same rules: what the profile and the person forbid for good as a rule, worked out beforehand as it is with us; what the
 * moment forbids as rules with conditions on the situation. The last one that matches counts: so they stand in reverse order.
 */
export async function casl(all: readonly Decision[], rights: Rights, situation: Situation): Promise<Required<DecidePeer>> {
  const { createMongoAbility } = await peer<Casl>('@casl/ability');
  const ids = all.map(({ control }) => control as string);
  const subjects = new Map(ids.map((id) => [id, { ...situation, control: id }]));
  const rules = ids.flatMap((id) => rulesOf(controlById.get(id)!, [...controlById.keys()].indexOf(id), rights, situation));
  const ability = createMongoAbility(rules, { detectSubjectType: (subject) => (subject as { control: string }).control });
  return {
    can: (control) => ability.can('use', subjects.get(control)),
    why: (control) => whyOf(ability.relevantRuleFor('use', subjects.get(control))),
  };
}

function rulesOf(control: Control, at: number, rights: Rights, situation: Situation): Rule[] {
  const { id, terms } = control;
  const slot = slotOf(at, situation.interaction?.channel ?? null);
  const leased = situation.leases.some((lease) => lease.control === id);
  const [hiding, locking] = leased ? [-1, -1] : [rights.hiding[slot]!, rights.locking[slot]!];
  const reason = (term: Term, variant: 'plain' | 'missed' | 'otherChannel' = 'plain') => reasonOf(term, variant).code;
  if (hiding >= 0) return [can(id), cannot(id, reason(terms[hiding]!))];
  const forbidding = terms.flatMap((term, index): Rule[] => {
    if (index === locking) return [cannot(id, reason(term))];
    if (isPermanent(term)) return [];
    const during = term.during ? { 'interaction.channel': term.during } : {};
    return momentary(term, rights, situation.now).map(([conditions, variant]) => cannot(id, reason(term, variant), { ...conditions, ...during }));
  });
  return [can(id), ...forbidding.reverse()];
}

/** When a term of the moment does not hold, and which of its reasons that has; the first that matches counts. */
function momentary(term: Term, rights: Rights, now: number): [object, ('plain' | 'missed' | 'otherChannel')?][] {
  switch (term.kind) {
    case 'activityChannel':
      return [[{ [`activity.channels.${term.channel}`]: { $ne: true } }]];
    case 'notForced':
      return [[{ [`flows.${term.channel}.forced`]: 'missed' }, 'missed'], [{ [`flows.${term.channel}.forced`]: { $ne: null } }]];
    case 'interaction': {
      const phase = term.is === 'inHand' ? { $nin: ['live', 'wrapup'] } : { $ne: term.is };
      return [[{ 'interaction.phase': phase }], ...(term.channels ? [[{ 'interaction.channel': { $nin: term.channels } }, 'otherChannel'] as [object, 'otherChannel']] : [])];
    }
    case 'smartInteraction':
      return [[{ 'interaction.smart': { $ne: true } }]];
    case 'notAutoRecorded':
      return [[{ 'interaction.autoRecorded': true }]];
    case 'pauseOver':
      return [[{ [`pauses.${term.direction}Until`]: { $gt: now } }]];
    case 'belowMaximum':
      return [[{ [`inHand.${term.channel}`]: { $gte: rights.maximum[term.channel] } }]];
    case 'connected':
      return [[{ connection: { $in: ['stale', 'signedOut'] } }]];
    default:
      return [];
  }
}
