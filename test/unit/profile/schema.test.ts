import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DOCUMENT_SCHEMA, type Field, fields } from '../../../lib/catalogue/index.ts';
import { emptyDocument, MOST_ROWS, parseDocument } from '../../../lib/profile/schema.ts';
import { documentArbitrary, unknownSettingArbitrary, valueArbitrary } from '../../fixtures/arbitraries.ts';

const withSettings = (settings: unknown) => ({ schema: DOCUMENT_SCHEMA, settings, configuration: {} });
const withTabs = (configuration: unknown) => ({ schema: DOCUMENT_SCHEMA, settings: {}, configuration });
const pathsOf = (input: unknown) => {
  const parsed = parseDocument(input);
  return parsed.ok ? [] : parsed.issues.map(({ path }) => path.join(' / '));
};

describe('a document', () => {
  test('that says nothing is valid', () => {
    expect(parseDocument(withSettings({})).ok).toBe(true);
    expect(parseDocument(emptyDocument('Name')).ok).toBe(true);
  });

  test('made from the catalogue is valid, and read as it is', () => {
    fc.assert(fc.property(documentArbitrary, (document) => {
      expect(parseDocument(JSON.parse(JSON.stringify(document)))).toEqual({ ok: true, document: JSON.parse(JSON.stringify(document)) });
    }));
  });

  test('may hold any value that a field may', () => {
    for (const field of fields as readonly Field[]) {
      fc.assert(fc.property(valueArbitrary(field), (value) => pathsOf(withSettings({ [field.id]: value })).length === 0), { numRuns: 20 });
    }
  });

  test('keeps what this catalogue does not know', () => {
    fc.assert(fc.property(unknownSettingArbitrary, ([key, value]) => {
      const input = { ...withSettings({ [key]: value }), later: { [key]: value } };
      expect(parseDocument(input)).toEqual({ ok: true, document: input });
    }));
    const rows = [{ id: 'q', voice: true, urgency: 3 }];
    const input = withTabs({ queues: { rows, sortedBy: 'name' }, moods: { rows: [{}] } });
    expect(parseDocument(input)).toEqual({ ok: true, document: input });
  });

  test('of a later schema is read as far as it is understood', () => {
    expect(parseDocument({ ...withSettings({}), schema: DOCUMENT_SCHEMA + 1 }).ok).toBe(true);
  });
});

describe('it is refused, with the place,', () => {
  test.each<[string, unknown, string]>([
    ['when it is no object', null, ''],
    ['when it is a text', '{}', ''],
    ['when it is a list', [], 'schema'],
    ['without a schema', { settings: {}, configuration: {} }, 'schema'],
    ['with a schema that is no version', { ...withSettings({}), schema: 0.5 }, 'schema'],
    ['without settings', { schema: 1, configuration: {} }, 'settings'],
    ['with a list for settings', withSettings([]), 'settings'],
    ['with a list for tabs', withTabs([]), 'configuration'],
    ['for a right that is not yes or no', withSettings({ 'recording.access': 1 }), 'settings / recording.access'],
    ['for a right that is null', withSettings({ 'recording.access': null }), 'settings / recording.access'],
    ['for a number out of range', withSettings({ 'flow.voice.manage.maxSimultaneous': 11 }), 'settings / flow.voice.manage.maxSimultaneous'],
    ['for a number below it', withSettings({ 'flow.email.manage.maxSimultaneous': 0 }), 'settings / flow.email.manage.maxSimultaneous'],
    ['for a number that is not whole', withSettings({ 'interactions.timeoutInboundSec': 1.5 }), 'settings / interactions.timeoutInboundSec'],
    ['for no number at all', withSettings({ 'interactions.timeoutInboundSec': Number.NaN }), 'settings / interactions.timeoutInboundSec'],
    ['for none where a number must be', withSettings({ 'interactions.timeoutInboundSec': null }), 'settings / interactions.timeoutInboundSec'],
    ['for a name that is empty', withSettings({ 'general.name': '' }), 'settings / general.name'],
    ['for a name that is too long', withSettings({ 'general.name': 'x'.repeat(81) }), 'settings / general.name'],
    ['for a choice that there is not', withSettings({ 'cases.scope': 'world' }), 'settings / cases.scope'],
    ['for a country that is no code', withSettings({ 'flow.voice.out.countries': ['FR', 'fr'] }), 'settings / flow.voice.out.countries / 1'],
    ['for a tab without rows', withTabs({ queues: {} }), 'configuration / queues / rows'],
    ['for a row without its resource', withTabs({ queues: { rows: [{ voice: true }] } }), 'configuration / queues / rows / 0 / id'],
    ['for a row that is no object', withTabs({ queues: { rows: ['q'] } }), 'configuration / queues / rows / 0'],
    ['for a score out of range', withTabs({ queues: { rows: [{ id: 'q', scoreVoice: 101 }] } }), 'configuration / queues / rows / 0 / scoreVoice'],
    ['for the same row twice', withTabs({ surveys: { rows: [{ id: 's' }, { id: 's' }] } }), 'configuration / surveys / rows'],
    ['for too many rows', withTabs({ surveys: { rows: Array.from({ length: MOST_ROWS + 1 }, (_, row) => ({ id: `${row}` })) } }), 'configuration / surveys / rows'],
    [
      'for too many scores',
      withTabs({ queues: { rows: [{ id: 'q', personScores: Object.fromEntries(Array.from({ length: MOST_ROWS + 1 }, (_, at) => [`p${at}`, 1])) }] } }),
      'configuration / queues / rows / 0 / personScores',
    ],
  ])('%s', (_, input, path) => {
    expect(pathsOf(input)).toContain(path);
  });

  test('with no more issues than can be read', () => {
    const rows = Array.from({ length: 1000 }, () => ({}));
    expect(pathsOf(withTabs({ queues: { rows } })).length).toBeLessThanOrEqual(200);
  });

  test('whatever it is, without an error thrown', () => {
    fc.assert(fc.property(fc.anything({ withNullPrototype: true }), (input) => {
      expect(typeof parseDocument(input).ok).toBe('boolean');
    }));
  });
});

describe('keys that name parts of every object', () => {
  const hostile = JSON.parse('{"__proto__":{"recording.access":true},"constructor":{"prototype":{"polluted":true}},"prototype":1}') as object;

  test.each([
    ['in the settings', withSettings(hostile)],
    ['among the tabs', withTabs(hostile)],
    ['in a tab', withTabs({ queues: { rows: [], ...Object.defineProperties({}, Object.getOwnPropertyDescriptors(hostile)) } })],
    ['beside them', Object.defineProperties(withSettings({}), Object.getOwnPropertyDescriptors(hostile))],
  ])('%s are dropped, and pollute nothing', (_, input) => {
    const parsed = parseDocument(input);
    expect(parsed.ok).toBe(true);
    const { document } = parsed as Extract<typeof parsed, { ok: true }>;
    expect(Object.keys(document).toSorted()).toEqual(['configuration', 'schema', 'settings']);
    expect(Object.getPrototypeOf(document.settings)).toBe(Object.prototype);
    expect((document.settings as Record<string, unknown>)['recording.access']).toBeUndefined();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
