import { fieldById, type GrantId } from './sections.ts';
import type { TabId } from './tabs.ts';
import { type Channel, type Control, type Dependency, LAYERS, type InteractionCondition, type Term } from './types.ts';

/** What a control's declaration says it needs; `terms` makes the full, ordered conjunction of it. */
export type Need =
  | Term
  /** The right, and with it everything that the right's own field depends on. */
  | { readonly kind: 'right'; readonly fields: readonly GrantId[]; readonly effect: 'hide' | 'lock' }
  /** Of the rights of several channels, the one of the channel at hand. */
  | { readonly kind: 'rightOfChannel'; readonly fields: Readonly<Partial<Record<Channel, GrantId>>> };

export const grant = (field: GrantId): Need => ({ kind: 'right', fields: [field], effect: 'hide' });
export const anyGrant = (...fields: GrantId[]): Need => ({ kind: 'right', fields, effect: 'hide' });
/** With an interaction in hand the right of its channel, without one any of them. */
export const grantOfChannel = (fields: Readonly<Partial<Record<Channel, GrantId>>>): Need => ({
  kind: 'rightOfChannel',
  fields,
});
/** A right without which the control stays in place, locked: the one case in which a profile locks. */
export const lockWithout = (field: GrantId): Need => ({ kind: 'right', fields: [field], effect: 'lock' });

export const row = (tab: TabId, where?: Readonly<Record<string, boolean>>): Term => ({
  layer: 'resource',
  effect: 'hide',
  kind: 'row',
  tab,
  ...(where ? { where } : {}),
});
/** A row whose resource has one of the given values: what a control made once for each such row needs. */
export const rowOf = ({ tab, resource }: NonNullable<Control['forEach']>): Term => ({
  layer: 'resource',
  effect: 'hide',
  kind: 'row',
  tab,
  resource,
});
/** For controls that no profile hides: without a row they are locked instead. */
export const lockWithoutRow = (tab: TabId): Term => ({ layer: 'resource', effect: 'lock', kind: 'row', tab });
export const switchedOn = (tab: TabId): Term => ({ layer: 'profile', effect: 'hide', kind: 'switchedOn', tab });

export const activityChannel = (channel: Channel): Term => ({
  layer: 'activity',
  effect: 'lock',
  kind: 'activityChannel',
  channel,
});
export const notForced = (channel: Channel): Term => ({ layer: 'supervisor', effect: 'lock', kind: 'notForced', channel });

export const interaction = (is: InteractionCondition, ...channels: Channel[]): Term => ({
  layer: 'interaction',
  effect: 'lock',
  kind: 'interaction',
  is,
  ...(channels.length > 0 ? { channels } : {}),
});
export const smartInteraction: Term = { layer: 'interaction', effect: 'lock', kind: 'smartInteraction' };
export const notAutoRecorded: Term = { layer: 'interaction', effect: 'lock', kind: 'notAutoRecorded' };
export const belowMaximum = (channel: Channel): Term => ({
  layer: 'interaction',
  effect: 'lock',
  kind: 'belowMaximum',
  channel,
});
export const pauseOver = (direction: 'inbound' | 'outbound'): Term => ({
  layer: 'interaction',
  effect: 'lock',
  kind: 'pauseOver',
  direction,
});
export const connected: Term = { layer: 'connection', effect: 'lock', kind: 'connected' };

/**
 * All terms of a control in layer order, with those that its rights' fields bring along, each once. Within a layer what
 * a right depends on comes before the right itself: granting the second alone would not help.
 */
export function terms(needs: readonly Need[]): readonly Term[] {
  const all = needs.flatMap(termsOfNeed);
  const byText = new Map(all.map((term) => [JSON.stringify(term), term]));
  // What holds for every channel need not be said of each.
  const unique = [...byText.values()].filter(
    (term) => !term.during || !byText.has(JSON.stringify({ ...term, during: undefined })),
  );
  return unique.toSorted((a, b) => LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer));
}

function termsOfNeed(need: Need): readonly Term[] {
  if (need.kind === 'right') return termsOfRight(need);
  if (need.kind !== 'rightOfChannel') return [need];
  const each = Object.entries(need.fields) as [Channel, GrantId][];
  return [
    ...each.flatMap(([during, field]) => termsOfRight({ fields: [field], effect: 'hide' }).map((term) => ({ ...term, during }))),
    ...termsOfRight({ fields: each.map(([, field]) => field), effect: 'hide' }),
  ];
}

function termsOfRight({ fields, effect }: { fields: readonly GrantId[]; effect: 'hide' | 'lock' }): Term[] {
  const own: Term[] = [
    { layer: 'person', effect, kind: 'notDenied', fields },
    { layer: 'profile', effect, kind: 'granted', fields },
  ];
  // Where one of several rights is enough, only what all of them depend on is needed whichever it is.
  const shared = fields
    .map((field) => dependencyTerms(field))
    .reduce((kept, next) => kept.filter((a) => next.some((b) => JSON.stringify(a) === JSON.stringify(b))));
  return [...shared, ...own];
}

function dependencyTerms(fieldId: string): Term[] {
  return (fieldById.get(fieldId)?.dependsOn ?? []).flatMap(termsOfDependency);
}

function termsOfDependency(dependency: Dependency): Term[] {
  switch (dependency.on) {
    case 'field':
      return termsOfRight({ fields: [dependency.field as GrantId], effect: 'hide' });
    case 'anyField':
      return termsOfRight({ fields: dependency.fields as GrantId[], effect: 'hide' });
    case 'licence':
      return [{ layer: 'licence', effect: 'hide', kind: 'licence', licence: dependency.licence }];
    case 'personType':
      return [{ layer: 'person', effect: 'hide', kind: 'personType', types: dependency.types }];
    case 'account':
      return [{ layer: 'account', effect: 'hide', kind: 'account', option: dependency.option }];
    case 'row':
      return [row(dependency.tab as TabId, dependency.where)];
  }
}
