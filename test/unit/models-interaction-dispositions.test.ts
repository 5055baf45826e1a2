import { expect, it } from 'vitest';
import type { ProfileDocument, Resources } from '../../lib/catalogue/index.ts';
import { dispositionsOf } from '../../lib/models/interaction/dispositions.ts';

const document = { schema: 1, settings: {}, configuration: { voiceCampaigns: { rows: [{ id: 'renewals' }] }, smsCampaigns: { rows: [{ id: 'storm' }] } } } as unknown as ProfileDocument;
const of = (kind: string, id: string, dispositions?: string) => ({ [id]: { id, kind, name: id, attributes: dispositions === undefined ? {} : { dispositions } } });
const resources = {
  ...of('voiceCampaign', 'renewals', 'Renewed\nNo interest'),
  ...of('smsCampaign', 'storm', 'No interest\n\n Answered '),
  ...of('queue', 'billing', ' Explained\nRefund agreed\n\nExplained'),
  ...of('queue', 'claims', ' \n'),
} as unknown as Resources;
const CAMPAIGNS = ['Renewed', 'No interest', 'Answered'];

it.each([
  ['by a queue that has its own words: those', 'billing', ['Explained', 'Refund agreed']],
  ['by a queue that has none: those of the campaigns', 'claims', CAMPAIGNS],
  ['by a queue that the profile does not have: those of the campaigns', 'complaints', CAMPAIGNS],
  ['directly: those of the campaigns', null, CAMPAIGNS],
])('what came %s', (_, queue, expected) => {
  expect(dispositionsOf(document, resources, { queue: queue === null ? null : { id: queue, name: queue } })).toEqual(expected);
});

it('a call for a campaign is closed with what that one says alone', () => {
  expect(dispositionsOf(document, resources, { campaign: { id: 'renewals', name: 'Renewals' } as never, queue: null })).toEqual(['Renewed', 'No interest']);
});
