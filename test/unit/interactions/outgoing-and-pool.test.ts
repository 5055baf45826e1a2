import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AtWork, startWork } from '../../fixtures/at-work.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

describe('the pool', () => {
  it('gives one email to the quicker of two', async () => {
    const { centre, board, use, signedIn, queue, full } = await work.begin({ settings: { 'flow.email.manage.pool': true, 'flow.email.manage.maxSimultaneous': 3 } });
    const profile = await centre.profile('Mail', { ...full, activities: [centre.activities.pause] });
    const [ana, ben] = [await signedIn(profile), await signedIn(profile)];
    const id = await board.offer({ channel: 'email', queueId: queue, subject: 'Glass', text: 'My windscreen', customer: { name: 'Lena', address: 'lena@example.com' } });
    expect((await work.hub.call(ana, 'GET', '/api/pools/email')).body.waiting).toMatchObject([{ id, customer: 'Lena', subject: 'Glass' }]);
    const answers = await Promise.all([ana, ben].map((person) => use(person, 'pool.email', { interactionId: id })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('interaction.taken');
    const winner = answers[0]!.status === 202 ? ana : ben;
    await board.obey();
    const { body } = await work.hub.call(winner, 'GET', `/api/interactions/${id}`);
    expect(body.thread).toMatchObject([{ by: 'Lena', text: 'My windscreen', mine: false }]);
  });
});

describe('outgoing', () => {
  const out = { settings: { 'flow.voice.out.direct': true, 'flow.voice.out.countries': ['FR'], 'flow.email.out.direct': true } };

  it('is dialled, answered, and ends like any other', async () => {
    const { board, use, signedIn, profile } = await work.begin(out);
    const ana = await signedIn(profile);
    expect((await use(ana, 'out.voice.direct', { number: '06 12 34 56 78' })).status).toBe(202);
    const [command] = await board.commands();
    expect(command).toMatchObject({ verb: 'dial', to: { address: '+33612345678' } });
    await board.answer(command!.id, { result: 'done', ref: 'outside-1' });
    expect((await work.inHand(ana))[0]).toMatchObject({ direction: 'outbound', state: 'accepted', pending: null });
    await board.report(command!.interactionId!, { event: 'answered' });
    expect((await work.inHand(ana))[0]).toMatchObject({ state: 'live' });
  });

  it('to a country that the profile does not allow is refused before anything is dialled', async () => {
    const { board, use, signedIn, profile } = await work.begin(out);
    const ana = await signedIn(profile);
    const { status, body } = await use(ana, 'out.voice.direct', { number: '+34 600 00 00 00' });
    expect([status, body.code, body.country]).toEqual([403, 'number.country', 'ES']);
    expect((await use(ana, 'out.voice.direct', { number: '0899 70 12 34' })).body.code).toBe('number.premium');
    expect((await use(ana, 'out.voice.direct', { number: 'nonsense' })).body.code).toBe('number.invalid');
    expect(await board.commands()).toEqual([]);
  });

  it('as an email is done once it is on its way', async () => {
    const { board, use, signedIn, profile } = await work.begin(out);
    const ana = await signedIn(profile);
    await use(ana, 'out.email.direct', { email: 'lena@example.com', subject: 'Your claim', text: 'We have it.' });
    const [command] = await board.commands();
    expect(command).toMatchObject({ verb: 'send', to: { address: 'lena@example.com' }, subject: 'Your claim', text: 'We have it.' });
    await board.obey();
    expect(await work.stateOf(command!.interactionId!)).toMatchObject({ state: 'wrapup', outcome: 'completed' });
  });
});
