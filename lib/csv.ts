/** A cell that a spreadsheet would run as a formula; a plain number with its sign is none. One led already is led once more, to be read as it was. */
const RUNS = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
/**
 * Where a spreadsheet that takes another separator, as those of much of Europe do, begins a cell in the middle of one:
 * quotes do not keep it from that, for to it they do not begin a cell.
 */
const RUNS_WITHIN = /([;\t\r\n]"*)(?='*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;
const IS_NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;

/**
 * Rows as a CSV file by RFC 4180, with a byte order mark, so that spreadsheets read it as UTF-8. Text that a spreadsheet
 * would run as a formula is led by an apostrophe.
 */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`;
}

function cellOf(cell: string | number | null): string {
  if (cell === null) return '';
  const text = String(cell);
  const led = typeof cell === 'string' && RUNS.test(text) && !IS_NUMBER.test(text) ? `'${text}` : text;
  const safe = led.replaceAll(RUNS_WITHIN, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
