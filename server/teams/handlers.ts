/** The routes of teams: each takes a call apart and names what does the work. */
import { etagOf } from '../db/revision.ts';
import type { Handlers } from '../http/handler.ts';
import { actorOf } from '../profiles/handlers.ts';
import { listTeams } from './read.ts';
import { createTeam, deleteTeam, updateTeam } from './write.ts';

export const teamHandlers: Pick<Handlers, 'listTeams' | 'createTeam' | 'updateTeam' | 'deleteTeam'> = {
  listTeams: async ({ db, person: { accountId }, console }) => ({
    answer: { teams: await listTeams(db, accountId, console.elements('teams')) },
  }),
  async createTeam(call) {
    const answer = await createTeam(call.db, actorOf(call), call.body);
    return { answer, etag: etagOf(answer), headers: { location: `/api/teams/${answer.id}` } };
  },
  async updateTeam(call) {
    const answer = await updateTeam(call.db, actorOf(call), call.params.id, call.ifMatch, call.body);
    return { answer, etag: etagOf(answer) };
  },
  async deleteTeam(call) {
    await deleteTeam(call.db, actorOf(call), call.params.id);
    return {};
  },
};
