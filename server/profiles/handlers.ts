/** The routes of profiles: each takes a call apart and names what does the work. */
import type { ConsoleRights } from '../../lib/decide/console.ts';
import type { Authenticated } from '../auth/authenticator.ts';
import { audit } from '../db/changes.ts';
import type { Trx } from '../db/connect.ts';
import { pageAsked } from '../db/page.ts';
import type { Handlers } from '../http/handler.ts';
import { requireElement } from '../http/console.ts';
import { ProblemError } from '../http/problem-error.ts';
import type { HubContext, Sessions } from '../parts.ts';
import { forgetElement } from '../people/forget-element.ts';
import { publishUntil } from '../schedule/plan.ts';
import type { Runner } from '../runner.ts';
import { archiveProfile, refuseInUse } from './archive.ts';
import { assign, listAssignments, unassign } from './assignments.ts';
import { type Actor, createProfile, dropDraft, etagOf, readDraft, saveDraft, type Settle } from './drafts.ts';
import { exportProfiles } from './export.ts';
import { findProfile, holdProfile, listProfiles, profileSummary } from './find.ts';
import { impactOf } from './impact.ts';
import { importProfiles } from './import.ts';
import { listVersions, publishDraft, readVersion, rollBack } from './publish.ts';
import { listReceipts } from './receipts.ts';
import { refreshProfile } from './refresh.ts';
import { publishIssues } from './validate.ts';
import { loadProfileView } from './view.ts';

type Reads = 'listProfiles' | 'exportProfiles' | 'readProfile' | 'readDraft' | 'validateDocument' | 'listVersions' | 'readVersion' | 'impact' | 'listAssignments' | 'listReceipts';
type Writes = 'createProfile' | 'duplicateProfile' | 'archiveProfile' | 'importProfiles' | 'deleteProfile' | 'saveDraft' | 'dropDraft' | 'publish' | 'rollBack' | 'assign' | 'unassign' | 'refresh';

export function profileHandlers(
  { metrics, now }: Pick<HubContext, 'metrics' | 'now'>,
  { settle, settlePerson }: Pick<Sessions, 'settle' | 'settlePerson'>,
  runner: Pick<Runner, 'look'>,
): Pick<Handlers, Reads | Writes> {
  return { ...reads, ...exporting(now), ...drafts, ...collection, ...publishing({ settle, now, runner, published: () => metrics.publishes.inc() }), ...assigning({ settle, settlePerson }) };
}

/** Who asks, with what they may do: of the call of a route that needs a right of the Maker. */
export const actorOf = ({ person: { accountId, personId }, console }: { readonly person: Authenticated; readonly console: ConsoleRights }): Actor => ({
  accountId,
  personId,
  rights: console,
});

/** A number in a path; anything else names nothing. */
function versionIn(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new ProblemError('notFound');
  return Number(text);
}

const exporting = (now: () => number): Pick<Handlers, 'exportProfiles'> => ({
  exportProfiles: async ({ db, person: { accountId }, console, query }) => ({
    answer: await exportProfiles(db, accountId, query.ids?.split(',') ?? null, (id) => console.mayElement('profiles', id), now()),
  }),
});

const reads: Pick<Handlers, Exclude<Reads, 'exportProfiles'>> = {
  async listProfiles({ db, person: { accountId }, console, query }) {
    const { rows: profiles, next } = await listProfiles(db, accountId, console.elements('profiles'), pageAsked(['profiles', accountId], query));
    const { profile_limit: most } = await db.selectFrom('account').select('profile_limit').where('id', '=', accountId).executeTakeFirstOrThrow();
    return { answer: { profiles, most, next } };
  },
  async readProfile({ db, person: { accountId }, params }) {
    const { id, current_version } = await findProfile(db, accountId, params.id);
    const summary = await profileSummary(db, accountId, id);
    if (!summary) throw new ProblemError('notFound');
    return { answer: { summary, published: current_version === null ? null : await loadProfileView(db, id, current_version) } };
  },
  async readDraft({ db, person: { accountId }, params }) {
    const answer = await readDraft(db, await findProfile(db, accountId, params.id));
    return { answer, etag: etagOf(answer) };
  },
  async validateDocument({ db, person: { accountId }, params, body }) {
    await findProfile(db, accountId, params.id);
    const issues = publishIssues(body.document).map(({ path, message }) => ({ path: [...path], message }));
    return { answer: { valid: issues.length === 0, issues } };
  },
  async impact({ db, person: { accountId }, console, params, body }) {
    const answer = await impactOf(db, accountId, params.id, body);
    // Whoever may not see people at all is told only of those that the profile is about.
    const seen = console.may('people.read').allowed ? answer.without.filter(({ id }) => console.mayElement('people', id)) : [];
    return { answer: { ...answer, without: seen } };
  },
  listVersions: async ({ db, person: { accountId }, params }) => ({
    answer: { versions: await listVersions(db, accountId, params.id) },
  }),
  async readVersion({ db, person: { accountId }, params }) {
    const { id } = await findProfile(db, accountId, params.id);
    return { answer: await readVersion(db, id, versionIn(params.version)) };
  },
  listAssignments: async ({ db, person: { accountId }, params }) => ({
    answer: { assignments: await listAssignments(db, accountId, params.id) },
  }),
  listReceipts: async ({ db, person: { accountId }, params, query }) => ({
    answer: await listReceipts(db, accountId, params.id, query.version === undefined ? undefined : versionIn(query.version)),
  }),
};

const drafts: Pick<Handlers, 'createProfile' | 'saveDraft' | 'dropDraft' | 'deleteProfile'> = {
  async createProfile({ db, person, console, body }) {
    const answer = await createProfile(db, actorOf({ person, console }), nameIn(body), body.document);
    return { answer, etag: etagOf(answer), headers: { location: `/api/profiles/${answer.profileId}` } };
  },
  async saveDraft({ db, person, console, params, body, ifMatch }) {
    const answer = await saveDraft(db, actorOf({ person, console }), params.id, ifMatch, body.document);
    return { answer, etag: etagOf(answer) };
  },
  async dropDraft({ db, person, console, params, ifMatch }) {
    await dropDraft(db, actorOf({ person, console }), params.id, ifMatch);
    return {};
  },
  async deleteProfile({ db, person, console, params }) {
    await deleteProfile(db, actorOf({ person, console }), params.id);
    return {};
  },
};

/** Profiles as a whole: another one like one, out of use and back, from a file. */
const collection: Pick<Handlers, 'duplicateProfile' | 'archiveProfile' | 'importProfiles'> = {
  async duplicateProfile({ db, person, console, params, body }) {
    const from = await findProfile(db, person.accountId, params.id);
    const { document } = await readDraft(db, from);
    const creation = { action: 'profile.duplicate', facts: { from: { id: from.id, name: from.name } } } as const;
    const answer = await createProfile(db, actorOf({ person, console }), nameIn(body), document, creation);
    return { answer, etag: etagOf(answer), headers: { location: `/api/profiles/${answer.profileId}` } };
  },
  async archiveProfile({ db, person, console, params, body }) {
    await archiveProfile(db, actorOf({ person, console }), params.id, body.archived);
    return { answer: (await profileSummary(db, person.accountId, params.id))! };
  },
  importProfiles: async ({ db, person, console, body }) => ({
    answer: await importProfiles(db, actorOf({ person, console }), body.file, body.dryRun ?? false),
  }),
};

/** @throws {ProblemError} request.invalid: spaces alone */
function nameIn(body: { readonly name: string }): string {
  const name = body.name.trim();
  if (name === '') throw new ProblemError('request.invalid', { issues: [{ path: ['name'], message: 'a profile must have a name' }] });
  return name;
}

async function deleteProfile(trx: Trx, actor: Actor, profileId: string): Promise<void> {
  const profile = await holdProfile(trx, actor.accountId, profileId, 'delete');
  await refuseInUse(trx, profileId);
  await trx.deleteFrom('profile').where('id', '=', profileId).execute();
  await forgetElement(trx, actor.accountId, 'profiles', profileId);
  await audit(trx, {
    accountId: actor.accountId,
    actorId: actor.personId,
    action: 'profile.delete',
    subjectId: profileId,
    before: { name: profile.name, version: profile.current_version },
  });
}

interface Publishing {
  readonly settle: Settle;
  readonly now: () => number;
  readonly runner: Pick<Runner, 'look'>;
  readonly published: () => void;
}

const publishing = ({ settle, now, runner, published }: Publishing): Pick<Handlers, 'publish' | 'rollBack' | 'refresh'> => ({
  async publish({ db, person, console, params, body: { until, ...options }, ifMatch, afterCommit }) {
    const actor = actorOf({ person, console });
    afterCommit(published);
    if (until === undefined) return { answer: await publishDraft(db, actor, params.id, ifMatch, options, settle) };
    // Not waited for: it only sets the timer anew.
    afterCommit(() => void runner.look());
    return { answer: await publishUntil(db, actor, params.id, ifMatch, { ...options, until }, settle, now()) };
  },
  async rollBack({ db, person, console, params, body, afterCommit }) {
    const answer = await rollBack(db, actorOf({ person, console }), params.id, body.version, body.message, settle);
    afterCommit(published);
    return { answer };
  },
  refresh: async ({ db, person, console, params, query }) => ({
    answer: await refreshProfile(db, actorOf({ person, console }), params.id, query.only ?? 'everyone', settle),
  }),
});

const assigning = ({ settle, settlePerson }: Pick<Sessions, 'settle' | 'settlePerson'>): Pick<Handlers, 'assign' | 'unassign'> => ({
  async assign({ db, person, console, params, body }) {
    requireElement(console, 'people', params.personId);
    return { answer: await assign(db, settlePerson, actorOf({ person, console }), params.id, params.personId, body) };
  },
  async unassign({ db, person, console, params }) {
    requireElement(console, 'people', params.personId);
    await unassign(db, settle, actorOf({ person, console }), params.id, params.personId);
    return {};
  },
});
