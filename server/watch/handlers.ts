import type { ProfileWatch } from '../../lib/api/routes.ts';
import type { Handlers } from '../http/handler.ts';
import { ProblemError } from '../http/problem-error.ts';
import { findProfile } from '../profiles/find.ts';
import { noteEditor } from './editors.ts';
import { watchState } from './state.ts';
import type { Watch } from './watch.ts';

/** A client gives up after ten seconds; another one may wait longer. */
const MOST_WAIT_SEC = 25;

export function watchHandlers(watch: Watch<ProfileWatch>): Pick<Handlers, 'watchProfile'> {
  return {
    async watchProfile({ db, person: { accountId, personId }, params, query: { tag = null, wait = '0', editor } }) {
      const { id } = await findProfile(db, accountId, params.id);
      if (editor) await noteEditor(db, id, personId, editor);
      const waitMs = editor === 'leaving' ? 0 : Math.min(Number(wait), MOST_WAIT_SEC) * 1000;
      const answer = await watch.ask(id, () => watchState(db, accountId, id), (state) => state, tag, waitMs);
      if (!answer) throw new ProblemError('notFound');
      return { answer };
    },
  };
}
