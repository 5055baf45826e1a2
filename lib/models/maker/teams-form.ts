/** What of a team is written in the form, and who is in it. */
import type { TeamRecord } from '../../api/routes.ts';
import type { FieldErrors } from './record-form.ts';

export type TeamContent = Omit<TeamRecord, 'id' | 'revision'>;
export const NEW_TEAM: TeamContent = { name: '', note: '', members: [] };

export const teamContentOf = ({ id: _id, revision: _revision, ...content }: TeamRecord): TeamContent => content;

/** @param taken names of the other teams; upper and lower case are alike */
export function checkTeam({ name, note }: TeamContent, taken: readonly string[]): FieldErrors {
  const trimmed = name.trim();
  return {
    ...(trimmed === '' ? { name: { key: 'makerTeams.error.name' } } : {}),
    ...(trimmed.length > 120 ? { name: { key: 'makerTeams.error.nameLong' } } : {}),
    ...(taken.some((other) => other.toLowerCase() === trimmed.toLowerCase()) ? { name: { key: 'makerTeams.error.nameTaken' } } : {}),
    ...(note.length > 500 ? { note: { key: 'makerTeams.error.noteLong' } } : {}),
  };
}

type Members = TeamContent['members'];
export const withMembers = (members: Members, ids: readonly string[]): Members => [
  ...members,
  ...ids.filter((id) => !members.some(({ personId }) => personId === id)).map((personId) => ({ personId, manages: false })),
];
export const withoutMembers = (members: Members, ids: ReadonlySet<string>): Members => members.filter(({ personId }) => !ids.has(personId));
export const managing = (members: Members, id: string, manages: boolean): Members =>
  members.map((member) => (member.personId === id ? { ...member, manages } : member));
