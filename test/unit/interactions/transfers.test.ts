import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

describe('passing a call on', () => {
  const transfers = { settings: { 'transfers.blindQueue': true, 'transfers.assistedQueue': true, 'transfers.advisor': true, 'transfers.external': true } };
  async function withRules() {
    const at = await work.begin(transfers);
    const { centre, second, full } = at;
    const rule = async (name: string, to: string, target: string) =>
      (await work.hub.db.insertInto('resource').values({ account_id: centre.accountId, kind: 'transferRule', name, attributes: JSON.stringify({ to, target }) }).returning('id').executeTakeFirstOrThrow()).id;
    const rules = [await rule('To complaints', 'queue', 'Complaints'), await rule('Anybody', 'advisor', ''), await rule('Towing', 'external', '+33199000112')];
    const change = { ...full, rows: { ...full.rows, transferRules: rules.map((id) => ({ id })) } };
    const profile = await centre.profile('Transfers', change);
    const other = await centre.profile('Complaints', { ...full, rows: { queues: [{ id: second, voice: true, flow: true }] } });
    return { ...at, profile, other, rules };
  }

  it('to a queue blindly: the one who had it wraps up, the next one gets it with a word about it', async () => {
    const { board, ringsAt, use, signedIn, talk, queue, second, profile, other } = await withRules();
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    const ben = await signedIn(other);
    expect((await use(ana, 'int.transfer.blindQueue', { interactionId: id, queueId: second, note: 'Angry' })).status).toBe(202);
    expect((await work.inHand(ana))[0]).toMatchObject({ state: 'transferring', pending: 'transfer' });
    expect(await board.obey()).toEqual(['transfer']);
    expect(await work.stateOf(id)).toMatchObject({ state: 'wrapup', outcome: 'transferred' });
    expect(await ringsAt(ben)).toMatchObject({ customer: { name: 'Hélène Garnier' }, queue: { name: 'Complaints' }, from: { note: 'Angry' } });
  });

  it('keeps to the transfer rules', async () => {
    const { use, signedIn, talk, queue, profile } = await withRules();
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    expect((await use(ana, 'int.transfer.blindQueue', { interactionId: id, queueId: queue })).body.code).toBe('notFound');
    expect(await work.stateOf(id)).toMatchObject({ state: 'live' });
  });

  it('assisted: a colleague is asked first, and then has the customer', async () => {
    const { board, ringsAt, use, signedIn, talk, queue, second, profile, other } = await withRules();
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    const ben = await signedIn(other);
    const assisted = (step: string) => use(ana, 'int.transfer.assistedQueue', { interactionId: id, step, queueId: second, note: 'About the invoice' });
    await assisted('call');
    await board.obey();
    const rings = await ringsAt(ben);
    expect((await work.inHand(ana))[0]).toMatchObject({ state: 'consulting', consult: { to: 'Complaints', answered: false } });
    await use(ben, 'offer.accept', { interactionId: rings.id });
    await board.obey();
    expect((await work.inHand(ana))[0].consult).toMatchObject({ answered: true, on: 'consulted' });
    await assisted('swap');
    await board.obey();
    expect((await work.inHand(ana))[0].consult.on).toBe('customer');
    await assisted('complete');
    await board.obey();
    expect(await work.stateOf(id)).toMatchObject({ state: 'wrapup', outcome: 'transferred' });
    expect((await work.inHand(ben))[0]).toMatchObject({ id: rings.id, state: 'live', from: { note: 'About the invoice' } });
    expect((await work.stateOf(rings.id)).ref).toBe((await work.stateOf(id)).ref);
  });

  it('assisted and called off: back to the customer, and the colleague’s line ends', async () => {
    const { board, ringsAt, use, signedIn, talk, queue, second, profile, other } = await withRules();
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    const ben = await signedIn(other);
    await use(ana, 'int.transfer.assistedQueue', { interactionId: id, step: 'call', queueId: second });
    await board.obey();
    await ringsAt(ben);
    await use(ana, 'int.transfer.assistedQueue', { interactionId: id, step: 'cancel' });
    await board.obey();
    expect((await work.inHand(ana))[0]).toMatchObject({ state: 'live', consult: null });
    expect(await work.inHand(ben)).toEqual([]);
  });

  it('to an advisor who does not take it: it goes to its queue after all', async () => {
    const { board, ringsAt, use, signedIn, talk, queue, profile } = await withRules();
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    const ben = await signedIn(profile);
    await use(ana, 'int.transfer.advisor', { interactionId: id, personId: ben.id });
    await board.obey();
    const rings = await ringsAt(ben);
    expect(rings).toMatchObject({ smart: false });
    await work.pass(21_000);
    await until(() => work.stateOf(rings.id), ({ smart }) => smart);
  });

  it('outside by a rule: it is the connector’s from then on', async () => {
    const { board, use, signedIn, talk, queue, profile, rules } = await withRules();
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    await use(ana, 'int.transfer.external', { interactionId: id, ruleId: rules[2] });
    const [command] = await board.commands();
    expect(command).toMatchObject({ verb: 'transfer', to: { way: 'external', address: '+33199000112' } });
    await board.obey();
    expect(await work.stateOf(id)).toMatchObject({ state: 'wrapup', outcome: 'transferred' });
  });

  it('lists where it may go, and how many are free there', async () => {
    const { signedIn, talk, queue, second, profile, other } = await withRules();
    const ana = await signedIn(profile);
    const id = await talk(ana, queue);
    const ben = await signedIn(other);
    const { body } = await work.hub.call(ana, 'GET', `/api/interactions/${id}/targets`);
    expect(body.queues).toEqual([{ id: second, name: 'Complaints', waiting: 0, free: 1 }]);
    expect(body.advisors).toMatchObject([{ id: ben.id, free: true }]);
    expect(body.externals).toMatchObject([{ name: 'Towing', address: '+33199000112' }]);
    expect(body.routings).toEqual([]);
  });
});
