import type {
  AccountOption,
  Channel,
  ControlId,
  Layer,
  Licence,
  PersonType,
  ProfileDocument,
  Resources,
} from '../catalogue/index.ts';

/** The active profile as the decision reads it. */
export interface ActiveProfile {
  readonly document: ProfileDocument;
  readonly resources: Resources;
}

/** What is true of the person whatever the profile. `deny` goes before `allow`, `allow` before the profile. */
export interface Person {
  readonly licence: Licence;
  readonly type: PersonType;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly accountOptions: readonly AccountOption[];
}

/** Why there is no profile to decide by: none assigned, one past its expiry, or one that does not validate. */
export type NoProfile = 'none' | 'expired' | 'invalid';

export type ConnectionState = 'live' | 'reconnecting' | 'stale' | 'signedOut';

export interface FlowSituation {
  readonly on: boolean;
  /** Who forces it off besides the activity. */
  readonly forced: 'missed' | 'supervisor' | null;
}

/** An interaction that is offered, live or in wrap-up. */
export interface InteractionSituation {
  readonly id: string;
  readonly channel: Channel;
  readonly phase: 'offered' | 'live' | 'wrapup';
  /** Distributed by smart routing; a direct one was sent to this very person. */
  readonly smart: boolean;
  readonly autoRecorded: boolean;
}

/** A right taken away while in use, kept to the end of one interaction. */
export interface Lease {
  readonly control: ControlId;
  readonly interactionId: string;
}

/** What is going on now. All times are milliseconds since the epoch. */
export interface Situation {
  readonly now: number;
  readonly activity: { readonly id: string; readonly channels: Readonly<Record<Channel, boolean>> } | null;
  readonly flows: Readonly<Record<Channel, FlowSituation>>;
  /** Until when the pause after an interaction lasts; 0 when there is none. */
  readonly pauses: { readonly inboundUntil: number; readonly outboundUntil: number };
  /** The one interaction that the card shows. */
  readonly interaction: InteractionSituation | null;
  /** How many interactions are in hand, by channel. */
  readonly inHand: Readonly<Record<Channel, number>>;
  readonly leases: readonly Lease[];
  /** Controls whose command is sent and not confirmed. */
  readonly pending: readonly string[];
  readonly connection: ConnectionState;
}

/** Everything a reason can be; a person reads the message `reason.<code>` (see `explain`). */
export const REASON_CODES = [
  'licence.smart',
  'person.manager',
  'person.managerOrAdministrator',
  'person.denied',
  'account.accounting',
  'profile.none',
  'profile.expired',
  'profile.invalid',
  /** One setting is off. */
  'profile.right',
  /** All settings of which one would do are off. */
  'profile.rights',
  /** In its place, and not to be used: the one right without which a control is locked rather than hidden. */
  'profile.locked',
  'profile.tabOff',
  /** The tab has no row at all, or none whose resource exists. */
  'resource.none',
  /** The tab may have rows, but none like the control needs. */
  'resource.noneSuch',
  'activity.channel',
  'supervisor.forced',
  'supervisor.missed',
  'interaction.offered',
  'interaction.live',
  'interaction.wrapup',
  'interaction.inHand',
  'interaction.channel',
  'interaction.notSmart',
  'interaction.autoRecorded',
  'interaction.timeout',
  'interaction.maximum',
  /** Only the hub says it: no term has it, for what rings may ring when the switch arrives. */
  'interaction.ringing',
  'connection.lost',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** The first false term of a control, in the layer order. */
export interface Reason {
  readonly code: ReasonCode;
  readonly layer: Layer;
  /**
   * The field (`recording.delete`) or tab (`queues`) it comes from, where it comes from one. Of several fields of which
   * one would do it is the first.
   */
  readonly setting: string | null;
  /** A supervisor could grant it for a while: only what the profile itself causes. */
  readonly askable: boolean;
}

export type FlowState = 'hidden' | 'on' | 'off' | 'onLocked' | 'offLocked' | 'forcedOff' | 'pending' | 'stale';
export type ControlState = FlowState | 'ready' | 'locked' | 'leased';

/** Who keeps a flow off, whatever the person wants. */
export type ForcedBy = 'activity' | 'missed' | 'supervisor';

/** What is decided for one control. The same object comes back for the same outcome, so `===` tells a change. */
export interface Decision {
  readonly control: ControlId;
  readonly shown: boolean;
  readonly enabled: boolean;
  readonly state: ControlState;
  /** Null exactly where no term is false. A pending control is not enabled and has none: its state says why. */
  readonly reason: Reason | null;
  /** Set for a flow button in the state `forcedOff`, even where an earlier term is the reason. */
  readonly forcedBy: ForcedBy | null;
}

/** The decisions of all controls, in the catalogue's order; a control made for each row stands once, as its family. */
export interface Decisions extends Iterable<Decision> {
  /**
   * The decision of one control. `top.custom.<row>` is that of its family where the profile has the row, else hidden.
   * @throws {RangeError} when the catalogue has no such control
   */
  of(control: string): Decision;
  /** The rows for which a family's control (`top.custom`) is shown, in the order of the profile. */
  rows(family: string): readonly string[];
}
