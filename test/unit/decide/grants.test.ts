import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsField, moduleOfKind } from '../../../lib/catalogue/console.ts';
import { type Field, fieldById, fields, isSwitchedOn, type ProfileDocument, type Resources, rowsOf, type Tab, type TabId, tabs } from '../../../lib/catalogue/index.ts';
import { resourceByKind } from '../../../lib/catalogue/resources.ts';
import { consoleRightsOf, everyConsoleRight } from '../../../lib/decide/console.ts';
import { grantedBeyond } from '../../../lib/decide/console-grants.ts';
import { LICENCE, rowOfPath, rowPath, widenedBy } from '../../../lib/decide/grants.ts';
import { type ActiveProfile, type Person, rightsOf } from '../../../lib/decide/index.ts';
import { documentArbitrary, valueArbitrary } from '../../fixtures/arbitraries.ts';

const documentTabs = (tabs as readonly Tab[]).filter(({ kept }) => kept === 'document');
const manager: Person = { licence: 'smart', type: 'manager', allow: [], deny: [], accountOptions: ['accounting'] };
const documentOf = (settings: object, configuration: object = {}) => ({ schema: 1, settings, configuration }) as unknown as ProfileDocument;

/** With everything that its rows point to. */
function holding(document: ProfileDocument): ActiveProfile {
  const rows = documentTabs.flatMap(({ id, resource }) => rowsOf(document, id as TabId).map((row) => [row.id, { id: row.id, kind: resource, name: row.id, attributes: {} }] as const));
  return { document, resources: Object.fromEntries(rows) satisfies Resources };
}
const rightsWith = (settings: object, configuration: object = {}, person = manager) => consoleRightsOf(holding(documentOf(settings, configuration)), person);

/** Everything that a document gives, one thing a line: told otherwise than the code under test tells it. */
function given(document: ProfileDocument): Set<string> {
  const settings = document.settings as Readonly<Record<string, unknown>>;
  const of = (name: string, field: Field, value: unknown): string[] => {
    if (field.type === 'boolean') return value === true ? [name] : [];
    if (field.type === 'countries') return value === 'all' ? ['any', 'ALL'].map((code) => `${name} ${code}`) : ((value as string[] | undefined) ?? []).map((code) => `${name} ${code}`);
    if (field.type !== 'choice' || !field.widens) return [];
    return field.choices.slice(1, field.choices.indexOf(value as string) + 1).map((choice) => `${name} ${choice}`);
  };
  return new Set([
    ...(fields as readonly Field[]).flatMap((field) => of(field.id, field, settings[field.id])),
    ...documentTabs.flatMap((tab) => [
      ...(tab.switched && isSwitchedOn(document, tab.id as TabId) ? [`${tab.id} on`] : []),
      ...rowsOf(document, tab.id as TabId).flatMap((row) => [
        `${tab.id} ${row.id}`,
        ...tab.attributes.flatMap((field) => of(`${tab.id} ${row.id} ${field.id}`, field, (row as Record<string, unknown>)[field.id])),
      ]),
    ]),
  ]);
}

/** Every country of the world besides the others: the lists of one are in no list of the other. */
function widens(before: ProfileDocument, after: ProfileDocument): boolean {
  const had = given(before);
  return [...given(after)].some((each) => !had.has(each) && !had.has(each.replace(/ [A-Z]{2}$/, ' ALL')));
}

describe('what is more than what', () => {
  test('choices with an order widen as they are declared, countries by what is added, and nothing else', () => {
    const of = (id: string, before: unknown, after: unknown) => widenedBy(fieldById.get(id)!, before, after);
    expect([of('cases.scope', undefined, 'own'), of('cases.scope', undefined, 'team'), of('tasks.scope', 'all', 'team'), of('tasks.scope', 'team', 'all')]).toEqual([null, 'team', null, 'all']);
    const countries = 'flow.voice.out.countries';
    expect([of(countries, ['FR'], ['FR', 'DE']), of(countries, 'all', ['FR']), of(countries, ['FR'], 'all'), of(countries, ['FR'], [])]).toEqual([['DE'], null, 'all', null]);
    expect([of('general.name', 'a', 'b'), of('flow.voice.manage.maxSimultaneous', 1, 9), of('flow.voice.manage.autoOpen', 'smallBanner', 'screen')]).toEqual([null, null, null]);
  });

  test('nothing is more than itself, and only what is more is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...(fields as readonly Field[])).chain((field) => fc.tuple(fc.constant(field), valueArbitrary(field), valueArbitrary(field))), ([field, a, b]) => {
        expect(widenedBy(field, a, a)).toBeNull();
        expect(widenedBy(field, a, b) !== null).toBe(widens(documentOf({ [field.id]: a }), documentOf({ [field.id]: b })));
      }),
    );
  });
});

describe('the path of a row', () => {
  test('names the tab, the row and the attribute', () => {
    for (const tab of documentTabs) {
      expect(rowOfPath(tab.id)).toEqual({ tab, row: null, attribute: null });
      expect(rowOfPath(rowPath(tab.id, 'a'))).toEqual({ tab, row: 'a', attribute: null });
      for (const attribute of tab.attributes) expect(rowOfPath(rowPath(tab.id, 'a', attribute.id))).toEqual({ tab, row: 'a', attribute });
    }
    expect(['users', 'general.name', 'nothing/a', elementsField('queues')].map(rowOfPath)).toEqual([null, null, null, null]);
  });
});

describe('one cannot grant what one does not have', () => {
  test('somebody who has nothing is refused exactly where something widens', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, fc.constantFrom<Person>(manager, { ...manager, licence: 'essentials', type: 'agent' }), (before, after, person) => {
        for (const profile of ['none' as const, holding(documentOf({}))]) {
          expect(grantedBeyond(consoleRightsOf(profile, person), before, after).length > 0).toBe(widens(before, after));
          expect(grantedBeyond(consoleRightsOf(profile, person), null, after).length > 0).toBe(widens(documentOf({}), after));
        }
        expect(grantedBeyond(everyConsoleRight, before, after)).toEqual([]);
      }),
    );
  });

  test('somebody is refused nothing of their own profile but what they have not in full themselves', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, (before, after) => {
        const profile = holding(after);
        const has = rightsOf(profile, manager);
        const means = (field: Field) => (field.dependsOn ?? []).every((dependency) => {
          if (dependency.on === 'field') return has.granted(dependency.field);
          return dependency.on === 'anyField' ? dependency.fields.some((each) => has.granted(each)) : true;
        });
        for (const path of grantedBeyond(consoleRightsOf(profile, manager), before, after)) {
          const field = fieldById.get(path);
          const at = field ? null : rowOfPath(path);
          if (field) expect(field.type === 'boolean' ? has.granted(field.id) : means(field)).toBe(false);
          else expect([at?.attribute?.type, at?.tab.switched, isSwitchedOn(after, at!.tab.id as TabId)]).toEqual(['boolean', true, false]);
        }
      }),
    );
  });

  test('somebody who has everything by their own profile may give everything', () => {
    const settings = Object.fromEntries((fields as readonly Field[]).map((field) => [field.id, field.type === 'boolean' ? true : field.type === 'countries' ? 'all' : field.type === 'choice' ? field.choices.at(-1) : field.default]));
    const rows = (tab: Tab) => [1, 2, 3].map((n) => ({ id: `${tab.resource}-${n}`, ...Object.fromEntries(tab.attributes.filter(({ type }) => type === 'boolean').map(({ id }) => [id, true])) }));
    const whole = documentOf(settings, Object.fromEntries(documentTabs.map((tab) => [tab.id, { rows: rows(tab), ...(tab.switched ? { enabled: true } : {}) }])));
    const rights = consoleRightsOf(holding(whole), manager);
    fc.assert(fc.property(documentArbitrary, documentArbitrary, (before, after) => void expect(grantedBeyond(rights, before, after)).toEqual([])));
    expect(grantedBeyond(rights, null, whole)).toEqual([]);
  });

  test('what is taken away, or stays, is nobody’s grant', () => {
    fc.assert(
      fc.property(documentArbitrary, documentArbitrary, (own, document) => {
        const rights = consoleRightsOf(holding(own), manager);
        expect(grantedBeyond(rights, document, document)).toEqual([]);
        expect(grantedBeyond(rights, document, documentOf({}))).toEqual([]);
      }),
    );
  });

  test('a scope no wider than one’s own, countries among one’s own', () => {
    const rights = rightsWith({ 'cases.access': true, 'cases.scope': 'team', 'flow.voice.out.direct': true, 'flow.voice.out.countries': ['FR', 'DE'] });
    expect(['own', 'team', 'all'].map((scope) => rights.mayGrant('cases.scope', scope))).toEqual([true, true, false]);
    // One’s own means nothing without the access to it.
    expect(rightsWith({ 'cases.scope': 'all' }).mayGrant('cases.scope', 'team')).toBe(false);
    expect([['FR'], ['FR', 'ES'], 'all', []].map((codes) => rights.mayGrant('flow.voice.out.countries', codes))).toEqual([true, false, false, true]);
    const beyond = (settings: object, before: object) => grantedBeyond(rights, documentOf(before), documentOf(settings));
    expect(beyond({ 'flow.voice.out.countries': ['ES', 'FR'] }, { 'flow.voice.out.countries': ['ES'] })).toEqual([]);
    expect(beyond({ 'flow.voice.out.countries': ['ES', 'FR'] }, {})).toEqual(['flow.voice.out.countries']);
  });

  test('of a row what one has on that row, the row itself where one may see what it is', () => {
    const rights = rightsWith(
      { [elementsField('queues')]: ['seen'] },
      { queues: { rows: [{ id: 'own', voice: true }] }, crms: { enabled: false, rows: [{ id: 'crm', create: true }] }, directory: { enabled: true, rows: [] } },
    );
    expect(['own', 'seen', 'other'].map((id) => rights.mayGrant(rowPath('queues', id), true))).toEqual([true, true, false]);
    expect(['own', 'seen'].map((id) => rights.mayGrant(rowPath('queues', id, 'voice'), true))).toEqual([true, false]);
    expect([rights.mayGrant(rowPath('queues', 'own', 'email'), true), rights.mayGrant(rowPath('queues', 'own', 'email'), false), rights.mayGrant(rowPath('queues', 'own', 'scoreVoice'), 99)]).toEqual([false, true, true]);
    // In a tab that is off nobody has anything.
    expect([rights.mayGrant(rowPath('crms', 'crm', 'create'), true), rights.mayGrant('crms', true), rights.mayGrant('directory', true)]).toEqual([false, false, true]);
    const after = documentOf({}, { queues: { rows: [{ id: 'other', supervision: true }, { id: 'seen', scoreVoice: 90 }] }, crms: { enabled: true, rows: [] } });
    expect(grantedBeyond(rights, null, after)).toEqual(['queues/other', 'queues/other/supervision', 'crms']);
  });

  test('every kind of row is an element of a module, so that somebody may be let see it', () => {
    for (const { resource } of documentTabs) expect([moduleOfKind.get(resource)?.listed, resourceByKind.has(resource)]).toEqual([true, true]);
  });

  test('a licence no greater than one’s own, with or without a profile', () => {
    for (const profile of ['none' as const, holding(documentOf({}))]) {
      expect(['essentials', 'smart'].map((licence) => consoleRightsOf(profile, { ...manager, licence: 'essentials' }).mayGrant(LICENCE, licence))).toEqual([true, false]);
      expect(consoleRightsOf(profile, manager).mayGrant(LICENCE, 'smart')).toBe(true);
    }
  });
});
