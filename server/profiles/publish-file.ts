import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { ProfileDocument } from '../../lib/catalogue/index.ts';
import { everyConsoleRight } from '../../lib/decide/console.ts';
import type { Db, Trx } from '../db/connect.ts';
import { Fault } from '../fault.ts';
import { ProblemError } from '../http/problem-error.ts';
import { findAccount } from '../people/find-account.ts';
import { settleSessions } from '../session/settle.ts';
import { createViews } from '../session/views.ts';
import { type Actor, createProfile, type Settle } from './drafts.ts';
import { findByName } from './find-by-name.ts';
import { holdProfile } from './find.ts';
import { publishDocument } from './publish.ts';
import { parsedDraft } from './validate.ts';
import { loadProfileView } from './view.ts';

export interface PublishFileOptions {
  /** The profile to publish to; without it the one that the file names. */
  readonly profile?: string | undefined;
  /** Makes the profile, instead of publishing to one that is there. */
  readonly create?: boolean | undefined;
  /** By name; needed only where there are several. */
  readonly account?: string | undefined;
  readonly message?: string | undefined;
}

/** A document, or one with the name that its profile has. */
const wrapped = v.object({ name: v.optional(v.string()), document: v.unknown() });

/**
 * Publishes a profile from a JSON file by the same code as the API, in one transaction.
 *
 * @throws {Fault} with each thing that is wrong and where; nothing is changed then
 */
export async function publishFile(db: Db, file: string, options: PublishFileOptions): Promise<{ name: string; version: number }> {
  const views = createViews(loadProfileView);
  const settle: Settle = (trx, profileId) => settleSessions(trx, profileId, null, views);
  const { name: named, input } = unwrap(await readJsonFile(file));
  return db
    .transaction()
    .execute(async (trx) => {
      const actor: Actor = { accountId: await findAccount(trx, options.account), personId: null, rights: everyConsoleRight };
      const parsed = parsedDraft(input);
      const name = options.profile ?? named ?? parsed.settings['general.name'];
      if (!name) throw new Fault(`${file} does not say which profile it is: give --profile NAME.`);
      const document: ProfileDocument = { ...parsed, settings: { ...parsed.settings, 'general.name': parsed.settings['general.name'] ?? name } };
      const profileId = options.create ? await make(trx, actor, document) : (await findByName(trx, actor.accountId, name, '--create makes it')).id;
      const profile = await holdProfile(trx, actor.accountId, profileId);
      const { version } = await publishDocument(trx, actor, profile, document, { message: options.message }, settle);
      return { name: document.settings['general.name'] as string, version };
    })
    .catch((error: unknown) => {
      throw error instanceof ProblemError ? new Fault(sentenceOf(error, file)) : error;
    });
}

async function readJsonFile(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Fault(`${file} cannot be read (${error.code}).`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Fault(`${file} is not JSON: ${(error as Error).message}.`);
  }
}

function unwrap(content: unknown): { name?: string | undefined; input: unknown } {
  if (typeof content === 'object' && content !== null && 'document' in content) {
    const result = v.safeParse(wrapped, content);
    if (result.success) return { name: result.output.name, input: result.output.document };
  }
  return { input: content };
}

/** Made with no draft left: what it begins with is published at once. */
async function make(trx: Trx, actor: Actor, document: ProfileDocument): Promise<string> {
  const { profileId } = await createProfile(trx, actor, document.settings['general.name'] as string, document);
  await trx.deleteFrom('profile_draft').where('profile_id', '=', profileId).execute();
  return profileId;
}

function sentenceOf({ code, extras }: ProblemError, file: string): string {
  const issues = (extras.issues ?? []).map(({ path, message }) => `\n  ${path.join(' / ') || 'the whole'}: ${message}`);
  if (code === 'document.invalid') return `${file} is not a profile that can be published; nothing was changed:${issues.join('')}`;
  return extras.detail ?? `It was refused: ${code}.`;
}
