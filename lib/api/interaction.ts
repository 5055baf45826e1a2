/** An interaction as the hub tells it to the one who has it. */
import * as v from 'valibot';
import { CHANNELS } from '../catalogue/index.ts';
import { DIRECTIONS, INTERACTION_STATES, OPENINGS, TRANSFER_WAYS } from '../interaction/machine.ts';
import { instant } from './numbers.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const name = v.pipe(v.string(), v.maxLength(200));

/** Masked already where the profile says so: the clear value never leaves the hub. */
export const customer = v.object({
  name,
  /** A number in E.164, an email address or the handle of a messaging service; masked: as much of it as may be seen. */
  address: name,
  /** How a number is read, by the hub’s table; absent where that is the address itself. What is dialled and copied is the address. */
  shown: v.optional(name),
  masked: v.boolean(),
  /** Of the customer's record in the CRM, where the connector knows it. */
  reference: v.nullable(name),
  /** BCP 47. */
  language: v.nullable(v.pipe(v.string(), v.maxLength(20))),
});
export type Customer = v.InferOutput<typeof customer>;

/** What an interaction in one's own hands is, besides what the decision reads. */
export const interactionView = v.object({
  id,
  channel: v.picklist(CHANNELS),
  phase: v.picklist(['offered', 'live', 'wrapup']),
  state: v.picklist(INTERACTION_STATES),
  /** Distributed by smart routing; a direct one was sent to this very person. */
  smart: v.boolean(),
  /** By the supervision rate: the person cannot end it. */
  autoRecorded: v.boolean(),
  recording: v.boolean(),
  muted: v.boolean(),
  direction: v.picklist(DIRECTIONS),
  queue: v.nullable(v.object({ id, name })),
  customer,
  /** Of an email or message; of a call what the caller chose in the menu. */
  subject: v.pipe(v.string(), v.maxLength(500)),
  /** When it came to the centre, since when it is in this state, and when it was put through; the hub's clock. */
  offeredAt: instant,
  since: instant,
  connectedAt: v.nullable(instant),
  /** When ringing or the wrap-up ends by itself. */
  until: v.nullable(instant),
  /** When it accepts itself. */
  acceptAt: v.nullable(instant),
  opens: v.picklist(OPENINGS),
  /** What was asked of the connector and is not confirmed: `hold`, `record`, a way to transfer. */
  pending: v.nullable(v.string()),
  consult: v.nullable(v.object({ way: v.picklist(TRANSFER_WAYS), to: name, on: v.picklist(['customer', 'consulted']), answered: v.boolean() })),
  /** Which supervisors hear with. */
  listeners: v.optional(v.array(v.object({ id, name }))),
  /** Who is in the conference besides the customer. */
  conference: v.array(name),
  /** How many messages the customer has written since it is in hand that nobody has looked at. An older hub says nothing of it. */
  unread: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  qualification: v.nullable(name),
  note: v.pipe(v.string(), v.maxLength(4000)),
  /** Of a call for a campaign: which one, how often its target was tried before, and what stands with it. */
  campaign: v.optional(v.object({ id, name, tries: v.number(), note: v.string() })),
  /** Who passed it on, and what they wrote. */
  from: v.nullable(v.object({ who: name, note: v.string() })),
});
export type InteractionView = v.InferOutput<typeof interactionView>;

const words = v.nullable(v.string());
/** A workflow or web service that a custom button started. */
export const buttonRun = v.object({
  id,
  /** `int.custom.<button>` */
  control: v.string(),
  /** The interaction, or the row of a panel, that it was used with; empty in the bar. */
  subject: v.string(),
  /** It went off when the interaction was presented or accepted: nobody pressed it. */
  byItself: v.boolean(),
  state: v.picklist(['pending', 'done', 'failed']),
  at: instant,
  /** What it answered: a sentence, and a page to open. Plain text of somebody else's. */
  message: words,
  open: words,
  /** Why it was not done, as the code of a problem, and what the other side said of it. */
  problem: words,
  why: words,
});
export type ButtonRun = v.InferOutput<typeof buttonRun>;
