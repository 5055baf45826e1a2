/** What a profile points to: each kind of resource with the attributes it is declared to have (catalogue §3). */
import { choice, criteria, integer, right, text } from './fields.ts';
import { ACTIVITY_CATEGORIES, BUTTON_PLACES, type Field, type ResourceKind, type Source } from './types.ts';

/** Pressed by a person, or by itself when an interaction is presented to or accepted by them. */
export const BUTTON_TRIGGERS = ['byHand', 'presented', 'accepted'] as const;
export type ButtonTrigger = (typeof BUTTON_TRIGGERS)[number];

export interface Resource<Kind extends ResourceKind = ResourceKind, Attributes extends readonly Field[] = readonly Field[]> {
  readonly kind: Kind;
  readonly label: string;
  readonly source: Source;
  readonly attributes: Attributes;
}

const resource = <const Kind extends ResourceKind, const Attributes extends readonly Field[]>(
  kind: Kind,
  attributes: Attributes,
  source: Source = 'P',
): Resource<Kind, Attributes> => ({ kind, label: `resource.${kind}`, source, attributes });

const own = (kind: ResourceKind, name: string) => ({ label: `attribute.${kind}.${name}`, source: 'P' }) as const;
const note = text('note', { max: 500, multiline: true }, { label: 'attribute.note', source: 'P' });

/** What an interaction of the campaign may be closed with, one a line. */
const dispositions = (kind: 'voiceCampaign' | 'smsCampaign') =>
  text('dispositions', { max: 2000, multiline: true }, { ...own(kind, 'dispositions'), source: 'A', verb: 'dispositions' });

export const resources = [
  resource(
    'activity',
    [
      choice('category', ACTIVITY_CATEGORIES, 'processing', own('activity', 'category')),
      right('voice', own('activity', 'voice')),
      right('email', own('activity', 'email')),
      right('messages', own('activity', 'messages')),
      right('campaigns', own('activity', 'campaigns')),
    ],
    'A',
  ),
  resource('queue', [
    right('voice', own('queue', 'voice')),
    right('email', own('queue', 'email')),
    right('messages', own('queue', 'messages')),
    // Of one that came by the queue, instead of what the campaigns say.
    text('dispositions', { max: 2000, multiline: true }, own('queue', 'dispositions')),
    note,
  ]),
  resource('transferRule', [
    choice('to', ['queue', 'advisor', 'external', 'smartRouting'], 'queue', own('transferRule', 'to')),
    text('target', { max: 200 }, own('transferRule', 'target')),
  ]),
  resource('voiceCampaign', [
    right('active', own('voiceCampaign', 'active')),
    // Of the power dialler: how far ahead it calls, and when it is to hold back.
    integer('linesPerTen', { min: 10, max: 30, unit: 'interactions', default: 15 }, { ...own('voiceCampaign', 'linesPerTen'), source: 'A' }),
    integer('mostGivenUpPercent', { min: 0, max: 20, unit: 'percent', default: 3 }, { ...own('voiceCampaign', 'mostGivenUpPercent'), source: 'A' }),
    integer('longestWaitSec', { min: 1, max: 120, unit: 'seconds', default: 20 }, { ...own('voiceCampaign', 'longestWaitSec'), source: 'A' }),
    note,
    dispositions('voiceCampaign'),
  ]),
  resource('smsCampaign', [
    right('active', own('smsCampaign', 'active')),
    text('text', { max: 1000, multiline: true }, own('smsCampaign', 'text')),
    // The name or the number of an SMS number of the account; empty leaves it to the gateway.
    text('sender', { max: 120 }, own('smsCampaign', 'sender')),
    note,
    dispositions('smsCampaign'),
  ]),
  resource(
    'customButton',
    [
      choice('place', BUTTON_PLACES, 'topBar', own('customButton', 'place')),
      choice('opens', ['url', 'workflow', 'webService'], 'url', own('customButton', 'opens')),
      text('target', { max: 2000 }, own('customButton', 'target')),
      text('icon', { max: 60 }, own('customButton', 'icon')),
      text('colour', { max: 20 }, own('customButton', 'colour')),
      choice('trigger', BUTTON_TRIGGERS, 'byHand', own('customButton', 'trigger')),
      text('condition', { max: 500 }, own('customButton', 'condition')),
    ],
    'A',
  ),
  resource('directory', [note]),
  resource('knowledgeBase', [note]),
  resource('documentCenter', [note]),
  resource('smsNumber', [text('number', { min: 3, max: 20 }, own('smsNumber', 'number'))]),
  resource('smsTemplate', [text('text', { max: 1000, multiline: true }, own('smsTemplate', 'text'))]),
  resource('voiceMailbox', [text('number', { max: 20 }, own('voiceMailbox', 'number'))]),
  resource('category', [note]),
  resource('platform', [note]),
  resource('paymentModule', [text('provider', { max: 80 }, own('paymentModule', 'provider'))]),
  resource('evaluationGrid', [
    integer('passScore', { min: 0, max: 100, unit: 'score', default: 70 }, own('evaluationGrid', 'passScore')),
    criteria('sections', own('evaluationGrid', 'sections')),
  ]),
  resource('crm', [
    text('address', { max: 2000 }, own('crm', 'address')),
    right('external', own('crm', 'external')),
  ]),
  resource('survey', [note]),
  resource('team', [note]),
  resource(
    'outboundHub',
    [right('active', own('outboundHub', 'active')), note, text('lists', { max: 2000, multiline: true }, { ...own('outboundHub', 'lists'), verb: 'lists' })],
    'A',
  ),
  resource('ivr', [text('number', { max: 20 }, own('ivr', 'number')), note], 'A'),
  resource('wallboard', [note, text('code', { max: 20_000, multiline: true }, { ...own('wallboard', 'code'), verb: 'code' })], 'A'),
  resource('form', [note, text('code', { max: 20_000, multiline: true }, { ...own('form', 'code'), verb: 'code' })], 'A'),
] as const;

export type CatalogueResource = (typeof resources)[number];
export const resourceByKind: ReadonlyMap<string, Resource> = new Map(resources.map((r) => [r.kind, r as Resource]));
