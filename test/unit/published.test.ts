import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headsOf } from '../../server/session/heads.ts';
import { publishedOf } from '../../server/session/published.ts';
import { type Centre, makeCentre, openSession } from '../fixtures/centre.ts';
import { startHubWithoutLinks, type TestHub } from '../fixtures/hub.ts';

let hub: TestHub;
let centre: Centre;

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeCentre(hub);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

async function sessionOf(profileIds: readonly string[]) {
  const person = await centre.person(profileIds);
  const { situation } = await openSession(hub, person);
  return { person, sessionId: situation.sessionId as string };
}
const administer = (method: string, path: string, body?: object) => hub.call(centre.admin, method, path, body);

describe('who on a profile does not have just what is published', () => {
  it('are the open sessions that are given something else, or got it later, as their heads say', async () => {
    const shown = await centre.profile('Shown');
    const other = await centre.profile('Other');
    const [pinned, closed, taken, elsewhere, ...plain] = await Promise.all([
      ...[[shown], [shown], [shown], [other, shown]].map(sessionOf),
      ...[[shown], [shown, other]].map(sessionOf),
    ]);
    await hub.call(closed!.person, 'DELETE', '/api/session');
    await centre.publish(shown, 'Shown', { settings: { 'history.access': true } });
    await hub.db.updateTable('assignment').set({ pinned_version: 1 }).where('person_id', '=', pinned!.person.id).execute();
    await hub.db.deleteFrom('assignment').where('person_id', '=', taken!.person.id).execute();
    // Later than the publish: what they are sent is as new as that.
    const turned = await sessionOf([other, shown]);
    await hub.call(turned.person, 'PUT', '/api/session/profile', { profileId: shown });
    const opened = await sessionOf([shown]);

    const [published, ...rest] = await publishedOf(hub.db, [shown]);
    expect(rest).toEqual([]);
    expect([...published!.otherSessionIds].sort()).toEqual([pinned!, taken!, turned, opened].map(({ sessionId }) => sessionId).sort());
    const all = [pinned!, closed!, taken!, elsewhere!, ...plain, turned, opened].map(({ sessionId }) => sessionId);
    const heads = await headsOf(hub.db, all);
    expect(heads).toHaveLength(all.length);
    const same = heads.filter(({ closedBecause, profileId, sessionId }) => closedBecause === null && profileId === shown && !published!.otherSessionIds.includes(sessionId));
    expect(same.map(({ sessionId }) => sessionId).sort()).toEqual(plain.map(({ sessionId }) => sessionId).sort());
    for (const { active, seqs } of same) expect([active, seqs.profile]).toEqual([published!.active, published!.active.publishedSeq]);
  });

  it('is not asked where the profile is archived, was never published, or is not there: nobody has it', async () => {
    const old = await centre.profile('Old');
    const { person } = await sessionOf([old]);
    await hub.db.updateTable('profile').set({ archived: true }).where('id', '=', old).execute();
    const { body } = await administer('POST', '/api/profiles', { name: 'Draft', document: centre.document('Draft') });
    expect(await publishedOf(hub.db, [old, body.profileId, person.id])).toEqual([]);
  });

  it('are told apart by profile where several are asked for', async () => {
    const two = [await centre.profile('First'), await centre.profile('Second')];
    for (const id of two) await sessionOf([id]);
    for (const [at, name] of ['First', 'Second'].entries()) await centre.publish(two[at]!, name, { settings: { 'history.access': true } });
    const later = await Promise.all(two.map((id) => sessionOf([id])));
    const found = new Map((await publishedOf(hub.db, two)).map(({ active, otherSessionIds }) => [active.profileId, otherSessionIds]));
    expect(two.map((id) => found.get(id))).toEqual(later.map(({ sessionId }) => [sessionId]));
  });
});
