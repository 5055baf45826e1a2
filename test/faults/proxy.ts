/** A TCP proxy whose roads can be made bad: what a network does to those who think of it as a wire. */
import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Chance } from './settings.ts';

export type Road =
  | { readonly is: 'clear' }
  /** Every piece comes so much later. */
  | { readonly is: 'slow'; readonly ms: number }
  /** Nothing gets through in either direction, and nobody is told. What was sent meanwhile comes once it is clear. */
  | { readonly is: 'blackHole' }
  /** In pieces of a few bytes. */
  | { readonly is: 'split' }
  /** What comes within this is sent as one piece. */
  | { readonly is: 'joined'; readonly ms: number }
  /** The client takes nothing: what is sent to it stays with the sender, who feels it. */
  | { readonly is: 'notRead' };

export interface Proxy {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Of all connections, those that are open too. */
  become(road: Road): void;
  /** Resets all connections: both ends are told so. @returns how many */
  reset(): number;
  /** The far end of all connections is gone; the near one is not told. @returns how many */
  halfOpen(): number;
  /** Of the near end. */
  connections(): number;
  close(): Promise<void>;
}

const MOST_PIECE_BYTES = 48;

/** @param target the port to go on to, asked at each connection */
export async function startProxy(target: () => number, chance: Chance): Promise<Proxy> {
  let road: Road = { is: 'clear' };
  let changed = Promise.withResolvers<void>();
  const open = new Set<{ readonly near: Socket; readonly far: Socket; deaf: boolean }>();

  const isBlocked = (way: 'up' | 'down') => road.is === 'blackHole' || (road.is === 'notRead' && way === 'down');
  const passable = async (way: 'up' | 'down') => {
    while (isBlocked(way)) await changed.promise;
  };
  const carry = async (from: Socket, to: Socket, way: 'up' | 'down') => {
    const write = async (piece: Buffer) => {
      if (!to.destroyed && !to.write(piece)) await Promise.race([once(to, 'drain'), once(to, 'close')]);
    };
    for await (const chunk of from as AsyncIterable<Buffer>) {
      await passable(way);
      if (road.is === 'slow' || road.is === 'joined') await pause(road.ms);
      // What came while the first waited: the sockets' own buffers hold it, and one read takes all.
      const rest = road.is === 'joined' ? (from.read() as Buffer | null) : null;
      const all = rest ? Buffer.concat([chunk, rest]) : chunk;
      if (road.is !== 'split') {
        await write(all);
        continue;
      }
      for (let at = 0; at < all.length; ) {
        const end = at + chance.between(1, MOST_PIECE_BYTES);
        await write(all.subarray(at, end));
        await turn();
        at = end;
      }
    }
    await passable(way);
    to.end();
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ host: '127.0.0.1', port: target(), allowHalfOpen: true, noDelay: true });
    const pair = { near, far, deaf: false };
    open.add(pair);
    for (const socket of [near, far]) socket.on('error', () => {});
    near.on('close', () => {
      open.delete(pair);
      far.destroy();
    });
    far.on('close', (broken) => void (pair.deaf || (broken ? near.resetAndDestroy() : near.destroySoon())));
    // A socket that was destroyed under its reader ends the reading with an error, which says nothing new.
    void carry(near, far, 'up').catch(() => {});
    void carry(far, near, 'down').catch(() => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const become = (next: Road) => {
    road = next;
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const each = (act: (pair: { near: Socket; far: Socket; deaf: boolean }) => void): number => {
    const all = [...open];
    all.forEach(act);
    return all.length;
  };
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    become,
    reset: () =>
      each(({ near, far }) => {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }),
    halfOpen: () =>
      each((pair) => {
        pair.deaf = true;
        pair.far.resetAndDestroy();
      }),
    connections: () => open.size,
    async close() {
      become({ is: 'clear' });
      each(({ near, far }) => {
        near.destroy();
        far.destroy();
      });
      server.close();
      await once(server, 'close');
    },
  };
}
