/**
 * The Maker's own rights: what a person may do there, and what they may give to others. Asked alike by the hub, on every
 * call, and by the Maker. Apart from lib/decide/index.ts, so that the banner does not carry it.
 */
import {
  BASIC_VERBS,
  type BasicVerb,
  CONSOLE_TYPE,
  consoleFieldById,
  type ConsoleModuleId,
  consoleModules,
  type ConsoleRight,
  elementsField,
  menuField,
  type PermissionType,
  TYPE_GRANTS,
  verbField,
} from '../catalogue/console.ts';
import { fieldById, type Licence, LICENCES } from '../catalogue/index.ts';
import { factsOf } from './facts.ts';
import { createHoldings, LICENCE } from './grants.ts';
import type { ActiveProfile, NoProfile, Person, ReasonCode } from './types.ts';

export const CONSOLE_REASONS = [
  /** The profile denies this very right. */
  'console.denied',
  /** Inherited, and the profile's permission type does not have it. */
  'console.type',
  /** Inherited, and no permission type has it: it is allowed by name or not at all. */
  'console.notAllowed',
  /** The module's list of elements does not name this one. */
  'console.elements',
] as const;
/** A person reads the message `reason.<code>`. */
export type ConsoleReasonCode = (typeof CONSOLE_REASONS)[number] | Extract<ReasonCode, 'person.denied' | `profile.${NoProfile}`>;

export interface ConsoleAnswer {
  readonly allowed: boolean;
  /** Why not; null where allowed. */
  readonly code: ConsoleReasonCode | null;
  /** The field it comes from: `console.queues.delete`, `console.type`; null where allowed, or where there is no profile. */
  readonly setting: string | null;
}

export interface ConsoleRights {
  may(right: ConsoleRight): ConsoleAnswer;
  /** Which elements of a module the rights are for, by id. */
  elements(module: ConsoleModuleId): 'all' | ReadonlySet<string>;
  mayElement(module: ConsoleModuleId, id: string): boolean;
  /** Whether the Maker's menu shows the module. Whether it opens is for `<module>.read`. */
  menu(module: ConsoleModuleId): boolean;
  /**
   * Whether the person may give this value to a field of a profile, a field to somebody as an extra (with `true` or
   * `'allow'`), a tab, a row or an attribute of one (see `rowPath`), or somebody this `licence`: nobody gives what they
   * lack. To take away is always allowed. What `inherit` gives depends on the profile's type: see `grantedBeyond`.
   */
  mayGrant(field: string, value: unknown): boolean;
}

const ALLOWED: ConsoleAnswer = Object.freeze({ allowed: true, code: null, setting: null });
const refused = (code: ConsoleReasonCode, setting: string | null): ConsoleAnswer => Object.freeze({ allowed: false, code, setting });

/** Of an administrator, and of the command line: everything. */
export const everyConsoleRight: ConsoleRights = Object.freeze({
  may: () => ALLOWED,
  elements: () => 'all' as const,
  mayElement: () => true,
  menu: () => true,
  mayGrant: () => true,
});

/** An extra that gives a person one element of a module besides those of their profile: they made it themselves. */
export const elementExtra = (module: ConsoleModuleId, id: string): string => `${elementsField(module)}/${id}`;

/**
 * @param profile the one in effect: of the open session, else the one at login
 */
export function consoleRightsOf(profile: ActiveProfile | NoProfile, person: Person): ConsoleRights {
  if (person.type === 'administrator') return everyConsoleRight;
  const active = typeof profile === 'string' ? null : profile;
  const settings = (active?.document.settings ?? {}) as Settings;
  const denied = new Set(person.deny);
  // Without a profile extras count for nothing: they are additions to one.
  const extras = active ? person.allow : [];
  const allowed = new Set(extras);
  const facts = factsOf(active, person);

  const may = (right: ConsoleRight): ConsoleAnswer => {
    const field = `console.${right}`;
    if (typeof profile === 'string') return refused(`profile.${profile}`, null);
    if (denied.has(field)) return refused('person.denied', field);
    if (!consoleFieldById.has(field)) return refused('console.notAllowed', field);
    return allowed.has(field) ? ALLOWED : byProfile(settings, field);
  };
  const met = new Map<ConsoleModuleId, 'all' | ReadonlySet<string>>();
  const elements = (module: ConsoleModuleId) => {
    const known = met.get(module) ?? elementsIn(settings, extras, elementsField(module));
    met.set(module, known);
    return known;
  };
  const mayElement = (module: ConsoleModuleId, id: string) => {
    const all = elements(module);
    return all === 'all' || all.has(id);
  };
  const menu = (module: ConsoleModuleId): boolean => {
    const value = valueOf(settings, menuField(module));
    return value === 'inherit' ? may(`${module}.read` as ConsoleRight).allowed : value === 'show';
  };
  const holds = createHoldings(facts, mayElement);
  const mayGrant = (field: string, value: unknown): boolean => {
    // What is hidden from oneself one shows to nobody.
    if (field.startsWith('mask.')) return value !== false || settings[field] !== true;
    if (field === LICENCE) return LICENCES.indexOf(value as Licence) <= LICENCES.indexOf(person.licence);
    const parts = partsOf(field);
    if (!parts) return holds(field, value === 'allow' && !grantsNothing(field) ? true : value);
    switch (parts.what) {
      case 'type':
        return rightsOfType(value).every((right) => may(right).allowed);
      case 'menu':
        return value !== 'show' || menu(parts.module);
      case 'verb':
        return (value !== 'allow' && value !== true) || may(parts.right).allowed;
      case 'elements':
        if (parts.element !== null) return (value !== 'allow' && value !== true) || mayElement(parts.module, parts.element);
        if (value === 'all') return elements(parts.module) === 'all';
        return !Array.isArray(value) || value.every((id) => mayElement(parts.module, String(id)));
    }
  };
  return { may, elements, mayElement, menu, mayGrant };
}

/** What the settings of a profile give by themselves, to anybody who has no extras. */
export const givenBy = (settings: Readonly<Record<string, unknown>>) => ({
  may: (right: ConsoleRight): boolean => byProfile(settings, `console.${right}`).allowed,
  elements: (module: ConsoleModuleId) => elementsIn(settings, [], elementsField(module)),
});

type Settings = Readonly<Record<string, unknown>>;

/** What a document says of a field, its default where that is nothing. */
function valueOf(settings: Settings, field: string): unknown {
  const value = Object.hasOwn(settings, field) ? settings[field] : undefined;
  return value ?? consoleFieldById.get(field)?.default;
}

/** What a profile alone says of a right. Anything that is no value of the field denies. */
function byProfile(settings: Settings, field: string): ConsoleAnswer {
  const value = valueOf(settings, field);
  if (value === 'allow') return ALLOWED;
  if (value !== 'inherit') return refused('console.denied', field);
  const verb = field.slice(field.lastIndexOf('.') + 1);
  if (!isBasic(verb)) return refused('console.notAllowed', field);
  return verbsOfType(valueOf(settings, CONSOLE_TYPE)).includes(verb) ? ALLOWED : refused('console.type', CONSOLE_TYPE);
}

const verbsOfType = (type: unknown): readonly BasicVerb[] =>
  typeof type === 'string' && Object.hasOwn(TYPE_GRANTS, type) ? TYPE_GRANTS[type as PermissionType] : [];

const isBasic = (verb: string): verb is BasicVerb => (BASIC_VERBS as readonly string[]).includes(verb);

function elementsIn(settings: Settings, extras: readonly string[], field: string): 'all' | ReadonlySet<string> {
  const declared = consoleFieldById.get(field);
  // A module without elements of its own has none to be kept from.
  if (!declared) return 'all';
  const value = valueOf(settings, field);
  if (value === 'all') return 'all';
  const prefix = `${field}/`;
  const own = extras.filter((extra) => extra.startsWith(prefix)).map((extra) => extra.slice(prefix.length));
  return new Set([...(Array.isArray(value) ? value.map(String) : []), ...own]);
}

const allRights: readonly ConsoleRight[] = consoleModules.flatMap(({ id, verbs }) => verbs.map((verb) => `${id}.${verb}` as ConsoleRight));

/** Every right that a permission type gives, over all modules. */
function rightsOfType(type: unknown): readonly ConsoleRight[] {
  const verbs: readonly string[] = verbsOfType(type);
  return allRights.filter((right) => verbs.includes(right.slice(right.indexOf('.') + 1)));
}

type Parts =
  | { readonly what: 'type' }
  | { readonly what: 'verb'; readonly right: ConsoleRight }
  | { readonly what: 'menu'; readonly module: ConsoleModuleId }
  | { readonly what: 'elements'; readonly module: ConsoleModuleId; readonly element: string | null };

const partsByField: ReadonlyMap<string, Parts> = new Map<string, Parts>([
  [CONSOLE_TYPE, { what: 'type' }],
  ...consoleModules.flatMap(({ id, verbs }): (readonly [string, Parts])[] => [
    [menuField(id), { what: 'menu', module: id }],
    ...verbs.map((verb) => [verbField(id, verb), { what: 'verb', right: `${id}.${verb}` as ConsoleRight }] as const),
    ...(consoleFieldById.has(elementsField(id)) ? [[elementsField(id), { what: 'elements', module: id, element: null }] as const] : []),
  ]),
]);

/** What one of the Maker's fields, or an extra, is about; null where it is none of the Maker's. */
function partsOf(field: string): Parts | null {
  const slash = field.indexOf('/');
  const parts = partsByField.get(slash < 0 ? field : field.slice(0, slash)) ?? null;
  if (slash < 0) return parts;
  return parts?.what === 'elements' ? { ...parts, element: field.slice(slash + 1) } : null;
}

/** Nothing asks for a field that no catalogue has, so nobody gets anything by it; a number or a text is no right. */
const grantsNothing = (field: string): boolean => fieldById.get(field)?.type !== 'boolean';

/**
 * Whether a person's extras may name it: a right of a section, a right of the Maker, or one element of a module.
 */
export function isExtra(field: string): boolean {
  const parts = partsOf(field);
  if (!parts) return !grantsNothing(field);
  return parts.what === 'verb' || (parts.what === 'elements' && parts.element !== null);
}
