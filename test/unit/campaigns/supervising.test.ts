/** A campaign in supervision: who takes part in it, who is on a call of it, and how many are called and wait. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { SupervisionWatch } from '../../../lib/api/shapes-supervision.ts';
import { openSession } from '../../fixtures/centre.ts';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { beginCampaigning } from '../../fixtures/campaigning.ts';
import { problem } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

it('brings the people of the campaign in reach, and follows its calls live', async () => {
  const { board, centre, signedIn, profile, campaigns, subscribe, target } = await beginCampaigning(work, { renewals: { mode: 'powerDialer' } });
  await work.hub.db.updateTable('resource').set({ attributes: JSON.stringify({ active: true, linesPerTen: 20 }) }).where('id', '=', campaigns.renewals).execute();
  const supervises = await centre.profile('Supervises', { settings: { 'supervision.access': true, 'voiceCampaigns.access': true }, rows: { voiceCampaigns: [{ id: campaigns.renewals, supervision: true }, { id: campaigns.winback }] } });
  const leader = await work.hub.makePerson(centre.accountId, { type: 'administrator', name: 'Karin' });
  await work.hub.call(centre.admin, 'PUT', `/api/profiles/${supervises}/assignments/${leader.id}`, { atLogin: true });
  await openSession(work.hub, leader);
  const watch = async (query: Record<string, string> = {}): Promise<SupervisionWatch> => (await work.hub.call(leader, 'GET', `/api/supervision/watch?${new URLSearchParams(query)}`)).body;
  /** Waited for by the time this is answered. */
  const waiting = async () => {
    const { tag } = await watch();
    return { next: watch({ tag, wait: '20' }) };
  };

  const ana = await signedIn(profile);
  const renewals = { id: campaigns.renewals, name: 'Renewals', active: true, people: 0, onCall: 0, dialling: 0, waiting: 0 };
  expect(await watch()).toMatchObject({ queues: [], campaigns: [renewals], people: [{ id: ana.id, queues: [], campaigns: [] }] });

  await subscribe(ana, campaigns.renewals);
  expect(await watch()).toMatchObject({ campaigns: [{ ...renewals, people: 1 }], people: [{ id: ana.id, campaigns: [campaigns.renewals] }] });

  // What is dialled and what waits is in nobody's hands, and heard of all the same.
  await board.commands();
  const dialled = await waiting();
  await Promise.all([target(), target()]);
  await work.look();
  await dialled.next;
  const seen = (want: object) => until(async () => (await watch()).campaigns[0]!, (now) => Object.entries(want).every(([key, value]) => now[key as keyof typeof now] === value));
  await seen({ dialling: 2 });
  const lines = (await until(() => board.commands(), ({ length }) => length === 2)).map((command) => (command as { interactionId: string }).interactionId);
  await board.obey();
  await board.report(lines[0]!, { event: 'answered' });
  await until(() => board.commands(), ([asked]) => asked?.verb === 'answer');
  await board.obey();
  await seen({ people: 1, onCall: 1, dialling: 1, waiting: 0 });
  const waits = await waiting();
  await board.report(lines[1]!, { event: 'answered' });
  expect((await waits.next).campaigns).toEqual([{ ...renewals, people: 1, onCall: 1, waiting: 1 }]);

  // Of one of whose queues she is not, by the campaign alone.
  expect((await work.hub.call(leader, 'POST', '/api/commands/sup.toggleFlow', { personId: ana.id, channel: 'voice', on: false })).status).toBe(202);
  await centre.publish(supervises, 'Supervises', { settings: { 'supervision.access': true }, rows: { voiceCampaigns: [{ id: campaigns.renewals }] } });
  expect(await watch()).toMatchObject({ campaigns: [], people: [] });
  expect(problem(await work.hub.call(leader, 'POST', '/api/commands/sup.toggleFlow', { personId: ana.id, channel: 'voice', on: true }))).toEqual([403, 'supervision.outOfReach']);
});
