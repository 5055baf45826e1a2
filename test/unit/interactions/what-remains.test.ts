import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { makeSwitchboard } from '../../fixtures/switchboard.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

describe('what it leaves behind', () => {
  it('a row of the history for who missed and who had it, with the qualification, and the recording to play', async () => {
    const { board, ringsAt, use, signedIn, talk, queue, profile } = await work.begin({ settings: { 'history.access': true, 'recording.access': true, 'qualification.access': true, 'flow.voice.process.manualRecord': true } });
    const ana = await signedIn(profile);
    const missed = await board.offer({ queueId: queue });
    await ringsAt(ana);
    await work.pass(21_000);
    await until(() => work.stateOf(missed), ({ state }) => state === 'offered');
    await board.report(missed, { event: 'ended' });
    const id = await talk(ana, queue);
    await use(ana, 'int.record', { interactionId: id, on: true });
    await board.obey();
    await use(ana, 'int.qualify', { interactionId: id, qualification: 'solved' });
    await use(ana, 'int.hangup', { interactionId: id });
    await board.obey();
    await use(ana, 'int.wrapup.finish', { interactionId: id });
    await board.report(id, { event: 'recorded', seconds: 3, type: 'audio/wav', base64: Buffer.from('RIFF').toString('base64') });
    const rows = async (module: string) => (await work.hub.call(ana, 'GET', `/api/modules/${module}`)).body.rows.map(({ values }: { values: object }) => values);
    expect(await rows('mod.history')).toMatchObject([{ customer: 'Hélène Garnier', outcome: 'handled', owner: { id: ana.id } }, { outcome: 'missed', owner: { id: ana.id } }]);
    expect(await rows('mod.qualifications')).toMatchObject([{ disposition: 'solved' }]);
    expect(await rows('mod.recordings')).toMatchObject([{ recorded: 'manual', duration: 3 }]);
    const [{ id: recording }] = (await work.hub.call(ana, 'GET', '/api/modules/mod.recordings')).body.rows;
    expect((await work.hub.call(ana, 'GET', `/api/modules/mod.recordings/${recording}/file?play=1`)).body).toMatchObject({ type: 'audio/wav' });
  });
});

describe('what it takes from whom', () => {
  it('masks a customer where the profile says so', async () => {
    const { centre, board, ringsAt, signedIn, queue, full } = await work.begin();
    const profile = await centre.profile('Masked', { ...full, settings: { ...full.settings, 'mask.name': true, 'mask.phone': true } });
    const ana = await signedIn(profile);
    await board.offer({ queueId: queue });
    const { customer } = await ringsAt(ana);
    expect(customer.masked).toBe(true);
    expect(JSON.stringify(await work.banner(ana))).not.toMatch(/Garnier|345678/);
  });

  it('refuses a connector without its token, and one whose token was replaced', async () => {
    const { centre, board: old } = await work.begin();
    const board = await makeSwitchboard(work.hub, centre.accountId);
    expect((await old.call('GET', '/api/connector')).status).toBe(401);
    expect((await board.call('GET', '/api/connector')).body.connector.name).toBe('Switchboard');
    expect((await work.hub.call(centre.admin, 'GET', '/api/connector')).status).toBe(401);
  });
});
