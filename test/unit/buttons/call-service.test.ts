import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSentence, readAnswer } from '../../../server/buttons/answer.ts';
import { callService, type ServiceEdges } from '../../../server/buttons/call-service.ts';
import { answers, startWebService } from '../../fixtures/web-service.ts';

const allowed = new Set(['127.0.0.1', 'service.test']);
let service: Awaited<ReturnType<typeof startWebService>>;
beforeEach(async () => {
  service = await startWebService();
});
afterEach(() => service.stop());

const call = (edges: Partial<ServiceEdges> = {}, address = `${service.url}/hook`) => callService({ address, body: '{"id":"é"}', headers: { 'idempotency-key': 'k1' } }, { allowed, ...edges });

describe('a web service', () => {
  it('is posted JSON, and its sentence and page come back', async () => {
    service.behave(answers({ message: 'Planned for\n 15:00', open: 'https://crm.example/20418', more: 1 }));
    expect(await call()).toEqual({ ok: true, message: 'Planned for 15:00', open: 'https://crm.example/20418' });
    expect(service.heard).toMatchObject([{ method: 'POST', path: '/hook', text: '{"id":"é"}', headers: { 'content-type': 'application/json', 'idempotency-key': 'k1', connection: 'close' } }]);
  });

  it.each([
    ['nothing', answers('', 204)],
    ['an empty document', answers({})],
    ['nulls', answers({ message: null, open: null })],
  ])('that answers %s is done', async (_what, behaviour) => {
    service.behave(behaviour);
    expect(await call()).toEqual({ ok: true, message: null, open: null });
  });

  it.each([
    ['an error', answers({ message: 'no' }, 500), 'service.refused', '500'],
    ['that it knows nobody', answers({}, 401), 'service.refused', '401'],
    ['another kind', answers('<p>Sign in</p>', 200, { 'content-type': 'text/html' }), 'service.answer', 'no JSON'],
    ['what is no JSON', answers('{'), 'service.answer', 'another document than { message, open }'],
    ['another document', answers(['x']), 'service.answer', 'another document than { message, open }'],
    ['a page that runs a script', answers({ open: 'javascript:alert(1)' }), 'service.answer', 'a page to open that is no https address'],
    ['more than is read', answers({ message: 'x'.repeat(20_000) }), 'service.answer', 'more than 16 kB'],
  ])('that answers %s is not done', async (_what, behaviour, problem, why) => {
    service.behave(behaviour);
    expect(await call()).toEqual({ ok: false, problem, why });
  });

  it('that sends on and on is cut off', async () => {
    const sent = { open: true };
    service.behave(async (response) => {
      response.on('close', () => (sent.open = false)).writeHead(200, { 'content-type': 'application/json' });
      while (sent.open && response.write(' '.repeat(4096))) await new Promise(setImmediate);
    });
    expect(await call()).toMatchObject({ problem: 'service.answer' });
    await expect.poll(() => sent.open).toBe(false);
  });

  it('is not followed elsewhere', async () => {
    const other = await startWebService();
    service.behave(answers('', 307, { location: `${other.url}/hook` }));
    expect(await call()).toEqual({ ok: false, problem: 'service.redirected', why: '307' });
    expect(other.heard).toEqual([]);
    await other.stop();
  });

  it('that does not answer in time, or not to its end, may have done it', async () => {
    service.behave(() => {});
    expect(await call({ callMs: 100 })).toMatchObject({ problem: 'service.timeout' });
    service.behave((response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{'));
    expect(await call({ callMs: 100 })).toMatchObject({ problem: 'service.timeout' });
  });

  it('that hangs up on the hub may have done it, and one that the hub leaves when it stops', async () => {
    service.behave((response) => response.destroy());
    expect(await call()).toMatchObject({ problem: 'service.lost' });
    service.behave((response) => response.writeHead(200, { 'content-length': '10' }).write('{', () => response.destroy()));
    expect(await call()).toMatchObject({ problem: 'service.lost' });
    const stop = new AbortController();
    service.behave(() => stop.abort());
    expect(await call({ signal: stop.signal })).toMatchObject({ problem: 'service.lost' });
  });

  it('that is not there has done nothing', async () => {
    await service.stop();
    expect(await call()).toMatchObject({ problem: 'service.unreachable' });
    const nameless = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    expect(await call({ resolve: nameless }, 'https://hooks.example/')).toMatchObject({ problem: 'service.unreachable' });
  });

  it('without a certificate for its name is not told anything', async () => {
    const secrets: string[] = [];
    const plain: Server = createServer((socket) => socket.on('data', (data) => secrets.push(String(data))).on('error', () => {}));
    await once(plain.listen(0, '127.0.0.1'), 'listening');
    const { port } = plain.address() as AddressInfo;
    expect(await call({ callMs: 500, resolve: async () => [{ address: '127.0.0.1', family: 4 }] }, `https://service.test:${port}/`)).toMatchObject({ problem: 'service.unreachable' });
    expect(secrets.join('')).not.toContain('idempotency');
    plain.close();
  });

  it.each([
    ['inside', '10.0.0.1'],
    ['on this machine', '127.0.0.1'],
    ['of a cloud’s secrets', '169.254.169.254'],
    ['of a link', 'fe80::1'],
  ])('whose name leads %s is not connected to', async (_where, address) => {
    const family = address.includes(':') ? 6 : 4;
    const public4 = { address: '93.184.216.34', family: 4 };
    expect(await call({ resolve: async () => [{ address, family }] }, `https://hooks.example:${service.port}/`)).toMatchObject({ problem: 'service.address' });
    // One of several is enough: which is connected to is not left to chance.
    expect(await call({ resolve: async () => [public4, { address, family }] }, `https://hooks.example:${service.port}/`)).toMatchObject({ problem: 'service.address' });
    expect(service.heard).toEqual([]);
  });

  it('is connected to at the address that was checked: its name is asked for once', async () => {
    const said = ['127.0.0.1', '10.0.0.1'];
    let asked = 0;
    const resolve = async () => [{ address: said[asked++]!, family: 4 }];
    expect(await call({ resolve, allowed: new Set(['service.test']) }, `http://service.test:${service.port}/hook`)).toMatchObject({ ok: true });
    expect([asked, service.heard.length, service.heard[0]!.headers.host]).toEqual([1, 1, `service.test:${service.port}`]);
  });

  it('at an address that may not be called is not called', async () => {
    expect(await call({ allowed: new Set() })).toMatchObject({ problem: 'service.address' });
    expect(service.heard).toEqual([]);
  });
});

describe('a sentence of a web service', () => {
  it('is one line of plain text, whatever it sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const line = plainSentence(text.toWellFormed());
        if (line === null) return;
        expect(line).toBe(line.trim());
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect([...line].length).toBeLessThanOrEqual(80);
      }),
    );
    expect([...plainSentence('é'.repeat(900))!].length).toBe(500);
  });

  it('and nothing else is taken from an answer', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = readAnswer('application/json; charset=utf-8', Buffer.from(text), new URL('https://hooks.example/'));
        expect(typeof read === 'string' || (Object.keys(read).join() === 'message,open' && (read.open === null || read.open.startsWith('https://')))).toBe(true);
      }),
    );
  });
});
