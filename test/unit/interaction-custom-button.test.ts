import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filledIn, type Variable, variableNamed, VARIABLES } from '../../lib/interaction/variables.ts';
import { addressOf, showsButton, triggerOf, valuesOf } from '../../lib/interaction/custom-button.ts';
import { blanksOf, filledTemplate } from '../../lib/interaction/sms-template.ts';
import { anInteraction } from '../fakes/interaction.ts';

const person = { name: 'Inès Moreau', email: 'ines@harbour.example' };
const values = (is: Parameters<typeof anInteraction>[0] = {}) => valuesOf(anInteraction(is), person, { name: 'Inbound' });
const button = (attributes: Record<string, unknown>) => ({ attributes });
const names = VARIABLES.map(([name]) => name);
const anyText = fc.string({ unit: 'grapheme' }).filter((text) => text.isWellFormed());
const ofText = (texts: readonly string[]) => (variable: Variable) => texts[names.indexOf(variable)]!;

describe('the variables of an address', () => {
  it('are the customer, the interaction and who has it, by their long names and short ones', () => {
    const written = '{number} {name} {reference} {queue} {channel} {id} {direction} {person.name} {profile.name}';
    expect(decodeURIComponent(filledIn(written, values()))).toBe('+33612345678 Hélène Garnier 20418 Motor claims voice i1 inbound Inès Moreau Inbound');
  });

  it('are an address of an email, and no number', () => {
    const mail = values({ channel: 'email', customer: { name: '', address: 'a@b.example', masked: false, reference: null, language: null } });
    expect([mail('customer.email'), mail('customer.number'), mail('customer.id')]).toEqual(['a@b.example', '', '']);
  });

  it('never reach beyond their place: whatever a customer is called, host, path and other parameters stay', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: names.length, maxLength: names.length }), fc.constantFrom(...names), (texts, name) => {
        const address = addressOf(button({ target: `https://crm.example/search?q={${name}}&kind=1` }), ofText(texts));
        const url = new URL(address!);
        expect([url.origin, url.pathname, url.hash, url.searchParams.get('kind'), [...url.searchParams.keys()]]).toEqual(['https://crm.example', '/search', '', '1', ['q', 'kind']]);
        expect(decodeURIComponent(/q=([^&]*)/.exec(address!)![1]!)).toBe(texts[names.indexOf(name)]);
      }),
    );
  });

  it('leave what is no variable as it is written', () => {
    fc.assert(
      fc.property(fc.string().filter((name) => !/[{}]/.test(name) && variableNamed(name) === null), (name) => {
        expect(filledIn(`{${name}}`, values())).toBe(`{${name}}`);
      }),
    );
  });

  it('never are the host, and only a web page is opened', () => {
    for (const target of ['https://{name}/', 'https://{name}.example/', 'javascript:alert({number})', 'tel:{number}', '{name}', '']) {
      expect(addressOf(button({ target }), values())).toBeNull();
    }
    expect(addressOf(button({ opens: 'workflow', target: 'https://crm.example/' }), values())).toBeNull();
  });
});

describe('the condition of a button', () => {
  const shows = (condition: string, is: Parameters<typeof anInteraction>[0] = {}) => showsButton(button({ condition }), values(is));

  it.each([
    ['', true],
    ['channel = voice', true],
    ['channel = email', false],
    ['channel != email and queue contains claims', true],
    ['channel = email or reference = 20418', true],
    ['channel = email or reference = 1 and queue = "Motor claims"', false],
    ['NAME = x', false],
    ['channel =', false],
    ['nonsense', false],
  ])('%s: %s', (condition, shown) => expect(shows(condition)).toBe(shown));

  it('holds by its parts: “and” binds closer than “or”, and upper case is lower case', () => {
    const comparison = fc.record({ name: fc.constantFrom(...names), negated: fc.boolean(), value: fc.constantFrom('voice', 'Motor claims', 'INBOUND', 'i1', 'nobody') });
    fc.assert(
      fc.property(fc.array(fc.array(comparison, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }), (any) => {
        const condition = any.map((all) => all.map(({ name, negated, value }) => `${name} ${negated ? '!=' : '='} "${value}"`).join(' and ')).join(' or ');
        const valueOf = values();
        const held = any.some((all) => all.every(({ name, negated, value }) => (valueOf(name).toLowerCase() === value.toLowerCase()) !== negated));
        expect(shows(condition)).toBe(held);
      }),
    );
  });

  it('never throws, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), (condition) => {
        expect([true, false]).toContain(shows(condition));
      }),
    );
  });

  it('has a trigger, by hand where it says nothing that is known', () => {
    expect(['presented', 'accepted', 'byHand', 'sometime', undefined].map((trigger) => triggerOf(button({ trigger })))).toEqual(['presented', 'accepted', 'byHand', 'byHand', 'byHand']);
  });
});

describe('the template of a message', () => {
  it('has its blanks filled in by hand, each wherever it stands', () => {
    const template = 'On {date}, {time}. Again: {date}.';
    expect(blanksOf(template)).toEqual(['date', 'time']);
    expect(filledTemplate(template, { date: 'Monday' })).toBe('On Monday, {time}. Again: Monday.');
  });

  it('is complete exactly when every blank is filled', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 5 }), fc.stringMatching(/^[A-Z]{1,6}$/), (blanks, value) => {
        const template = blanks.map((blank) => `${value} {${blank}}`).join(' ');
        const filled = filledTemplate(template, Object.fromEntries(blanks.map((blank) => [blank, value])));
        expect(blanksOf(filled)).toEqual([]);
      }),
    );
  });
});
