import fc from 'fast-check';
import * as lucide from 'lucide';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  BASIC_VERBS,
  consoleFieldById,
  consoleFields,
  consoleModules,
  elementsField,
  menuField,
  moduleOfField,
  moduleOfKind,
  PERMISSION_TYPES,
  SPECIAL_VERBS,
  TYPE_GRANTS,
} from '../../../lib/catalogue/console.ts';
import { controls, fieldById, type ProfileDocument, RESOURCE_KINDS, sections, tabs } from '../../../lib/catalogue/index.ts';
import { resources } from '../../../lib/catalogue/resources.ts';
import { consolePath, explainConsole } from '../../../lib/decide/explain-console.ts';
import { parseDocument } from '../../../lib/profile/schema.ts';
import { valueArbitrary } from '../../fixtures/arbitraries.ts';
import { text } from '../../fixtures/english.ts';

const parse = (settings: Readonly<Record<string, unknown>>) => parseDocument({ schema: 1, settings, configuration: {} });

describe("the Maker's rights in the catalogue", () => {
  test('stand beside the sections, each once, and share no id with anything else', () => {
    expect(sections).toHaveLength(20);
    const ids = consoleFields.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => fieldById.has(id))).toEqual([]);
    const rights: string[] = consoleModules.flatMap(({ id, verbs }) => verbs.map((verb) => `${id}.${verb}`));
    const others = new Set<string>([...controls.map(({ id }) => id), ...tabs.map(({ id }) => id)]);
    expect(rights.filter((right) => others.has(right) || fieldById.has(right))).toEqual([]);
  });

  test('deny by default', () => {
    for (const field of consoleFields) {
      if (field.type === 'choice') expect(['none', 'inherit']).toContain(field.default);
      // A boolean among them gives nothing: it hides.
      else if (field.type === 'boolean') expect([field.hides, field.default]).toEqual([true, false]);
      else expect([field.type, field.default]).toEqual(['elements', []]);
    }
  });

  test('have a module for every kind of resource, and for each attribute with a verb of its own that verb', () => {
    expect(RESOURCE_KINDS.filter((kind) => !moduleOfKind.has(kind))).toEqual([]);
    expect(consoleModules.flatMap(({ kinds }) => kinds)).toHaveLength(moduleOfKind.size);
    for (const { kind, attributes } of resources) {
      for (const attribute of attributes) {
        if ('verb' in attribute && attribute.verb) expect(moduleOfKind.get(kind)!.verbs, `${kind}.${attribute.id}`).toContain(attribute.verb);
      }
    }
  });

  test('have permission types of basic verbs alone', () => {
    expect(Object.keys(TYPE_GRANTS)).toEqual([...PERMISSION_TYPES]);
    for (const verbs of Object.values(TYPE_GRANTS)) for (const verb of verbs) expect(BASIC_VERBS).toContain(verb);
    expect(SPECIAL_VERBS.filter((verb) => (BASIC_VERBS as readonly string[]).includes(verb))).toEqual([]);
  });

  test('have icons that lucide has', () => {
    const pascal = (icon: string) => icon.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(consoleModules.filter(({ icon }) => !(pascal(icon) in lucide.icons))).toEqual([]);
  });

  test('are found by their fields', () => {
    expect([moduleOfField(menuField('queues')), moduleOfField(elementsField('people')), moduleOfField('console.type'), moduleOfField('flow.voice.access')]).toEqual([
      'queues',
      'people',
      null,
      null,
    ]);
  });

  test('are named with where they stand', () => {
    expect(consolePath('console.queues.delete', text)).toBe('Maker rights → Queues → Delete');
    expect(consolePath('console.type', text)).toBe('Maker rights → Permission type');
    expect(explainConsole({ code: 'console.denied', setting: 'console.queues.delete' }, 'Team leads', text)).toBe('“Maker rights → Queues → Delete” is denied in Team leads');
    expect(explainConsole({ code: null, setting: null }, null, text)).toBe('');
  });
});

describe('a document', () => {
  test('holds any value of theirs, and no other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...consoleFields).chain((field) => valueArbitrary(field).map((value) => [field.id, value] as const)), ([id, value]) => {
        expect(parse({ [id]: value }).ok).toBe(true);
        expect(parse({ [id]: typeof value === 'string' && value !== 'all' ? `${value}!` : 7 })).toMatchObject({ ok: false, issues: [{ path: ['settings', id] }] });
      }),
    );
  });

  test('keeps what this catalogue does not know', () => {
    expect(parse({ 'console.future.fly': 'allow' })).toMatchObject({ ok: true, document: { settings: { 'console.future.fly': 'allow' } } });
    expect(consoleFieldById.has('console.future.fly')).toBe(false);
  });

  test('is typed by them', () => {
    type Settings = ProfileDocument['settings'];
    expectTypeOf<Settings['console.profiles.publish']>().toEqualTypeOf<'inherit' | 'allow' | 'deny' | undefined>();
    expectTypeOf<Settings['console.queues.elements']>().toEqualTypeOf<'all' | readonly string[] | undefined>();
    expectTypeOf<Settings>().not.toHaveProperty('console.queues.publish');
  });
});
