/**
 * The 20 sections of a profile's Settings, in the order in which the Maker shows them.
 * Source of the fields: INO CX, "Profiles – Set them up", and what is marked otherwise.
 */
import { choice, countries, integer, needs, needsAny, needsRow, reference, right, text } from './fields.ts';
import { type Channel, CHANNELS, type Field, type Section } from './types.ts';

const section = <const Id extends string, const Fields extends readonly Field[]>(
  id: Id,
  fields: Fields,
  more: Pick<Section, 'columns'> = {},
): Section<Id, Fields> => ({ id, label: `section.${id}`, source: 'S', ...more, fields });

const general = section('general', [
  text('general.name', { min: 1, max: 80, unique: true }),
  text('general.alias', { max: 80 }),
  text('general.reference', { max: 80 }),
  text('general.description', { max: 500, multiline: true }),
]);

/**
 * Four fields are announced by the source and three named; the timeout is read as two. "Beyond the maximum" is read
 * as a count of missed ones greater than it; a refused interaction is not a missed one.
 */
const interactions = section('interactions', [
  integer('interactions.timeoutInboundSec', { min: 0, max: 3600, unit: 'seconds', default: 0 }),
  integer('interactions.timeoutOutboundSec', { min: 0, max: 3600, unit: 'seconds', default: 0 }),
  integer('interactions.maxMissed', { min: 1, max: 99, unit: 'interactions', default: null }),
  reference('interactions.missedActivityId', 'activities', { requiredWith: 'interactions.maxMissed' }),
]);

/** Where a field of the flow section stands: its column, its rows' heading, and a name that the columns share. */
const at = (channel: Channel, name: string, group: string) =>
  ({ label: `field.flow.${name}`, group: `group.flow.${group}`, column: channel }) as const;

/** The flow button and what goes out, the same for all three channels. */
function flowOf<const C extends Channel>(channel: C) {
  const f = <const Name extends string>(name: Name) => `flow.${channel}.${name}` as const;
  return [
    right(f('access'), { ...at(channel, 'access', 'flow'), dependsOn: [{ on: 'licence', licence: 'smart' }] }),
    right(f('canToggle'), { ...at(channel, 'canToggle', 'flow'), dependsOn: [needs(f('access'))] }),
    right(f('out.smart'), {
      ...at(channel, 'out.smart', 'out'),
      dependsOn: [{ on: 'licence', licence: 'smart' }, needsRow('queues', { [channel]: true })],
    }),
    right(f('out.direct'), {
      ...at(channel, 'out.direct', 'out'),
      ...(channel === 'messages' ? { dependsOn: [needsRow('smsNumbers')] } : {}),
    }),
  ] as const;
}

/** Only a channel with telephone numbers has these: voice, and messages for SMS. */
function numbersOf<const C extends 'voice' | 'messages'>(channel: C) {
  const f = <const Name extends string>(name: Name) => `flow.${channel}.${name}` as const;
  const dependsOn = [needsAny(f('out.smart'), f('out.direct'))];
  return [
    countries(f('out.countries'), { ...at(channel, 'out.countries', 'out'), dependsOn }),
    right(f('out.premium'), { ...at(channel, 'out.premium', 'out'), dependsOn }),
  ] as const;
}

/** How what comes in is taken. Simultaneous interactions go up to `most`. */
function incomingOf<const C extends Channel>(channel: C, most: number) {
  const f = <const Name extends string>(name: Name) => `flow.${channel}.${name}` as const;
  const manage = (name: string) =>
    ({ ...at(channel, `manage.${name}`, 'manage'), dependsOn: [needs(f('access'))] }) as const;
  return [
    right(f('manage.pool'), manage('pool')),
    integer(
      f('manage.maxSimultaneous'),
      { min: 1, max: most, unit: 'interactions', default: 1 },
      manage('maxSimultaneous'),
    ),
    right(f('manage.canRefuse'), manage('canRefuse')),
    choice(f('manage.autoOpen'), ['smallBanner', 'screen'], 'smallBanner', manage('autoOpen')),
    right(f('manage.autoAccept'), manage('autoAccept')),
    integer(
      f('manage.autoAcceptSec'),
      { min: 0, max: 120, unit: 'seconds', default: 5 },
      { ...manage('autoAcceptSec'), dependsOn: [needs(f('manage.autoAccept'))] },
    ),
    integer(
      f('process.supervisionRate'),
      { min: 0, max: 100, unit: 'percent', default: 0 },
      at(channel, 'process.supervisionRate', 'process'),
    ),
  ] as const;
}

const during = (channel: Channel, name: string) => at(channel, `process.${name}`, 'process');

const flow = section(
  'flow',
  [
    ...flowOf('voice'),
    ...numbersOf('voice'),
    ...incomingOf('voice', 10),
    right('flow.voice.process.mute', during('voice', 'mute')),
    right('flow.voice.process.manualRecord', during('voice', 'manualRecord')),
    right('flow.voice.process.conference', during('voice', 'conference')),
    ...flowOf('email'),
    ...incomingOf('email', 50),
    ...flowOf('messages'),
    ...numbersOf('messages'),
    ...incomingOf('messages', 50),
    right('flow.messages.process.conference', during('messages', 'conference')),
  ],
  { columns: CHANNELS },
);

const needsRule = { dependsOn: [needsRow('transferRules')] };
const transfers = section('transfers', [
  right('transfers.assistedQueue', needsRule),
  right('transfers.blindQueue', needsRule),
  right('transfers.advisor', needsRule),
  right('transfers.external', needsRule),
  right('transfers.smartRouting', needsRule),
]);

const users = section('users', [right('users.colleagues')]);
const collaborative = section('collaborative', [right('collaborative.conversations')]);
const supervision = section('supervision', [
  right('supervision.access', { dependsOn: [{ on: 'personType', types: ['manager', 'administrator'] }] }),
]);

const recordingAccess = { dependsOn: [needs('recording.access')] };
const recording = section('recording', [
  right('recording.access'),
  right('recording.download', recordingAccess),
  right('recording.delete', recordingAccess),
]);

/** "This section only concerns users who are managers"; without a grid none can be created. */
const evaluation = section('evaluation', [
  right('evaluation.access', { dependsOn: [{ on: 'personType', types: ['manager'] }] }),
  right('evaluation.add', { dependsOn: [needs('evaluation.access'), needsRow('evaluationGrids')] }),
  right('evaluation.edit', { dependsOn: [needs('evaluation.access')] }),
  right('evaluation.delete', { dependsOn: [needs('evaluation.access')] }),
]);

const qualification = section('qualification', [right('qualification.access')]);
const surveys = section('surveys', [right('surveys.access', { dependsOn: [needsRow('surveys')] })]);
const scripts = section('scripts', [right('scripts.access')]);

function targetsOf<const S extends 'voiceCampaigns' | 'smsCampaigns'>(campaigns: S) {
  const access = `${campaigns}.access` as const;
  const of = (name: string) => ({ label: `field.campaigns.target.${name}`, dependsOn: [needs(access)] });
  return [
    right(access, { dependsOn: [needsRow(campaigns)] }),
    right(`${campaigns}.target.program`, of('program')),
    right(`${campaigns}.target.reprogram`, of('reprogram')),
    right(`${campaigns}.target.remove`, of('remove')),
    right(`${campaigns}.target.pool`, of('pool')),
  ] as const;
}

const voiceCampaigns = section('voiceCampaigns', [
  ...targetsOf('voiceCampaigns'),
  right('voiceCampaigns.callBlending', { dependsOn: [needs('voiceCampaigns.access')] }),
  integer(
    'voiceCampaigns.callBlendingDelaySec',
    { min: 0, max: 3600, unit: 'seconds', default: 60 },
    { dependsOn: [needs('voiceCampaigns.callBlending')] },
  ),
]);
const smsCampaigns = section('smsCampaigns', targetsOf('smsCampaigns'));

/** The source names the sections Cases and Tasks and leaves their fields to another article; these are ours. */
function workOf<const S extends 'cases' | 'tasks'>(work: S) {
  const access = `${work}.access` as const;
  const of = (name: string) =>
    ({ label: `field.work.${name}`, source: 'P', dependsOn: [needs(access)] }) as const;
  return [
    right(access, { source: 'P' }),
    right(`${work}.create`, {
      ...of('create'),
      ...(work === 'tasks' ? { dependsOn: [needs(access), needsRow('categories')] } : {}),
    }),
    right(`${work}.edit`, of('edit')),
    right(`${work}.delete`, of('delete')),
    right(`${work}.assign`, of('assign')),
    choice(`${work}.scope`, ['own', 'team', 'all'], 'own', { ...of('scope'), widens: true }),
  ] as const;
}
const cases = section('cases', workOf('cases'));
const tasks = section('tasks', workOf('tasks'));

const voicemailAccess = { dependsOn: [needs('voicemail.access')] };
const voicemail = section('voicemail', [
  right('voicemail.access'),
  right('voicemail.download', voicemailAccess),
  right('voicemail.delete', voicemailAccess),
]);

const history = section('history', [right('history.access')]);

const invoicesAccess = { dependsOn: [needs('invoices.access')] };
const pay = { dependsOn: [needs('invoices.access'), needsRow('paymentModules')] };
const invoices = section('invoices', [
  right('invoices.access'),
  right('invoices.create', invoicesAccess),
  right('invoices.modify', invoicesAccess),
  right('invoices.delete', invoicesAccess),
  right('invoices.pay.card', pay),
  right('invoices.pay.smartRouting', pay),
  right('invoices.pay.linkSms', pay),
  right('invoices.pay.linkEmail', pay),
  right('invoices.spread', invoicesAccess),
  /** Only "if it complies with accounting and tax rules": the account must have some. */
  right('invoices.cancel', { dependsOn: [needs('invoices.access'), { on: 'account', option: 'accounting' }] }),
]);

const statistics = section('statistics', [right('statistics.access')]);

export const sections = [
  general,
  interactions,
  flow,
  transfers,
  users,
  collaborative,
  supervision,
  recording,
  evaluation,
  qualification,
  surveys,
  scripts,
  voiceCampaigns,
  smsCampaigns,
  cases,
  tasks,
  voicemail,
  history,
  invoices,
  statistics,
] as const;

export type SectionId = (typeof sections)[number]['id'];
export type CatalogueField = (typeof sections)[number]['fields'][number];
export type FieldId = CatalogueField['id'];
/** The fields that grant something: the booleans. */
export type GrantId = Extract<CatalogueField, { type: 'boolean' }>['id'];

export const fields: readonly CatalogueField[] = sections.flatMap((s): readonly CatalogueField[] => s.fields);
export const fieldById: ReadonlyMap<string, Field> = new Map(fields.map((f) => [f.id, f as Field]));
/** The section a field stands in, by the field's id. */
export const sectionOf: ReadonlyMap<string, Section> = new Map(
  sections.flatMap((each) => (each.fields as readonly Field[]).map((field) => [field.id, each as Section] as const)),
);
