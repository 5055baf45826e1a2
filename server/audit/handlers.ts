import type { Handlers } from '../http/handler.ts';
import { listAudit } from './list.ts';

const USUAL = 50;
const MOST = 200;
const MOST_EXPORTED = 5000;

export const auditHandlers: Pick<Handlers, 'listAudit' | 'exportAudit'> = {
  async listAudit({ db, person: { accountId }, query }) {
    const limit = Math.min(MOST, Math.max(1, Number(query.limit ?? USUAL)));
    return { answer: await listAudit(db, accountId, query, limit) };
  },
  exportAudit: async ({ db, person: { accountId }, query }) => ({ answer: await listAudit(db, accountId, query, MOST_EXPORTED) }),
};
