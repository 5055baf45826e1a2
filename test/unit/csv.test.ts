import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvOf } from '../../lib/csv.ts';
import { parseCsv } from '../../lib/csv-read.ts';

/** What a cell begins with to a spreadsheet: after a quote that opens it, or one that at once closes again. Three are one quote of the text. */
const beginOf = (raw: string): string => (raw.startsWith('"""') ? '"' : raw.replace(/^""?/, ''));
const line = (...cells: (string | number | null)[]) => csvOf([cells]).slice(1);

describe('a CSV file', () => {
  it('says that it is UTF-8, and ends each line as RFC 4180 has it', () => {
    expect(csvOf([['a', 'b'], ['1', 'é']])).toBe('\uFEFFa,b\r\n1,é\r\n');
  });

  it('quotes what would end a cell or a line', () => {
    expect(line('a,b', 'say "so"', 'one\ntwo', 'plain')).toBe('"a,b","say ""so""","one\ntwo",plain\r\n');
  });

  it('keeps a spreadsheet from running what somebody called a profile', () => {
    expect(line('=1+1', '+cmd', '-cmd', '@SUM(A1)', '\tx')).toBe("'=1+1,'+cmd,'-cmd,'@SUM(A1),'\tx\r\n");
    expect(line('=a,"b"')).toBe('"\'=a,""b"""\r\n');
  });

  it('keeps from it too what another separator would make a cell of its own', () => {
    expect(line('Claims;=1+1', 'a;"=1+1"', 'a\t@x', 'one\n=1+1')).toBe(`Claims;'=1+1,"a;""'=1+1""",a\t'@x,"one\n'=1+1"\r\n`);
    expect(line('a;b', 'a - b', 'a;-')).toBe("a;b,a - b,a;'-\r\n");
  });

  it('is read again as it was written, and no cell of it runs, whatever separates', () => {
    const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', ';', '\t', '\n', '"', ',', 'a', '1', '\uFF1D'), maxLength: 8 }).filter((each) => each.trim() === each && each !== '');
    const whole = fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (cells) => {
      const file = csvOf([['a', 'b'], cells]);
      expect(parseCsv(file)).toMatchObject({ ok: true, rows: [{}, { cells }] });
      for (const separator of [';', '\t']) {
        for (const raw of file.slice(1).split(/[\r\n]/).flatMap((of) => of.split(separator))) expect(beginOf(raw)).not.toMatch(/^[=@\uFF1D]/);
      }
    });
    fc.assert(whole, { examples: [[['"=', '=']]] });
  });

  it('leaves numbers as they are, also in text, and nothing for none', () => {
    expect(line(-5, '-5', '+33', 0, null, '')).toBe('-5,-5,+33,0,,\r\n');
  });
});
