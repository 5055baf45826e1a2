/**
 * The Maker's own rights, a group beside the 20 sections: for each module of the Maker who may read, create, update,
 * delete, import, export, and what else only that module has. Declared apart from the sections, so that the banner,
 * which asks for none of them, does not carry them.
 *
 * Sources: uContact, "Profiles" (modules by verbs, an own list of elements for each module); Connectel, "Create User
 * Profiles" (a permission type that every module inherits unless overridden, and the menu apart from reading).
 */
import { choice, elements, mask } from './fields.ts';
import type { Field, ResourceKind } from './types.ts';

/**
 * Which of read, edit and delete every module has that does not say otherwise. No other combination is legal; *edit* is
 * to create and to update.
 */
export const PERMISSION_TYPES = ['none', 'read', 'readEdit', 'readDelete', 'readEditDelete'] as const;
export type PermissionType = (typeof PERMISSION_TYPES)[number];

/** The verbs that the permission type speaks of. */
export const BASIC_VERBS = ['read', 'create', 'update', 'delete'] as const;
/**
 * What the permission type never grants: each is allowed by name or not at all. `events` and `flow` have no meaning in
 * the source, so none is invented: they are kept and nothing asks for them.
 */
export const SPECIAL_VERBS = ['import', 'export', 'publish', 'refresh', 'assign', 'dispositions', 'lists', 'code', 'events', 'flow'] as const;
export type BasicVerb = (typeof BASIC_VERBS)[number];
export type SpecialVerb = (typeof SPECIAL_VERBS)[number];
export type ConsoleVerb = BasicVerb | SpecialVerb;

export const PERMISSIONS = ['inherit', 'allow', 'deny'] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const MENU_CHOICES = ['inherit', 'show', 'hide'] as const;
export type MenuChoice = (typeof MENU_CHOICES)[number];

export const TYPE_GRANTS: Readonly<Record<PermissionType, readonly BasicVerb[]>> = {
  none: [],
  read: ['read'],
  readEdit: ['read', 'create', 'update'],
  readDelete: ['read', 'delete'],
  readEditDelete: ['read', 'create', 'update', 'delete'],
};

export interface ConsoleModule<Id extends string = string, Verbs extends readonly ConsoleVerb[] = readonly ConsoleVerb[]> {
  readonly id: Id;
  readonly label: string;
  /** Name of the icon in lucide, in kebab case. */
  readonly icon: string;
  readonly verbs: Verbs;
  /** What is kept under it; empty where it has no elements of its own to choose from. */
  readonly kinds: readonly (ResourceKind | 'profile')[];
  /** A list says which elements the rights are for. */
  readonly listed: boolean;
}

const consoleModule = <const Id extends string, const Verbs extends readonly ConsoleVerb[]>(
  id: Id,
  icon: string,
  verbs: Verbs,
  kinds: readonly (ResourceKind | 'profile')[],
  listed = kinds.length > 0,
): ConsoleModule<Id, Verbs> => ({ id, label: `console.module.${id}`, icon, verbs, kinds, listed });

/** In the order of the Maker's menu. */
export const consoleModules = [
  consoleModule('people', 'users', ['read', 'create', 'update', 'delete', 'import', 'export', 'assign'], ['person']),
  consoleModule('teams', 'users-round', BASIC_VERBS, ['team']),
  consoleModule('profiles', 'id-card', ['read', 'create', 'update', 'delete', 'import', 'export', 'publish', 'refresh', 'assign'], ['profile']),
  consoleModule('activities', 'activity', BASIC_VERBS, ['activity']),
  consoleModule('queues', 'list-tree', BASIC_VERBS, ['queue']),
  consoleModule('transferRules', 'arrow-right-left', BASIC_VERBS, ['transferRule']),
  consoleModule('campaigns', 'layers', ['read', 'create', 'update', 'delete', 'dispositions', 'events'], ['voiceCampaign', 'smsCampaign']),
  consoleModule('outboundHubs', 'radio-tower', ['read', 'create', 'update', 'delete', 'lists'], ['outboundHub']),
  consoleModule('ivrs', 'workflow', ['read', 'create', 'update', 'delete', 'flow'], ['ivr']),
  consoleModule('customButtons', 'square-mouse-pointer', BASIC_VERBS, ['customButton']),
  consoleModule('wallboards', 'layout-dashboard', ['read', 'create', 'update', 'delete', 'code'], ['wallboard']),
  consoleModule('forms', 'clipboard-list', ['read', 'create', 'update', 'delete', 'code'], ['form']),
  consoleModule('resources', 'boxes', BASIC_VERBS, [
    'directory',
    'knowledgeBase',
    'documentCenter',
    'smsNumber',
    'smsTemplate',
    'voiceMailbox',
    'category',
    'platform',
    'paymentModule',
    'evaluationGrid',
    'crm',
    'survey',
  ]),
  consoleModule('audit', 'scroll-text', ['read', 'export'], []),
  consoleModule('whoCan', 'shield-question-mark', ['read', 'export'], []),
] as const;

type Modules = (typeof consoleModules)[number];
export type ConsoleModuleId = Modules['id'];
/** `profiles.publish`: what a route needs, and what the fields grant. */
export type ConsoleRight = { [M in Modules as M['id']]: `${M['id']}.${M['verbs'][number]}` }[ConsoleModuleId];

export const consoleModuleById: ReadonlyMap<string, ConsoleModule<ConsoleModuleId>> = new Map(
  consoleModules.map((m) => [m.id, m as ConsoleModule<ConsoleModuleId>]),
);
/** The module a kind of resource is kept under. */
export const moduleOfKind: ReadonlyMap<string, ConsoleModule<ConsoleModuleId>> = new Map(
  consoleModules.flatMap((m) => m.kinds.map((kind) => [kind as string, m as ConsoleModule<ConsoleModuleId>] as const)),
);

export const CONSOLE_TYPE = 'console.type';
export const verbField = (module: string, verb: string): string => `console.${module}.${verb}`;
/** Whether the Maker's menu shows the module: apart from reading, which still decides whether it opens. */
export const menuField = (module: string): string => `console.${module}.menu`;
export const elementsField = (module: string): string => `console.${module}.elements`;

/**
 * Personal data of customers that the hub hides from whoever works with the profile (Connectel, "Mask Sensitive Data"):
 * in the banner and its panels, wherever it is sent.
 */
export const MASKS = ['name', 'phone', 'email'] as const;
export type MaskField = `mask.${(typeof MASKS)[number]}`;
export const maskField = (kind: (typeof MASKS)[number]): MaskField => `mask.${kind}`;

/** The module that one of the Maker's fields belongs to; null for `console.type` and for fields that are none. */
export const moduleOfField = (field: string): ConsoleModuleId | null => {
  const [group, module = ''] = field.split('.');
  return group === 'console' && consoleModuleById.has(module) ? (module as ConsoleModuleId) : null;
};

/** What the Maker's fields hold in a profile document. */
export type ConsoleSettings = { 'console.type': PermissionType } & { [M in MaskField]: boolean } & { [R in ConsoleRight as `console.${R}`]: Permission } & {
  [M in ConsoleModuleId as `console.${M}.menu`]: MenuChoice;
} & { [M in ConsoleModuleId as `console.${M}.elements`]: 'all' | readonly string[] };

/** `console.type` first, then what is masked, then for each module its menu, its verbs and its elements. */
export const consoleFields: readonly Field[] = [
  choice(CONSOLE_TYPE, PERMISSION_TYPES, 'none', { label: 'console.type', source: 'A' }),
  ...MASKS.map((kind) => mask(maskField(kind), { label: `console.mask.${kind}`, source: 'A' })),
  ...consoleModules.flatMap(({ id, verbs, listed }): readonly Field[] => [
    choice(menuField(id), MENU_CHOICES, 'inherit', { label: 'console.menu', source: 'A' }),
    ...verbs.map((verb) => choice(verbField(id, verb), PERMISSIONS, 'inherit', { label: `console.verb.${verb}`, source: 'A' })),
    ...(listed ? [elements(elementsField(id), id, { label: 'console.elements', source: 'A' })] : []),
  ]),
];
export const consoleFieldById: ReadonlyMap<string, Field> = new Map(consoleFields.map((field) => [field.id, field]));
