/** The Maker rights of a profile: what each module says, what follows from it, and what of it one may give. */
import { computed, type ReadonlySignal } from '@preact/signals-core';
import {
  type BasicVerb,
  CONSOLE_TYPE,
  consoleFieldById,
  type ConsoleModule,
  type ConsoleModuleId,
  consoleModules,
  type ConsoleRight,
  type ConsoleVerb,
  elementsField,
  maskField,
  MASKS,
  menuField,
  type Permission,
  PERMISSION_TYPES,
  type PermissionType,
  TYPE_GRANTS,
  verbField,
} from '../../catalogue/console.ts';
import type { ProfileDocument } from '../../catalogue/index.ts';
import { consoleRightsOf, type ConsoleRights } from '../../decide/console.ts';
import { consoleBeyond } from '../../decide/console-grants.ts';
import type { Person } from '../../decide/index.ts';
import type { Finding } from '../../profile/lint.ts';
import { withField } from './editor-document.ts';
import type { Editor } from './editor-types.ts';
import { createFields, type FieldModel } from './settings-field.ts';

/** Somebody without anything of their own: what the profile alone gives. */
const ANYBODY: Person = { licence: 'smart', type: 'agent', allow: [], deny: [], accountOptions: [] };
const rightsIn = (document: ProfileDocument): ConsoleRights => consoleRightsOf({ document, resources: {} }, ANYBODY);

export interface VerbModel {
  readonly verb: ConsoleVerb;
  readonly right: ConsoleRight;
  readonly field: FieldModel;
  /** What *inherit* comes to. */
  readonly inherited: ReadonlySignal<boolean>;
  /** What holds. */
  readonly allowed: ReadonlySignal<boolean>;
  /** Whether one may choose this: nobody gives what they lack. */
  mayChoose(permission: Permission): boolean;
}

export interface ModuleModel {
  readonly module: ConsoleModule<ConsoleModuleId>;
  readonly verbs: readonly VerbModel[];
  readonly menu: FieldModel;
  /** Whether the menu shows it. */
  readonly shown: ReadonlySignal<boolean>;
  /** Null where the module has no elements to choose from. */
  readonly elements: FieldModel | null;
  readonly changes: ReadonlySignal<number>;
  /** In full: everything is allowed; inherited: nothing is said by name. */
  readonly state: ReadonlySignal<{ readonly full: boolean; readonly inherited: boolean; readonly nothing: boolean }>;
  /** The fields that stand in the way of enabling it in full. */
  readonly beyondFull: ReadonlySignal<readonly string[]>;
  /** Whether one may have the menu show it by name. */
  mayShow(): boolean;
  enableInFull(): void;
  inherit(): void;
}

export interface RightsEdges {
  readonly editor: Editor;
  readonly rights: ReadonlySignal<ConsoleRights>;
  readonly findings: ReadonlySignal<readonly Finding[]>;
}

export function createRights({ editor, rights, findings }: RightsEdges) {
  const byField = computed(() => Map.groupBy(findings.value.filter(({ at }) => at.field !== undefined), ({ at }) => at.field!));
  const fieldOf = createFields({ editor, rights, findings: byField });
  const given = computed(() => rightsIn(editor.document.value));
  const givenBefore = computed(() => rightsIn(editor.base.value));
  const type = fieldOf(CONSOLE_TYPE);
  /** What one may not give of a document, of what is not published already. */
  const beyond = (document: ProfileDocument) => consoleBeyond(rights.value, editor.base.value, document);
  const modules = (consoleModules as readonly ConsoleModule<ConsoleModuleId>[]).map((module) => createModule({ module, editor, rights, fieldOf, given, givenBefore, beyond }));
  const changed = computed(() => editor.changes.value.settings.filter(({ id }) => consoleFieldById.has(id)).map(({ id }) => id));
  const typesBeyond = computed(() => {
    const now = beyond(editor.document.value).length;
    return new Set<PermissionType>(PERMISSION_TYPES.filter((each) => beyond(withField(editor.document.value, CONSOLE_TYPE, each)).length > now));
  });
  return {
    type,
    masks: MASKS.map((kind) => fieldOf(maskField(kind))),
    modules,
    fieldOf,
    changed,
    mayChooseType: (each: PermissionType) => each === type.value.value || !typesBeyond.value.has(each),
    /** Undoes all of it. Returns how to put back what was undone. */
    undo(): () => void {
      const values = changed.peek().map((id) => [id, fieldOf(id).value.peek()] as const);
      for (const [id] of values) editor.undoField(id);
      return () => {
        for (const [id, value] of values) editor.setField(id, value);
      };
    },
  };
}
export type Rights = ReturnType<typeof createRights>;

interface ModuleEdges extends Pick<RightsEdges, 'editor' | 'rights'> {
  readonly module: ConsoleModule<ConsoleModuleId>;
  readonly fieldOf: (id: string) => FieldModel;
  readonly given: ReadonlySignal<ConsoleRights>;
  readonly givenBefore: ReadonlySignal<ConsoleRights>;
  readonly beyond: (document: ProfileDocument) => readonly string[];
}

function createModule(edges: ModuleEdges): ModuleModel {
  const { module, editor, rights, fieldOf, given, givenBefore, beyond } = edges;
  const verbs = module.verbs.map((verb) => createVerb(verb, edges));
  const menu = fieldOf(menuField(module.id));
  const elements = module.listed ? fieldOf(elementsField(module.id)) : null;
  const all = [menu, ...verbs.map(({ field }) => field), ...(elements ? [elements] : [])];
  const inFull = (document: ProfileDocument) =>
    [
      ...verbs.map(({ field }) => [field.field.id, 'allow'] as const),
      [menu.field.id, 'inherit'] as const,
      ...(elements ? [[elements.field.id, 'all'] as const] : []),
    ].reduce((next, [id, value]) => withField(next, id, value), document);
  return {
    module,
    verbs,
    menu,
    shown: computed(() => given.value.menu(module.id)),
    elements,
    changes: computed(() => all.filter(({ changed }) => changed.value).length),
    state: computed(() => ({
      full: verbs.every(({ allowed }) => allowed.value) && (elements === null || elements.value.value === 'all'),
      inherited: verbs.every(({ field }) => field.value.value === 'inherit') && menu.value.value === 'inherit',
      nothing: verbs.every(({ allowed }) => !allowed.value),
    })),
    beyondFull: computed(() => {
      const now = new Set(beyond(editor.document.value));
      return beyond(inFull(editor.document.value)).filter((id) => !now.has(id));
    }),
    mayShow: () => givenBefore.value.menu(module.id) || rights.value.mayGrant(menu.field.id, 'show'),
    enableInFull() {
      for (const { field } of verbs) field.set('allow');
      menu.set('inherit');
      elements?.set('all');
    },
    inherit() {
      for (const field of [menu, ...verbs.map((verb) => verb.field)]) field.set('inherit');
    },
  };
}

function createVerb(verb: ConsoleVerb, { module, rights, fieldOf, given, givenBefore }: ModuleEdges): VerbModel {
  const id = verbField(module.id, verb);
  const right = `${module.id}.${verb}` as ConsoleRight;
  const type = fieldOf(CONSOLE_TYPE);
  const inherited = computed(() => (TYPE_GRANTS[type.value.value as PermissionType] ?? []).includes(verb as BasicVerb));
  return {
    verb,
    right,
    field: fieldOf(id),
    inherited,
    allowed: computed(() => given.value.may(right).allowed),
    mayChoose(permission) {
      const gives = permission === 'allow' || (permission === 'inherit' && inherited.value);
      return !gives || givenBefore.value.may(right).allowed || given.value.may(right).allowed || rights.value.may(right).allowed;
    },
  };
}
