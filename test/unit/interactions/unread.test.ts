/** What a customer wrote and nobody has looked at yet: counted by the hub, so that every tab says the same. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AtWork, startWork } from '../../fixtures/at-work.ts';
import { problem, type TestPerson } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

/** Somebody with an email, to which the customer had added a word before it was accepted. */
async function begin() {
  const { centre, board, use, signedIn, full, queue, ringsAt } = await work.begin();
  const profile = await centre.profile('Mail', { ...full, activities: [centre.activities.all] });
  const person = await signedIn(profile);
  const id = await board.offer({ channel: 'email', queueId: queue, text: 'My windscreen', customer: { name: 'Lena', address: 'lena@example.com' } });
  await ringsAt(person);
  await board.report(id, { event: 'message', text: 'It is the left one' });
  await use(person, 'offer.accept', { interactionId: id });
  await board.obey();
  return {
    board,
    person,
    id,
    profile,
    signedIn,
    write: (text: string) => board.report(id, { event: 'message', text }),
    unread: async (): Promise<number> => (await work.inHand(person))[0].unread,
    seq: async (): Promise<number> => (await work.banner(person)).situation.seq,
    last: async (): Promise<number> => (await work.hub.call(person, 'GET', `/api/interactions/${id}`)).body.thread.at(-1).id,
    read: (to: number, who: TestPerson = person) => work.hub.call(who, 'PUT', `/api/interactions/${id}/read`, { to }),
  };
}

it('is what came since it is in hand, of the customer alone', async () => {
  const { write, unread, person, id } = await begin();
  expect(await unread()).toBe(0);
  await write('Are you there?');
  await work.hub.call(person, 'POST', `/api/interactions/${id}/messages`, { text: 'Yes.' });
  await write('Good.');
  expect(await unread()).toBe(2);
});

it('is nothing once it was looked at, and again what comes after', async () => {
  const { write, unread, last, read } = await begin();
  await write('Are you there?');
  expect((await read(await last())).body.situation.interactions[0].unread).toBe(0);
  expect(await unread()).toBe(0);
  await write('Hello?');
  expect(await unread()).toBe(1);
});

it('does not lose what came between reading and saying so, nor what is yet to come', async () => {
  const { write, unread, last, read } = await begin();
  await write('One');
  const seen = await last();
  await write('Two');
  await read(seen);
  expect(await unread()).toBe(1);
  await read(Number.MAX_SAFE_INTEGER);
  await write('Three');
  expect(await unread()).toBe(1);
});

it('that was looked at already changes nothing, however often it is said', async () => {
  const { write, last, read, seq, unread } = await begin();
  await write('One');
  const [first] = [await last()];
  await write('Two');
  await read(await last());
  const before = await seq();
  await Promise.all([first, await last(), 0].map((to) => read(to)));
  expect([await seq(), await unread()]).toEqual([before, 0]);
});

it('is for whoever has it to say', async () => {
  const { write, last, read, signedIn, profile, unread } = await begin();
  await write('One');
  expect(problem(await read(await last(), await signedIn(profile)))).toEqual([404, 'notFound']);
  expect(await unread()).toBe(1);
});

it('is not counted of a call, of which nothing that is written is shown', async () => {
  const { board, talk, signedIn, profile, queue } = await work.begin();
  const person = await signedIn(profile);
  const id = await talk(person, queue);
  await board.report(id, { event: 'message', text: 'A note of the exchange' });
  expect((await work.inHand(person))[0].unread).toBe(0);
});
