/** The banner only explains: whatever it hides or locks, the hub refuses, asked directly, with the same reason. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controls, fields } from '../../../lib/catalogue/index.ts';
import { decide, rightsOf, situationOf } from '../../../lib/decide/index.ts';
import { personOf } from '../../../lib/models/situation.ts';
import type { Snapshot } from '../../../lib/api/snapshot.ts';
import { type Centre, makeCentre, openSession } from '../../fixtures/centre.ts';
import { startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';

let hub: TestHub;
let centre: Centre;
beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeCentre(hub);
}, 60_000);
afterAll(() => hub?.stop(), 60_000);

async function refusals(person: TestPerson, snapshot: Snapshot) {
  const profile = snapshot.profile.active ?? 'none';
  const decisions = decide(rightsOf(profile, personOf(snapshot)), situationOf(snapshot.situation, profile, { now: snapshot.now, connection: 'live', pending: [] }));
  const refused: string[] = [];
  for (const { id, forEach } of controls as readonly { id: (typeof controls)[number]['id']; forEach?: unknown }[]) {
    const { enabled, reason } = decisions.of(id);
    if (enabled) continue;
    const { status, body } = await hub.call(person, 'POST', `/api/commands/${forEach ? `${id}.nothing` : id}`, {});
    expect([id, status, body.code, body.reason]).toEqual([id, 403, 'control.refused', reason]);
    refused.push(id);
  }
  return refused;
}

describe('what the banner does not offer', () => {
  it('is refused under a profile with nothing', async () => {
    const nothing = Object.fromEntries(fields.filter(({ type }) => type === 'boolean').map(({ id }) => [id, false]));
    const profile = await centre.profile('Nothing', { settings: nothing });
    const person = await centre.person([profile]);
    const refused = await refusals(person, await openSession(hub, person));
    // All but the core ones.
    expect(refused.length).toBe(controls.length - (controls as readonly { core?: true }[]).filter(({ core }) => core).length);
  });

  it('is refused under a profile with every right, where an interaction, a queue or the like is missing', async () => {
    const everything = Object.fromEntries(fields.filter(({ type }) => type === 'boolean').map(({ id }) => [id, true]));
    const profile = await centre.profile('Everything', { settings: everything });
    const person = await centre.person([profile]);
    const refused = await refusals(person, await openSession(hub, person));
    expect(refused).toContain('int.hangup');
    expect(refused).toContain('out.voice.smart');
  });

  it('is refused to somebody without a profile', async () => {
    const person = await centre.person([]);
    expect((await refusals(person, await openSession(hub, person))).length).toBeGreaterThan(controls.length - 10);
  });
});
