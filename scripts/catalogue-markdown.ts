/** The catalogue as a page to read: docs/catalogue.md. */
import {
  type CatalogueField,
  choiceLabel,
  type Control,
  controls,
  type Dependency,
  type Field,
  LAYERS,
  type Place,
  sections,
  type Tab,
  tabs,
  type Term,
} from '../lib/catalogue/index.ts';
import { resources } from '../lib/catalogue/resources.ts';
import { consoleLines } from './catalogue-console.ts';
import { code, type Name, table } from './lib/markdown.ts';

type Messages = { readonly [key: string]: string | Messages };

export function catalogueMarkdown(messages: Messages): string {
  const name: Name = (key) => messageAt(messages, key);
  return [
    '# The profile catalogue',
    '',
    'Made from `lib/catalogue` by `npx node scripts/catalogue.ts --markdown`: change the declaration, not this page.',
    '',
    'Sources: **S** stated in the vendor’s page on setting up profiles, **A** stated in another of its public articles,',
    '**P** proposed here where the sources are silent. What is absent from a document has its default: rights are off,',
    'lists are empty. A field that is not listed here is kept and grants nothing.',
    '',
    '## Settings',
    '',
    `${sections.length} sections.`,
    ...sections.flatMap((section) => sectionLines(section.id, section.label, section.fields as readonly CatalogueField[], name)),
    '',
    '## Configuration',
    '',
    `${tabs.length} tabs. A row names the resource it points to by \`id\`; one whose resource does not exist counts for nothing.`,
    '',
    ...table(['tab', 'name', 'rows point to', 'rules', 'a row also says', 'source'], tabs.map((tab) => tabRow(tab, name))),
    '',
    '## Resources',
    '',
    'What rows point to, and what is declared of each.',
    '',
    ...table(
      ['resource', 'name', 'attributes', 'source'],
      resources.map((r) => [code(r.kind), name(r.label), attributes(r.attributes, name), r.source]),
    ),
    '',
    '## Controls',
    '',
    `${controls.length} controls, each the conjunction of its terms, looked at in the order of their layers:`,
    `${LAYERS.join(' → ')}.`,
    '',
    'The first that does not hold is the reason a person reads. A right must also not be withdrawn from the person; that',
    'term (layer *person*) is left out of the tables.',
    ...placesOf(controls).flatMap((place) => placeLines(place, name)),
    '',
    ...consoleLines(name),
    '',
  ].join('\n');
}

function messageAt(messages: Messages, key: string): string {
  const found = key.split('.').reduce<string | Messages | undefined>(
    (at, part) => (typeof at === 'object' ? at[part] : undefined),
    messages,
  );
  if (typeof found !== 'string') throw new RangeError(`no message for ${key}`);
  return found;
}

function sectionLines(id: string, label: string, fields: readonly Field[], name: Name): string[] {
  const rows = fields.map((field) => [
    code(field.id),
    name(field.label),
    typeOf(field, name),
    defaultOf(field),
    (field.dependsOn ?? []).map(dependencyInWords).join(', '),
    field.source,
  ]);
  return ['', `### ${name(label)} (\`${id}\`)`, '', ...table(['field', 'name', 'type', 'default', 'depends on', 'source'], rows)];
}

function typeOf(field: Field, name: Name): string {
  switch (field.type) {
    case 'boolean':
      return 'right';
    case 'integer':
      return `${field.min}–${field.max} ${field.unit}${field.default === null ? ', or none' : ''}`;
    case 'text':
      return `text, ${field.minLength}–${field.maxLength} characters${field.multiline ? ', several lines' : ''}${field.unique ? ', unique in the account (upper and lower case alike)' : ''}`;
    case 'choice':
      return field.choices.map((choice) => `${code(choice)} ${name(choiceLabel(choice)).toLowerCase()}`).join(' · ');
    case 'countries':
      return 'ISO 3166-1 alpha-2 codes, or `all`';
    case 'reference':
      return `a row of ${code(field.tab)}${field.requiredWith ? `, required with ${code(field.requiredWith)}` : ''}`;
    case 'scores':
      return `${field.min}–${field.max} by person`;
    case 'elements':
      return 'ids of elements of the module, or `all`';
    case 'criteria':
      return 'sections of criteria, each with name, help, kind, weight, whether it may be left out and whether it is critical';
  }
}

function defaultOf(field: Field): string {
  switch (field.type) {
    case 'boolean':
      return 'off';
    case 'countries':
    case 'criteria':
    case 'scores':
    case 'text':
      return 'empty';
    default:
      return field.default === null ? 'none' : String(field.default);
  }
}

function dependencyInWords(dependency: Dependency): string {
  switch (dependency.on) {
    case 'field':
      return code(dependency.field);
    case 'anyField':
      return dependency.fields.map(code).join(' or ');
    case 'licence':
      return `licence ${dependency.licence}`;
    case 'personType':
      return `person is ${dependency.types.join(' or ')}`;
    case 'account':
      return `account has ${dependency.option}`;
    case 'row':
      return rowInWords(dependency);
  }
}

function rowInWords({ tab, where, resource }: Pick<Extract<Term, { kind: 'row' }>, 'tab' | 'where' | 'resource'>): string {
  const on = Object.entries(where ?? {}).map(([attribute, value]) => `${attribute} ${value ? 'on' : 'off'}`);
  const of = Object.entries(resource ?? {}).map(([attribute, values]) => `${attribute} ${values.join(' or ')}`);
  const all = [...on, ...of].join(', ');
  return `a row in ${code(tab)}${all ? ` with ${all}` : ''}`;
}

function tabRow(tab: Tab, name: Name): string[] {
  const rules = [
    tab.kept === 'assignments' ? 'kept beside the document' : '',
    tab.switched ? 'off until switched on' : '',
    tab.choosesDefault ? 'one row is the default at login' : '',
    tab.ordered ? 'in order' : '',
  ];
  return [
    code(tab.id),
    name(tab.label),
    code(tab.resource),
    rules.filter(Boolean).join(', '),
    attributes(tab.attributes, name),
    tab.source,
  ];
}

const attributes = (fields: readonly Field[], name: Name): string =>
  fields.map((field) => `${code(field.id)} ${field.type === 'boolean' ? 'on or off' : typeOf(field, name)}`).join('; ');

const placesOf = (all: readonly Control[]): readonly Place[] => [...new Set(all.map(({ place }) => place))];

const PLACES: Readonly<Record<Place, string>> = {
  identity: 'Who I am',
  flows: 'Flows',
  pools: 'Pools',
  outgoing: 'Outgoing',
  modules: 'Modules',
  topBar: 'Custom buttons',
  connection: 'Connection',
  offer: 'An offer',
  interaction: 'An interaction',
  transfer: 'Ways to transfer',
  panel: 'Inside the modules’ panels',
  supervision: 'Supervision',
};

function placeLines(place: Place, name: Name): string[] {
  const rows = (controls as readonly Control[])
    .filter((control) => control.place === place)
    .map((control) => [
      code(control.id),
      name(control.label),
      marksOf(control),
      terms(control, 'hide'),
      terms(control, 'lock'),
      control.source,
    ]);
  return ['', `### ${PLACES[place]}`, '', ...table(['control', 'name', 'marks', 'hidden without', 'locked without', 'source'], rows)];
}

const marksOf = ({ core, safety, irreversible, forEach }: Control): string =>
  [
    core ? 'core' : '',
    safety ? 'safety set' : '',
    irreversible ? 'cannot be undone' : '',
    forEach ? `one for each row of ${code(forEach.tab)}` : '',
  ]
    .filter(Boolean)
    .join(', ');

const terms = (control: Control, effect: Term['effect']): string =>
  control.terms
    .filter((term) => term.effect === effect && term.kind !== 'notDenied')
    .map((term) => `${term.during ? `${term.during}: ` : ''}${termInWords(term)}`)
    .join('; ');

function termInWords(term: Term): string {
  switch (term.kind) {
    case 'licence':
      return `licence ${term.licence}`;
    case 'personType':
      return `person is ${term.types.join(' or ')}`;
    case 'account':
      return `account has ${term.option}`;
    case 'notDenied':
    case 'granted':
      return term.fields.map(code).join(' or ');
    case 'switchedOn':
      return `${code(term.tab)} switched on`;
    case 'row':
      return rowInWords(term);
    case 'activityChannel':
      return `an activity with ${term.channel}`;
    case 'notForced':
      return 'not forced off';
    case 'interaction':
      return `${INTERACTION[term.is]}${term.channels ? ` (${term.channels.join(', ')})` : ''}`;
    case 'smartInteraction':
      return 'a smart interaction';
    case 'notAutoRecorded':
      return 'not recorded automatically';
    case 'pauseOver':
      return `the ${term.direction} pause over`;
    case 'belowMaximum':
      return `fewer than \`flow.${term.channel}.manage.maxSimultaneous\` at once`;
    case 'connected':
      return 'a connection';
  }
}

const INTERACTION = {
  offered: 'an offer',
  live: 'a live interaction',
  wrapup: 'an interaction in wrap-up',
  inHand: 'an interaction live or in wrap-up',
} as const;
