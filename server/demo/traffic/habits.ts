/** How often things happen in the demo centre, and how long they take. Milliseconds. */
import type { Channel } from '../../../lib/catalogue/types.ts';
import type { Range } from './random.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Between two of a channel, on average, at pace 1. */
export const EVERY: Readonly<Record<Channel, number>> = { voice: 25 * SECOND, email: 60 * SECOND, messages: 40 * SECOND };
/** Each time so much of the average. */
export const UNEVEN: Range = [0.4, 1.6];
/** So many may wait in one queue and channel; more customers do not come. */
export const MOST_WAITING: Readonly<Record<Channel, number>> = { voice: 3, email: 4, messages: 3 };
/** How long a customer waits to be answered; mail waits for ever. */
export const PATIENCE: Readonly<Record<Channel, Range | null>> = { voice: [45 * SECOND, 3 * MINUTE], email: null, messages: [90 * SECOND, 5 * MINUTE] };
/** How long a customer talks, or leaves a chat open in which nobody writes. */
export const STAYS: Readonly<Record<Channel, Range | null>> = { voice: [45 * SECOND, 210 * SECOND], email: null, messages: [4 * MINUTE, 5 * MINUTE] };
/** Whoever is on hold does not hang up, but may soon after. */
export const STAYS_AFTER_HOLD: Range = [10 * SECOND, 20 * SECOND];
/** The share of calls that go to one person by name. */
export const DIRECT_SHARE = 0.08;

/** Until a command is answered. */
export const ANSWERS: Range = [50, 400];
/** Of the commands, where the telephone system is a flaky one. */
export const FAILS_SHARE = 0.05;
/** Until somebody called answers, says that the line is busy, or has let it ring for long enough. */
export const RINGS: Range = [3 * SECOND, 9 * SECOND];
export const BUSY_AFTER: Range = [SECOND, 2 * SECOND];
export const UNANSWERED_AFTER: Range = [20 * SECOND, 25 * SECOND];
/** A consulted queue has let it ring at its people for so long (20 s at one of them) that somebody else takes it. */
export const UNTAKEN_AFTER: Range = [21 * SECOND, 24 * SECOND];

/** Until a customer in a chat writes again, or closes it after the last word. */
export const WRITES_AFTER: Range = [6 * SECOND, 25 * SECOND];
export const CLOSES_AFTER: Range = [5 * SECOND, 15 * SECOND];
/** The share of emails that are answered again, and when. */
export const MAILS_AGAIN_SHARE = 0.35;
export const MAILS_AGAIN_AFTER: Range = [40 * SECOND, 2 * MINUTE];

/** For a script, which waits for what it has asked for, people are quick: they ring, write and close in a tenth of the time. */
export const hurried = ([least, most]: Range, pace: number): Range => (pace === 0 ? [least / 10, most / 10] : [least, most]);
