/** A profile of the demo centre as it is declared, and the document it becomes. */
import {
  DOCUMENT_SCHEMA,
  type DocumentTab,
  type FieldId,
  type GrantId,
  type ProfileDocument,
  type ResourceKind,
  type Settings,
  type Tab,
  tabById,
} from '../../lib/catalogue/index.ts';
import { type ConsoleModuleId, type ConsoleVerb, elementsField, verbField } from '../../lib/catalogue/console.ts';
import { parseDocument } from '../../lib/profile/schema.ts';
import { demoId } from './identity.ts';
import type { DemoKind, ResourceKey } from './resources.ts';

type KindOf<T extends DocumentTab['id']> = Extract<DocumentTab, { id: T }>['resource'] & DemoKind;
type RowAttributes = Readonly<Record<string, string | number | boolean>>;
/** A resource by its key, alone or with what the row says of it. */
type Row<T extends DocumentTab['id']> = ResourceKey<KindOf<T>> | readonly [ResourceKey<KindOf<T>>, RowAttributes];
type Rows = { readonly [T in Exclude<DocumentTab['id'], 'activities'>]?: readonly Row<T>[] };
/** Fields that are more than a right. */
type Values = Partial<Omit<Settings, GrantId | `general.${string}` | 'interactions.missedActivityId'>>;

export interface ProfileDeclaration {
  readonly name: string;
  readonly alias: string;
  readonly reference: string;
  readonly description: string;
  readonly grants: readonly GrantId[];
  readonly values?: Values;
  /** What it gives in the Maker: for each module the rights that it allows, and of which elements. */
  readonly maker?: { readonly [M in ConsoleModuleId]?: MakerRights };
  /** The first is the one at login. */
  readonly activities: readonly ResourceKey<'activity'>[];
  readonly missedActivity?: ResourceKey<'activity'>;
  readonly rows: Rows;
  /** Earlier versions, the first one first: what they lacked of what it has now. */
  readonly before?: readonly { readonly message: string; readonly without: readonly GrantId[] }[];
  /** What the publish of the present version said. */
  readonly message: string;
}

interface MakerRights {
  readonly allow: readonly ConsoleVerb[];
  /** Ids, or all there are and will be. */
  readonly of: 'all' | readonly string[];
}

/** The rights of a channel that has everything but what is named. */
export function channel<const C extends 'voice' | 'email' | 'messages'>(name: C, rights: readonly ChannelRight<C>[]): GrantId[] {
  return rights.map((right) => `flow.${name}.${right}` as GrantId);
}
type ChannelRight<C extends string> = Extract<FieldId & GrantId, `flow.${C}.${string}`> extends `flow.${C}.${infer R}` ? R : never;

/** @throws where the declaration does not make a valid document */
export function documentOf(declared: ProfileDeclaration, without: readonly GrantId[] = []): ProfileDocument {
  const left = declared.grants.filter((grant) => !without.includes(grant));
  const document = {
    schema: DOCUMENT_SCHEMA,
    settings: {
      'general.name': declared.name,
      'general.alias': declared.alias,
      'general.reference': declared.reference,
      'general.description': declared.description,
      ...Object.fromEntries(left.map((grant) => [grant, true])),
      ...declared.values,
      ...Object.fromEntries(Object.entries(declared.maker ?? {}).flatMap(([module, { allow, of }]) => makerSettings(module, allow, of))),
      ...(declared.missedActivity ? { 'interactions.missedActivityId': demoId('activity', declared.missedActivity) } : {}),
    },
    configuration: {
      activities: {
        rows: declared.activities.map((key) => ({ id: demoId('activity', key) })),
        default: demoId('activity', declared.activities[0] as string),
      },
      ...Object.fromEntries(Object.entries(declared.rows).map(([tab, rows]) => [tab, contentOf(tab, rows)])),
    },
  };
  const parsed = parseDocument(document);
  if (!parsed.ok) throw new Error(`${declared.name}: ${JSON.stringify(parsed.issues)}`);
  return parsed.document;
}

const makerSettings = (module: string, allow: MakerRights['allow'], of: MakerRights['of']): (readonly [string, unknown])[] => [
  ...allow.map((verb) => [verbField(module, verb), 'allow'] as const),
  [elementsField(module), of],
];

function contentOf(tabId: string, rows: readonly (string | readonly [string, RowAttributes])[]) {
  const tab = tabById.get(tabId) as Tab;
  return {
    rows: rows.map((row) => {
      const [key, attributes] = typeof row === 'string' ? [row, {}] : row;
      return { id: demoId(tab.resource satisfies ResourceKind, key), ...attributes };
    }),
    ...(tab.switched ? { enabled: true } : {}),
  };
}
