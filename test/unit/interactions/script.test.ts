import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spokenIn, stepsOf } from '../../../lib/interaction/script.ts';

const values = (variable: string) => ({ 'customer.name': 'Camille Martin', 'person.name': 'Amira' })[variable] ?? '';

describe('a script', () => {
  it('has a step for each paragraph that says something', () => {
    expect(stepsOf('Good morning.\nHow are you?\n\n \n  What happened?\n\t\n')).toEqual(['Good morning.\nHow are you?', 'What happened?']);
    expect(stepsOf(' \n\n ')).toEqual([]);
  });

  it('has what is known filled in, and keeps a gap for what is not', () => {
    expect(spokenIn('Good morning {name}, {person.name} here: {customer.id} {nonsense}', values)).toEqual([
      { said: 'Good morning ' },
      { variable: 'customer.name', value: 'Camille Martin' },
      { said: ', ' },
      { variable: 'person.name', value: 'Amira' },
      { said: ' here: ' },
      { variable: 'customer.id', value: null },
      { said: ' {nonsense}' },
    ]);
    expect(spokenIn('{name}', null)).toEqual([{ variable: 'customer.name', value: null }]);
  });

  it('says no value of a customer twice filled in: braces in a name are a name', () => {
    expect(spokenIn('Dear {name}', () => '{person.email}')).toEqual([{ said: 'Dear ' }, { variable: 'customer.name', value: '{person.email}' }]);
  });

  it('loses nothing of what is written', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('{customer.name}', '{', '}', '{x}'), fc.string())), (pieces) => {
        const step = pieces.join('');
        expect(spokenIn(step, null).map((piece) => ('said' in piece ? piece.said : `{${piece.variable}}`)).join('')).toBe(step.replace(/\{(name|number|reference|id|channel|queue|direction|case)\}/g, (all) => `{${(spokenIn(all, null)[0] as { variable: string }).variable}}`));
      }),
    );
  });
});
