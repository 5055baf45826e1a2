import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LICENCES, PERSON_TYPES } from '../../../lib/catalogue/index.ts';
import { csvOf } from '../../../lib/csv.ts';
import { parseCsv } from '../../../lib/csv-read.ts';
import { peopleRows, type PersonLine, readPeople } from '../../../lib/models/maker/transfer-people.ts';

const cellsOf = (text: string) => {
  const read = parseCsv(text);
  return read.ok ? read.rows.map(({ cells }) => cells) : read.line;
};

describe('a CSV file', () => {
  it('is read whatever separates and whatever ends a line', () => {
    const wanted = [['a', 'b'], ['1', '2']];
    for (const text of ['a,b\n1,2\n', 'a;b\r\n1;2', 'a\tb\r1\t2', '\uFEFFa,b\n1,2', 'sep=;\r\na;b\r\n1;2\r\n']) expect(cellsOf(text)).toEqual(wanted);
  });

  it('keeps what stands in quotes: separators, lines and quotes', () => {
    expect(cellsOf('"a;x",b\n"one\r\ntwo","say ""yes"""\n')).toEqual([['a;x', 'b'], ['one\r\ntwo', 'say "yes"']]);
  });

  it('says on which line a row begins, and an open quote too', () => {
    const read = parseCsv('a,b\n"one\ntwo",1\n\nx,y\n');
    expect(read.ok && read.rows.map(({ line }) => line)).toEqual([1, 2, 5]);
    expect(cellsOf('a,b\n1,2\n"open,\nand on')).toBe(3);
  });

  it('is read back as it was written, formulas and all', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('=1+1', '-', '+33', '@x', "'-", "''=", 'a;=1', "a;'=1", 'a"b', 'x;y', 'l1\nl2', 'l1\r\nl2', "'", ''));
    const line = fc.array(cell, { minLength: 2, maxLength: 4 }).filter((cells) => cells.some((each) => each.trim() !== ''));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (rows) => {
        // A first row without other separators than commas, as a file with column names has.
        const file = [['name', 'email'], ...rows];
        expect(cellsOf(csvOf(file))).toEqual(file);
      }),
    );
  });
});

const errorsOf = (text: string) => {
  const file = readPeople(text);
  return file.ok ? [] : file.errors.map(({ line, code, values }) => [line, code, ...values].join(' '));
};

describe('a file of people', () => {
  it('is read by the names of its columns, in any order and case', () => {
    const file = readPeople('E-mail;Name;Type;Profiles;Teams\na@x.example;Ada;Manager;Inbound | Outbound;-\nb@x.example;Bo;;;\n');
    expect(file).toEqual({
      ok: true,
      lines: [2, 3],
      people: [
        { name: 'Ada', email: 'a@x.example', type: 'manager', profiles: ['Inbound', 'Outbound'], teams: [] },
        { name: 'Bo', email: 'b@x.example' },
      ],
    });
  });

  it('that has anything wrong says all of it, with its line', () => {
    expect(errorsOf('')).toEqual(['1 empty']);
    expect(errorsOf('name,email\n')).toEqual(['1 empty']);
    expect(errorsOf('name,licens,name\nx,y,z')).toEqual(['1 column licens', '1 columnTwice name', '1 columnMissing email']);
    expect(errorsOf('name,email\n"x,y')).toEqual(['2 quote']);
    expect(errorsOf('name,email,licence,type\n,a@x,gold,\nB,,,boss\nC,A@x,,,,more')).toEqual([
      '2 noName',
      '2 licence gold essentials, smart',
      '3 noEmail',
      '3 type boss agent, manager, administrator',
      '4 cells 6 4',
      '4 twice A@x 2',
    ]);
  });

  it('is read back as it was written', () => {
    const name = fc.stringMatching(/^[\p{L}=+@][\p{L} ,;"'.-]{0,12}\p{L}$/u);
    const people: fc.Arbitrary<PersonLine[]> = fc.uniqueArray(
      fc.record(
        {
          name,
          email: fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,6}\.example$/),
          licence: fc.constantFrom(...LICENCES),
          type: fc.constantFrom(...PERSON_TYPES),
          profiles: fc.array(name, { maxLength: 3 }),
          teams: fc.array(name, { maxLength: 3 }),
        },
        { requiredKeys: ['name', 'email'] },
      ) as fc.Arbitrary<PersonLine>,
      { minLength: 1, maxLength: 6, selector: ({ email }) => email },
    );
    fc.assert(
      fc.property(people, (all) => {
        const file = readPeople(csvOf(peopleRows(all)));
        expect(file.ok && file.people).toEqual(all);
      }),
    );
  });
});
