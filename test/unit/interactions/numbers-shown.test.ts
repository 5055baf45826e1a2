/** How the numbers of customers are read, beside what is dialled. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readNumber } from '../../../lib/numbers/hub.ts';
import { type AtWork, startWork } from '../../fixtures/at-work.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

const settings = { 'flow.voice.manage.pool': true };

/** @returns the customer of a call that rings, as the hub tells of them */
async function ringing(address: string, masks: object = {}) {
  const { board, signedIn, centre, full, queue, ringsAt } = await work.begin({ settings });
  const person = await signedIn(await centre.profile('Calls', { ...full, settings: { ...full.settings, ...masks } }));
  const id = await board.offer({ queueId: queue, customer: { name: 'Hélène Garnier', address } });
  const { customer } = await ringsAt(person);
  expect((await work.hub.call(person, 'GET', `/api/interactions/${id}`)).body.interaction.customer).toEqual(customer);
  return customer;
}

it.each([
  ['+33612345678', '06 12 34 56 78'],
  ['+442079460958', '+44 20 7946 0958'],
])('%s is shown as %s to a centre in France', async (address, shown) => {
  expect(await ringing(address)).toMatchObject({ address, shown });
  expect(readNumber(shown, 'FR')?.e164).toBe(address);
});

it('what is no number is shown as it is', async () => {
  expect(await ringing('anonymous')).not.toHaveProperty('shown');
});

it('a masked number stays masked', async () => {
  const customer = await ringing('+33612345678', { 'mask.phone': true });
  expect(customer.address).toBe('••••78');
  expect(customer).not.toHaveProperty('shown');
});

it('who waits in a pool without a name is shown by a number that can be read', async () => {
  const { board, centre, full, signedIn, queue } = await work.begin({ settings });
  const person = await signedIn(await centre.profile('Pool', { ...full, activities: [centre.activities.pause] }));
  await board.offer({ queueId: queue, customer: { name: '', address: '+33612345678' } });
  expect((await work.hub.call(person, 'GET', '/api/pools/voice')).body.waiting).toMatchObject([{ customer: '06 12 34 56 78' }]);
});
