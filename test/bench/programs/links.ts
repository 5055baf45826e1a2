/** The extension's own links, thousands of them, with all that they do when a hub goes away and comes back. */
import WebSocket from 'ws';
import type { Cursor } from '../../../lib/api/live.ts';
import { createLink } from '../../../lib/live/link.ts';
import { createSteadyTime } from '../../../lib/live/steady.ts';
import { createSocketConnector, type Socket } from '../../../lib/live/stream.ts';
import { systemClock } from '../../../lib/models/clock.ts';
import { clock, options, serve } from './told.ts';

const { url, count, token } = options as { url: string; count: number; token: string };
const live = new Set<number>();
let complete = () => {};
const allLive = () => new Promise<void>((resolve) => {
  complete = resolve;
  if (live.size === count) resolve();
});

const connector = createSocketConnector((address, protocol) => new WebSocket(address, protocol) as unknown as Socket);
for (let at = 0; at < count; at++) {
  let holds: Cursor | null = null;
  const link = createLink(
    // Only WebSockets: the event stream is what serves where these are eaten.
    { connectors: { socket: connector, events: connector }, hub: () => url, token: async () => ({ ok: true, value: `${token}${at}` }), holds: () => holds, session: () => null, clock: systemClock, time: createSteadyTime(systemClock), random: Math.random },
    {
      heard() {},
      welcomed() {},
      apply({ epoch, profile, person, situation }) {
        holds = { epoch, profile: profile?.seq ?? holds?.profile ?? -1, person: person?.seq ?? holds?.person ?? -1, situation: situation?.seq ?? holds?.situation ?? -1 };
        live.add(at);
        if (live.size === count) complete();
      },
      malformed(detail) {
        throw new Error(detail);
      },
      changed() {},
      lost: () => void live.delete(at),
      waits() {},
      ended(code) {
        throw new Error(`the hub sent client ${at} away: ${code}`);
      },
    },
  );
  link.start();
}
await allLive();
await serve({ count }, async () => {
  await allLive();
  return { at: clock() };
});
