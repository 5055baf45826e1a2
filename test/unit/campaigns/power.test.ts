/** The power dialler: calls ahead, and whom it reached waits until somebody is free. On a real hub, with a switchboard that does what it is told. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { beginCampaigning, type CampaignChange } from '../../fixtures/campaigning.ts';
import type { TestPerson } from '../../fixtures/hub.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

const POWER: CampaignChange = { renewals: { mode: 'powerDialer' } };
const first = (person: TestPerson) => until(() => work.inHand(person), ([held]) => held !== undefined).then(([held]) => held);
const nothing = (person: TestPerson) => until(() => work.inHand(person), (all) => all.length === 0);

async function begin(change: CampaignChange = POWER, attributes: object = {}) {
  const all = await beginCampaigning(work, change);
  const { board, campaigns } = all;
  await work.hub.db.updateTable('resource').set({ attributes: JSON.stringify({ active: true, ...attributes }) }).where('id', '=', campaigns.renewals).execute();
  // It is there to be asked.
  await board.commands();
  const dials = async () => (await board.commands()).filter(({ verb }) => verb === 'dial');
  return {
    ...all,
    dials,
    /** All that is dialled is on its way, once there are so many. @returns the interactions' ids */
    async dialled(count: number): Promise<readonly string[]> {
      const asked = await until(dials, ({ length }) => length === count);
      for (const { id } of asked) await board.answer(id, { result: 'done', ref: `line-${id}` });
      return asked.map((command) => (command as { interactionId: string }).interactionId);
    },
    /** A call in somebody's hands that was put through. */
    async putThrough(person: TestPerson) {
      const held = await first(person);
      const command = await until(() => board.commands(), (asked) => asked.some(({ verb }) => verb === 'answer')).then((asked) => asked.find(({ verb }) => verb === 'answer')!);
      await board.answer(command.id, { result: 'done' });
      return { held, command };
    },
  };
}

it('calls ahead of who is free; who answers is put through to the first who is, and the next one waits', async () => {
  const { board, signedIn, profile, campaigns, subscribe, target, valuesOf, dialled, putThrough } = await begin(POWER, { linesPerTen: 20 });
  const targets = [await target({ customer: 'First' }), await target({ customer: 'Second' }), await target({ customer: 'Third' })];
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  const [one, two] = await dialled(2);
  expect(await work.inHand(ana)).toEqual([]);
  await board.report(two!, { event: 'answered' });
  const { held, command } = await putThrough(ana);
  expect(held).toMatchObject({ id: two, direction: 'outbound', customer: { name: 'Second' }, campaign: { id: campaigns.renewals } });
  expect(command).toMatchObject({ interactionId: two, agent: { id: ana.id } });
  await until(() => work.inHand(ana), ([now]) => now?.state === 'live');
  // The customer waits until she is free, and nobody else is called meanwhile.
  await board.report(one!, { event: 'answered' });
  await work.look();
  expect((await work.inHand(ana)).map(({ id }: { id: string }) => id)).toEqual([two]);
  expect(await board.commands()).toEqual([]);
  await board.report(two!, { event: 'ended' });
  expect((await putThrough(ana)).held.id).toBe(one);
  await board.report(one!, { event: 'ended' });
  await nothing(ana);
  expect(await Promise.all(targets.slice(0, 2).map(valuesOf))).toMatchObject([{ state: 'reached', tries: 1 }, { state: 'reached', tries: 1 }]);
});

it('calls ahead while all are on a call', async () => {
  const { board, signedIn, profile, campaigns, subscribe, target, dialled, putThrough } = await begin(POWER, { linesPerTen: 20 });
  await target();
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  const [one] = await dialled(1);
  await board.report(one!, { event: 'answered' });
  await putThrough(ana);
  await target({ customer: 'Ahead' });
  await work.look();
  expect(await dialled(1)).toHaveLength(1);
});

it('hangs up on who has waited for as long as the campaign says, who is called again later and stands in the history', async () => {
  const { board, signedIn, profile, campaigns, subscribe, target, valuesOf, dialled, putThrough } = await begin(POWER, { linesPerTen: 20, longestWaitSec: 30 });
  const [, second] = [await target(), await target({ customer: 'Waits' })];
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  const [one, two] = await dialled(2);
  await board.report(one!, { event: 'answered' });
  await putThrough(ana);
  await board.report(two!, { event: 'answered' });
  await work.pass(29_000);
  await work.look();
  expect(await board.commands()).toEqual([]);
  await work.pass(1500);
  const [command] = await until(() => board.commands(), ({ length }) => length === 1);
  expect(command).toMatchObject({ verb: 'hangup', interactionId: two });
  await board.answer(command!.id, { result: 'done' });
  expect(await valuesOf(second)).toMatchObject({ state: 'unreached', tries: 1 });
  const history = await work.hub.db.selectFrom('record').select(['owner_id', 'values']).where('id', '=', two!).executeTakeFirstOrThrow();
  expect(history).toMatchObject({ owner_id: null, values: { outcome: 'abandoned' } });
});

it('lets go of all whom nobody is there for any more', async () => {
  const { board, signedIn, profile, campaigns, subscribe, target, valuesOf, dialled } = await begin();
  const id = await target();
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  const [one] = await dialled(1);
  await subscribe(ana, campaigns.renewals, false);
  await until(() => board.commands(), ([asked]) => asked?.verb === 'hangup');
  await board.obey();
  expect((await work.stateOf(one!)).state).toBe('closed');
  expect(await valuesOf(id)).toMatchObject({ state: 'unreached', tries: 1 });
});

it('that nobody answers is a try, and one that could not be dialled holds it back for a while', async () => {
  const { board, signedIn, profile, campaigns, subscribe, target, valuesOf, dialled, dials } = await begin();
  const id = await target();
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  const [one] = await dialled(1);
  await board.report(one!, { event: 'failed', why: 'Busy' });
  expect(await valuesOf(id)).toMatchObject({ state: 'unreached', tries: 1 });
  await target();
  const [command] = await until(dials, ({ length }) => length === 1);
  await board.answer(command!.id, { result: 'failed', why: 'No line was free.' });
  await target();
  await work.look();
  expect(await dials()).toEqual([]);
  await work.pass(31_000);
  await board.commands();
  await work.look();
  await until(dials, ({ length }) => length === 1);
});

it('puts nobody through to whose profile may not reach that number, and dials none that nobody may', async () => {
  const { board, signedIn, profile, centre, full, campaigns, subscribe, target, dialled, putThrough, dials } = await begin(POWER, { linesPerTen: 10 });
  await target({ phone: '+34 600 00 00 00' });
  const spain = await centre.profile('Spain', { ...full, settings: { ...full.settings, 'flow.voice.out.countries': ['ES'] } });
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  await work.look();
  expect(await dials()).toEqual([]);
  const ben = await signedIn(spain);
  await subscribe(ben, campaigns.renewals);
  const [one] = await dialled(1);
  await board.report(one!, { event: 'answered' });
  expect((await putThrough(ben)).held.id).toBe(one);
  expect(await work.inHand(ana)).toEqual([]);
});

it('dials what is planned for somebody once they are free, and for nobody else', async () => {
  const { signedIn, profile, campaigns, subscribe, target, board } = await begin();
  const [ana, ben] = [await signedIn(profile), await signedIn(profile)];
  await target({ customer: 'Of Ben', state: 'planned', at: work.now() - 1000 }, { owner: ben });
  await subscribe(ana, campaigns.renewals);
  await work.look();
  expect(await board.commands()).toEqual([]);
  await subscribe(ben, campaigns.renewals);
  expect((await first(ben)).customer.name).toBe('Of Ben');
});

it('goes to another where it could not be put through', async () => {
  const { board, signedIn, profile, campaigns, subscribe, target, dialled, valuesOf } = await begin(POWER, { linesPerTen: 10 });
  const id = await target();
  const ana = await signedIn(profile);
  await subscribe(ana, campaigns.renewals);
  const [one] = await dialled(1);
  await board.report(one!, { event: 'answered' });
  const [command] = await until(() => board.commands(), ([asked]) => asked?.verb === 'answer');
  await board.answer(command!.id, { result: 'failed', why: 'No line was free.' });
  const [again] = await until(() => board.commands(), ([asked]) => asked?.verb === 'answer' && asked.id !== command!.id);
  // The customer hangs up before it is put through: they have talked to nobody.
  await board.report(one!, { event: 'ended' });
  await board.answer(again!.id, { result: 'failed', why: 'Gone.' });
  await nothing(ana);
  expect(await valuesOf(id)).toMatchObject({ state: 'unreached', tries: 1 });
});
