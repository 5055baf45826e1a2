/** What is said of checks that run beside each other. */
import { expect, it } from 'vitest';
import fc from 'fast-check';
import { inParts, PART_ENDS } from '../../scripts/lib/parts.ts';

it('is said in whole parts, however the pieces are cut that they come in', () => {
  const text = fc.string({ minLength: 1 }).filter((each) => each.trim() !== '' && !each.includes(PART_ENDS));
  fc.assert(
    fc.property(fc.array(text), fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (parts, lengths) => {
      const said: string[] = [];
      const { hear, end } = inParts((part) => said.push(part));
      let rest = parts.map((part) => part + PART_ENDS).join('');
      while (rest !== '') {
        const length = lengths.next().value!;
        hear(rest.slice(0, length));
        rest = rest.slice(length);
      }
      end();
      expect(said).toEqual(parts);
    }),
  );
});

it('of a program that ends in the middle of one is all that it said', () => {
  const said: string[] = [];
  const { hear, end } = inParts((part) => said.push(part));
  hear(`one${PART_ENDS}\nhal`);
  hear('f');
  expect(said).toEqual(['one']);
  end();
  end();
  expect(said).toEqual(['one', '\nhalf']);
});
