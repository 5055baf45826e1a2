/** Reads a CSV file as spreadsheets write them: RFC 4180, with commas, semicolons or tabs. */

export interface CsvRow {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}
export type CsvRead =
  | { readonly ok: true; readonly rows: readonly CsvRow[] }
  /** A quote that opens on this line never closes. */
  | { readonly ok: false; readonly line: number };

const SEPARATORS = [',', ';', '\t'] as const;
/** What `csvOf` writes before text that a spreadsheet would run as a formula. */
const LED = /(^|[;\t\r\n]"*)'(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/g;

/** Lines without anything in them are left out. A first line `sep=;` says what separates, as some spreadsheets write. */
export function parseCsv(file: string): CsvRead {
  const text = file.replace(/^\uFEFF/, '');
  const said = /^sep=([,;\t])(?:\r\n|\r|\n|$)/i.exec(text);
  const from = said?.[0].length ?? 0;
  return readRows(text, from, said?.[1] ?? separatorOf(text), said ? 2 : 1);
}

/** The one that there is most of in the first line, outside quotes. */
function separatorOf(text: string): string {
  const [first = ''] = text.replaceAll(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const counts = SEPARATORS.map((separator) => first.split(separator).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))]!;
}

function readRows(text: string, from: number, separator: string, firstLine: number): CsvRead {
  const rows: CsvRow[] = [];
  let [line, begun, quoted] = [firstLine, firstLine, 0];
  let cells: string[] = [];
  let cell = '';
  const endCell = () => {
    cells.push(cell.replaceAll(LED, '$1'));
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (cells.some((each) => each.trim() !== '')) rows.push({ line: begun, cells });
    cells = [];
  };
  for (let at = from; at < text.length; at += 1) {
    const [character, next] = [text[at]!, text[at + 1]];
    const ends = character === '\n' || (character === '\r' && next !== '\n');
    if (quoted > 0) {
      if (ends) line += 1;
      if (character !== '"') cell += character;
      else if (next === '"') [cell, at] = [`${cell}"`, at + 1];
      else quoted = 0;
    } else if (character === '"' && cell.trim() === '') [cell, quoted] = ['', line];
    else if (character === separator) endCell();
    else if (ends) {
      endRow();
      line += 1;
      begun = line;
    } else if (character !== '\r') cell += character;
  }
  if (quoted > 0) return { ok: false, line: quoted };
  if (cell !== '' || cells.length > 0) endRow();
  return { ok: true, rows };
}
