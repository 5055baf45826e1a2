/** What the attributes of a resource may hold, by the catalogue's declaration of its kind and by what they are for. */
import * as v from 'valibot';
import type { ResourceKind } from '../catalogue/index.ts';
import { resourceByKind } from '../catalogue/resources.ts';
import { type GridMistakeKind, gridMistakes, HELP_MAX, MOST_CRITERIA, MOST_SECTIONS, NAME_MAX, SCALE_MAX, WEIGHT_MAX } from '../evaluation/grid.ts';
import type { DocumentIssue } from './schema.ts';
import { valueSchema } from './schema.ts';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Everything wrong with the attributes that are given, each with its place. Those that the catalogue does not know are
 * kept as they are and mean nothing.
 *
 * @param all the resource's attributes as they would be, for what one says of another; those given where absent
 */
export function attributeIssues(kind: ResourceKind, given: Attributes, all: Attributes = given): readonly DocumentIssue[] {
  const issues = (resourceByKind.get(kind)?.attributes ?? []).flatMap((field): DocumentIssue[] => {
    if (!Object.hasOwn(given, field.id)) return [];
    const parsed = v.safeParse(valueSchema(field), given[field.id]);
    return parsed.success ? [] : [at(field.id, parsed.issues[0].message)];
  });
  return issues.length > 0 ? issues : (RULES[kind]?.(all) ?? []);
}

const at = (attribute: string, message: string): DocumentIssue => ({ path: ['attributes', attribute], message });

const RULES: { readonly [K in ResourceKind]?: (attributes: Attributes) => readonly DocumentIssue[] } = {
  customButton: ({ opens = 'url', target = '', icon = '', colour = '' }) => [
    ...(opens === 'url' && !isAddress(String(target)) ? [at('target', NO_ADDRESS)] : []),
    ...(opens === 'webService' && !isServiceAddress(String(target)) ? [at('target', 'must be an address that begins with https://, or with http:// on the hub’s own machine; variables only after the host')] : []),
    ...(opens === 'workflow' && !isWorkflowName(String(target)) ? [at('target', 'must be the name of a workflow, on one line of at most 200 characters')] : []),
    ...(/^([a-z0-9]+(-[a-z0-9]+)*)?$/.test(String(icon)) ? [] : [at('icon', 'must be the name of an icon, such as building-2')]),
    ...(/^(#[0-9a-f]{3}|#[0-9a-f]{6})?$/i.test(String(colour)) ? [] : [at('colour', 'must be a colour such as #2454d6')]),
  ],
  evaluationGrid: ({ sections = [] }) => gridMistakes(sections).map(({ path, kind }) => ({ path: ['attributes', 'sections', ...path], message: MISTAKES[kind] })),
  crm: ({ address = '' }) => (isAddress(String(address)) ? [] : [at('address', NO_ADDRESS)]),
};

const MISTAKES: Readonly<Record<GridMistakeKind, string>> = {
  shape: 'must be sections { id, name, criteria } of criteria { id, name, help, kind, max, weight, notApplicable, critical }',
  name: 'must have a name',
  nameLong: `must be at most ${NAME_MAX} characters long`,
  helpLong: `must be at most ${HELP_MAX} characters long`,
  weight: `must be a whole number from 1 to ${WEIGHT_MAX}`,
  points: `must be a whole number from 1 to ${SCALE_MAX}; of yes or no it is 1`,
  twice: 'must have each id once',
  empty: 'must have a criterion',
  sections: `must be at most ${MOST_SECTIONS} sections`,
  criteria: `must be at most ${MOST_CRITERIA} criteria`,
};

const NO_ADDRESS = 'must be an address that begins with https:// or http://; variables such as {number} only after the host';

/**
 * Whether it is empty or the address of a web page. Variables may stand for parts of it, but never for the host: where
 * a button leads is for who made it to say, not for what a customer is called.
 */
export function isAddress(text: string): boolean {
  if (text === '') return true;
  const filled = text.replace(/\{[A-Za-z][\w.]*\}/g, '');
  const [, host = ''] = /^https?:\/\/([^/?#]*)/i.exec(text) ?? [];
  return host !== '' && !/[{}\s]/.test(host) && !/\s/.test(text) && URL.canParse(filled);
}

/** The hub posts to it, so it is https; beyond that on this machine alone, where its operator allows it. Empty is not yet one. */
export function isServiceAddress(text: string): boolean {
  if (!isAddress(text)) return false;
  const [, host = ''] = /^http:\/\/(\[[^\]]*\]|[^/?#:]*)(?:[:/?#]|$)/i.exec(text) ?? [];
  return !/^http:/i.test(text) || /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);
}

export const isWorkflowName = (text: string): boolean => text.length <= 200 && !/\p{Cc}/u.test(text);
