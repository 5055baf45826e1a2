/** The demo centre's traffic, as a process of its own. Exit codes: 0 stopped, 1 the hub does not know the token, 2 wrongly called. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../../lib/models/clock.ts';
import { readArguments, type TrafficOptions, USAGE, WrongCall } from './arguments.ts';
import { createCalls } from './calls.ts';
import { createControl } from './control.ts';
import { socketTo } from './link.ts';
import { startPaying } from './payments.ts';
import { createRandom } from './random.ts';
import { createTraffic } from './traffic.ts';

async function main({ hub, token, pace, quietMs, seed, flaky, control, quiet }: TrafficOptions): Promise<number> {
  const say = (line: string) => quiet || console.log(line);
  const begun = Date.now();
  const run = begun.toString(36);
  const { promise: end, resolve } = Promise.withResolvers<number>();
  const calls = createCalls(hub, token);
  const traffic = createTraffic({
    rules: { run, pace, quietMs, flaky },
    token,
    calls,
    open: socketTo(hub),
    clock: systemClock,
    random: createRandom(seed ?? begun),
    log: say,
    unknown() {
      console.error('The hub does not know this token: node server/main.ts connector NAME makes a new one.');
      resolve(1);
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(0));
  // Started by another program that is gone: nobody else would end it.
  if (process.connected) process.once('disconnect', () => resolve(0));
  const server = control === null ? null : createControl(traffic, run).listen(control, '127.0.0.1');
  if (server) {
    await once(server, 'listening');
    console.log(`Control on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  traffic.start();
  const stopPaying = startPaying({ calls, clock: systemClock, log: say });
  const code = await end;
  await stopPaying();
  server?.close();
  await traffic.stop();
  return code;
}

function read(): TrafficOptions | null {
  try {
    return readArguments(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof WrongCall)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const options = read();
if (options === null) console.log(USAGE);
else process.exit(await main(options));
