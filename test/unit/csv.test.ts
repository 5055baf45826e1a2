import { describe, expect, it } from 'vitest';
import { csvOf } from '../../lib/csv.ts';

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

  it('leaves numbers as they are, also in text, and nothing for none', () => {
    expect(line(-5, '-5', '+33', 0, null, '')).toBe('-5,-5,+33,0,,\r\n');
  });
});
