/** Several connectors of one account: which of them an outgoing interaction goes to. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { changeChannels, createConnector } from '../../../server/connector/connectors.ts';
import { type AtWork, startWork, until } from '../../fixtures/at-work.ts';
import { problem } from '../../fixtures/hub.ts';
import { makeSwitchboard } from '../../fixtures/switchboard.ts';

vi.setConfig({ testTimeout: 30_000 });

let work: AtWork;
beforeAll(async () => {
  work = await startWork();
}, 60_000);
afterAll(() => work?.hub.stop(), 60_000);

const out = { settings: { 'flow.voice.out.direct': true, 'flow.voice.out.countries': ['FR'], 'flow.email.out.direct': true } };
const MAIL = { email: 'lena@example.com', subject: 'Your claim', text: 'We have it.' };
const CALL = { number: '06 12 34 56 78' };

/** A centre of its own, whose switchboard of every test says nothing of what it carries. */
async function begin() {
  const { centre, board, use, signedIn, profile, queue } = await work.begin(out);
  const { accountId } = centre;
  const person = await signedIn(profile);
  return {
    accountId,
    board,
    queue,
    use: (control: string, body: object) => use(person, control, body),
    another: (name: string, channels?: Parameters<typeof createConnector>[3]) => makeSwitchboard(work.hub, accountId, name, channels),
    interactions: () => work.hub.db.selectFrom('interaction').select('id').where('account_id', '=', accountId).execute(),
  };
}

/** Speaks on a socket, as `name` says it is welcome. */
async function connect(token: string) {
  const socket = new WebSocket(`${work.hub.url.replace(/^http/, 'ws')}/api/connector`, 'pennon.connector.v1');
  const welcome = new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }));
  socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'hello', token })));
  await welcome;
  return socket;
}

const heardAt = async (accountId: string, name: string) =>
  (await work.hub.db.selectFrom('connector').select('heard_at').where('account_id', '=', accountId).where('name', '=', name).executeTakeFirstOrThrow()).heard_at;

describe('an outgoing interaction', () => {
  it('goes to the connector that says it carries the channel, whichever was made first', async () => {
    const { board, another, use } = await begin();
    const gateway = await another('Gateway', ['email', 'messages']);
    expect((await use('out.email.direct', MAIL)).status).toBe(202);
    expect(await gateway.obey()).toEqual(['send']);
    expect((await use('out.voice.direct', CALL)).status).toBe(202);
    expect(await gateway.commands()).toEqual([]);
    expect(await board.commands()).toMatchObject([{ verb: 'dial', channel: 'voice' }]);
  });

  it('goes to one that is connected, and to another once that one has left', async () => {
    const { accountId, another, use } = await begin();
    const [first, second] = [await another('First', ['email']), await another('Second', ['email'])];
    const socket = await connect(second.token);
    expect(await heardAt(accountId, 'Second')).not.toBeNull();
    await use('out.email.direct', MAIL);
    await until(() => second.commands(), ({ length }) => length === 1);
    await second.obey();
    socket.close();
    await until(() => heardAt(accountId, 'Second'), (at) => at === null);
    await use('out.email.direct', MAIL);
    expect((await first.commands()).map(({ verb }) => verb)).toEqual(['send']);
  });

  it('goes to one that asks for its commands rather than to one of which nothing is heard', async () => {
    const { another, use } = await begin();
    const [first, second] = [await another('First', ['email']), await another('Second', ['email'])];
    await first.commands();
    await work.pass(46_000);
    await second.commands();
    await use('out.email.direct', MAIL);
    expect(await second.obey()).toEqual(['send']);
    expect(await first.commands()).toEqual([]);
  });

  it('that no connector carries is refused before anything begins', async () => {
    const { accountId, use, interactions } = await begin();
    await changeChannels(work.hub.db, accountId, 'switchboard', ['voice']);
    const refused = await use('out.email.direct', MAIL);
    expect(problem(refused)).toEqual([409, 'connector.channel']);
    expect(refused.body.channel).toBe('email');
    expect(await interactions()).toEqual([]);
  });
});

describe('what a connector carries', () => {
  it('is told to it, is all where nothing was said, and is left as it is by a new token', async () => {
    const { accountId, board, another } = await begin();
    const channels = async ({ call }: typeof board) => (await call('GET', '/api/connector')).body.connector.channels;
    expect(await channels(board)).toEqual(['voice', 'email', 'messages']);
    await another('Gateway', ['email']);
    expect(await channels(await another('gateway'))).toEqual(['email']);
    expect(await channels(await another('Gateway', null))).toEqual(['voice', 'email', 'messages']);
    expect(await changeChannels(work.hub.db, accountId, 'Nobody', ['email'])).toBe(false);
  });

  it('is all that it may offer', async () => {
    const { another, queue } = await begin();
    const gateway = await another('Gateway', ['email']);
    const offer = (channel: string) => gateway.call('POST', '/api/connector/interactions', { ref: channel, channel, queueId: queue, customer: { address: 'lena@example.com' } });
    expect(problem(await offer('voice'))).toEqual([422, 'interaction.channel']);
    expect((await offer('email')).status).toBe(201);
  });
});
