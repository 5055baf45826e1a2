/**
 * The state of the demo's telephone system and gateways: who is there, and what is to happen when. `step` (step.ts) takes
 * what happened and answers the next state and what is to be said to the hub; it knows no clock, no chance and no network.
 */
import type { AnyCommand, CommandResult, ConnectorEvent, ConnectorOffer } from '../../../lib/api/connector.ts';
import type { Channel } from '../../../lib/catalogue/types.ts';
import type { Places } from './offering.ts';
import type { Random, Range } from './random.ts';

/** A customer on a line, in a chat or with an email, as this side knows them. */
export interface Contact {
  /** Its name here. */
  readonly ref: string;
  /** Its name at the hub; null until the hub has said it, and again once it was passed on to somebody else. */
  readonly id: string | null;
  readonly channel: Channel;
  /** `ringing`: at the other side of an outgoing one. */
  readonly state: 'waiting' | 'ringing' | 'talking';
  /** Where it waits; null of a direct or an outgoing one. */
  readonly queueId: string | null;
  /** As it was offered; null of one that was not offered by this process. */
  readonly offer: Omit<ConnectorOffer, 'ref'> | null;
  readonly held: boolean;
  /** When recording began; null while there is none. */
  readonly recordedFrom: number | null;
  /** How long they wait and stay, in milliseconds; null for as long as it takes. */
  readonly waits: Range | null;
  readonly stays: Range | null;
  /** What they will write, one after each answer. */
  readonly replies: readonly string[];
  /** What they may write some time after an answer by email, as an offer. */
  readonly again: Omit<ConnectorOffer, 'ref'> | null;
}

export type Happening =
  | { readonly do: 'come'; readonly channel: Channel }
  | { readonly do: 'carryOut'; readonly command: AnyCommand }
  | { readonly do: 'giveUp' | 'leave' | 'writeAgain'; readonly ref: string }
  /** In the same one while it is open, else as a new one. */
  | { readonly do: 'mailAgain'; readonly ref: string; readonly offer: Omit<ConnectorOffer, 'ref'> }
  | { readonly do: 'otherSide'; readonly ref: string; readonly event: OtherSide };

/** What the one called, or the one consulted, does. */
export type OtherSide = Extract<ConnectorEvent, { event: 'answered' | 'failed' | 'consultAnswered' | 'consultEnded' }>;

export interface Due {
  readonly at: number;
  readonly what: Happening;
}

export interface Rules {
  /** In names: so that a process started again names nothing twice. */
  readonly run: string;
  /** How fast customers come; 0 for none but those that a script offers. */
  readonly pace: number;
  /** How long after the day begins nobody comes by themselves yet; milliseconds. */
  readonly quietMs: number;
  /** Whether commands fail now and then. */
  readonly flaky: boolean;
}

export interface Day {
  readonly rules: Rules;
  /** Null until the hub has said them. */
  readonly places: Places | null;
  /** Whether the hub is there: nobody comes while it is not. */
  readonly open: boolean;
  readonly contacts: ReadonlyMap<string, Contact>;
  /** Names of those who have left: what is asked of them is too late. The newest. */
  readonly gone: ReadonlySet<string>;
  readonly due: readonly Due[];
  readonly named: number;
  /** Commands that were answered, or will be: one that comes again is not carried out again. The newest. */
  readonly commands: ReadonlyMap<string, CommandResult | null>;
  /** Verbs of which the next command is to fail, as a script said, and why. */
  readonly failing: readonly { readonly verb: AnyCommand['verb']; readonly why: string }[];
}

export interface Scripted {
  readonly offer: Omit<ConnectorOffer, 'ref'>;
  readonly waits: number | null;
  readonly stays: number | null;
  readonly replies: readonly string[];
}

export type DayEvent =
  | { readonly type: 'tick' }
  | { readonly type: 'open'; readonly places: Places }
  | { readonly type: 'lost' }
  | { readonly type: 'command'; readonly command: AnyCommand }
  /** What the hub made of an offer. */
  | { readonly type: 'offered'; readonly ref: string; readonly id: string }
  | { readonly type: 'refused'; readonly ref: string }
  /** Of a script. */
  | { readonly type: 'script'; readonly ref: string; readonly scripted: Scripted }
  | { readonly type: 'end'; readonly ref: string }
  | { readonly type: 'write'; readonly ref: string; readonly text: string }
  | { readonly type: 'otherSide'; readonly ref: string; readonly event: OtherSide }
  | { readonly type: 'fail'; readonly verb: AnyCommand['verb']; readonly why: string }
  /** The end of the day: everybody goes. */
  | { readonly type: 'stop' };

export type DayEffect =
  | { readonly do: 'offer'; readonly offer: ConnectorOffer }
  | { readonly do: 'report'; readonly ref: string; readonly id: string | null; readonly event: ConnectorEvent }
  | { readonly do: 'answer'; readonly commandId: string; readonly result: CommandResult };

export interface Moment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly random: Random;
}

export const beginDay = (rules: Rules): Day => ({ rules, places: null, open: false, contacts: new Map(), gone: new Set(), due: [], named: 0, commands: new Map(), failing: [] });

/** When the day wants a `tick`, in milliseconds since the epoch; null where nothing is to happen. */
export const wakeAt = ({ due }: Day): number | null => (due.length === 0 ? null : Math.min(...due.map(({ at }) => at)));
