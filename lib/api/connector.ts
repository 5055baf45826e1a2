/**
 * What a telephone system or a mail or messaging gateway and the hub say to each other. The connector offers interactions
 * and reports what happens on its side over HTTP; what the hub wants done comes over a WebSocket (or is asked for), and
 * each command is answered: done, or failed and why. docs/connector.md tells it as a story.
 */
import * as v from 'valibot';
import { CHANNELS } from '../catalogue/index.ts';
import { BUTTON_TRIGGERS } from '../catalogue/resources.ts';
import { TRANSFER_WAYS } from '../interaction/machine.ts';
import { route } from './route.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const name = v.pipe(v.string(), v.maxLength(200));

/** Subprotocol of the WebSocket at `/api/connector`. */
export const CONNECTOR_PROTOCOL = 'pennon.connector.v1';
/** A command that is not answered for so long has failed; hanging up counts as done. */
export const COMMAND_MS = 10_000;

/** What the hub may ask of a connector. */
export const CONNECTOR_VERBS = [
  /** Put it through to the person. */
  'answer',
  /** Begin an outgoing one. */
  'dial',
  'hold',
  'resume',
  'mute',
  'unmute',
  'record',
  'stopRecording',
  /** Call somebody else while the customer is on hold; then `swap`, `endConsult`, or `transfer`. */
  'consult',
  'swap',
  'endConsult',
  'transfer',
  'conference',
  'mailbox',
  'hangup',
  /** A supervisor hears with, unheard by the customer: to whom is in `to`. */
  'listen',
  'stopListening',
  /** Nobody answered a direct one: what becomes of it is the connector's to say. */
  'unanswered',
  /** Of email and messages: what the person wrote. */
  'send',
] as const;
export type ConnectorVerb = (typeof CONNECTOR_VERBS)[number];

export const connectorCommand = v.object({
  id,
  verb: v.picklist(CONNECTOR_VERBS),
  interactionId: id,
  /** The connector's own name of the interaction; of a `dial` the hub's, until the connector says its own. */
  ref: name,
  channel: v.picklist(CHANNELS),
  /** Who has it, as the connector may know them. Nobody has one that is `unanswered`, nor a message of a campaign. */
  agent: v.optional(v.object({ id, name, email: v.string() })),
  /** Of `dial`, `consult`, `transfer` and `conference`: to whom; of `mailbox` the mailbox; of `send` the text. */
  to: v.optional(v.object({ way: v.optional(v.picklist(TRANSFER_WAYS)), queueId: v.optional(id), personId: v.optional(id), address: v.optional(name), label: v.optional(name) })),
  text: v.optional(v.string()),
  subject: v.optional(v.string()),
  sender: v.optional(name),
});
export type ConnectorCommand = v.InferOutput<typeof connectorCommand>;

/**
 * A workflow of the telephone system that a custom button starts: of an interaction or, from the bar, a case or a card, of
 * none. `done` says that it has started, not that it has ended.
 */
export const workflowCommand = v.object({
  id,
  verb: v.literal('run'),
  /** Its name, as an administrator wrote it. */
  workflow: v.pipe(v.string(), v.maxLength(2000)),
  button: v.object({ id, name }),
  /** Pressed by a person, or because an interaction was presented to or accepted by them. */
  trigger: v.picklist(BUTTON_TRIGGERS),
  agent: v.object({ id, name, email: v.string() }),
  /** All three, or none of them. */
  interactionId: v.optional(id),
  ref: v.optional(name),
  channel: v.optional(v.picklist(CHANNELS)),
  /** By name (`customer.number`, `case.id`); empty where there is nothing. Those in `hidden` are not said. */
  variables: v.record(v.string(), v.string()),
  /** The variables that the person may not see. */
  hidden: v.array(v.string()),
});
export type WorkflowCommand = v.InferOutput<typeof workflowCommand>;

export const anyCommand = v.variant('verb', [connectorCommand, workflowCommand]);
export type AnyCommand = ConnectorCommand | WorkflowCommand;

const customer = v.object({
  name: v.optional(name, ''),
  /** E.164 for a number. */
  address: name,
  reference: v.optional(v.nullable(name), null),
  language: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(20))), null),
});

export const connectorOffer = v.object({
  /** The connector's own name of it: offered twice, it is there once. */
  ref: v.pipe(name, v.minLength(1)),
  channel: v.picklist(CHANNELS),
  /** By smart routing to a queue, or directly to one person: one of the two. */
  queueId: v.optional(id),
  personId: v.optional(id),
  customer,
  subject: v.optional(v.pipe(v.string(), v.maxLength(500)), ''),
  /** Of an email or message: what was written. */
  text: v.optional(v.pipe(v.string(), v.maxLength(20_000)), ''),
  /** Higher goes first; 0 for none. */
  priority: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)), 0),
});
export type ConnectorOffer = v.InferInput<typeof connectorOffer>;

/** The connector's own name of an event: said again under it, it counts once; of one interaction. */
const key = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(100)));

/** What happened on the connector's side without being asked. */
export const connectorEvent = v.variant('event', [
  /** The customer hung up, gave up waiting or closed the chat. */
  v.object({ key, event: v.literal('ended') }),
  /** The other side of an outgoing one answered. */
  v.object({ key, event: v.literal('answered') }),
  /** An outgoing one that is busy, wrong or not taken. */
  v.object({ key, event: v.literal('failed'), why: v.optional(name, '') }),
  /** The one consulted answered, or is gone. */
  v.object({ key, event: v.literal('consultAnswered') }),
  v.object({ key, event: v.literal('consultEnded') }),
  /** The customer wrote more. */
  v.object({ key, event: v.literal('message'), text: v.pipe(v.string(), v.maxLength(20_000)) }),
  /** A recording is there: a sound as base64. */
  v.object({ key, event: v.literal('recorded'), seconds: v.pipe(v.number(), v.minValue(0)), type: v.pipe(v.string(), v.maxLength(100)), base64: v.pipe(v.string(), v.maxLength(4_000_000)) }),
]);
export type ConnectorEvent = v.InferInput<typeof connectorEvent>;

export const commandResult = v.variant('result', [
  v.object({
    result: v.literal('done'),
    /** Of a `dial`: the connector's own name from now on. */
    ref: v.optional(name),
    /** Of a `run`: a sentence for the person who started it. */
    message: v.optional(v.pipe(v.string(), v.maxLength(500))),
  }),
  v.object({ result: v.literal('failed'), why: v.pipe(v.string(), v.maxLength(200)) }),
]);
export type CommandResult = v.InferOutput<typeof commandResult>;

/** Over the WebSocket: the connector's first word is its token; afterwards it answers what it is asked. */
export const connectorMessage = v.variant('type', [
  v.object({ type: v.literal('hello'), token: v.string() }),
  v.object({ type: v.literal('beat') }),
  v.object({ type: v.literal('answer'), id, ...commandResult.options[0].entries, result: v.picklist(['done', 'failed']), why: v.optional(v.pipe(v.string(), v.maxLength(200))) }),
]);
export type ConnectorMessage = v.InferOutput<typeof connectorMessage>;

export const toConnector = v.variant('type', [
  v.object({ type: v.literal('welcome'), connector: name }),
  v.variant('verb', [v.object({ type: v.literal('command'), ...connectorCommand.entries }), v.object({ type: v.literal('command'), ...workflowCommand.entries })]),
  v.object({ type: v.literal('beat') }),
]);
export type ToConnector = v.InferOutput<typeof toConnector>;

/** Of the account: what a connector may offer to. */
export const connectorPlaces = v.object({
  /** `channels`: what it carries. */
  connector: v.object({ id, name, channels: v.array(v.picklist(CHANNELS)) }),
  queues: v.array(v.object({ id, name, channels: v.array(v.picklist(CHANNELS)) })),
  people: v.array(v.object({ id, name, email: v.string() })),
});

/** A payment that a person asked for and that is not over. Nothing of a card passes through the hub. */
export const paymentAsked = v.object({
  id,
  /** By card or by a smart routing the customer gives it to the payment system itself; by a link on its page. */
  way: v.picklist(['card', 'smartRouting', 'linkSms', 'linkEmail']),
  /** The smallest unit of the currency. */
  amount: v.number(),
  /** ISO 4217. */
  currency: v.string(),
  /** Where a link goes: a number or an email address. */
  sentTo: v.nullable(v.string()),
  /** Milliseconds since the epoch. */
  askedAt: v.number(),
  /** The payment module of the profile by which it was asked for. */
  module: v.nullable(v.object({ id, name, provider: v.string() })),
  invoice: v.object({ id, number: v.string(), customer: v.string() }),
  agent: v.nullable(v.object({ id, name, email: v.string() })),
});
export type PaymentAsked = v.InferOutput<typeof paymentAsked>;
const paymentEnd = v.picklist(['confirmed', 'failed']);

export const connectorRoutes = {
  readConnector: route({
    method: 'GET',
    path: '/api/connector',
    summary: 'Who one is as a connector, and the queues and people one may offer to',
    tag: 'connector',
    needs: 'connector',
    answer: connectorPlaces,
    status: 200,
    problems: [],
  }),
  offerInteraction: route({
    method: 'POST',
    path: '/api/connector/interactions',
    summary: 'Offer an interaction; the same `ref` again answers the same interaction',
    tag: 'connector',
    needs: 'connector',
    body: connectorOffer,
    answer: v.object({ id, state: v.string() }),
    status: 201,
    problems: ['notFound', 'interaction.channel'],
  }),
  reportInteraction: route({
    method: 'POST',
    path: '/api/connector/interactions/:id/events',
    summary: 'Say what happened on the connector’s side; what no longer matters is taken and changes nothing',
    tag: 'connector',
    needs: 'connector',
    body: connectorEvent,
    // A recording of some minutes.
    mostBytes: 5 * 1024 * 1024,
    answer: v.object({ state: v.string() }),
    status: 200,
    problems: ['notFound', 'request.replayed'],
  }),
  connectorCommands: route({
    method: 'GET',
    path: '/api/connector/commands',
    summary: 'What is asked of the connector and not answered yet, for one without the WebSocket; the oldest first',
    tag: 'connector',
    needs: 'connector',
    answer: v.object({ commands: v.array(anyCommand) }),
    status: 200,
    problems: [],
  }),
  answerCommand: route({
    method: 'POST',
    path: '/api/connector/commands/:id',
    summary: 'Say that a command is done, or failed and why',
    tag: 'connector',
    needs: 'connector',
    body: commandResult,
    status: 204,
    problems: ['notFound'],
  }),
  connectorPayments: route({
    method: 'GET',
    path: '/api/connector/payments',
    summary: 'The payments that are asked for and not over, the oldest first',
    tag: 'connector',
    needs: 'connector',
    answer: v.object({ payments: v.array(paymentAsked) }),
    status: 200,
    problems: ['connector.payments'],
  }),
  endPayment: route({
    method: 'POST',
    path: '/api/connector/payments/:id',
    summary: 'Say how a payment ended; said again, or otherwise, it stays as it was said first',
    tag: 'connector',
    needs: 'connector',
    body: v.object({ result: paymentEnd }),
    answer: v.object({ state: paymentEnd }),
    status: 200,
    problems: ['notFound', 'connector.payments'],
  }),
} as const;
