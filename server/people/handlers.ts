/** The routes of people: each takes a call apart and names what does the work. */
import { pageAsked } from '../db/page.ts';
import { etagOf } from '../db/revision.ts';
import type { Call, Handlers } from '../http/handler.ts';
import type { Sessions } from '../parts.ts';
import { actorOf } from '../profiles/handlers.ts';
import { exportPeople } from './export.ts';
import { importPeople } from './import.ts';
import { listPeople, readPerson } from './read.ts';
import { createPerson, disablePerson, type PeopleWrites, setPassword, updatePerson } from './write.ts';

type Reads = 'listPeople' | 'readPerson' | 'exportPeople';
type Writes = 'createPerson' | 'updatePerson' | 'setPassword' | 'deletePerson' | 'importPeople';

const reads: Pick<Handlers, Reads> = {
  async listPeople({ db, person: { accountId }, console, query }) {
    const asked = { ...pageAsked(['people', accountId], query), disabled: query.disabled === 'true' };
    const { rows: people, next } = await listPeople(db, accountId, console.elements('people'), asked);
    return { answer: { people, next } };
  },
  async readPerson({ db, person: { accountId }, console, params }) {
    const answer = await readPerson(db, accountId, console.elements('people'), params.id);
    return { answer, etag: etagOf(answer) };
  },
  exportPeople: async ({ db, person: { accountId }, console }) => ({
    answer: { people: await exportPeople(db, accountId, console.elements('people')) },
  }),
};

export function peopleHandlers({ settlePerson }: Pick<Sessions, 'settlePerson'>): Pick<Handlers, Reads | Writes> {
  const writes = (call: Pick<Call<'createPerson'>, 'db' | 'person' | 'console'>): PeopleWrites => ({
    trx: call.db,
    actor: actorOf(call),
    type: call.person.type,
    settlePerson,
  });
  return {
    ...reads,
    async createPerson(call) {
      const answer = await createPerson(writes(call), call.body);
      return { answer, etag: etagOf(answer), headers: { location: `/api/people/${answer.id}` } };
    },
    async updatePerson(call) {
      const answer = await updatePerson(writes(call), call.params.id, call.ifMatch, call.body);
      return { answer, etag: etagOf(answer) };
    },
    async setPassword(call) {
      await setPassword(writes(call), call.params.id, call.body.password);
      return {};
    },
    async deletePerson(call) {
      await disablePerson(writes(call), call.params.id);
      return {};
    },
    importPeople: async (call) => ({ answer: await importPeople(writes(call), call.body.people, call.body.dryRun ?? false) }),
  };
}
