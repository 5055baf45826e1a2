/** What is said with each command about an interaction, for the hub to check and the banner to fill in. */
import * as v from 'valibot';
import type { ControlId } from '../catalogue/index.ts';
import { id } from './shapes.ts';

const one = { interactionId: id };
const note = v.optional(v.pipe(v.string(), v.maxLength(1000)), '');
const text = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
/** A number as it was typed, or E.164; the hub reads it by the country of the account. */
const number = text(60);
const email = v.pipe(v.string(), v.trim(), v.email(), v.maxLength(200));
const subject = v.optional(v.pipe(v.string(), v.maxLength(300)), '');

export const bodyOf = {
  'offer.accept': v.object(one),
  'offer.refuse': v.object(one),
  'int.hold': v.object({ ...one, on: v.boolean() }),
  'int.mute': v.object({ ...one, on: v.boolean() }),
  'int.record': v.object({ ...one, on: v.boolean() }),
  'int.hangup': v.object(one),
  'int.wrapup.finish': v.object(one),
  /** A colleague or a number joins. */
  'int.conference': v.object({ ...one, personId: v.optional(id), number: v.optional(number) }),
  /** `call` first; then back and forth between the two lines, and at last `complete` or `cancel`. */
  'int.transfer.assistedQueue': v.object({ ...one, step: v.picklist(['call', 'swap', 'complete', 'cancel']), queueId: v.optional(id), note }),
  'int.transfer.blindQueue': v.object({ ...one, queueId: id, note }),
  'int.transfer.advisor': v.object({ ...one, personId: id, note }),
  /** By one of the profile's transfer rules, or to a number. */
  'int.transfer.external': v.object({ ...one, ruleId: v.optional(id), number: v.optional(number), note }),
  'int.transfer.smartRouting': v.object({ ...one, ruleId: id, note }),
  'int.toMailbox': v.object({ ...one, mailboxId: id }),
  'int.qualify': v.object({ ...one, qualification: text(200) }),
  'pool.voice': v.object(one),
  'pool.email': v.object(one),
  'pool.messages': v.object(one),
  'out.voice.direct': v.object({ number }),
  'out.voice.smart': v.object({ number, queueId: id }),
  'out.email.direct': v.object({ email, subject, text: text(20_000) }),
  'out.email.smart': v.object({ email, queueId: id, subject, text: text(20_000) }),
  /** An SMS: from one of the profile's senders. */
  'out.messages.direct': v.object({ number, senderId: id, text: text(1000) }),
  'out.messages.smart': v.object({ number, queueId: id, text: text(1000) }),
} as const satisfies Partial<Record<ControlId, v.GenericSchema>>;

export type InteractionCommand = keyof typeof bodyOf;
export type CommandBody<C extends InteractionCommand> = v.InferOutput<(typeof bodyOf)[C]>;
