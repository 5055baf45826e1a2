import { beforeAll, describe, expect, test } from 'vitest';
import { hrefOfSetting } from '../../../components/maker/publish/links.tsx';
import { controlName, findingText, wordsWith } from '../../../components/maker/publish/words.ts';
import { helpOf } from '../../../components/maker/profile/words.ts';
import { refusalOf } from '../../../components/maker/reasons.ts';
import { t, useMessages } from '../../../components/ui/text.ts';
import { parseLocation } from '../../../lib/console/location.ts';
import { consoleFields } from '../../../lib/catalogue/console.ts';
import { type Field, fields, tabs } from '../../../lib/catalogue/index.ts';
import { consoleRightsOf } from '../../../lib/decide/console.ts';
import { lint } from '../../../lib/profile/lint.ts';
import english from '../../../locales/en.json' with { type: 'json' };
import { messageSource } from '../../fixtures/gallery/messages.ts';

beforeAll(() => {
  useMessages(messageSource(english));
  // The language is the page's.
  Object.assign(globalThis, { document: { documentElement: { lang: 'en' } } });
});

const person = { licence: 'smart', type: 'manager', allow: [], deny: [], accountOptions: [] } as const;
const rightsWith = (settings: object) => consoleRightsOf({ document: { schema: 1, settings, configuration: {} }, resources: {} }, person);

describe('a missing right', () => {
  test.each([
    ['denied by name', { 'console.profiles.publish': 'deny' }, '“Maker rights → Profiles → Publish” is denied in your profile'],
    ['not allowed by name', { 'console.type': 'readEditDelete' }, '“Maker rights → Profiles → Publish” is not allowed in your profile'],
  ])('%s is said by its name', (_, settings, said) => {
    expect(refusalOf(rightsWith(settings).may('profiles.publish'), '')).toBe(said);
  });

  test('that is there is not said', () => {
    expect(refusalOf(rightsWith({ 'console.profiles.publish': 'allow' }).may('profiles.publish'), '')).toBeNull();
  });
});

test('the help of a field says more than its name', () => {
  const all: readonly Field[] = [...fields, ...consoleFields];
  expect(all.filter((field) => helpOf(field) === t(field.label)).map(({ id }) => id)).toEqual([]);
  expect(all.filter((field) => helpOf(field) !== null).length).toBeGreaterThan(20);
});

test('a link of a setting leads to the page where it is changed', () => {
  const at = (setting: string) => parseLocation(hrefOfSetting('p', setting));
  expect(at('recording.delete')).toEqual({ page: 'profile', profileId: 'p', tab: 'settings', subTab: 'recording' });
  expect(at('console.queues.delete')).toMatchObject({ tab: 'rights', subTab: 'queues' });
  expect(at('console.type')).toMatchObject({ tab: 'rights', subTab: null });
  for (const { id } of fields) expect(at(id)).toMatchObject({ tab: 'settings' });
  for (const { id } of tabs) expect(at(id)).toMatchObject({ tab: 'configuration', subTab: id });
  for (const { id } of consoleFields) expect(at(id)).toMatchObject({ tab: 'rights' });
});

test('a finding is read with the names in it', () => {
  const found = lint({ schema: 1, settings: { 'general.name': 'Desk', 'transfers.external': true }, configuration: {} }, { resources: {} });
  expect(found.map(findingText)).toContain('There is no transfer rule in this profile, and without one nothing can be transferred.');
});

test('a control is called by its name, or by that of the row it is made for', () => {
  const nameOf = (id: string) => (id === 'wiki' ? 'Claims wiki' : null);
  expect(['mod.history', 'top.custom.wiki', 'top.custom.gone', 'later.control'].map((id) => controlName(id, nameOf))).toEqual(['Interaction history', 'Claims wiki', expect.any(String), 'later.control']);
});

test('a right of the Maker is called by its module', () => {
  expect(['console.teams.read', 'console.queues.elements', 'console.type'].map((id) => controlName(id, () => null))).toEqual(['Teams → Read', 'Queues → Elements', 'Permission type']);
});

test('a country is read by its name, and what is none as it stands', () => {
  const { country } = wordsWith(() => null);
  expect([country('CH'), country('nowhere')]).toEqual(['Switzerland', 'nowhere']);
});
