/** Amounts are whole numbers of the smallest unit that a currency is counted in: 1250 are 12.50 euros, or 1250 yen. */

export interface Currency {
  /** ISO 4217. */
  readonly code: string;
  readonly decimals: number;
}

export const EURO: Currency = { code: 'EUR', decimals: 2 };

/** As it is typed into a field, without the currency's name. */
export const typedAmount = (amount: number, { decimals }: Currency): string => (amount / 10 ** decimals).toFixed(decimals);

/** What was typed, with a point or a comma; null for what is no amount of the currency. */
export function readAmount(typed: string, { decimals }: Currency): number | null {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d{1,12})(?:[.,](\d+))?$/.exec(typed) ?? [];
  if (whole === '' || part.length > decimals) return null;
  const amount = Number(whole + part.padEnd(decimals, '0'));
  return sign === '-' && amount !== 0 ? -amount : amount;
}
