/** The rights of the Maker on the hub's routes: what a route needs, held against the profile in effect. */
import { type ConsoleModuleId, type ConsoleRight, elementsField, moduleOfKind } from '../../lib/catalogue/console.ts';
import { type ConsoleNeed, isConsoleNeed, type Route } from '../../lib/api/routes.ts';
import type { ConsoleAnswer, ConsoleRights } from '../../lib/decide/console.ts';
import type { Authenticated } from '../auth/authenticator.ts';
import type { Db } from '../db/connect.ts';
import type { ReadConsoleRights } from '../session/console-rights.ts';
import { ProblemError } from './problem-error.ts';

type Parameters = Readonly<Record<string, string>>;

/**
 * The rights of the person, where the route needs one of them and they have it, for the element too that its `:id`
 * names; null where it needs none.
 *
 * @throws {ProblemError} forbidden, with the reason; notFound: no such kind of resource
 */
export async function requireConsole(
  { db, consoleRights }: { readonly db: Db; readonly consoleRights: ReadConsoleRights },
  { needs }: Route,
  person: Authenticated,
  params: Parameters,
): Promise<ConsoleRights | null> {
  if (!isConsoleNeed(needs)) return null;
  const right = rightFor(needs, params);
  const rights = await consoleRights(db, person);
  requireRight(rights, right);
  if (params.id !== undefined) requireElement(rights, moduleIn(right), params.id);
  return rights;
}

/** @throws {ProblemError} forbidden */
export function requireRight(rights: ConsoleRights, right: ConsoleRight): void {
  const answer = rights.may(right);
  if (!answer.allowed) throw forbidden(`This needs the right ${right}.`, answer);
}

/** Whether there is such an element is not said to whom it is none of their business. @throws {ProblemError} forbidden */
export function requireElement(rights: ConsoleRights, module: ConsoleModuleId, id: string): void {
  if (rights.mayElement(module, id)) return;
  const answer = { code: 'console.elements', setting: elementsField(module) } as const;
  throw forbidden(`This is not among the ${module} that you may use.`, answer);
}

/** `kind.update` of a kind's module. @throws {ProblemError} notFound */
function rightFor(needs: ConsoleNeed, { kind }: Parameters): ConsoleRight {
  if (!needs.startsWith('kind.')) return needs as ConsoleRight;
  const module = moduleOfKind.get(kind ?? '');
  if (!module) throw new ProblemError('notFound', { detail: 'There is no such kind of resource.' });
  return `${module.id}.${needs.slice('kind.'.length)}` as ConsoleRight;
}

const moduleIn = (right: ConsoleRight) => right.slice(0, right.indexOf('.')) as ConsoleModuleId;

function forbidden(detail: string, { code, setting }: Pick<ConsoleAnswer, 'code' | 'setting'>): ProblemError {
  const layer = code === 'person.denied' ? 'person' : 'profile';
  return new ProblemError('forbidden', { detail, reason: { code: code as string, layer, setting, askable: false } });
}
