import type { ResourceRecord } from '../../../lib/api/routes.ts';
import type { ResourceKind } from '../../../lib/catalogue/index.ts';
import type { Held, RecordEdges } from '../../../lib/models/maker/record-form.ts';
import { bodyOf, checkResource, orderedIn, type ResourceContent, resourceContentOf } from '../../../lib/models/maker/resources-form.ts';
import type { Maker } from '../context.ts';

/** A resource at the hub: read, changed over what was read, made. */
export function resourceEdges({ hub, queries }: Maker, kind: ResourceKind, resourceId: string | null): RecordEdges<ResourceContent> {
  /** An archived one gives its name away. */
  const taken = () =>
    (queries.read('listResources', { params: { kind }, query: { archived: 'true' } }).data.peek()?.resources ?? [])
      .filter(({ id, archived }) => id !== resourceId && !archived)
      .map(({ name }) => name);
  const heldOf = (record: ResourceRecord): Held<ResourceContent> => ({ id: record.id, value: resourceContentOf(kind, record), etag: `"${record.revision}"` });
  return {
    initial: resourceContentOf(kind, null),
    ordered: orderedIn(kind),
    check: (value) => checkResource(kind, value, taken()),
    read:
      resourceId === null
        ? null
        : async () => {
            const answer = await hub.ask('readResource', { params: { kind, id: resourceId } });
            return answer.ok ? { ok: true, value: heldOf(answer.value.value) } : answer;
          },
    async create(value) {
      const { name = '', attributes = {} } = bodyOf(value);
      const answer = await hub.ask('createResource', { params: { kind }, body: { name, attributes } });
      return answer.ok ? { ok: true, value: heldOf(answer.value.value) } : answer;
    },
    async update(change, ifMatch) {
      const answer = await hub.ask('updateResource', { params: { kind, id: resourceId! }, body: bodyOf(change), ifMatch });
      return answer.ok ? { ok: true, value: heldOf(answer.value.value) } : answer;
    },
  };
}
