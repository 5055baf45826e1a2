/** A cell that a spreadsheet would run as a formula; a plain number with its sign is none. */
const RUNS = /^[=+\-@\t\r]/;
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
  const safe = typeof cell === 'string' && RUNS.test(text) && !IS_NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
