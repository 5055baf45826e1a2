/** The modules: each a button in the bar and a panel with its own actions. */
import type { GrantId } from '../sections.ts';
import { connected, grant, type Need, row, switchedOn } from '../terms.ts';
import { control } from './declare.ts';

const module = <const Id extends string>(
  id: Id,
  icon: string,
  priority: number,
  needs: readonly Need[],
  source: 'S' | 'A' | 'P' = 'S',
) => control(`mod.${id}`, { icon, place: 'modules', priority, source, needs });

const action = <const Id extends string>(
  id: Id,
  of: string,
  icon: string,
  needs: readonly Need[],
  more: { irreversible?: true; source?: 'S' | 'A' | 'P' } = {},
) => control(id, { icon, place: 'panel', module: `mod.${of}`, needs: [...needs, connected], short: true, ...more });

const irreversible = { irreversible: true } as const;

export const modules = [
  module('colleagues', 'users', 60, [grant('users.colleagues')]),
  module('conversations', 'messages-square', 58, [grant('collaborative.conversations')]),
  module('supervision', 'radar', 66, [grant('supervision.access')]),
  module('recordings', 'disc-3', 44, [grant('recording.access')]),
  module('evaluations', 'clipboard-check', 34, [grant('evaluation.access')]),
  module('qualifications', 'tags', 30, [grant('qualification.access')]),
  module('surveys', 'clipboard-list', 22, [grant('surveys.access')]),
  module('scripts', 'scroll-text', 28, [grant('scripts.access')]),
  module('voiceCampaigns', 'megaphone', 56, [grant('voiceCampaigns.access')]),
  module('myVoiceCampaign', 'target', 54, [grant('voiceCampaigns.access'), row('voiceCampaigns', { manager: true })]),
  module('smsCampaigns', 'message-square-share', 42, [grant('smsCampaigns.access')]),
  module('cases', 'briefcase', 52, [grant('cases.access')], 'P'),
  module('tasks', 'list-checks', 50, [grant('tasks.access')], 'P'),
  module('voicemail', 'voicemail', 48, [grant('voicemail.access')]),
  module('history', 'history', 46, [grant('history.access')]),
  module('invoices', 'receipt-text', 40, [grant('invoices.access')]),
  module('statistics', 'chart-column', 32, [grant('statistics.access')]),
  module('directory', 'contact', 38, [switchedOn('directory'), row('directory')]),
  module('knowledge', 'book-open', 26, [switchedOn('knowledgeBase'), row('knowledgeBase')]),
  module('documents', 'folder-open', 24, [switchedOn('documentCenter'), row('documentCenter')]),
  module('crm', 'building-2', 36, [switchedOn('crms'), row('crms')]),
] as const;

/** The four things one may do with the targets of a campaign, the same for voice and SMS. */
function targetActions<const S extends 'voice' | 'sms'>(kind: S) {
  const campaigns = `${kind}Campaigns` as const;
  const of = <const Verb extends 'program' | 'reprogram' | 'remove' | 'pool'>(verb: Verb, icon: string, more = {}) =>
    action(`camp.${kind}.${verb}`, campaigns, icon, [grant(`${campaigns}.target.${verb}` as GrantId)], more);
  return [
    of('program', 'calendar-plus'),
    of('reprogram', 'calendar-clock'),
    of('remove', 'calendar-x', irreversible),
    of('pool', 'layers'),
  ] as const;
}

/** The four things one may do with cases and tasks. */
function workActions<const S extends 'case' | 'task'>(kind: S) {
  const work = `${kind}s` as const;
  const of = <const Verb extends 'create' | 'edit' | 'delete' | 'assign'>(verb: Verb, icon: string, more = {}) =>
    action(`${kind}.${verb}`, work, icon, [grant(`${work}.${verb}` as GrantId)], { source: 'P', ...more });
  return [
    of('create', 'plus'),
    of('edit', 'pencil'),
    of('delete', 'trash-2', irreversible),
    of('assign', 'user-round-plus'),
  ] as const;
}

const crmRight = <const Verb extends 'create' | 'modify' | 'delete'>(verb: Verb, icon: string, more = {}) =>
  action(`crm.${verb}`, 'crm', icon, [switchedOn('crms'), row('crms', { [verb]: true })], more);

/** One button for each custom button of the profile that stands with a row of the module. */
const customButtons = <const Id extends string>(id: Id, of: string, place: 'case' | 'crmCard', needs: readonly Need[]) =>
  control(id, {
    icon: 'square-mouse-pointer',
    place: 'panel',
    module: `mod.${of}`,
    source: 'A',
    forEach: { tab: 'customButtons', resource: { place: [place] } },
    needs: [...needs, connected],
  });

const pay = <const Way extends 'card' | 'smartRouting' | 'linkSms' | 'linkEmail'>(way: Way, icon: string) =>
  action(`inv.pay.${way}`, 'invoices', icon, [grant(`invoices.pay.${way}`)], irreversible);

export const actions = [
  action('rec.download', 'recordings', 'download', [grant('recording.download')]),
  action('rec.delete', 'recordings', 'trash-2', [grant('recording.delete')], irreversible),
  action('eval.add', 'evaluations', 'plus', [grant('evaluation.add')]),
  action('eval.edit', 'evaluations', 'pencil', [grant('evaluation.edit')]),
  action('eval.delete', 'evaluations', 'trash-2', [grant('evaluation.delete')], irreversible),
  ...targetActions('voice'),
  ...targetActions('sms'),
  ...workActions('case'),
  ...workActions('task'),
  action('vm.download', 'voicemail', 'download', [grant('voicemail.download')]),
  action('vm.delete', 'voicemail', 'trash-2', [grant('voicemail.delete')], irreversible),
  action('inv.create', 'invoices', 'plus', [grant('invoices.create')]),
  action('inv.modify', 'invoices', 'pencil', [grant('invoices.modify')]),
  action('inv.delete', 'invoices', 'trash-2', [grant('invoices.delete')], irreversible),
  pay('card', 'credit-card'),
  pay('smartRouting', 'route'),
  pay('linkSms', 'message-square-share'),
  pay('linkEmail', 'mail'),
  action('inv.spread', 'invoices', 'calendar-range', [grant('invoices.spread')]),
  action('inv.cancel', 'invoices', 'ban', [grant('invoices.cancel')], irreversible),
  crmRight('create', 'plus'),
  crmRight('modify', 'pencil'),
  crmRight('delete', 'trash-2', irreversible),
  customButtons('case.custom', 'cases', 'case', [grant('cases.access')]),
  customButtons('crm.custom', 'crm', 'crmCard', [switchedOn('crms'), row('crms')]),
] as const;

