import { readFileSync } from 'node:fs';
import * as lucide from 'lucide';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  type Control,
  type ControlId,
  controlById,
  controls,
  type Dependency,
  type Field,
  fieldById,
  fields,
  type GrantId,
  LAYERS,
  type ProfileDocument,
  RESOURCE_KINDS,
  sectionOf,
  sections,
  type Tab,
  tabById,
  tabs,
  type Term,
} from '../../../lib/catalogue/index.ts';
import { resources } from '../../../lib/catalogue/resources.ts';
import { readersOf } from '../../../lib/decide/readers.ts';
import { catalogueJson } from '../../../scripts/catalogue.ts';
import { catalogueMarkdown } from '../../../scripts/catalogue-markdown.ts';
import english from '../../../locales/en.json' with { type: 'json' };

const all = controls as readonly Control[];
const allTerms = all.flatMap(({ id, terms }) => terms.map((term) => [id, term] as const));
const duplicates = (ids: readonly string[]) => ids.filter((id, at) => ids.indexOf(id) !== at);

describe('the catalogue', () => {
  test('has the 20 sections of Settings, in their order', () => {
    expect(sections.map(({ id }) => id)).toEqual([
      'general', 'interactions', 'flow', 'transfers', 'users', 'collaborative', 'supervision', 'recording', 'evaluation',
      'qualification', 'surveys', 'scripts', 'voiceCampaigns', 'smsCampaigns', 'cases', 'tasks', 'voicemail', 'history',
      'invoices', 'statistics',
    ]);
    expect(sections).toHaveLength(20);
  });

  test('has the 19 tabs of Configuration, in their order', () => {
    expect(tabs.map(({ id }) => id)).toEqual([
      'users', 'activities', 'queues', 'transferRules', 'voiceCampaigns', 'smsCampaigns', 'customButtons', 'directory',
      'knowledgeBase', 'documentCenter', 'smsNumbers', 'smsTemplates', 'voiceMailboxes', 'categories', 'platforms',
      'paymentModules', 'evaluationGrids', 'crms', 'surveys',
    ]);
    expect(tabs).toHaveLength(19);
  });

  test('names everything once', () => {
    expect(duplicates(fields.map(({ id }) => id))).toEqual([]);
    expect(duplicates(all.map(({ id }) => id))).toEqual([]);
    expect(duplicates(tabs.map(({ resource }) => resource))).toEqual([]);
  });

  test('denies by default: every right is off, every list empty', () => {
    const attributes = [...tabs, ...resources].flatMap((each) => each.attributes as readonly Field[]);
    for (const field of [...(fields as readonly Field[]), ...attributes]) {
      if (field.type === 'boolean') expect(field.default).toBe(false);
      if (field.type === 'countries') expect(field.default).toEqual([]);
      if (field.type === 'scores') expect(field.default).toEqual({});
      if (field.type === 'integer' && field.default !== null) {
        expect(field.default).toBeGreaterThanOrEqual(field.min);
        expect(field.default).toBeLessThanOrEqual(field.max);
      }
      if (field.type === 'choice') expect(field.choices).toContain(field.default);
    }
  });

  test('has every field stand in a section whose name its id begins with', () => {
    for (const { id } of fields) expect(id.startsWith(`${sectionOf.get(id)!.id}.`), id).toBe(true);
  });

  test('depends on nothing that is not there, and never on itself', () => {
    const check = (dependency: Dependency, path: readonly string[]): void => {
      const on = dependency.on === 'field' ? [dependency.field] : dependency.on === 'anyField' ? dependency.fields : [];
      for (const field of on) {
        expect(fieldById.get(field)?.type, field).toBe('boolean');
        expect(path).not.toContain(field);
        for (const next of fieldById.get(field)!.dependsOn ?? []) check(next, [...path, field]);
      }
      if (dependency.on === 'row') {
        expect(tabById.has(dependency.tab)).toBe(true);
        for (const attribute of Object.keys(dependency.where ?? {})) {
          expect(tabById.get(dependency.tab)!.attributes.map(({ id }) => id)).toContain(attribute);
        }
      }
    };
    for (const field of fields as readonly Field[]) {
      for (const dependency of field.dependsOn ?? []) check(dependency, [field.id]);
      if (field.type === 'reference') {
        expect(tabById.has(field.tab)).toBe(true);
        if (field.requiredWith) expect(fieldById.has(field.requiredWith)).toBe(true);
      }
    }
  });

  test('declares a resource for every kind but people, who are kept elsewhere', () => {
    expect(['person', ...resources.map(({ kind }) => kind)].toSorted()).toEqual([...RESOURCE_KINDS].toSorted());
  });

  test('is plain data', () => {
    const json = catalogueJson();
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    for (const part of ['schema', 'sections', 'tabs', 'controls', 'resources', 'layers']) expect(json).toHaveProperty(part);
  });

  test('is the page in docs, which is made from it', () => {
    const page = readFileSync(new URL('../../../docs/catalogue.md', import.meta.url), 'utf8');
    expect(page, 'run: npx node scripts/catalogue.ts --markdown > docs/catalogue.md').toBe(catalogueMarkdown(english));
  });

  test('types the document by itself', () => {
    expectTypeOf<GrantId>().extract<'flow.messages.out.direct'>().toEqualTypeOf<'flow.messages.out.direct'>();
    expectTypeOf<Extract<GrantId, 'general.name'>>().toEqualTypeOf<never>();
    expectTypeOf<NonNullable<ProfileDocument['settings']['cases.scope']>>().toEqualTypeOf<'own' | 'team' | 'all'>();
    expectTypeOf<ProfileDocument['settings']['interactions.maxMissed']>().toEqualTypeOf<number | null | undefined>();
    expectTypeOf<ProfileDocument['settings']['flow.voice.manage.maxSimultaneous']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<NonNullable<ProfileDocument['configuration']['directory']>['enabled']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<NonNullable<ProfileDocument['configuration']['activities']>['default']>().toEqualTypeOf<string | null | undefined>();
    expectTypeOf<NonNullable<ProfileDocument['configuration']['crms']>['rows'][number]['sso']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<Extract<ControlId, `int.transfer.${string}`>>().toEqualTypeOf<
      `int.transfer.${'assistedQueue' | 'blindQueue' | 'advisor' | 'external' | 'smartRouting'}`
    >();
  });
});

describe('a control', () => {
  test('lists its terms in the order of the layers', () => {
    for (const { id, terms } of all) {
      const layers = terms.map(({ layer }) => LAYERS.indexOf(layer));
      expect(layers, id).toEqual(layers.toSorted((a, b) => a - b));
    }
  });

  test('is hidden by a term up to the resources and locked by one after', () => {
    const locking = allTerms.filter(([, { layer, effect }]) => effect === 'lock' && LAYERS.indexOf(layer) <= LAYERS.indexOf('resource'));
    // The right to switch a flow locks by the catalogue's own rule, and no profile hides a core control.
    expect([...new Set(locking.map(([id]) => id))]).toEqual(['core.activity', 'flow.voice', 'flow.email', 'flow.messages']);
    const hiding = allTerms.filter(([, { layer, effect }]) => effect === 'hide' && LAYERS.indexOf(layer) > LAYERS.indexOf('resource'));
    expect(hiding).toEqual([]);
  });

  test('of the core is hidden by nothing, and of the safety set depends on nothing but its interaction', () => {
    expect(all.filter(({ core }) => core).map(({ id }) => id)).toEqual([
      'core.profile', 'core.activity', 'core.status', 'core.connection', 'core.logout',
    ]);
    for (const { core, safety, terms } of all) {
      if (core) expect(terms.every(({ effect }) => effect === 'lock')).toBe(true);
      if (safety) expect(terms.every(({ kind }) => kind === 'interaction')).toBe(true);
    }
  });

  test('reads fields and rows that are there', () => {
    const read = (term: Term): readonly string[] => ('fields' in term ? term.fields : []);
    for (const [id, term] of allTerms) {
      for (const field of read(term)) expect(fieldById.get(field)?.type, id).toBe('boolean');
      if ('tab' in term) expect(tabById.has(term.tab), id).toBe(true);
    }
  });

  test('with several rights of which one is enough needs the same licence, person and rows for each of them', () => {
    const others = (field: string): string[] =>
      (fieldById.get(field)!.dependsOn ?? []).flatMap((on) =>
        on.on === 'field' ? others(on.field) : on.on === 'anyField' ? on.fields.flatMap(others) : [JSON.stringify(on)],
      );
    for (const [id, term] of allTerms) {
      if (term.kind !== 'granted' || term.fields.length === 1) continue;
      for (const field of term.fields) expect(others(field).toSorted(), id).toEqual(others(term.fields[0]!).toSorted());
    }
  });

  test('has an icon that lucide has', () => {
    const pascal = (icon: string) => icon.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
    const icons = [...all, ...(tabs as readonly Tab[])].map(({ icon }) => icon);
    expect(icons.filter((icon) => !(pascal(icon) in lucide.icons))).toEqual([]);
  });

  test('names a module that there is', () => {
    for (const { module } of all) if (module) expect(controlById.has(module), module).toBe(true);
    for (const { id, place, module } of all) if (place === 'panel' || place === 'supervision') expect(module, id).toBeDefined();
  });
});

describe('every right', () => {
  /** Read by the hub in its work, or by the banner beside a control: no control is theirs. */
  const elsewhere = /\.(out\.premium|manage\.autoAccept|callBlending)$/;

  test('shows or unlocks some control, but for those that say how something is done', () => {
    const unread = fields.filter(({ id, type }) => type === 'boolean' && !readersOf.has(id)).map(({ id }) => id);
    expect(unread.filter((id) => !elsewhere.test(id))).toEqual([]);
  });
});
