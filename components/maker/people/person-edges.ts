/** A person at the hub: read, changed over what was read, made. */
import type { PersonRecord } from '../../../lib/api/routes.ts';
import type { ConsoleHub } from '../../../lib/console/hub.ts';
import type { BulkEdges } from '../../../lib/models/maker/people-bulk.ts';
import { contentOf, type PersonChange, type PersonContent } from '../../../lib/models/maker/people-form.ts';
import type { Held } from '../../../lib/models/maker/record-form.ts';
import type { Answer } from '../../../lib/session/client-state.ts';

export const etagOf = ({ revision }: { readonly revision: number }): string => `"${revision}"`;

export interface PersonEdges {
  readonly read: BulkEdges['read'];
  readonly update: (id: string, change: PersonChange, ifMatch: string) => Promise<Answer<PersonRecord>>;
  readonly create: (value: PersonContent & { readonly password?: string }) => Promise<Answer<PersonRecord>>;
}

export const personEdges = (hub: ConsoleHub): PersonEdges => ({
  async read(id) {
    const answer = await hub.ask('readPerson', { params: { id } });
    return answer.ok ? { ok: true, value: { id, value: answer.value.value, etag: etagOf(answer.value.value) } } : answer;
  },
  async update(id, change, ifMatch) {
    const answer = await hub.ask('updatePerson', { params: { id }, body: trimmed(change), ifMatch });
    return answer.ok ? { ok: true, value: answer.value.value } : answer;
  },
  async create(value) {
    const answer = await hub.ask('createPerson', { body: trimmed(value) });
    return answer.ok ? { ok: true, value: answer.value.value } : answer;
  },
});

export const heldOf = (record: PersonRecord): Held<PersonContent> => ({ id: record.id, value: contentOf(record), etag: etagOf(record) });

const trimmed = <T extends PersonChange>(change: T): T => ({
  ...change,
  ...(change.name === undefined ? {} : { name: change.name.trim() }),
  ...(change.email === undefined ? {} : { email: change.email.trim() }),
});
