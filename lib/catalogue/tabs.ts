/** The 19 tabs of a profile's Configuration, in the order of the source (INO CX, "Profiles – Set them up"). */
import { choice, integer, right, scores } from './fields.ts';
import { CHANNELS, type Field, type ResourceKind, type Tab } from './types.ts';

interface Options {
  icon: string;
  kept?: Tab['kept'];
  switched?: boolean;
  choosesDefault?: boolean;
  ordered?: boolean;
  attributes?: readonly Field[];
}

/** What of the options the types of a document are made from. */
interface Typed<Id extends string, O extends Options>
  extends Tab<Id, O extends { attributes: infer A extends readonly Field[] } ? A : readonly []> {
  readonly switched: O extends { switched: true } ? true : false;
  readonly choosesDefault: O extends { choosesDefault: true } ? true : false;
}

function tab<const Id extends string, const O extends Options>(id: Id, resource: ResourceKind, options: O): Typed<Id, O> {
  const tab: Tab<Id> = {
    id,
    label: `tab.${id}`,
    icon: options.icon,
    source: 'S',
    resource,
    kept: options.kept ?? 'document',
    switched: options.switched ?? false,
    choosesDefault: options.choosesDefault ?? false,
    ordered: options.ordered ?? false,
    attributes: options.attributes ?? [],
  };
  return tab as Typed<Id, O>;
}

/** Attributes of a row: ids are short, for they are read within their tab. */
const row = (tabId: string, name: string) => ({ label: `row.${tabId}.${name}` });
const score = <const Id extends string>(tabId: string, id: Id) =>
  integer(id, { min: 0, max: 100, unit: 'score', default: 50 }, row(tabId, id));

export const tabs = [
  tab('users', 'person', {
    icon: 'users',
    kept: 'assignments',
    attributes: [right('atLogin', row('users', 'atLogin')), score('users', 'score')],
  }),
  tab('activities', 'activity', { icon: 'activity', choosesDefault: true, ordered: true }),
  tab('queues', 'queue', {
    icon: 'list-tree',
    attributes: [
      ...([right('voice', row('queues', 'voice')), right('email', row('queues', 'email')), right('messages', row('queues', 'messages'))] as const),
      right('supervision', row('queues', 'supervision')),
      right('flow', row('queues', 'flow')),
      score('queues', 'scoreVoice'),
      score('queues', 'scoreEmail'),
      score('queues', 'scoreMessages'),
      scores('personScores', { min: 0, max: 100 }, row('queues', 'personScores')),
    ],
  }),
  tab('transferRules', 'transferRule', { icon: 'arrow-left-right' }),
  tab('voiceCampaigns', 'voiceCampaign', {
    icon: 'megaphone',
    attributes: [
      choice('mode', ['progressive', 'powerDialer', 'preview'], 'progressive', row('voiceCampaigns', 'mode')),
      right('manager', row('voiceCampaigns', 'manager')),
      right('callBlending', row('voiceCampaigns', 'callBlending')),
      right('supervision', row('voiceCampaigns', 'supervision')),
    ],
  }),
  tab('smsCampaigns', 'smsCampaign', { icon: 'message-square-share' }),
  tab('customButtons', 'customButton', { icon: 'square-mouse-pointer', ordered: true }),
  tab('directory', 'directory', { icon: 'contact', switched: true }),
  tab('knowledgeBase', 'knowledgeBase', { icon: 'book-open', switched: true }),
  tab('documentCenter', 'documentCenter', { icon: 'folder-open', switched: true }),
  tab('smsNumbers', 'smsNumber', { icon: 'smartphone' }),
  tab('smsTemplates', 'smsTemplate', { icon: 'message-square-text' }),
  tab('voiceMailboxes', 'voiceMailbox', { icon: 'voicemail' }),
  tab('categories', 'category', { icon: 'tags' }),
  tab('platforms', 'platform', { icon: 'server' }),
  tab('paymentModules', 'paymentModule', { icon: 'credit-card' }),
  tab('evaluationGrids', 'evaluationGrid', { icon: 'clipboard-check' }),
  tab('crms', 'crm', {
    icon: 'building-2',
    switched: true,
    attributes: [
      right('create', row('crms', 'create')),
      right('modify', row('crms', 'modify')),
      right('delete', row('crms', 'delete')),
      right('sso', row('crms', 'sso')),
    ],
  }),
  tab('surveys', 'survey', { icon: 'clipboard-list' }),
] as const;

export type CatalogueTab = (typeof tabs)[number];
export type TabId = CatalogueTab['id'];
export const tabById: ReadonlyMap<string, Tab> = new Map(tabs.map((t) => [t.id, t as Tab]));

/** A queue row has one switch a channel: the names of the two agree, and this keeps them so. */
export const QUEUE_CHANNELS = CHANNELS satisfies readonly (typeof tabs)[2]['attributes'][number]['id'][];
