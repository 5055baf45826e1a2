/** Every word of the catalogue has a message, and every message reaches the browser. */
import { generateChromeMessages, parseMessagesObject } from '@wxt-dev/i18n/build';
import { describe, expect, test } from 'vitest';
import {
  ACCOUNT_OPTIONS,
  CHANNELS,
  choiceLabel,
  type Control,
  controls,
  type Field,
  fields,
  LAYERS,
  LICENCES,
  PERSON_TYPES,
  RESOURCE_KINDS,
  sections,
  tabs,
} from '../../../lib/catalogue/index.ts';
import { resources } from '../../../lib/catalogue/resources.ts';
import { consoleFields, consoleModules } from '../../../lib/catalogue/console.ts';
import { CONSOLE_REASONS } from '../../../lib/decide/console.ts';
import { REASON_CODES } from '../../../lib/decide/index.ts';
import english from '../../../locales/en.json' with { type: 'json' };
import { messages, text } from '../../fixtures/english.ts';

const all = controls as readonly Control[];
const allFields: readonly Field[] = [...fields, ...consoleFields, ...[...tabs, ...resources].flatMap((each) => each.attributes as readonly Field[])];
const groups = allFields.flatMap(({ group }) => group ?? []);
const missing = (keys: readonly string[]) => [...new Set(keys)].filter((key) => !messages.get(key)?.trim());

describe('there is an English message', () => {
  test.each<[string, readonly string[]]>([
    ['section', sections.map(({ label }) => label)],
    ['field and attribute', allFields.map(({ label }) => label)],
    ['heading of fields', groups],
    ['tab', tabs.map(({ label }) => label)],
    ['module of the Maker', consoleModules.map(({ label }) => label)],
    ['reason of the Maker', CONSOLE_REASONS.map((code) => `reason.${code}`)],
    ['kind of resource', RESOURCE_KINDS.map((kind) => `resource.${kind}`)],
    ['control', all.map(({ label }) => label)],
    ['button', all.map(({ shortLabel }) => shortLabel)],
    ['choice', allFields.flatMap((field) => (field.type === 'choice' ? field.choices.map(choiceLabel) : []))],
    ['licence and type of person', [...LICENCES, ...PERSON_TYPES].map(choiceLabel)],
    ['channel', CHANNELS.map((channel) => `channel.${channel}`)],
    ['layer', LAYERS.map((layer) => `layer.${layer}`)],
    ['reason', REASON_CODES.filter((code) => !code.startsWith('resource.')).map((code) => `reason.${code}`)],
    ['account option as a reason', ACCOUNT_OPTIONS.map((option) => `reason.account.${option}`)],
    ['tab without rows', tabs.map(({ id }) => `reason.resource.${id}`)],
    [
      'tab without such a row',
      all.flatMap(({ terms }) =>
        terms.flatMap((term) => (term.kind === 'row' && (term.where ?? term.resource) ? [`reason.resourceSuch.${term.tab}`] : [])),
      ),
    ],
  ])('for every %s', (_, keys) => {
    expect(keys.length).toBeGreaterThan(0);
    expect(missing(keys)).toEqual([]);
  });
});

describe('a name', () => {
  test('of a control is its own, so that a list of them can be read', () => {
    const names = all.map(({ label }) => text(label));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('contains what its button says, so that it can be called by it (WCAG 2.5.3)', () => {
    for (const { label, shortLabel } of all) expect(text(label).toLowerCase()).toContain(text(shortLabel).toLowerCase());
  });
});

describe('the messages', () => {
  const chrome = generateChromeMessages(parseMessagesObject(english));

  test('all reach the browser, each by its own key', () => {
    // The forms of a plural go together, as one.
    const single = [...messages].filter(([key]) => !/\.(?:n|\d+)$/.test(key));
    for (const [key, message] of single) expect(chrome[key.replaceAll('.', '_')]?.message, key).toBe(message);
  });

  test('have keys that a browser takes, which it reads without regard to case', () => {
    const keys = Object.keys(chrome);
    expect(keys.filter((key) => !/^[A-Za-z0-9_]+$/.test(key))).toEqual([]);
    expect(new Set(keys.map((key) => key.toLowerCase())).size).toBe(keys.length);
  });

  test('of the catalogue are all of use', () => {
    const used = new Set([
      ...sections.map(({ label }) => label),
      ...allFields.map(({ label }) => label),
      ...groups,
      ...tabs.map(({ label }) => label),
      ...consoleModules.map(({ label }) => label),
      ...all.flatMap(({ label, shortLabel }) => [label, shortLabel]),
    ]);
    const own = /^(section|field|group|tab|row|attribute|control|short)\./;
    expect([...messages.keys()].filter((key) => own.test(key) && !used.has(key))).toEqual([]);
  });
});
