/** Custom buttons of an interaction: their variables filled in, and whether and when they show or open by themselves. */
import type { InteractionView } from '../../api/interaction.ts';
import type { ProfileView, Snapshot } from '../../api/snapshot.ts';
import type { ResourceSummary } from '../../catalogue/index.ts';
import { filledIn, type Variable } from '../../interaction/variables.ts';
import { holdsFor, parseCondition } from '../maker/resources-condition.ts';

export type Values = (variable: Variable) => string;

/** What each variable is for this interaction; empty where it is nothing. What is masked stays masked. */
export function valuesOf(interaction: InteractionView, person: Pick<Snapshot['person'], 'name' | 'email'>, profile: Pick<ProfileView, 'name'> | null): Values {
  const { customer, channel, direction, queue, id } = interaction;
  const values: Readonly<Record<Variable, string>> = {
    'customer.number': channel === 'email' ? '' : customer.address,
    'customer.name': customer.name,
    'customer.email': channel === 'email' ? customer.address : '',
    'customer.id': customer.reference ?? '',
    'interaction.id': id,
    'interaction.channel': channel,
    'interaction.direction': direction,
    'interaction.queue': queue?.name ?? '',
    'case.id': '',
    'person.name': person.name,
    'person.email': person.email,
    'profile.name': profile?.name ?? '',
  };
  return (variable) => values[variable];
}

const textOf = ({ attributes }: Pick<ResourceSummary, 'attributes'>, name: string): string => {
  const value = attributes[name];
  return typeof value === 'string' ? value : '';
};

/** One that cannot be read does not show: nobody knows when it was meant to. */
export function showsButton(resource: Pick<ResourceSummary, 'attributes'>, values: Values): boolean {
  const parsed = parseCondition(textOf(resource, 'condition'));
  return parsed.ok && holdsFor(parsed.condition, values);
}

/**
 * The page it opens; null for a workflow or web service, which are commands, and for what is no web page once its
 * variables are filled in. The host is never a customer's to say.
 */
export function addressOf(resource: Pick<ResourceSummary, 'attributes'>, values: Values): string | null {
  if ((textOf(resource, 'opens') || 'url') !== 'url') return null;
  const target = textOf(resource, 'target');
  const [, host] = /^https?:\/\/([^/?#]+)/i.exec(target) ?? [];
  if (!host || /[{}]/.test(host)) return null;
  const address = filledIn(target, values);
  return URL.canParse(address) ? address : null;
}

export type Trigger = 'byHand' | 'presented' | 'accepted';
export const triggerOf = (resource: Pick<ResourceSummary, 'attributes'>): Trigger => {
  const trigger = textOf(resource, 'trigger');
  return trigger === 'presented' || trigger === 'accepted' ? trigger : 'byHand';
};
