import { sql } from 'kysely';
import { type ConsoleRight, moduleOfKind } from '../../lib/catalogue/console.ts';
import type { Field, ResourceKind } from '../../lib/catalogue/index.ts';
import { resourceByKind } from '../../lib/catalogue/resources.ts';
import type { ResourceRecord } from '../../lib/api/shapes-maker.ts';
import { attributeIssues } from '../../lib/profile/resource.ts';
import { isSameValue } from '../../lib/profile/value.ts';
import { audit } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { refuseOtherRevision } from '../db/revision.ts';
import { requireRight } from '../http/console.ts';
import { ProblemError } from '../http/problem-error.ts';
import { forgetElement } from '../people/forget-element.ts';
import { keepCreated } from '../people/keep-created.ts';
import type { Actor, Settle } from '../profiles/drafts.ts';
import { type HeldResource, holdResource, pushProfiles } from './hold.ts';
import { draftsNaming } from './naming.ts';
import { readResource } from './read.ts';

export interface ResourceWrites {
  readonly trx: Trx;
  readonly actor: Actor;
  readonly settle: Settle;
}

type Attributes = Readonly<Record<string, unknown>>;
export interface ResourceChange {
  readonly name?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

/** @throws {ProblemError} notFound: a kind with routes of its own; resource.nameTaken, document.invalid, forbidden */
export async function createResource(
  { trx, actor }: ResourceWrites,
  kind: ResourceKind,
  { name, attributes }: Required<ResourceChange> & { readonly name: string; readonly attributes: Attributes },
): Promise<ResourceRecord> {
  refuseOwnRoutes(kind);
  for (const right of specialRights(kind, {}, attributes)) requireRight(actor.rights, right);
  refuseInvalid(kind, attributes, attributes);
  const { accountId: account_id } = actor;
  const { id } = await takingName(() =>
    trx.insertInto('resource').values({ account_id, kind, name, attributes: JSON.stringify(attributes) }).returning('id').executeTakeFirstOrThrow(),
  );
  await keepCreated(trx, actor, actor.rights, moduleOf(kind), [id]);
  await auditResource(trx, actor, 'resource.create', id, { after: { kind, name, attributes } });
  return readResource(trx, account_id, kind, id);
}

/**
 * Changes what is given, attribute by attribute, and sends every profile that names it anew.
 *
 * @throws {ProblemError} notFound, record.conflict, resource.nameTaken, document.invalid; forbidden: an attribute that
 *   only a special verb may change, or all others without *update*
 */
export async function updateResource(writes: ResourceWrites, kind: ResourceKind, id: string, ifMatch: string, change: ResourceChange): Promise<ResourceRecord> {
  const { trx, actor, settle } = writes;
  refuseOwnRoutes(kind);
  const before = await holdResource(trx, actor.accountId, kind, id);
  refuseOtherRevision(before, ifMatch);
  const given = onlyChanged(kind, before.attributes, change.attributes ?? {});
  const name = change.name ?? before.name;
  const attributes = { ...before.attributes, ...given };
  const update: ConsoleRight[] = name === before.name ? [] : [`${moduleOf(kind)}.update` as ConsoleRight];
  for (const right of new Set([...update, ...rightsToChange(kind, given)])) requireRight(actor.rights, right);
  refuseInvalid(kind, given, attributes);
  if (name !== before.name || Object.keys(given).length > 0) {
    await write(trx, before, { name, attributes: JSON.stringify(attributes) });
    if (!before.archived) await pushProfiles(trx, actor.accountId, before.naming, settle);
    const renamed = (side: string) => (name === before.name ? {} : { name: side });
    const side = (all: Attributes) => Object.fromEntries(Object.keys(given).map((key) => [key, all[key]]));
    await auditResource(trx, actor, 'resource.update', id, {
      before: { kind, ...renamed(before.name), attributes: side(before.attributes) },
      after: { kind, ...renamed(name), attributes: side(attributes) },
    });
  }
  return readResource(trx, actor.accountId, kind, id);
}

/** @throws {ProblemError} notFound; resource.nameTaken: another has taken the name meanwhile */
export async function archiveResource({ trx, actor, settle }: ResourceWrites, kind: ResourceKind, id: string, archived: boolean): Promise<ResourceRecord> {
  refuseOwnRoutes(kind);
  const before = await holdResource(trx, actor.accountId, kind, id);
  if (before.archived !== archived) {
    await write(trx, before, { archived });
    await pushProfiles(trx, actor.accountId, before.naming, settle);
    await auditResource(trx, actor, archived ? 'resource.archive' : 'resource.unarchive', id, { after: { kind, name: before.name } });
  }
  return readResource(trx, actor.accountId, kind, id);
}

/** @throws {ProblemError} notFound; resource.inUse, with the profiles that name it, published, drafted or scheduled */
export async function deleteResource({ trx, actor }: ResourceWrites, kind: ResourceKind, id: string): Promise<void> {
  refuseOwnRoutes(kind);
  const { naming, name, attributes } = await holdResource(trx, actor.accountId, kind, id);
  const drafted = await draftsNaming(trx, actor.accountId, kind, id);
  const profiles = [...new Map([...naming, ...drafted].map((profile) => [profile.id, profile])).values()];
  if (profiles.length > 0) throw new ProblemError('resource.inUse', { detail: 'Profiles name it: take it out of them first, or archive it.', profiles });
  await trx.deleteFrom('resource').where('id', '=', id).execute();
  await forgetElement(trx, actor.accountId, moduleOf(kind), id);
  await auditResource(trx, actor, 'resource.delete', id, { before: { kind, name, attributes } });
}

const auditResource = (trx: Trx, { accountId, personId: actorId }: Actor, action: string, subjectId: string, sides: { before?: unknown; after?: unknown }) =>
  audit(trx, { accountId, actorId, action, subjectId, ...sides });

const write = (trx: Trx, { id }: HeldResource, set: { name?: string; attributes?: string; archived?: boolean }) =>
  takingName(() => trx.updateTable('resource').set({ ...set, revision: sql`revision + 1` }).where('id', '=', id).execute());

async function takingName<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'resource_name') throw error;
    throw new ProblemError('resource.nameTaken', { detail: 'Another of this kind has that name.' });
  }
}

function refuseOwnRoutes(kind: ResourceKind): void {
  if (kind === 'person' || kind === 'team') throw new ProblemError('notFound', { detail: 'People and teams have routes of their own.' });
}

function refuseInvalid(kind: ResourceKind, given: Attributes, all: Attributes): void {
  const issues = attributeIssues(kind, given, all).map(({ path, message }) => ({ path: [...path], message }));
  if (issues.length > 0) throw new ProblemError('document.invalid', { issues });
}

const moduleOf = (kind: ResourceKind) => moduleOfKind.get(kind)!.id;

const fieldOf = (kind: ResourceKind, attribute: string): Field | undefined =>
  resourceByKind.get(kind)?.attributes.find(({ id }) => id === attribute);

const onlyChanged = (kind: ResourceKind, before: Attributes, given: Attributes): Attributes =>
  Object.fromEntries(Object.entries(given).filter(([key, value]) => !isSameValue(fieldOf(kind, key), before[key], value)));

/** What changing these attributes needs: for each the special verb that it names, else *update*. */
const rightsToChange = (kind: ResourceKind, changed: Attributes): ConsoleRight[] =>
  Object.keys(changed).map((key) => `${moduleOf(kind)}.${fieldOf(kind, key)?.verb ?? 'update'}` as ConsoleRight);

/** The same without *update*, for what is made: creating is a right of its own. */
const specialRights = (kind: ResourceKind, before: Attributes, given: Attributes): ConsoleRight[] =>
  rightsToChange(kind, onlyChanged(kind, before, given)).filter((right) => !right.endsWith('.update'));
