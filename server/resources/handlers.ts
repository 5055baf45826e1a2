/** The routes of resources: each takes a call apart and names what does the work. */
import { moduleOfKind } from '../../lib/catalogue/console.ts';
import type { ResourceRecord } from '../../lib/api/shapes-maker.ts';
import { etagOf } from '../db/revision.ts';
import type { Call, Handlers } from '../http/handler.ts';
import type { Sessions } from '../parts.ts';
import { actorOf } from '../profiles/handlers.ts';
import { kindOf, listResources } from './read.ts';
import { readResourceWithUse } from './use.ts';
import { archiveResource, createResource, deleteResource, type ResourceWrites, updateResource } from './write.ts';

type ResourceRoute = 'listResources' | 'readResource' | 'createResource' | 'updateResource' | 'archiveResource' | 'deleteResource';

export function resourceHandlers({ settle }: Pick<Sessions, 'settle'>): Pick<Handlers, ResourceRoute> {
  const writes = (call: Pick<Call<'createResource'>, 'db' | 'person' | 'console'>): ResourceWrites => ({
    trx: call.db,
    actor: actorOf(call),
    settle,
  });
  const whole = (answer: ResourceRecord) => ({ answer, etag: etagOf(answer) });
  return {
    async listResources({ db, person: { accountId }, console, params, query }) {
      const kind = kindOf(params.kind);
      const scope = console.elements(moduleOfKind.get(kind)!.id);
      return { answer: { kind, resources: await listResources(db, accountId, kind, scope, { archived: query.archived === 'true' }) } };
    },
    async readResource({ db, person: { accountId }, params }) {
      const answer = await readResourceWithUse(db, accountId, kindOf(params.kind), params.id);
      return { answer, etag: etagOf(answer) };
    },
    async createResource(call) {
      const answer = await createResource(writes(call), kindOf(call.params.kind), call.body);
      return { ...whole(answer), headers: { location: `/api/resources/${answer.kind}/${answer.id}` } };
    },
    updateResource: async (call) =>
      whole(await updateResource(writes(call), kindOf(call.params.kind), call.params.id, call.ifMatch, call.body)),
    archiveResource: async (call) =>
      whole(await archiveResource(writes(call), kindOf(call.params.kind), call.params.id, call.body.archived)),
    async deleteResource(call) {
      await deleteResource(writes(call), kindOf(call.params.kind), call.params.id);
      return {};
    },
  };
}
