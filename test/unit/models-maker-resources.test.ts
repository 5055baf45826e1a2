import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moduleOfKind } from '../../lib/catalogue/console.ts';
import type { ResourceKind } from '../../lib/catalogue/index.ts';
import { resources } from '../../lib/catalogue/resources.ts';
import { consoleRightsOf, everyConsoleRight } from '../../lib/decide/console.ts';
import { targetError, unknownVariables, VARIABLES, withSamples } from '../../lib/models/maker/resources-address.ts';
import { COLOURS, contrastOnWhite, isPale } from '../../lib/models/maker/resources-colour.ts';
import { conditionError, holdsFor, parseCondition } from '../../lib/interaction/condition.ts';
import { attributesOf, bodyOf, checkResource, fieldRight, kindsBeside, resourceContentOf } from '../../lib/models/maker/resources-form.ts';
import { columnFields, copyName, filterResources, linesOf, searchableResources } from '../../lib/models/maker/resources-list.ts';
import { resources as demo } from '../../server/demo/resources.ts';
import { valueArbitrary } from '../fixtures/arbitraries.ts';

const kinds = resources.map(({ kind }) => kind).filter((kind) => kind !== 'team');

describe.each(kinds)('the form of a resource: %s', (kind) => {
  it('begins with what is declared, and wants a name', () => {
    const content = resourceContentOf(kind, null);
    expect(Object.keys(content)).toEqual(['name', ...attributesOf(kind).map(({ id }) => id)]);
    expect(checkResource(kind, content, [])).toHaveProperty('name');
  });
  it('has no mistake in what the demo centre has', () => {
    for (const [name, attributes = {}] of Object.values(demo[kind as keyof typeof demo])) {
      const filled = Object.fromEntries(Object.entries(attributes as object).map(([id, value]) => [id, String(value).startsWith('{demo}') ? String(value).replace('{demo}', 'https://crm.example') : value]));
      expect(checkResource(kind, resourceContentOf(kind, { name, attributes: filled }), [])).toEqual({});
    }
  });
  it('takes any value that is declared, whatever else it says of its meaning, and puts it back as it was', () => {
    const attributes = fc.record(Object.fromEntries(attributesOf(kind).map((field) => [field.id, valueArbitrary(field)])));
    fc.assert(
      fc.property(attributes, (held) => {
        const content = resourceContentOf(kind, { name: 'x', attributes: held });
        expect(bodyOf(content)).toEqual(attributesOf(kind).length > 0 ? { name: 'x', attributes: held } : { name: 'x' });
        expect(checkResource(kind, content, [])).not.toHaveProperty('name');
      }),
      { numRuns: 20 },
    );
  });
  it('gives what is of another type its default', () => {
    const broken = Object.fromEntries(attributesOf(kind).map(({ id }) => [id, { not: 'this' }]));
    expect(resourceContentOf(kind, { name: 'x', attributes: broken })).toEqual({ ...resourceContentOf(kind, null), name: 'x' });
  });
  it('is under a module that says who may change each field', () => {
    const module = moduleOfKind.get(kind)!.id;
    for (const { id, verb } of attributesOf(kind)) {
      expect(fieldRight(kind, id, everyConsoleRight, 'r1')).toMatchObject({ right: `${module}.${verb ?? 'update'}`, allowed: true });
    }
    expect(fieldRight(kind, 'name', everyConsoleRight, null).right).toBe(`${module}.create`);
  });
});

describe('who may change what', () => {
  const rights = consoleRightsOf(
    { document: { schema: 1, settings: { ...({ 'console.wallboards.update': 'allow', 'console.wallboards.elements': ['w1'] } as object) }, configuration: {} }, resources: {} },
    { licence: 'smart', type: 'agent', allow: [], deny: [], accountOptions: [] },
  );
  it('goes by the special verb, and by the elements', () => {
    expect(fieldRight('wallboard', 'note', rights, 'w1').allowed).toBe(true);
    expect(fieldRight('wallboard', 'code', rights, 'w1')).toMatchObject({ allowed: false, code: 'console.notAllowed', right: 'wallboards.code' });
    expect(fieldRight('wallboard', 'note', rights, 'w2')).toMatchObject({ allowed: false, code: 'console.elements' });
  });
  it('puts both campaigns on one page, and the many small kinds on another', () => {
    expect(kindsBeside('smsCampaign')).toEqual(['voiceCampaign', 'smsCampaign']);
    expect(kindsBeside('queue')).toEqual(['queue']);
    expect(kindsBeside('survey' as ResourceKind)).toContain('crm');
  });
});

describe('a name', () => {
  it('is taken whatever its case', () => {
    expect(checkResource('queue', { ...resourceContentOf('queue', null), name: ' billing ' }, ['Billing'])).toHaveProperty('name.key', 'makerResources.error.nameTaken');
  });
  it('of a number has its least length', () => {
    expect(checkResource('smsNumber', { name: 'x', number: '1' }, [])).toMatchObject({ number: { key: 'makerResources.error.tooShort', with: [3] } });
  });
});

describe('the address of a custom button', () => {
  it('must open a web page where it is one', () => {
    expect(targetError('url', 'https://crm.example/?q={customer.number}')).toBeNull();
    expect(targetError('url', 'javascript:alert(1)')).toHaveProperty('key', 'makerResources.error.address');
    expect(targetError('workflow', 'plan-call-back')).toBeNull();
    expect(targetError('workflow', ' ')).toHaveProperty('key', 'makerResources.error.target');
    expect(targetError('workflow', 'two\nlines')).toHaveProperty('key', 'makerResources.error.workflowName');
  });
  it('of a web service is https, or on the hub’s own machine', () => {
    for (const target of ['https://hooks.example/x?case={case.id}', 'http://127.0.0.1:7420/demo', 'http://localhost/x', 'http://[::1]:80/']) expect([target, targetError('webService', target)]).toEqual([target, null]);
    for (const target of ['http://hooks.example/', 'http://localhost.example/', 'http://127.0.0.1.example/', 'escalate-case', 'https://{number}/']) expect(targetError('webService', target)).toHaveProperty('key', 'makerResources.error.serviceAddress');
  });
  it('shows what becomes of its variables, and names those it does not know', () => {
    expect(withSamples('https://x.example/{customer.id}?n={number}&z={nothing}')).toBe('https://x.example/20418?n=%2B33%201%2099%2000%2001%2012&z={nothing}');
    expect(unknownVariables('{customer.id} {nothing} {nothing}')).toEqual(['nothing']);
    for (const [name] of VARIABLES) expect(unknownVariables(`{${name}}`)).toEqual([]);
  });
});

describe('the condition of a custom button', () => {
  const holds = (text: string) => {
    const parsed = parseCondition(text);
    return parsed.ok && holdsFor(parsed.condition);
  };
  it('compares, and binds closer than or', () => {
    expect(holds('')).toBe(true);
    expect(holds('channel = voice')).toBe(true);
    expect(holds('channel != VOICE')).toBe(false);
    expect(holds('interaction.queue = "motor claims"')).toBe(true);
    expect(holds('queue contains motor and channel = email')).toBe(false);
    expect(holds('channel = voice or queue = x and queue = y')).toBe(true);
  });
  it('says near what it cannot be read', () => {
    expect(conditionError('colour = red')).toEqual({ key: 'makerResources.error.conditionVariable', with: ['colour'] });
    expect(conditionError('channel is voice')?.key).toBe('makerResources.error.conditionOperator');
    expect(conditionError('channel =')?.key).toBe('makerResources.error.conditionValue');
    expect(conditionError('channel = voice queue = x')?.key).toBe('makerResources.error.conditionJoint');
    expect(conditionError('channel = voice and')?.key).toBe('makerResources.error.conditionEnd');
  });
  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseCondition(text)));
  });
});

it('offers colours that are seen on white', () => {
  for (const [name, hex] of COLOURS) expect([name, contrastOnWhite(hex) >= 4.5]).toEqual([name, true]);
  expect(isPale('#ffff00')).toBe(true);
});

describe('the list of a kind', () => {
  const resource = (name: string, archived: boolean, attributes: Record<string, unknown> = {}) => ({ id: name, kind: 'queue' as const, name, attributes, archived, revision: 1, profiles: 0 });
  const all = searchableResources('queue', [resource('Été', false), resource('Hiver', true), resource('Billing', false, { note: 'Premiums' })]);
  const found = (search: string, state: 'active' | 'archived' | 'all') => filterResources(all, search, state).map(({ name }) => name);
  it('is searched by name and note, and leaves out what is archived', () => {
    expect(found('', 'active')).toEqual(['Été', 'Billing']);
    expect(found('', 'archived')).toEqual(['Hiver']);
    expect(found('ete', 'all')).toEqual(['Été']);
    expect(found('premium', 'active')).toEqual(['Billing']);
  });
  it('has every short attribute of its kind in a column, switches in one together', () => {
    expect(columnFields('activity').single.map(({ id }) => id)).toEqual(['category']);
    expect(columnFields('activity').switches.map(({ id }) => id)).toEqual(['voice', 'email', 'messages', 'campaigns']);
    expect(columnFields('customButton').single.map(({ id }) => id)).toEqual(['place', 'opens', 'trigger']);
    expect(columnFields('wallboard')).toEqual({ single: [], switches: [] });
  });
  it('names a copy as nothing else is named', () => {
    expect(copyName('Billing', ['Billing'])).toBe('Billing (2)');
    expect(copyName('Billing (2)', ['Billing', 'billing (2)'])).toBe('Billing (3)');
    expect(copyName('x'.repeat(120), [])).toHaveLength(120);
  });
  it('counts only lines that say something', () => {
    expect(linesOf('a\n\n  b \n')).toEqual(['a', 'b']);
  });
});
