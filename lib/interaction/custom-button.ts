/** Custom buttons: their variables filled in, whether and when they show or act by themselves, and what they do. */
import type { InteractionView } from '../api/interaction.ts';
import type { ProfileView, Snapshot } from '../api/snapshot.ts';
import type { ResourceSummary } from '../catalogue/index.ts';
import type { ButtonTrigger } from '../catalogue/resources.ts';
import { holdsFor, parseCondition } from './condition.ts';
import { filledIn, type Variable } from './variables.ts';

export type Values = (variable: Variable) => string;
type Button = Pick<ResourceSummary, 'attributes'>;
type Who = Pick<Snapshot['person'], 'name' | 'email'>;
type Profile = Pick<ProfileView, 'name'> | null;

const NONE: Readonly<Record<Variable, string>> = {
  'customer.number': '',
  'customer.name': '',
  'customer.email': '',
  'customer.id': '',
  'interaction.id': '',
  'interaction.channel': '',
  'interaction.direction': '',
  'interaction.queue': '',
  'case.id': '',
  'person.name': '',
  'person.email': '',
  'profile.name': '',
};

const valuesFrom = (person: Who, profile: Profile, more: Partial<Record<Variable, string>>): Values => {
  const values = { ...NONE, 'person.name': person.name, 'person.email': person.email, 'profile.name': profile?.name ?? '', ...more };
  return (variable) => values[variable];
};

/** In the bar there is nobody but the person. */
export const valuesOfBar = (person: Who, profile: Profile): Values => valuesFrom(person, profile, {});

/** What each variable is for this interaction; empty where it is nothing. What is masked stays masked. */
export function valuesOf({ customer, channel, direction, queue, id }: Pick<InteractionView, 'customer' | 'channel' | 'direction' | 'queue' | 'id'>, person: Who, profile: Profile): Values {
  return valuesFrom(person, profile, {
    'customer.number': channel === 'email' ? '' : customer.address,
    'customer.name': customer.name,
    'customer.email': channel === 'email' ? customer.address : '',
    'customer.id': customer.reference ?? '',
    'interaction.id': id,
    'interaction.channel': channel,
    'interaction.direction': direction,
    'interaction.queue': queue?.name ?? '',
  });
}

/** The module whose opened row a button stands with, by the family of its control. */
export const BUTTON_MODULES = { 'case.custom': 'mod.cases', 'crm.custom': 'mod.crm' } as const;
export type RowFamily = keyof typeof BUTTON_MODULES;

/** The same for a case, or a customer of a CRM, as a panel shows it. */
export function valuesOfRow(family: RowFamily, { id, values }: { readonly id: string; readonly values: Readonly<Record<string, unknown>> }, person: Who, profile: Profile): Values {
  const said = (...columns: readonly string[]): string => columns.map((column) => values[column]).find((value): value is string => typeof value === 'string' && value !== '') ?? '';
  return valuesFrom(person, profile, {
    'customer.name': said(family === 'case.custom' ? 'customer' : 'name'),
    'customer.number': said('phone', 'mobile'),
    'customer.email': said('email'),
    ...(family === 'case.custom' ? { 'case.id': id } : { 'customer.id': said('number') || id }),
  });
}

const textOf = ({ attributes }: Button, name: string): string => {
  const value = attributes[name];
  return typeof value === 'string' ? value : '';
};

/** One that cannot be read does not show: nobody knows when it was meant to. */
export function showsButton(resource: Button, values: Values): boolean {
  const parsed = parseCondition(textOf(resource, 'condition'));
  return parsed.ok && holdsFor(parsed.condition, values);
}

export type Opens = 'url' | 'workflow' | 'webService';
/** Null for what nobody knows. */
export const opensOf = (resource: Button): Opens | null => {
  const opens = textOf(resource, 'opens') || 'url';
  return opens === 'url' || opens === 'workflow' || opens === 'webService' ? opens : null;
};

/** A page is opened here; what a workflow or web service is for is the hub's to do. */
export function isForHub(resource: Button): boolean {
  const opens = opensOf(resource);
  return opens === 'workflow' || opens === 'webService';
}

/**
 * The page it opens; null for a workflow or web service, which are commands, and for what is no web page once its
 * variables are filled in. The host is never a customer's to say.
 */
export const addressOf = (resource: Button, values: Values): string | null =>
  opensOf(resource) === 'url' ? filledAddress(textOf(resource, 'target'), values) : null;

export function filledAddress(target: string, values: Values): string | null {
  const [, host] = /^https?:\/\/([^/?#]+)/i.exec(target) ?? [];
  if (!host || /[{}]/.test(host)) return null;
  const address = filledIn(target, values);
  return URL.canParse(address) ? address : null;
}

export const triggerOf = (resource: Button): ButtonTrigger => {
  const trigger = textOf(resource, 'trigger');
  return trigger === 'presented' || trigger === 'accepted' ? trigger : 'byHand';
};
