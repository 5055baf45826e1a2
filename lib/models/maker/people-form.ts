/** What of a person is written in the form, and what is wrong with it. */
import type { PersonRecord } from '../../api/routes.ts';
import { PERSON_TYPES } from '../../catalogue/index.ts';
import type { FieldErrors } from './record-form.ts';

export type PersonContent = Omit<PersonRecord, 'id' | 'revision' | 'online'>;
export type PersonChange = Partial<PersonContent>;

export const NEW_PERSON: PersonContent = {
  name: '',
  email: '',
  licence: 'smart',
  type: PERSON_TYPES[0],
  allow: [],
  deny: [],
  teams: [],
  profiles: [],
  disabled: false,
};

export const contentOf = ({ id: _id, revision: _revision, online: _online, ...content }: PersonRecord): PersonContent => content;

/** As the hub checks it (RFC 5321 limits an address to 254 characters). */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

export function checkPerson({ name, email }: PersonContent): FieldErrors {
  return {
    ...(name.trim() === '' ? { name: { key: 'makerPeople.error.name' } } : name.trim().length > 120 ? { name: { key: 'makerPeople.error.nameLong' } } : {}),
    ...(EMAIL.test(email.trim()) && email.trim().length <= 254 ? {} : { email: { key: 'makerPeople.error.email' } }),
  };
}

/** One of the assigned profiles becomes the one at login, and no other is. */
export const atLogin = (profiles: PersonContent['profiles'], id: string): PersonContent['profiles'] =>
  profiles.map((each) => ({ ...each, atLogin: each.id === id }));

/** Without a profile; where it was the one at login, the first that is left takes its place. */
export function unassign(profiles: PersonContent['profiles'], id: string): PersonContent['profiles'] {
  const left = profiles.filter((each) => each.id !== id);
  const first = left[0];
  return first && !left.some((each) => each.atLogin) ? atLogin(left, first.id) : left;
}

/** With more profiles; the first of all is the one at login. */
export function assign(profiles: PersonContent['profiles'], ids: readonly string[], score: number): PersonContent['profiles'] {
  const added = ids.filter((id) => !profiles.some((each) => each.id === id)).map((id) => ({ id, atLogin: false, score }));
  const all = [...profiles, ...added];
  const first = all[0];
  return first && !all.some((each) => each.atLogin) ? atLogin(all, first.id) : all;
}

export type Extra = 'none' | 'allow' | 'deny';

/** Sets an extra of a person, or takes it away: a field is allowed or denied, never both. */
export function withExtra({ allow, deny }: Pick<PersonContent, 'allow' | 'deny'>, field: string, extra: Extra): Pick<PersonContent, 'allow' | 'deny'> {
  const without = (list: readonly string[]) => list.filter((id) => id !== field);
  return {
    allow: extra === 'allow' ? [...without(allow), field] : without(allow),
    deny: extra === 'deny' ? [...without(deny), field] : without(deny),
  };
}

/** Without characters that are taken for one another. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 20 of 32 letters in groups of five: 100 bits. @param random bytes, as many as asked for */
export function makePassword(random: (count: number) => Uint8Array): string {
  const letters = [...random(20)].map((byte) => LETTERS[byte % LETTERS.length]!);
  return [0, 5, 10, 15].map((at) => letters.slice(at, at + 5).join('')).join('-');
}
