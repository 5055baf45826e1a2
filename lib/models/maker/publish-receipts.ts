/** What became of a publish, person by person: counted, filtered, as a file. */
import type { ProfileWatch } from '../../api/shapes-maker.ts';
import { matchesSearch } from '../missing.ts';

export const RECEIPTS = ['queued', 'delivered', 'applied', 'leased', 'offline', 'failed'] as const;
export type ReceiptState = (typeof RECEIPTS)[number];
export type Counts = Readonly<Record<ReceiptState, number>>;

export interface ReceiptRow {
  readonly personId: string;
  readonly name: string;
  readonly version: number;
  readonly state: ReceiptState;
  /** Milliseconds since the epoch, on the hub's clock. */
  readonly at: number;
}

/** Whom pushing again to the unapplied reaches; who is offline gets it on signing in. */
export const UNAPPLIED: readonly ReceiptState[] = ['failed', 'queued', 'delivered'];

export const NO_COUNTS: Counts = { queued: 0, delivered: 0, applied: 0, leased: 0, offline: 0, failed: 0 };

export function countsOf(rows: readonly Pick<ReceiptRow, 'state'>[]): Counts {
  const counts = { ...NO_COUNTS };
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

/** Counts as the watch tells them, every state there. */
export const countsIn = (watch: Pick<ProfileWatch, 'receipts'> | null): Counts => ({ ...NO_COUNTS, ...watch?.receipts.counts });

export const totalOf = (counts: Counts): number => RECEIPTS.reduce((sum, state) => sum + counts[state], 0);

/** In the order in which the bar of an arrival is drawn: what is done first. */
const BAR_ORDER = ['applied', 'leased', 'delivered', 'queued', 'failed', 'offline'] as const satisfies readonly ReceiptState[];

export interface Share {
  readonly state: ReceiptState;
  readonly people: number;
  /** 0 to 1. */
  readonly share: number;
}

/** States that somebody is in. */
export function sharesOf(counts: Counts): readonly Share[] {
  const total = totalOf(counts);
  return BAR_ORDER.flatMap((state) => (counts[state] > 0 ? [{ state, people: counts[state], share: counts[state] / total }] : []));
}

/** Everybody who can has it: nothing is on its way, and nothing failed. */
export const hasArrived = (counts: Counts): boolean => counts.queued + counts.delivered + counts.failed === 0;

/** Those who want looking at first: failed, on its way, kept by lease, arrived, offline; then by name. */
const LIST_ORDER: readonly ReceiptState[] = ['failed', 'queued', 'delivered', 'leased', 'applied', 'offline'];

export function sortedRows<R extends ReceiptRow>(rows: readonly R[], locale?: string): readonly R[] {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  return rows.toSorted((a, b) => LIST_ORDER.indexOf(a.state) - LIST_ORDER.indexOf(b.state) || compare(a.name, b.name));
}

export function filteredRows<R extends ReceiptRow>(rows: readonly R[], state: ReceiptState | null, search: string): readonly R[] {
  return rows.filter((row) => (state === null || row.state === state) && (search.trim() === '' || matchesSearch(row.name, search)));
}
