/** Puts markup into every text of the demo centre that people or other systems enter: by the declarations, so that a new one has it at once. */
import { type CriteriaSection, fields, type ProfileDocument, type ResourceKind, rowsOf } from '../../lib/catalogue/index.ts';
import { type Resource, resources } from '../../lib/catalogue/resources.ts';
import { HELP_MAX, NAME_MAX } from '../../lib/evaluation/grid.ts';
import { voiceCampaigns } from '../../lib/modules/campaigns.ts';
import { panels, recordsOf } from '../../lib/modules/panels.ts';
import type { Column, Panel } from '../../lib/modules/types.ts';
import { demoId } from '../../server/demo/identity.ts';
import { people, type PersonKey } from '../../server/demo/people.ts';
import { resources as demoResources } from '../../server/demo/resources.ts';
import { type EndToEndHub, listAs } from './hub.ts';
import type { Markup } from './markup.ts';
import type { Row } from './rows.ts';

const DAY_MS = 24 * 3_600_000;
/** What a resource, a person and a team may be called, and a note be long. */
const NAME = 120;
const NOTE = 500;

const ADMINISTRATOR = people.maya.email;
const ANY = { 'if-match': '*' };
const key = () => ({ 'idempotency-key': crypto.randomUUID() });

/** The kinds that are kept as resources, with routes of their own for none. */
export const kinds: readonly Resource[] = resources.filter(({ kind }) => kind !== 'team');
/** What a profile says of itself in words. */
const words = fields.filter((field) => field.type === 'text');
/** Rows of these are made of what is there: people and their sessions, and what the history says. */
const MADE_UP: ReadonlySet<string> = new Set(['mod.colleagues', 'mod.statistics']);
/** Those that show rows which are kept. */
export const keptPanels = panels.filter(({ module }) => !MADE_UP.has(module));
/** The states in which each of them has a row with markup in it: as one is made and, for what is asked of others alone, as those are. */
export function statesOf({ columns, verbs }: Panel): readonly string[] {
  const first = columns.find(({ id }) => id === 'state')?.choices?.[0] ?? '';
  const others = verbs.flatMap(({ form, where }) => (form && where?.['state']?.includes(first) === false ? where['state'].slice(0, 1) : []));
  return [...new Set([first, ...others])];
}
export const rowIdOf = (panel: Panel, state: string): string => demoId(recordsOf(panel).module, `markup ${state}`);

export interface Written {
  /** Texts that are no free text: the hub takes names, addresses, colours there, and has refused markup. */
  readonly refused: readonly string[];
}

export async function writeEverywhere(hub: EndToEndHub, markup: Markup): Promise<Written> {
  const refused = new Set<string>();
  for (const resource of kinds) for (const each of await writeResources(hub, markup, resource)) refused.add(each);
  await makeWork(hub);
  await writePeople(hub, markup);
  await hub.call('maya', 'PUT', `/api/people/${ME}`, { profiles: ['everything', 'leader'].map((profile, at) => ({ id: demoId('profile', profile), atLogin: at === 0, score: 50 })) }, ANY);
  await writeTeams(hub, markup);
  await writeProfiles(hub, markup);
  await hub.keep(keptPanels.filter((panel) => panel.rowsOf === undefined).flatMap((panel) => statesOf(panel).map((state) => rowOf(markup, panel, state))));
  return { refused: [...refused] };
}

/** Starts a workflow of the telephone system. */
export const CALL_BACK = demoId('customButton', 'callback');

/** With markup for a condition a button is nowhere, and with it for a target a rule leads nowhere. */
async function makeWork(hub: EndToEndHub): Promise<void> {
  const put = (kind: string, id: string, attributes: object) => hub.call('maya', 'PUT', `/api/resources/${kind}/${id}`, { attributes }, ANY);
  await put('customButton', CALL_BACK, { condition: '' });
  for (const rule of ['claims', 'colleague']) await put('transferRule', demoId('transferRule', rule), { target: '' });
}

interface Kept {
  readonly id: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

async function writeResources(hub: EndToEndHub, markup: Markup, resource: Resource): Promise<readonly string[]> {
  const { kind } = resource;
  const { resources: kept } = await hub.call<{ resources: Kept[] }>('maya', 'GET', `/api/resources/${kind}`);
  const refused: string[] = [];
  for (const { id, attributes } of kept) {
    const all = texts(markup, resource, attributes);
    const put = (more: object) => hub.ask<unknown>(ADMINISTRATOR, 'PUT', `/api/resources/${kind}/${id}`, more, ANY);
    const name = markup.of(`${kind}.name`, NAME);
    if ((await put({ name, attributes: all })).status === 200) continue;
    await put({ name });
    // One by one: what one of them is refused is nothing to the others.
    for (const [attribute, value] of Object.entries(all)) {
      const { status } = await put({ attributes: { [attribute]: value } });
      if (status === 422) refused.push(`${kind}.${attribute}`);
      else if (status !== 200) throw new Error(`${kind} ${attribute}: ${status}`);
    }
  }
  return refused;
}

function texts(markup: Markup, { kind, attributes }: Resource, before: Kept['attributes']): Record<string, unknown> {
  return Object.fromEntries(
    attributes.flatMap((field): [string, unknown][] => {
      const place = `${kind}.${field.id}`;
      if (field.type === 'text') return [[field.id, markup.of(place, field.maxLength)]];
      if (field.type === 'criteria') return [[field.id, marked(markup, place, (before[field.id] ?? []) as readonly CriteriaSection[])]];
      return [];
    }),
  );
}

const marked = (markup: Markup, place: string, sections: readonly CriteriaSection[]): readonly CriteriaSection[] =>
  sections.map((section) => ({
    ...section,
    name: markup.of(`${place}.section`, NAME_MAX),
    criteria: section.criteria.map((criterion) => ({ ...criterion, name: markup.of(`${place}.name`, NAME_MAX), help: markup.of(`${place}.help`, HELP_MAX) })),
  }));

async function writePeople(hub: EndToEndHub, markup: Markup): Promise<void> {
  for (const { id } of await listAs<Kept>(hub.call, 'people')) await hub.call('maya', 'PUT', `/api/people/${id}`, { name: markup.of('person.name', NAME) }, ANY);
}

async function writeTeams(hub: EndToEndHub, markup: Markup): Promise<void> {
  const { teams } = await hub.call<{ teams: Kept[] }>('maya', 'GET', '/api/teams');
  for (const { id } of teams) await hub.call('maya', 'PUT', `/api/teams/${id}`, { name: markup.of('team.name', NAME), note: markup.of('team.note', NOTE) }, ANY);
}

/** Published with markup as the reason; then once more with a draft, and a time at which it is to be published. */
async function writeProfiles(hub: EndToEndHub, markup: Markup): Promise<void> {
  for (const { id } of await listAs<Kept>(hub.call, 'profiles')) {
    const path = `/api/profiles/${id}`;
    const said = () => Object.fromEntries(words.map((field) => [field.id, markup.of(`profile.${field.id}`, field.maxLength)]));
    const save = async () => {
      const { document } = await hub.call<{ document: ProfileDocument }>('maya', 'GET', `${path}/draft`);
      const ready = readyToWork(document);
      await hub.call('maya', 'PUT', `${path}/draft`, { document: { ...ready, settings: { ...ready.settings, ...said() } } }, ANY);
    };
    await save();
    await hub.call('maya', 'POST', `${path}/publish`, { message: markup.of('profile.message', NOTE) }, key());
    await save();
    await hub.call('maya', 'POST', `${path}/schedules`, { at: Date.now() + DAY_MS, message: markup.of('profile.schedule', NOTE) }, key());
  }
}

/** Nobody pauses after a call, and a campaign shows its target before it is called. */
const readyToWork = (document: ProfileDocument): ProfileDocument => ({
  ...document,
  settings: { ...document.settings, 'interactions.timeoutInboundSec': 0, 'interactions.timeoutOutboundSec': 0 },
  configuration: { ...document.configuration, voiceCampaigns: { rows: rowsOf(document, 'voiceCampaigns').map((row) => ({ ...row, mode: 'preview' })) } },
});

/** The kind of resource that a panel's rows belong to. */
const kindOf = ({ columns }: Panel): ResourceKind | null => (columns.find(({ id }) => id === 'resource')?.label.replace('resource.', '') ?? null) as ResourceKind | null;

const FREE: ReadonlySet<string> = new Set(['text', 'longText', 'phone', 'email']);
/** Written by people or systems into a row itself; of a thread it is messages, of which these columns say some. */
const isFree = (panel: Panel, { id, type }: Column): boolean =>
  FREE.has(type) && id !== 'resource' && !(panel.module === 'mod.conversations' && id !== 'topic');

/** Where a text comes from that stands in a column; null of one that holds none, or nothing that anybody wrote. */
export function placeOf(panel: Panel, column: Column): string | null {
  if (column.id === 'resource') return `${kindOf(panel)!}.name`;
  if (column.type === 'person' || column.id === 'with') return 'person.name';
  return isFree(panel, column) ? `${recordsOf(panel).module}.${column.id}` : null;
}

/** What names a row of the panel in its list. */
export const namePlaceOf = (panel: Panel): string => placeOf(panel, panel.columns[0]!)!;

/** What is to be seen of the panel's row once it is opened. */
export const placesOf = (panel: Panel): readonly string[] =>
  [...panel.columns.map((column) => placeOf(panel, column)), ...besideColumns(panel)].filter((place) => place !== null);

/** What stands in a row besides its columns. */
export const besideColumns = (panel: Panel): readonly string[] => BESIDES[recordsOf(panel).module] ?? [];
const BESIDES: Readonly<Record<string, readonly string[]>> = {
  'mod.conversations': ['mod.conversations.message'],
  'mod.evaluations': ['section', 'name', 'comment'].map((each) => `mod.evaluations.sections.${each}`),
};

/** Who has every control there is: some are for managers alone. */
export const READER = 'karin' satisfies PersonKey;
const ME = demoId('person', READER);
/** Who writes to them. */
const COLLEAGUE = demoId('person', 'amira');

function rowOf(markup: Markup, panel: Panel, state: string): Row {
  const { module, columns } = panel;
  const kind = kindOf(panel);
  const first = kind && Object.keys(demoResources[kind as keyof typeof demoResources])[0]!;
  const values = Object.fromEntries(columns.filter(({ id }) => id !== 'resource' && id !== 'owner').map((column) => [column.id, isFree(panel, column) ? markup.of(`${module}.${column.id}`) : valueOf(column)]));
  return {
    id: rowIdOf(panel, state),
    accountId: demoId('account', 'harbour'),
    module,
    ownerId: ME,
    resourceId: kind && demoId(kind, first!),
    people: module === 'mod.conversations' ? [ME, COLLEAGUE] : null,
    values: { ...values, ...('state' in values ? { state } : {}), ...besides(markup, module) },
  };
}

export const CAMPAIGN = demoId('voiceCampaign', Object.keys(demoResources.voiceCampaign)[0]!);
/** Whom the reader is to call for it, before all others. */
export function targetOf(markup: Markup): Row {
  const row = rowOf(markup, voiceCampaigns, 'planned');
  return { ...row, id: crypto.randomUUID(), values: { ...row.values, phone: '+33639980713', at: null } };
}

function valueOf({ type, choices }: Column): string | number | boolean | null {
  switch (type) {
    case 'choice':
      return choices![0]!;
    case 'person':
      return ME;
    case 'boolean':
      return true;
    case 'instant':
      // Not due yet.
      return Date.now() + DAY_MS;
    default:
      return FREE.has(type) ? null : 1;
  }
}

/** What a module keeps that is no column. */
function besides(markup: Markup, module: string): object {
  if (module === 'mod.conversations') return { messages: [{ at: Date.now(), by: COLLEAGUE, text: markup.of(`${module}.message`) }] };
  if (module !== 'mod.evaluations') return {};
  const sections = marked(markup, `${module}.sections`, demoResources.evaluationGrid.claimCall[1].sections);
  const answers = Object.fromEntries(sections.flatMap(({ criteria }) => criteria.map(({ id }) => [id, { value: 1, comment: markup.of(`${module}.sections.comment`) }])));
  return { sections, answers, passScore: 1 };
}
