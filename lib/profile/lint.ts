/** What is amiss in a document, and where: what stops a publish, and what is granted without effect or missing. */
import { type ConsoleModule, type ConsoleModuleId, consoleModules, type ConsoleRight, type ConsoleVerb, elementsField, verbField } from '../catalogue/console.ts';
import {
  CHANNELS,
  type Dependency,
  type Field,
  fieldById,
  isSwitchedOn,
  type ProfileDocument,
  type Resources,
  rowsOf,
  sections,
  type Tab,
  tabById,
  type TabId,
  tabs,
} from '../catalogue/index.ts';
import { type ConsoleRights, consoleRightsOf } from '../decide/console.ts';
import { matchingRows, type Person } from '../decide/index.ts';
import { isSmsText } from '../interaction/campaign-text.ts';
import { checkDocument } from './check.ts';

/** Where the finding is mended; nowhere in particular for one of the whole profile. */
export interface FindingPlace {
  readonly field?: string;
  readonly tab?: TabId;
  readonly row?: string;
}

export interface Finding {
  /** Read as the message `lint.<code>`. */
  readonly code: string;
  /** An error stops a publish, here and on the hub; a warning never does. */
  readonly severity: 'error' | 'warning';
  readonly at: FindingPlace;
  /** What the sentence names, joined, as `$1`: message keys (`channel.voice`), and names of people or numbers as they are. */
  readonly names?: readonly string[];
}

export interface LintContext {
  /** Of the rows, those that there are and are not archived. */
  readonly resources: Resources;
  /** How many people the profile is assigned to, where it is known. */
  readonly people?: number;
  /** Names of people who have no profile at all: `without` of a publish's impact. */
  readonly without?: readonly string[];
}

/** In the order of the Maker: errors first, then section by section, tab by tab, the Maker's rights, people. */
export function lint(document: ProfileDocument, context: LintContext): readonly Finding[] {
  const profile: Profile = { document, resources: context.resources };
  const errors = checkDocument(document).map(({ code, at, names }): Finding => ({ code, severity: 'error', at, names }));
  return [
    ...errors,
    ...(isEmpty(profile) ? [warning('empty', {})] : []),
    ...fields.flatMap((field) => withoutEffect(profile, field)),
    ...ofInterplay(profile),
    ...(tabs as readonly Tab<TabId>[]).flatMap((tab) => ofTab(profile, tab)),
    ...consoleModules.flatMap((module) => ofModule(profile, module)),
    ...lintPeople(context),
  ];
}

export const stopsPublish = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'error');

interface Profile {
  readonly document: ProfileDocument;
  readonly resources: Resources;
}

const fields = sections.flatMap((section): readonly Field[] => section.fields);
const warning = (code: string, at: FindingPlace, names: readonly string[] = []): Finding => ({ code, severity: 'warning', at, names });
const settingIn = ({ document }: Profile, id: string): unknown => (document.settings as Readonly<Record<string, unknown>>)[id];
const isOn = (profile: Profile, field: string): boolean => settingIn(profile, field) === true;
const rowsThere = (profile: Profile, tab: string, where?: Readonly<Record<string, boolean>>) =>
  matchingRows(profile, where ? { tab, where } : { tab });

/** A person without anything of their own, of whom the profile alone decides. */
const ANYBODY: Person = { licence: 'smart', type: 'agent', allow: [], deny: [], accountOptions: [] };

function isEmpty(profile: Profile): boolean {
  const rights = consoleRightsOf(profile, ANYBODY);
  return (
    !fields.some(({ id, type }) => type === 'boolean' && isOn(profile, id)) &&
    !tabs.some((tab) => tab.switched && isSwitchedOn(profile.document, tab.id)) &&
    rowsOf(profile.document, 'customButtons').length === 0 &&
    !consoleModules.some(({ id, verbs }) => verbs.some((verb) => may(rights, id, verb)))
  );
}

/** What a missing row of a tab is called; the others are `rowMissing`. */
const MISSING: Readonly<Record<string, string>> = {
  transferRules: 'transferWithoutRule',
  evaluationGrids: 'evaluationWithoutGrid',
  voiceCampaigns: 'accessWithoutCampaign',
  smsCampaigns: 'accessWithoutCampaign',
};

/** A right that is granted and does nothing, for what it depends on is off or not there. */
function withoutEffect(profile: Profile, { id, type, dependsOn = [] }: Field): readonly Finding[] {
  if (type !== 'boolean' || !isOn(profile, id)) return [];
  return dependsOn.flatMap((dependency) => {
    const missing = missingOf(profile, dependency);
    return missing ? [warning(missing.code, { field: id }, missing.names)] : [];
  });
}

function missingOf(profile: Profile, dependency: Dependency): { code: string; names: readonly string[] } | null {
  switch (dependency.on) {
    case 'field':
      return isOn(profile, dependency.field) ? null : { code: 'rightOff', names: labelsOf([dependency.field]) };
    case 'anyField':
      return dependency.fields.some((field) => isOn(profile, field)) ? null : { code: 'rightsOff', names: labelsOf(dependency.fields) };
    case 'row': {
      const { tab, where } = dependency;
      if (rowsThere(profile, tab, where).length > 0) return null;
      if (where) return { code: 'smartWithoutQueue', names: Object.keys(where).map((channel) => `channel.${channel}`) };
      return { code: MISSING[tab] ?? 'rowMissing', names: [tabById.get(tab)!.label] };
    }
    // Of a person or of the account: another profile's people may have it.
    default:
      return null;
  }
}

const labelsOf = (ids: readonly string[]): readonly string[] => ids.map((id) => fieldById.get(id)!.label);

/** Settings that are well each by itself and not together. */
function ofInterplay(profile: Profile): readonly Finding[] {
  return [
    ...CHANNELS.flatMap((channel) => ofAnswering(profile, channel)),
    ...(['voice', 'messages'] as const).flatMap((channel) => ofNumbers(profile, channel)),
    ...ofMissed(profile),
    ...(isOn(profile, 'evaluation.access') && !isOn(profile, 'evaluation.add') && rowsThere(profile, 'evaluationGrids').length === 0
      ? [warning('evaluationWithoutGrid', { field: 'evaluation.access' }, ['tab.evaluationGrids'])]
      : []),
  ];
}

/** That nothing can be refused which is accepted at once is an error; with a countdown one has to be quick. */
function ofAnswering(profile: Profile, channel: (typeof CHANNELS)[number]): readonly Finding[] {
  const manage = `flow.${channel}.manage`;
  if (!isOn(profile, `${manage}.canRefuse`) || !isOn(profile, `${manage}.autoAccept`)) return [];
  const seconds = settingIn(profile, `${manage}.autoAcceptSec`) ?? 5;
  return seconds === 0 ? [] : [warning('refuseCountdown', { field: `${manage}.canRefuse` }, [String(seconds)])];
}

function ofNumbers(profile: Profile, channel: 'voice' | 'messages'): readonly Finding[] {
  const countries = settingIn(profile, `flow.${channel}.out.countries`) ?? [];
  if (!isOn(profile, `flow.${channel}.out.premium`) || countries === 'all' || (countries as readonly string[]).length > 0) return [];
  return [warning('premiumWithoutCountry', { field: `flow.${channel}.out.premium` }, [`channel.${channel}`])];
}

/** Whoever misses too many is moved to an activity, so that nothing more comes: it has to turn the channels off. */
function ofMissed(profile: Profile): readonly Finding[] {
  const activity = settingIn(profile, 'interactions.missedActivityId');
  if ((settingIn(profile, 'interactions.maxMissed') ?? null) === null || typeof activity !== 'string') return [];
  const row = rowsThere(profile, 'activities').find(({ id }) => id === activity);
  const turnsOn = row ? profile.resources[row.id]!.attributes : {};
  const on = CHANNELS.filter((channel) => turnsOn[channel] === true && isOn(profile, `flow.${channel}.access`));
  return on.length === 0 ? [] : [warning('missedLeavesOn', { field: 'interactions.missedActivityId' }, on.map((channel) => `channel.${channel}`))];
}

function ofTab(profile: Profile, tab: Tab<TabId>): readonly Finding[] {
  if (tab.kept !== 'document') return [];
  const rows = rowsOf(profile.document, tab.id);
  const there = new Set(rowsThere(profile, tab.id).map(({ id }) => id));
  return [
    ...rows.filter(({ id }) => !there.has(id)).map(({ id }) => warning('rowGone', { tab: tab.id, row: id }, [tab.label])),
    ...(tab.id === 'smsCampaigns' ? ofSmsCampaigns(profile) : []),
    ...ofSwitch(profile, tab, there.size),
    ...(tab.choosesDefault && there.size > 0 && chosenIn(profile, tab.id) === null ? [warning('defaultNone', { tab: tab.id }, [tab.label])] : []),
  ];
}

/** A campaign that runs and could not write anything. */
const ofSmsCampaigns = (profile: Profile): readonly Finding[] =>
  rowsThere(profile, 'smsCampaigns').flatMap(({ id }) => {
    const { name, attributes } = profile.resources[id]!;
    return attributes['active'] === true && !isSmsText(attributes['text']) ? [warning('smsWithoutText', { tab: 'smsCampaigns', row: id }, [name])] : [];
  });

const chosenIn = ({ document }: Profile, tab: TabId): string | null =>
  (document.configuration as Readonly<Record<string, { default?: string | null } | undefined>>)[tab]?.default ?? null;

/** Rows that nothing shows, and what is shown without rows. */
function ofSwitch(profile: Profile, { id, label, switched }: Tab<TabId>, rows: number): readonly Finding[] {
  if (switched) {
    const on = isSwitchedOn(profile.document, id);
    if (on && rows === 0) return [warning('onWithoutRows', { tab: id }, [label])];
    return !on && rows > 0 ? [warning('rowsWhileOff', { tab: id }, [label])] : [];
  }
  const users = usersOf.get(id) ?? [];
  if (rows === 0 || users.length === 0 || users.some((field) => isOn(profile, field))) return [];
  return [warning('rowsUnused', { tab: id }, [label])];
}

/** For each tab the rights that need any row of it. */
const usersOf: ReadonlyMap<string, readonly string[]> = (() => {
  const users = new Map<string, string[]>();
  for (const { id, dependsOn = [] } of fields) {
    for (const dependency of dependsOn) {
      if (dependency.on === 'row' && !dependency.where) users.set(dependency.tab, [...(users.get(dependency.tab) ?? []), id]);
    }
  }
  return users;
})();

const may = (rights: ConsoleRights, module: ConsoleModuleId, verb: ConsoleVerb): boolean =>
  rights.may(`${module}.${verb}` as ConsoleRight).allowed;

function ofModule(profile: Profile, module: ConsoleModule<ConsoleModuleId>): readonly Finding[] {
  const rights = consoleRightsOf(profile, ANYBODY);
  if (!may(rights, module.id, 'read')) {
    const other = module.verbs.some((verb) => may(rights, module.id, verb));
    return other ? [warning('consoleWithoutRead', { field: verbField(module.id, 'read') }, [module.label])] : [];
  }
  const elements = module.listed ? rights.elements(module.id) : 'all';
  return elements === 'all' || elements.size > 0 ? [] : [warning('consoleWithoutElements', { field: elementsField(module.id) }, [module.label])];
}

/** Custom buttons that nothing could carry out: `unready` of a publish's impact. */
export const lintButtons = (unready: Readonly<Record<string, string>>): readonly Finding[] =>
  Object.entries(unready).map(([row, opens]) => warning(opens === 'workflow' ? 'workflowWithoutConnector' : 'serviceWithoutSecret', { tab: 'customButtons', row }));

/** What there is to say of people alone: for whoever hears of them apart from the document, as with its impact. */
export function lintPeople({ people, without = [] }: Pick<LintContext, 'people' | 'without'>): readonly Finding[] {
  return [
    ...(people === 0 ? [warning('nobody', { tab: 'users' })] : []),
    ...(without.length > 0 ? [warning('personWithoutProfile', { tab: 'users' }, without)] : []),
  ];
}
