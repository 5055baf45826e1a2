import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  BASIC_VERBS,
  CONSOLE_TYPE,
  consoleFields,
  type ConsoleModuleId,
  consoleModules,
  type ConsoleRight,
  elementsField,
  maskField,
  MASKS,
  menuField,
  PERMISSION_TYPES,
  PERMISSIONS,
  TYPE_GRANTS,
  verbField,
} from '../../../lib/catalogue/console.ts';
import { type ActiveProfile, type Person, rightsOf } from '../../../lib/decide/index.ts';
import { consoleRightsOf, elementExtra, isExtra } from '../../../lib/decide/console.ts';
import { grantedBeyond } from '../../../lib/decide/console-grants.ts';
import { grantArbitrary, grantIds, personArbitrary, activeProfileArbitrary, valueArbitrary } from '../../fixtures/arbitraries.ts';

const allRights = consoleModules.flatMap(({ id, verbs }) => verbs.map((verb) => `${id}.${verb}` as ConsoleRight));
const rightArbitrary = fc.constantFrom(...allRights);
const moduleArbitrary = fc.constantFrom(...consoleModules.map(({ id }) => id));
const verbOf = (right: string) => right.slice(right.indexOf('.') + 1);
const fieldOf = (right: ConsoleRight) => `console.${right}`;

const consoleArbitrary = fc.record(Object.fromEntries(consoleFields.map((field) => [field.id, valueArbitrary(field)])), { requiredKeys: [] });
/** With some of the Maker's fields, and people with some of its rights as extras. */
const withConsole = fc
  .tuple(activeProfileArbitrary, consoleArbitrary)
  .map(([profile, settings]) => withSettings(profile, settings));
const somebody = fc
  .tuple(personArbitrary, fc.subarray(allRights), fc.subarray(allRights))
  .map(([person, allow, deny]): Person => ({
    ...person,
    type: person.type === 'administrator' ? 'manager' : person.type,
    allow: [...person.allow, ...allow.map(fieldOf)],
    deny: [...person.deny, ...deny.map(fieldOf)],
  }));

const withSettings = (profile: ActiveProfile, settings: Readonly<Record<string, unknown>>): ActiveProfile => ({
  ...profile,
  document: { ...profile.document, settings: { ...profile.document.settings, ...settings } },
});
const profileOf = (settings: Readonly<Record<string, unknown>>): ActiveProfile => ({ document: { schema: 1, settings, configuration: {} }, resources: {} });
const manager: Person = { licence: 'smart', type: 'manager', allow: [], deny: [], accountOptions: [] };

describe("the Maker's rights", () => {
  test('are denied by default, whatever a person is but an administrator', () => {
    for (const type of ['agent', 'manager'] as const) {
      const rights = consoleRightsOf(profileOf({}), { ...manager, type });
      for (const right of allRights) expect(rights.may(right).allowed).toBe(false);
      for (const { id, listed } of consoleModules) {
        expect(rights.menu(id)).toBe(false);
        expect(rights.elements(id)).toEqual(listed ? new Set() : 'all');
      }
    }
  });

  test('are all an administrator’s, denied or not, with or without a profile', () => {
    fc.assert(
      fc.property(fc.oneof(withConsole, fc.constant('none' as const)), somebody, rightArbitrary, grantArbitrary, (profile, person, right, field) => {
        const rights = consoleRightsOf(profile, { ...person, type: 'administrator', deny: [fieldOf(right)] });
        expect(rights.may(right)).toEqual({ allowed: true, code: null, setting: null });
        expect(rights.mayGrant(field, true) && rights.mayGrant(CONSOLE_TYPE, 'readEditDelete')).toBe(true);
      }),
    );
  });

  test('are none without a profile: extras are additions to one', () => {
    fc.assert(
      fc.property(somebody, rightArbitrary, (person, right) => {
        expect(consoleRightsOf('none', { ...person, allow: [fieldOf(right)] }).may(right)).toEqual({ allowed: false, code: 'profile.none', setting: null });
      }),
    );
  });

  test('a denial of the person goes before everything, an extra before the profile', () => {
    fc.assert(
      fc.property(withConsole, somebody, rightArbitrary, (profile, person, right) => {
        const field = fieldOf(right);
        expect(consoleRightsOf(profile, { ...person, deny: [field] }).may(right)).toEqual({ allowed: false, code: 'person.denied', setting: field });
        expect(consoleRightsOf(profile, { ...person, allow: [field], deny: [] }).may(right).allowed).toBe(true);
      }),
    );
  });

  test('say why not exactly where they are refused', () => {
    fc.assert(
      fc.property(withConsole, somebody, rightArbitrary, (profile, person, right) => {
        const { allowed, code, setting } = consoleRightsOf(profile, person).may(right);
        expect([code === null, setting === null]).toEqual([allowed, allowed]);
      }),
    );
  });

  test('inherited are what the permission type gives, and a special verb never is', () => {
    fc.assert(
      fc.property(withConsole, rightArbitrary, fc.constantFrom(...PERMISSION_TYPES), (profile, right, type) => {
        const inherits = withSettings(profile, { [CONSOLE_TYPE]: type, [fieldOf(right)]: 'inherit' });
        const { allowed, code } = consoleRightsOf(inherits, manager).may(right);
        const basic = (BASIC_VERBS as readonly string[]).includes(verbOf(right));
        expect(allowed).toBe((TYPE_GRANTS[type] as readonly string[]).includes(verbOf(right)));
        if (!allowed) expect(code).toBe(basic ? 'console.type' : 'console.notAllowed');
      }),
    );
  });

  test('allowing one takes no other away', () => {
    fc.assert(
      fc.property(withConsole, somebody, rightArbitrary, (profile, person, right) => {
        const [before, after] = [consoleRightsOf(profile, person), consoleRightsOf(withSettings(profile, { [fieldOf(right)]: 'allow' }), person)];
        for (const each of allRights) if (before.may(each).allowed) expect(after.may(each).allowed).toBe(true);
      }),
    );
  });

  test('with a value that is none, or a type that is none, are denied', () => {
    fc.assert(
      fc.property(rightArbitrary, fc.oneof(fc.constantFrom(true, 1, 'yes', {}), fc.string()), (right, odd) => {
        fc.pre(![...PERMISSIONS, ...PERMISSION_TYPES].includes(odd as never));
        expect(consoleRightsOf(profileOf({ [CONSOLE_TYPE]: 'readEditDelete', [fieldOf(right)]: odd }), manager).may(right).code).toBe('console.denied');
        expect(consoleRightsOf(profileOf({ [CONSOLE_TYPE]: odd }), manager).may(right).allowed).toBe(false);
      }),
    );
    expect(consoleRightsOf(profileOf({ 'console.profiles.fly': 'allow' }), manager).may('profiles.fly' as ConsoleRight).allowed).toBe(false);
  });

  test('show a module where its menu says so, else where it may be read', () => {
    const settings = { [CONSOLE_TYPE]: 'read', [menuField('queues')]: 'hide', [verbField('teams', 'read')]: 'deny', [menuField('forms')]: 'show', [verbField('forms', 'read')]: 'deny' };
    const rights = consoleRightsOf(profileOf(settings), manager);
    expect([rights.menu('activities'), rights.menu('queues'), rights.menu('teams'), rights.menu('forms')]).toEqual([true, false, false, true]);
    expect([rights.may('queues.read').allowed, rights.may('forms.read').allowed]).toEqual([true, false]);
  });

  test('are for the elements that are listed, and for what one made', () => {
    const rights = consoleRightsOf(profileOf({ [elementsField('queues')]: ['a'], [elementsField('people')]: 'all' }), {
      ...manager,
      allow: [elementExtra('queues', 'b')],
    });
    expect([rights.elements('queues'), rights.elements('people'), rights.elements('teams'), rights.elements('audit')]).toEqual([
      new Set(['a', 'b']),
      'all',
      new Set(),
      'all',
    ]);
    expect([rights.mayElement('queues', 'c'), rights.mayElement('people', 'c')]).toEqual([false, true]);
  });
});

describe('what one may grant', () => {
  test('is what one has: of the sections in full, of the Maker by the right itself', () => {
    fc.assert(
      fc.property(withConsole, somebody, grantArbitrary, rightArbitrary, (profile, person, field, right) => {
        const rights = consoleRightsOf(profile, person);
        expect(rights.mayGrant(field, true)).toBe(rightsOf(profile, person).granted(field));
        expect(rights.mayGrant(fieldOf(right), 'allow')).toBe(rights.may(right).allowed);
        expect([rights.mayGrant(field, false), rights.mayGrant(fieldOf(right), 'deny')]).toEqual([true, true]);
      }),
    );
  });

  test('of elements is what is among one’s own', () => {
    fc.assert(
      fc.property(withConsole, somebody, moduleArbitrary, fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')), (profile, person, module, ids) => {
        fc.pre(consoleModules.find(({ id }) => id === module)!.listed);
        const rights = consoleRightsOf(withSettings(profile, { [elementsField(module)]: ['a', 'b'] }), person);
        expect(rights.mayGrant(elementsField(module), ids)).toBe(ids.every((id) => rights.mayElement(module, id)));
        expect([rights.mayGrant(elementsField(module), 'all'), rights.mayGrant(elementsField(module), [])]).toEqual([false, true]);
      }),
    );
  });

  test('a permission type only who has everything it gives', () => {
    const all = { [CONSOLE_TYPE]: 'readEdit' };
    expect(PERMISSION_TYPES.map((type) => consoleRightsOf(profileOf(all), manager).mayGrant(CONSOLE_TYPE, type))).toEqual([true, true, true, false, false]);
    const less = consoleRightsOf(profileOf({ ...all, [verbField('ivrs', 'update')]: 'deny' }), manager);
    expect([less.mayGrant(CONSOLE_TYPE, 'readEdit'), less.mayGrant(CONSOLE_TYPE, 'read')]).toEqual([false, true]);
  });

  test('as an extra is a right of a section, of the Maker or one element, and no other field', () => {
    expect([...grantIds, ...allRights.map(fieldOf), elementExtra('queues', 'a')].every(isExtra)).toBe(true);
    expect(['general.name', CONSOLE_TYPE, menuField('people'), elementsField('people'), 'console.people.read/x', 'nothing', ''].some(isExtra)).toBe(false);
  });
});

/** What a document gives somebody of no rights of their own, as pairs of a right and an element. */
function pairs({ document }: ActiveProfile, elements: readonly string[]) {
  const rights = consoleRightsOf({ document, resources: {} }, manager);
  return allRights.filter((right) => rights.may(right).allowed).flatMap((right) => {
    const module = right.slice(0, right.indexOf('.')) as ConsoleModuleId;
    return ['', ...elements.filter((id) => rights.mayElement(module, id))].map((id) => ({ right, module, id }));
  });
}
const elementsMet = consoleModules.flatMap(({ id }) => [1, 2, 3].map((number) => `${id}-${number}`));

describe('what a document grants beyond its author', () => {
  test('lets nobody but an administrator give what they lack, one right on one element at a time', () => {
    fc.assert(
      fc.property(withConsole, somebody, withConsole, withConsole, (own, author, before, after) => {
        const rights = consoleRightsOf(own, author);
        const beyond = grantedBeyond(rights, before.document, after.document);
        const had = new Set(pairs(before, elementsMet).map(({ right, id }) => `${right}/${id}`));
        const stolen = pairs(after, elementsMet)
          .filter(({ right, id }) => !had.has(`${right}/${id}`))
          .filter(({ right, module, id }) => !rights.may(right).allowed || (id !== '' && !rights.mayElement(module, id)));
        if (beyond.length === 0) expect(stolen).toEqual([]);
        expect(grantedBeyond(consoleRightsOf(own, { ...author, type: 'administrator' }), before.document, after.document)).toEqual([]);
      }),
    );
  });

  test('is nothing where nothing is given', () => {
    fc.assert(
      fc.property(withConsole, withConsole, somebody, (document, own, author) => {
        expect(grantedBeyond(consoleRightsOf(own, author), document.document, document.document)).toEqual([]);
        // Nothing but what hides something: to drop that would show it.
        const hidden = Object.fromEntries(MASKS.map((kind) => [maskField(kind), (document.document.settings as Record<string, unknown>)[maskField(kind)] === true]));
        expect(grantedBeyond(consoleRightsOf(own, author), document.document, profileOf(hidden).document)).toEqual([]);
      }),
    );
  });

  test('is what is hidden from oneself, shown to others', () => {
    for (const kind of MASKS) {
      const field = maskField(kind);
      const rights = consoleRightsOf(profileOf({ [field]: true }), manager);
      expect(grantedBeyond(rights, null, profileOf({}).document)).toEqual([field]);
      expect(grantedBeyond(rights, profileOf({ [field]: true }).document, profileOf({}).document)).toEqual([field]);
      expect(grantedBeyond(rights, profileOf({}).document, profileOf({}).document)).toEqual([]);
      expect(grantedBeyond(consoleRightsOf(profileOf({}), manager), profileOf({ [field]: true }).document, profileOf({}).document)).toEqual([]);
    }
  });

  test('is never one’s own profile, where no extra takes from it and nothing in it is in want of another', () => {
    fc.assert(
      fc.property(consoleArbitrary, (settings) => {
        // A menu may show a module that one's own shows too.
        const own = profileOf(settings);
        expect(grantedBeyond(consoleRightsOf(own, manager), null, own.document)).toEqual([]);
      }),
    );
  });

  test('names the field to blame', () => {
    const rights = consoleRightsOf(profileOf({ [CONSOLE_TYPE]: 'read', [elementsField('queues')]: ['a'] }), manager);
    const beyond = (settings: Readonly<Record<string, unknown>>, before: Readonly<Record<string, unknown>> = {}) =>
      grantedBeyond(rights, profileOf(before).document, profileOf(settings).document);
    expect(beyond({ 'recording.access': true })).toEqual(['recording.access']);
    expect(beyond({ [CONSOLE_TYPE]: 'readDelete' })).toEqual([CONSOLE_TYPE]);
    expect(beyond({ [verbField('queues', 'delete')]: 'allow' })).toEqual([verbField('queues', 'delete')]);
    expect(beyond({ [CONSOLE_TYPE]: 'read', [elementsField('queues')]: ['a', 'b'] })).toEqual([elementsField('queues')]);
    expect(beyond({ [elementsField('queues')]: 'all' }, { [elementsField('queues')]: ['z'] })).toEqual([elementsField('queues')]);
    // A right that somebody else gave for few elements is not stretched to more by who lacks it.
    const deletes = { [verbField('queues', 'delete')]: 'allow' };
    expect(beyond({ ...deletes, [elementsField('queues')]: ['a'] }, deletes)).toEqual([verbField('queues', 'delete')]);
    // Nor is one that the author has given for elements that they have not.
    const all = { [elementsField('queues')]: 'all' };
    expect(beyond({ ...all, [verbField('queues', 'read')]: 'allow' }, all)).toEqual([elementsField('queues')]);
  });
});
