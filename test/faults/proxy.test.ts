/** The suite's own tools do what they say: a fault that is none would prove nothing. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Proxy, startProxy } from './proxy.ts';
import { chanceOf, SEED } from './settings.ts';
import { createTurnedClock } from './turned-clock.ts';

let server: Server;
let far: Socket[];
let proxy: Proxy;
let near: Socket;
const SOON = { timeout: 10_000 };

beforeEach(async () => {
  far = [];
  server = createServer((socket) => void far.push(socket.on('error', () => {})));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await startProxy(() => (server.address() as AddressInfo).port, chanceOf(SEED, 'proxy'));
  near = connect(proxy.port, '127.0.0.1').on('error', () => {});
  await once(near, 'connect');
  await expect.poll(() => far.length, SOON).toBe(1);
});
afterEach(async () => {
  near.destroy();
  await proxy.close();
  server.close();
});

/** All that comes to a socket from now on. */
function heardBy(socket: Socket) {
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => void pieces.push(piece));
  return { pieces, text: () => Buffer.concat(pieces).toString() };
}

describe('the proxy', () => {
  it('passes everything both ways, whole and in order, split or joined', async () => {
    const up = heardBy(far[0]!);
    const down = heardBy(near);
    const text = Array.from({ length: 500 }, (_, at) => `line ${at}\n`).join('');
    for (const road of [{ is: 'clear' }, { is: 'split' }, { is: 'joined', ms: 20 }, { is: 'slow', ms: 5 }] as const) {
      proxy.become(road);
      const before = [up.text(), down.text()];
      near.write(text);
      far[0]!.write(text);
      await expect.poll(() => [up.text(), down.text()], SOON).toEqual(before.map((said) => said + text));
    }
    expect(up.pieces.length, 'split into many').toBeGreaterThan(50);
  });

  it('delays every piece by so much, both ways', async () => {
    const DELAY_MS = 250;
    proxy.become({ is: 'slow', ms: DELAY_MS });
    const [up, down] = [heardBy(far[0]!), heardBy(near)];
    const began = performance.now();
    near.write('up');
    far[0]!.write('down');
    await Promise.all([once(far[0]!, 'data'), once(near, 'data')]);
    expect([up.text(), down.text()]).toEqual(['up', 'down']);
    // A timer may be early by the rounding of its clock.
    expect(performance.now() - began).toBeGreaterThan(DELAY_MS - 5);
  });

  it('joins what comes close together', async () => {
    const down = heardBy(near);
    proxy.become({ is: 'joined', ms: 300 });
    for (let at = 0; at < 10; at += 1) {
      far[0]!.write(`${at}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await expect.poll(down.text, SOON).toBe('0123456789');
    expect(down.pieces.length).toBeLessThan(10);
  });

  it('holds everything in a black hole and gives it back after', async () => {
    const up = heardBy(far[0]!);
    proxy.become({ is: 'blackHole' });
    near.write('lost?');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([up.text(), near.destroyed]).toEqual(['', false]);
    proxy.become({ is: 'clear' });
    await expect.poll(up.text, SOON).toBe('lost?');
  });

  it('lets a sender feel that nobody reads', async () => {
    proxy.become({ is: 'notRead' });
    const down = heardBy(near);
    const much = Buffer.alloc(32_000_000, 'x');
    expect(far[0]!.write(much)).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(far[0]!.writableLength).toBeGreaterThan(0);
    proxy.become({ is: 'clear' });
    await expect.poll(() => down.text().length, SOON).toBe(much.length);
  });

  it('resets, so that both ends know', async () => {
    expect(proxy.reset()).toBe(1);
    await expect.poll(() => [near.destroyed, far[0]!.destroyed], SOON).toEqual([true, true]);
  });

  it('leaves one end of a half-open connection in the dark', async () => {
    expect(proxy.halfOpen()).toBe(1);
    await expect.poll(() => far[0]!.destroyed, SOON).toBe(true);
    near.write('anybody?');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([near.destroyed, near.readableEnded]).toEqual([false, false]);
  });
});

describe('the clock', () => {
  it('turned on calls what is due by then, and nothing that was called off', async () => {
    const clock = createTurnedClock();
    const called: string[] = [];
    clock.after(60_000, () => called.push('minute'));
    clock.after(7_200_000, () => called.push('hours'));
    clock.after(60_000, () => called.push('never'))();
    clock.turn(3_600_000);
    await expect.poll(() => called, SOON).toEqual(['minute']);
    expect(clock.now() - Date.now()).toBeGreaterThanOrEqual(3_599_000);
    clock.turn(7_200_000);
    await expect.poll(() => called, SOON).toEqual(['minute', 'hours']);
  });
});
