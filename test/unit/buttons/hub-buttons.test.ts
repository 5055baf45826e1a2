import { createHmac, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServiceSecret, revokeServiceSecret } from '../../../server/buttons/sign.ts';
import { keepRecord } from '../../../server/modules/keep-record.ts';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { buttonsAt } from '../../fixtures/buttons.ts';
import { makeResource } from '../../fixtures/centre.ts';
import { problem } from '../../fixtures/hub.ts';
import { answers, startWebService } from '../../fixtures/web-service.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
let service: Awaited<ReturnType<typeof startWebService>>;
let buttons: ReturnType<typeof buttonsAt>;
beforeAll(async () => {
  service = await startWebService();
  work = await startWork({ PENNON_SERVICE_HOSTS: '127.0.0.1' });
  buttons = buttonsAt(work, service.url);
}, 60_000);
afterAll(async () => {
  await work?.hub.stop();
  await service?.stop();
}, 60_000);
beforeEach(() => {
  service.heard.length = 0;
  service.behave(answers({}));
});

describe('a web service', () => {
  it('is asked by the hub, signed, with the variables of the interaction, and what it answers is told', async () => {
    const { ids, person, use, talk, queue, secret, centre } = await buttons.withButtons({ hook: buttons.web({ place: 'interaction' }) });
    service.behave(answers({ message: 'Planned for 15:00', open: 'https://crm.example/20418' }));
    const id = await talk(person, queue);
    expect((await use(person, `int.custom.${ids['hook']}`, { interactionId: id })).status).toBe(202);
    expect(await buttons.settled(person)).toMatchObject([{ control: `int.custom.${ids['hook']}`, subject: id, state: 'done', message: 'Planned for 15:00', open: 'https://crm.example/20418', problem: null }]);
    const [{ path, text, headers }] = service.heard as [(typeof service.heard)[number]];
    expect(path).toBe(`/hook?number=${encodeURIComponent('+33612345678')}&by=Test`);
    const body = JSON.parse(text);
    expect(body).toMatchObject({ button: { id: ids['hook'], name: 'hook' }, place: 'interaction', trigger: 'byHand', person: { id: person.id, email: person.email }, profile: { name: 'With buttons' }, hidden: [] });
    expect(body.variables).toMatchObject({ 'customer.number': '+33612345678', 'customer.name': 'Hélène Garnier', 'interaction.id': id, 'interaction.channel': 'voice', 'interaction.queue': 'Claims', 'case.id': '' });
    expect(headers['idempotency-key']).toBe(body.id);
    const [, at, mark] = /^t=(\d+),v1=([\da-f]{64})$/.exec(String(headers['pennon-signature']))!;
    expect(mark).toBe(createHmac('sha256', secret!).update(`${at}.${text}`).digest('hex'));
    const audit = await work.hub.db.selectFrom('audit').select(['action', 'actor_id', 'subject_id', 'after']).where('account_id', '=', centre.accountId).where('action', '=', 'int.custom').execute();
    expect(audit).toEqual([{ action: 'int.custom', actor_id: person.id, subject_id: ids['hook'], after: { name: 'hook', opens: 'webService', trigger: 'byHand', with: id } }]);
  });

  it('is not told what the profile hides, neither in the clear nor made unreadable', async () => {
    const { ids, person, use, talk, queue } = await buttons.withButtons({ hook: buttons.web({ place: 'interaction' }) }, { settings: { 'mask.phone': true, 'mask.name': true } });
    const id = await talk(person, queue);
    await use(person, `int.custom.${ids['hook']}`, { interactionId: id });
    await buttons.settled(person);
    const [{ path, text }] = service.heard as [(typeof service.heard)[number]];
    expect(path).toBe('/hook?number=&by=Test');
    expect(JSON.parse(text).hidden).toEqual(['customer.name', 'customer.number']);
    expect(text).not.toMatch(/Garnier|612345678|•/);
    expect(Object.keys(JSON.parse(text).variables)).not.toContain('customer.number');
  });

  it('has an address that no banner is told', async () => {
    const { person, ids } = await buttons.withButtons({ hook: buttons.web(), page: { opens: 'url', target: 'https://crm.example/' } });
    const { resources } = (await work.banner(person)).profile.active;
    expect(resources[ids['hook']!].attributes).not.toHaveProperty('target');
    expect(resources[ids['page']!].attributes.target).toBe('https://crm.example/');
  });

  it('pressed twice, in two tabs or again after a lost answer, is asked once', async () => {
    const { ids, person, use } = await buttons.withButtons({ hook: buttons.web() });
    const control = `top.custom.${ids['hook']}`;
    const key = randomUUID();
    const keyed = () => work.hub.call(person, 'POST', `/api/commands/${control}`, {}, { 'idempotency-key': key });
    const all = await Promise.all([keyed(), keyed(), use(person, control, {}), use(person, control, {})]);
    expect(all.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    await buttons.settled(person);
    expect(service.heard).toHaveLength(1);
    // Later it is another press; the same request still is not.
    await work.pass(2000);
    await keyed();
    await use(person, control, {});
    await until(async () => service.heard.length, (count) => count === 2);
    await buttons.settled(person);
    expect(new Set(service.heard.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
  });

  it('of which nobody knows whether it was done is tried again as the same deed, one that said no as another', async () => {
    const { ids, person, use } = await buttons.withButtons({ hook: buttons.web() });
    const control = `top.custom.${ids['hook']}`;
    const keys = () => service.heard.map(({ headers }) => headers['idempotency-key']);
    service.behave((response) => response.destroy());
    await use(person, control, {});
    expect(await buttons.settled(person)).toMatchObject([{ state: 'failed', problem: 'service.lost' }]);
    service.behave(answers({ message: 'no' }, 503));
    await use(person, control, {});
    await until(() => buttons.runs(person), ([run]) => run?.problem === 'service.refused');
    service.behave(answers({ message: 'Done' }));
    await use(person, control, {});
    await until(() => buttons.runs(person), ([run]) => run?.state === 'done');
    const [first, second, third] = keys();
    expect([second === first, third === first]).toEqual([true, false]);
    expect(service.heard[0]!.text).toBe(service.heard[1]!.text);
  });

  it.each([
    ['https://10.0.0.1/', 422, 'service.address'],
    ['http://hooks.example/', 422, 'service.address'],
    ['not an address', 422, 'service.address'],
    ['https://169.254.169.254/latest/meta-data', 422, 'service.address'],
  ])('at %s is refused at once', async (target, status, code) => {
    const { ids, person, use } = await buttons.withButtons({ hook: buttons.web({ target }) });
    expect(problem(await use(person, `top.custom.${ids['hook']}`, {}))).toEqual([status, code]);
    expect(await buttons.runs(person)).toEqual([]);
  });

  it('needs a secret, may have a new one while the old one still holds, and is not called once it is ended', async () => {
    const { ids, person, use, centre } = await buttons.withButtons({ hook: buttons.web() }, { secret: false });
    const press = () => use(person, `top.custom.${ids['hook']}`, {});
    expect(problem(await press())).toEqual([409, 'service.noSecret']);
    const { db } = work.hub;
    const old = await createServiceSecret(db, centre.accountId, Date.now());
    const fresh = await createServiceSecret(db, centre.accountId, Date.now());
    const marksOf = ({ text, headers }: (typeof service.heard)[number], ...secrets: string[]) => {
      const header = String(headers['pennon-signature']);
      const at = /t=(\d+)/.exec(header)![1];
      expect(header).toBe([`t=${at}`, ...secrets.map((secret) => `v1=${createHmac('sha256', secret).update(`${at}.${text}`).digest('hex')}`)].join());
    };
    await press();
    await buttons.settled(person);
    marksOf(service.heard[0]!, fresh, old);
    // A day later.
    await db.updateTable('service_secret').set({ earlier_until: new Date(Date.now() - 1) }).where('account_id', '=', centre.accountId).execute();
    await work.pass(2000);
    await press();
    await until(async () => service.heard.length, (count) => count === 2);
    await buttons.settled(person);
    marksOf(service.heard[1]!, fresh);
    await revokeServiceSecret(db, centre.accountId);
    await work.pass(2000);
    expect(problem(await press())).toEqual([409, 'service.noSecret']);
  });

  it('is of the hub that takes it; of one that has gone in the middle another hub says so', async () => {
    const { ids, person, use } = await buttons.withButtons({ hook: buttons.web() });
    service.behave(() => {});
    await use(person, `top.custom.${ids['hook']}`, {});
    await until(async () => service.heard.length, (count) => count === 1);
    // As a hub that was killed leaves it.
    await work.pass(60_000);
    await sql`notify pennon_service`.execute(work.hub.db);
    expect(await buttons.settled(person)).toMatchObject([{ state: 'failed', problem: 'service.lost' }]);
  });
});

describe('a custom button', () => {
  it('is decided again: in the profile, in its place, for what one has in hand, and by its condition', async () => {
    const { ids, person, use, talk, queue, signedIn, profile, centre } = await buttons.withButtons({ hook: buttons.web({ place: 'interaction', condition: 'channel = email' }), bar: buttons.web(), page: { opens: 'url', target: 'https://crm.example/' } });
    const other = await makeResource(work.hub.db, centre.accountId, 'customButton', 'Of others', { place: 'topBar', ...buttons.web() });
    expect(problem(await use(person, `top.custom.${other}`, {}))).toEqual([403, 'control.refused']);
    expect(problem(await use(person, `top.custom.${ids['hook']}`, {}))).toEqual([403, 'control.refused']);
    expect(problem(await use(person, `int.custom.${ids['hook']}`, { interactionId: randomUUID() }))).toEqual([403, 'control.refused']);
    const ben = await signedIn(profile);
    const id = await talk(person, queue);
    expect(problem(await use(person, `int.custom.${ids['hook']}`, { interactionId: id }))).toEqual([409, 'button.condition']);
    expect(problem(await use(person, `int.custom.${ids['hook']}`, {}))).toEqual([400, 'request.invalid']);
    expect(problem(await use(ben, `int.custom.${ids['hook']}`, { interactionId: id }))[0]).toBe(403);
    expect(problem(await use(person, `top.custom.${ids['page']}`, {}))).toEqual([409, 'button.page']);
    expect(service.heard).toEqual([]);
  });

  it('of a case or a card is for a row that one sees, with what it says', async () => {
    const { ids, person, use, centre } = await buttons.withButtons({ of: buttons.web({ place: 'case', condition: 'name contains garnier' }), card: buttons.web({ place: 'crmCard' }) }, { settings: { 'cases.access': true, 'mask.email': true } });
    const keep = (values: Record<string, unknown>, ownerId: string | null) => work.hub.db.transaction().execute((trx) => keepRecord(trx, { accountId: centre.accountId, module: 'mod.cases', ownerId, values: { title: 'Glass', state: 'open', priority: 'normal', ...values } }));
    const own = await keep({ customer: 'Hélène Garnier', phone: '+33612345678', email: 'helene@example.org' }, person.id);
    const elses = await keep({ customer: 'Hélène Garnier' }, null);
    const another = await keep({ customer: 'Paul' }, person.id);
    const control = `case.custom.${ids['of']}`;
    expect((await use(person, control, { id: own })).status).toBe(202);
    expect(await buttons.settled(person)).toMatchObject([{ control, subject: own, state: 'done' }]);
    expect(JSON.parse(service.heard[0]!.text)).toMatchObject({ place: 'case', hidden: ['customer.email'], variables: { 'case.id': own, 'customer.name': 'Hélène Garnier', 'customer.number': '+33612345678', 'interaction.id': '' } });
    expect(problem(await use(person, control, { id: elses }))).toEqual([404, 'notFound']);
    expect(problem(await use(person, control, { id: another }))).toEqual([409, 'button.condition']);
    // There is no CRM in this profile.
    expect(problem(await use(person, `crm.custom.${ids['card']}`, { id: own }))).toEqual([403, 'control.refused']);
  });

  it('of a CRM card is done for a card of a CRM of the profile, and for no other', async () => {
    const { ids, person, use, centre, profile, queue } = await buttons.withButtons({ card: buttons.web({ place: 'crmCard', condition: 'name contains garnier' }) });
    const [crm, other] = await Promise.all(['Harbour', 'Brokers'].map((name) => makeResource(work.hub.db, centre.accountId, 'crm', name, {})));
    await centre.publish(profile, 'With buttons', { rows: { queues: [{ id: queue, voice: true, flow: true }], customButtons: [{ id: ids['card'] }], crms: [{ id: crm }] } });
    const keep = (resourceId: string, name: string) => work.hub.db.transaction().execute((trx) => keepRecord(trx, { accountId: centre.accountId, module: 'mod.crm', resourceId, values: { name, mobile: '+33612345678' } }));
    const [card, another, elsewhere] = [await keep(crm!, 'Hélène Garnier'), await keep(crm!, 'Paul'), await keep(other!, 'Hélène Garnier')];
    const control = `crm.custom.${ids['card']}`;
    expect((await use(person, control, { id: card })).status).toBe(202);
    expect(await buttons.settled(person)).toMatchObject([{ control, subject: card, state: 'done' }]);
    expect(JSON.parse(service.heard[0]!.text)).toMatchObject({ place: 'crmCard', variables: { 'customer.name': 'Hélène Garnier', 'customer.number': '+33612345678', 'case.id': '' } });
    expect(problem(await use(person, control, { id: another }))).toEqual([409, 'button.condition']);
    expect(problem(await use(person, control, { id: elsewhere }))).toEqual([404, 'notFound']);
  });
});

it('a publish says which buttons nothing could carry out', async () => {
  const { centre, profile, ids } = await buttons.withButtons({ flow: buttons.workflow(), hook: buttons.web(), page: { opens: 'url', target: 'https://crm.example/' } }, { secret: false });
  const unready = async () => (await work.hub.call(centre.admin, 'POST', `/api/profiles/${profile}/impact`, {})).body.unready;
  expect(await unready()).toEqual({ [ids['hook']!]: 'webService' });
  await createServiceSecret(work.hub.db, centre.accountId, Date.now());
  await work.hub.db.updateTable('connector').set({ hash: null }).where('account_id', '=', centre.accountId).execute();
  expect(await unready()).toEqual({ [ids['flow']!]: 'workflow' });
});

describe('a workflow', () => {
  it('is asked of the telephone system, from the bar without an interaction, and done once that says so', async () => {
    const { ids, person, use, board, workflows } = await buttons.withButtons({ flow: buttons.workflow() });
    expect((await use(person, `top.custom.${ids['flow']}`, {})).status).toBe(202);
    await use(person, `top.custom.${ids['flow']}`, {});
    expect(await buttons.runs(person)).toMatchObject([{ state: 'pending' }]);
    const [command, ...more] = await workflows();
    expect(more).toEqual([]);
    expect(command).toMatchObject({ verb: 'run', workflow: 'plan-call-back', button: { id: ids['flow'], name: 'flow' }, trigger: 'byHand', agent: { id: person.id }, hidden: [] });
    expect(command).not.toHaveProperty('interactionId');
    expect((await board.answer(command!.id, { result: 'done', message: 'Planned\u202e for 15:00' })).status).toBe(204);
    expect(await buttons.settled(person)).toMatchObject([{ state: 'done', message: 'Planned for 15:00' }]);
    // Said twice, and otherwise: it counts once.
    await board.answer(command!.id, { result: 'failed', why: 'late' });
    expect(await buttons.runs(person)).toMatchObject([{ state: 'done' }]);
  });

  it('of an interaction names it, does not hold it up, and goes on when it is over', async () => {
    const { ids, person, use, talk, queue, board, workflows } = await buttons.withButtons({ flow: buttons.workflow({ place: 'interaction' }) });
    const id = await talk(person, queue);
    await use(person, `int.custom.${ids['flow']}`, { interactionId: id });
    const [command] = await workflows();
    expect(command).toMatchObject({ interactionId: id, channel: 'voice', variables: { 'customer.number': '+33612345678', 'interaction.id': id } });
    expect((await use(person, 'int.hold', { interactionId: id, on: true })).status).toBe(202);
    await board.answer((await board.commands()).find(({ verb }) => verb === 'hold')!.id, { result: 'done' });
    await use(person, 'int.hangup', { interactionId: id });
    await board.answer((await board.commands()).find(({ verb }) => verb === 'hangup')!.id, { result: 'done' });
    expect(await work.inHand(person)).toEqual([]);
    expect(await buttons.runs(person)).toMatchObject([{ state: 'pending' }]);
    await board.answer(command!.id, { result: 'failed', why: 'There is no such workflow.' });
    expect(await buttons.settled(person)).toMatchObject([{ state: 'failed', problem: 'workflow.failed', why: 'There is no such workflow.' }]);
  });

  it('that is not answered in time has failed, is asked no more, and may be tried again', async () => {
    const { ids, person, use, workflows } = await buttons.withButtons({ flow: buttons.workflow() });
    await use(person, `top.custom.${ids['flow']}`, {});
    await work.pass(11_000);
    expect(await buttons.settled(person)).toMatchObject([{ state: 'failed', problem: 'workflow.timeout' }]);
    expect(await workflows()).toEqual([]);
    await use(person, `top.custom.${ids['flow']}`, {});
    expect(await workflows()).toHaveLength(1);
  });

  it('without a telephone system is refused', async () => {
    const { ids, person, use, centre } = await buttons.withButtons({ flow: buttons.workflow() });
    await work.hub.db.updateTable('connector').set({ hash: null }).where('account_id', '=', centre.accountId).execute();
    expect(problem(await use(person, `top.custom.${ids['flow']}`, {}))).toEqual([409, 'connector.none']);
  });
});
