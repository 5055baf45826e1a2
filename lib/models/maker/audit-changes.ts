/** What an entry of the audit says was changed: of a profile its documents, of anything else value by value. */
import type { AuditEntry } from '../../api/routes.ts';
import type { ProfileDocument } from '../../catalogue/index.ts';
import { isSameValue } from '../../profile/value.ts';

export interface AuditValue {
  /** Keys from the outside in: `attributes`, `voice`. */
  readonly path: readonly string[];
  /** Undefined where it was not, or is no more. */
  readonly before: unknown;
  readonly after: unknown;
}
export interface AuditChanges {
  /** Of both sides of a profile what differs; null where the entry is of no document. */
  readonly documents: { readonly before: ProfileDocument; readonly after: ProfileDocument } | null;
  readonly values: readonly AuditValue[];
}

type Bag = Readonly<Record<string, unknown>>;
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);
const bagOf = (value: unknown): Bag => (isBag(value) ? value : {});

/** Of the document, of the sentence, or of no use to a reader. */
const APART = new Set(['settings', 'configuration', 'revision', 'personId', 'schedule', 'version', 'name']);

export function auditChanges({ before, after }: Pick<AuditEntry, 'before' | 'after'>): AuditChanges {
  const [was, is] = [bagOf(before), bagOf(after)];
  const ofDocument = [was, is].some((side) => isBag(side['settings']));
  const values = keysOf(was, is)
    .filter((key) => !APART.has(key) || (key === 'name' && was['name'] !== undefined && is['name'] !== undefined))
    .flatMap((key) => valuesAt([key], was[key], is[key]));
  return { documents: ofDocument ? { before: documentOf(was), after: documentOf(is) } : null, values };
}

/** Whether there is anything to open an entry for. */
export const hasChanges = (entry: Pick<AuditEntry, 'before' | 'after'>): boolean => {
  const { documents, values } = auditChanges(entry);
  return values.length > 0 || (documents !== null && !isSameValue(undefined, documents.before, documents.after));
};

function valuesAt(path: readonly string[], before: unknown, after: unknown): AuditValue[] {
  if (isSameValue(undefined, before ?? null, after ?? null)) return [];
  // One level in: the attributes of a resource.
  if (path.length === 1 && (isBag(before) || isBag(after)) && [before, after].every((side) => side == null || isBag(side))) {
    const [was, is] = [bagOf(before), bagOf(after)];
    return keysOf(was, is).flatMap((key) => valuesAt([...path, key], was[key], is[key]));
  }
  return [{ path, before, after }];
}

const keysOf = (a: Bag, b: Bag): readonly string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

const documentOf = (side: Bag): ProfileDocument =>
  ({ schema: 1, settings: bagOf(side['settings']), configuration: bagOf(side['configuration']) }) as unknown as ProfileDocument;
