/** The demo centre's profiles. They differ so that each shows a banner of its own. */
import { fields, type GrantId } from '../../lib/catalogue/index.ts';
import { demoId } from './identity.ts';
import { channel, type ProfileDeclaration } from './profile.ts';
import { type DemoKind, type ResourceKey, resources } from './resources.ts';

const EUROPE = ['FR', 'BE', 'CH', 'LU', 'DE', 'ES', 'IT', 'NL', 'PT'];

const queue = (key: ResourceKey<'queue'>, ...on: readonly ('voice' | 'email' | 'messages' | 'supervision')[]) =>
  [
    key,
    {
      voice: on.includes('voice'),
      email: on.includes('email'),
      messages: on.includes('messages'),
      supervision: on.includes('supervision'),
      flow: true,
    },
  ] as const;

const inbound: ProfileDeclaration = {
  name: 'Inbound advisor',
  alias: 'Inbound',
  reference: 'HM-IN',
  description: 'Answers calls of all claim queues, helps out with email.',
  grants: [
    ...channel('voice', [
      'access', 'canToggle', 'out.direct', 'manage.pool', 'manage.canRefuse', 'process.mute', 'process.manualRecord', 'process.conference',
    ]),
    // Without the right to toggle: the email flow is there, and locked.
    ...channel('email', ['access', 'out.direct']),
    ...channel('messages', ['out.direct']),
    'transfers.assistedQueue', 'transfers.blindQueue', 'transfers.advisor',
    'users.colleagues', 'collaborative.conversations', 'qualification.access', 'scripts.access', 'history.access',
    'recording.access', 'voicemail.access', 'voicemail.download',
    'tasks.access', 'tasks.create', 'tasks.edit', 'cases.access', 'cases.create', 'cases.edit',
  ],
  values: {
    'interactions.timeoutInboundSec': 20,
    'interactions.maxMissed': 3,
    'flow.voice.out.countries': EUROPE,
    'flow.voice.process.supervisionRate': 20,
    'flow.messages.out.countries': ['FR'],
    'flow.email.manage.maxSimultaneous': 3,
    'tasks.scope': 'team',
  },
  activities: ['calls', 'callsAndEmail', 'backOffice', 'training', 'meeting', 'break', 'lunch', 'missed'],
  missedActivity: 'missed',
  rows: {
    queues: [queue('motorClaims', 'voice', 'email'), queue('homeClaims', 'voice', 'email'), queue('newCustomers', 'voice')],
    transferRules: ['claims', 'complaints', 'colleague'],
    customButtons: ['crm', 'newClaim', 'openCustomer', 'startClaim', 'callback'],
    directory: ['branches', 'experts'],
    knowledgeBase: ['products', 'procedures'],
    smsNumbers: ['claims'],
    smsTemplates: ['received', 'appointment'],
    voiceMailboxes: ['claims'],
    categories: ['callBack', 'documents'],
    platforms: ['lyon'],
    crms: [['harbour', { create: true, modify: true }]],
  },
  before: [
    { message: 'First version', without: ['recording.access', 'flow.voice.process.manualRecord', 'scripts.access', 'tasks.access', 'tasks.create', 'tasks.edit'] },
    { message: 'Tasks for call backs', without: ['recording.access', 'scripts.access'] },
  ],
  message: 'Scripts, and one’s own recordings to listen to',
};

const outbound: ProfileDeclaration = {
  name: 'Outbound campaigns',
  alias: 'Outbound',
  reference: 'HM-OUT',
  description: 'Calls for the renewal and win-back campaigns; takes incoming calls when few come.',
  grants: [
    ...channel('voice', ['access', 'canToggle', 'out.smart', 'out.direct', 'out.premium', 'process.mute']),
    ...channel('messages', ['out.direct']),
    'transfers.advisor', 'transfers.external',
    'voiceCampaigns.access', 'voiceCampaigns.target.program', 'voiceCampaigns.target.reprogram', 'voiceCampaigns.target.pool',
    'voiceCampaigns.callBlending',
    'smsCampaigns.access', 'smsCampaigns.target.program',
    'qualification.access', 'scripts.access', 'surveys.access', 'history.access', 'statistics.access', 'users.colleagues',
  ],
  values: {
    // Time to say what came of a call, before the next.
    'interactions.timeoutInboundSec': 20,
    'interactions.timeoutOutboundSec': 15,
    'flow.voice.out.countries': EUROPE,
    'flow.messages.out.countries': ['FR', 'BE', 'LU'],
    'voiceCampaigns.callBlendingDelaySec': 45,
  },
  activities: ['outbound', 'calls', 'training', 'meeting', 'break', 'lunch'],
  rows: {
    queues: [queue('newCustomers', 'voice')],
    transferRules: ['colleague', 'assistance'],
    voiceCampaigns: [
      ['renewals', { mode: 'progressive', callBlending: true }],
      ['winback', { mode: 'preview' }],
    ],
    smsCampaigns: ['reminders'],
    customButtons: ['crm', 'tariffs', 'openCustomer'],
    smsNumbers: ['harbour'],
    smsTemplates: ['paymentLink'],
    surveys: ['afterCall'],
    crms: [['harbour', { modify: true }]],
  },
  before: [{ message: 'First version', without: ['surveys.access', 'smsCampaigns.access', 'smsCampaigns.target.program'] }],
  message: 'SMS campaigns and surveys',
};

const email: ProfileDeclaration = {
  name: 'Email back office',
  alias: 'Email',
  reference: 'HM-MAIL',
  description: 'Answers what is written: email of all queues, cases and documents.',
  grants: [
    ...channel('email', ['access', 'canToggle', 'out.smart', 'out.direct', 'manage.pool', 'manage.canRefuse', 'manage.autoAccept']),
    'transfers.assistedQueue', 'transfers.advisor',
    'cases.access', 'cases.create', 'cases.edit', 'cases.assign',
    'tasks.access', 'tasks.create', 'tasks.edit', 'tasks.assign',
    'qualification.access', 'history.access', 'users.colleagues', 'collaborative.conversations', 'voicemail.access',
  ],
  values: {
    'flow.email.manage.maxSimultaneous': 8,
    'flow.email.manage.autoOpen': 'screen',
    'flow.email.manage.autoAcceptSec': 10,
    'cases.scope': 'all',
    'tasks.scope': 'team',
  },
  activities: ['email', 'backOffice', 'training', 'meeting', 'break', 'lunch'],
  rows: {
    queues: [queue('documents', 'email'), queue('complaints', 'email'), queue('motorClaims', 'email'), queue('homeClaims', 'email')],
    transferRules: ['claims', 'complaints', 'colleague'],
    customButtons: ['crm', 'newClaim', 'escalate'],
    directory: ['experts'],
    knowledgeBase: ['products', 'procedures'],
    documentCenter: ['forms', 'letters'],
    categories: ['callBack', 'documents', 'complaint'],
    platforms: ['nantes'],
    crms: [['harbour', { create: true, modify: true }], ['brokers', { sso: true }]],
  },
  message: 'First version',
};

const messaging: ProfileDeclaration = {
  name: 'Messaging',
  alias: 'Messages',
  reference: 'HM-MSG',
  description: 'Website chat, WhatsApp and SMS, several at once.',
  grants: [
    ...channel('messages', ['access', 'canToggle', 'out.smart', 'out.direct', 'manage.pool', 'manage.canRefuse', 'process.conference']),
    'transfers.assistedQueue', 'transfers.advisor', 'transfers.smartRouting',
    'smsCampaigns.access', 'smsCampaigns.target.program', 'smsCampaigns.target.reprogram', 'smsCampaigns.target.remove',
    'users.colleagues', 'collaborative.conversations', 'qualification.access', 'history.access', 'surveys.access',
  ],
  values: {
    'flow.messages.manage.maxSimultaneous': 6,
    'flow.messages.out.countries': 'all',
  },
  activities: ['messaging', 'backOffice', 'training', 'break', 'lunch'],
  rows: {
    queues: [queue('chat', 'messages'), queue('motorClaims', 'messages'), queue('newCustomers', 'messages')],
    transferRules: ['claims', 'colleague', 'night'],
    smsCampaigns: ['reminders', 'storm'],
    customButtons: ['crm', 'openCustomer'],
    knowledgeBase: ['products'],
    smsNumbers: ['harbour', 'claims'],
    smsTemplates: ['received', 'appointment', 'paymentLink'],
    surveys: ['afterClaim'],
  },
  before: [{ message: 'First version', without: ['transfers.smartRouting', 'flow.messages.process.conference'] }],
  message: 'Out of hours to the night desk',
};

const leader: ProfileDeclaration = {
  name: 'Team leader',
  alias: 'Lead',
  reference: 'HM-LEAD',
  description: 'Watches the queues, listens, evaluates, steps in.',
  grants: [
    ...channel('voice', [
      'access', 'canToggle', 'out.smart', 'out.direct', 'manage.canRefuse', 'process.mute', 'process.manualRecord', 'process.conference',
    ]),
    ...channel('email', ['access', 'canToggle', 'out.direct']),
    'transfers.assistedQueue', 'transfers.blindQueue', 'transfers.advisor', 'transfers.external', 'transfers.smartRouting',
    'users.colleagues', 'collaborative.conversations', 'supervision.access',
    'recording.access', 'recording.download',
    'evaluation.access', 'evaluation.add', 'evaluation.edit',
    'qualification.access', 'scripts.access', 'surveys.access', 'history.access', 'statistics.access',
    'voiceCampaigns.access', 'voiceCampaigns.target.program', 'voiceCampaigns.target.reprogram', 'voiceCampaigns.target.remove',
    'voiceCampaigns.target.pool',
    'cases.access', 'cases.edit', 'cases.assign', 'tasks.access', 'tasks.create', 'tasks.edit', 'tasks.delete', 'tasks.assign',
    'voicemail.access', 'voicemail.download', 'voicemail.delete',
  ],
  values: {
    'flow.voice.out.countries': 'all',
    'flow.voice.process.supervisionRate': 100,
    'cases.scope': 'team',
    'tasks.scope': 'team',
  },
  activities: ['backOffice', 'coaching', 'meeting', 'callsAndEmail', 'break', 'lunch'],
  rows: {
    queues: (['motorClaims', 'homeClaims', 'newCustomers', 'complaints'] as const).map((key) => queue(key, 'voice', 'email', 'supervision')),
    transferRules: ['claims', 'complaints', 'colleague', 'assistance', 'night'],
    voiceCampaigns: [['renewals', { mode: 'progressive', manager: true, supervision: true }]],
    customButtons: ['crm', 'tariffs', 'openCustomer', 'escalate'],
    directory: ['branches', 'experts'],
    knowledgeBase: ['procedures'],
    documentCenter: ['letters'],
    voiceMailboxes: ['claims'],
    categories: ['callBack', 'documents', 'complaint'],
    platforms: ['lyon', 'nantes'],
    evaluationGrids: ['claimCall', 'writing'],
    surveys: ['afterCall', 'afterClaim'],
    crms: [['harbour', { create: true, modify: true, delete: true }]],
  },
  before: [
    { message: 'First version', without: ['recording.download', 'evaluation.edit', 'transfers.smartRouting', 'statistics.access'] },
    { message: 'Statistics for the weekly meeting', without: ['recording.download', 'evaluation.edit'] },
  ],
  message: 'Recordings may be downloaded, evaluations corrected',
};

const billing: ProfileDeclaration = {
  name: 'Billing desk',
  alias: 'Billing',
  reference: 'HM-BILL',
  description: 'Premiums, refunds and payment by telephone.',
  grants: [
    ...channel('voice', ['access', 'canToggle', 'out.direct', 'process.mute']),
    ...channel('email', ['access', 'canToggle', 'out.direct']),
    'transfers.advisor', 'users.colleagues', 'history.access', 'qualification.access',
    'invoices.access', 'invoices.create', 'invoices.modify', 'invoices.pay.card', 'invoices.pay.linkSms', 'invoices.pay.linkEmail',
    'invoices.spread', 'invoices.cancel',
    'voicemail.access', 'tasks.access', 'tasks.create',
  ],
  values: { 'flow.voice.out.countries': ['FR'], 'tasks.scope': 'own' },
  activities: ['callsAndEmail', 'calls', 'email', 'backOffice', 'break', 'lunch'],
  rows: {
    queues: [queue('billing', 'voice', 'email')],
    transferRules: ['colleague'],
    customButtons: ['crm', 'tariffs', 'openCustomer'],
    documentCenter: ['letters'],
    voiceMailboxes: ['billing'],
    categories: ['documents'],
    paymentModules: ['cards'],
    crms: [['harbour', { modify: true }]],
  },
  message: 'First version',
};

/** The worked example of profiles for the Maker: some modules, some rights of each, two campaigns. */
const sales: ProfileDeclaration = {
  name: 'Sales supervisors',
  alias: 'Sales',
  reference: 'HM-SALES',
  description: 'Runs the sales campaigns, and keeps people, campaigns and voice menus up to date in the Maker.',
  grants: [
    ...channel('voice', ['access', 'canToggle', 'out.direct', 'manage.canRefuse', 'process.mute']),
    'transfers.advisor', 'users.colleagues', 'collaborative.conversations', 'supervision.access', 'statistics.access', 'history.access',
    'voiceCampaigns.access', 'voiceCampaigns.target.program', 'voiceCampaigns.target.reprogram', 'voiceCampaigns.target.remove',
  ],
  values: { 'flow.voice.out.countries': EUROPE },
  maker: {
    campaigns: {
      allow: ['read', 'create', 'update', 'dispositions'],
      of: [demoId('voiceCampaign', 'renewals'), demoId('voiceCampaign', 'winback')],
    },
    people: { allow: ['read', 'create', 'update', 'export'], of: 'all' },
    ivrs: { allow: ['read', 'create', 'update'], of: 'all' },
    outboundHubs: { allow: ['read', 'lists'], of: 'all' },
    wallboards: { allow: ['read', 'update'], of: 'all' },
  },
  activities: ['calls', 'outbound', 'coaching', 'meeting', 'break', 'lunch'],
  rows: {
    queues: [queue('newCustomers', 'voice', 'supervision')],
    transferRules: ['colleague'],
    voiceCampaigns: [
      ['renewals', { mode: 'progressive', manager: true, supervision: true }],
      ['winback', { mode: 'preview', manager: true, supervision: true }],
    ],
    customButtons: ['crm', 'tariffs'],
  },
  message: 'First version',
};

const everyRight = fields.flatMap((field): GrantId[] => (field.type === 'boolean' ? [field.id] : []));
const all = <K extends DemoKind>(kind: K) => Object.keys(resources[kind]) as ResourceKey<K>[];

const everything: ProfileDeclaration = {
  name: 'Everything',
  alias: 'All',
  reference: 'HM-ALL',
  description: 'Every right there is: to see all controls, and to try changes out.',
  grants: everyRight,
  values: {
    'flow.voice.out.countries': 'all',
    'flow.messages.out.countries': 'all',
    // Who looks around is not to be called for a campaign before long.
    'voiceCampaigns.callBlendingDelaySec': 900,
    'flow.voice.manage.maxSimultaneous': 3,
    'flow.email.manage.maxSimultaneous': 20,
    'flow.messages.manage.maxSimultaneous': 20,
    'cases.scope': 'all',
    'tasks.scope': 'all',
  },
  activities: ['allChannels', ...all('activity').filter((key) => key !== 'allChannels')],
  rows: {
    queues: all('queue').map((key) => {
      const { voice, email: mail, messages } = resources.queue[key][1];
      return queue(key, ...([voice && 'voice', mail && 'email', messages && 'messages', 'supervision'] as const).filter((on) => on !== false));
    }),
    transferRules: all('transferRule'),
    voiceCampaigns: all('voiceCampaign').map((key) => [key, { mode: 'powerDialer', manager: true, callBlending: true, supervision: true }] as const),
    smsCampaigns: all('smsCampaign'),
    customButtons: all('customButton'),
    directory: all('directory'),
    knowledgeBase: all('knowledgeBase'),
    documentCenter: all('documentCenter'),
    smsNumbers: all('smsNumber'),
    smsTemplates: all('smsTemplate'),
    voiceMailboxes: all('voiceMailbox'),
    categories: all('category'),
    platforms: all('platform'),
    paymentModules: all('paymentModule'),
    evaluationGrids: all('evaluationGrid'),
    crms: all('crm').map((key) => [key, { create: true, modify: true, delete: true, sso: key === 'brokers' }] as const),
    surveys: all('survey'),
  },
  message: 'First version',
};

export const profiles = { inbound, outbound, email, messaging, leader, billing, sales, everything } as const;
export type ProfileKey = keyof typeof profiles;
