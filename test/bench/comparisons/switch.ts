/** Switching the profile: from the request to its answer and to the frame at the socket, beside one durable UPDATE. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { type Comparison, interleave, measuresOf, type Options, type Result } from '../harness/comparison.ts';
import { TOKEN, withHub } from '../harness/hub-program.ts';
import { median } from '../harness/statistics.ts';

const TIMES = 30;

async function middle(run: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) times.push(await run());
  return median(times);
}

async function* run({ rounds, say }: Options): AsyncGenerator<Result> {
  yield await withHub({ people: 1 }, async (hub) => {
    say(`${TIMES} times a round`);
    const authorization = { authorization: `Bearer ${TOKEN}0` };
    const profileIds = hub.ready.profileIds as readonly [string, string];
    const tokens = await hub.ask({ query: "select t.id from api_token t join person p on p.id = t.person_id where p.email = 'bench-0@example.test'" });
    const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/api/live`, 'pennon.v1');
    await once(socket, 'open');
    let heard = () => {};
    socket.on('message', (data) => String(data).includes('"situation"') && heard());
    const frame = () => new Promise<void>((resolve) => (heard = resolve));
    const first = frame();
    socket.send(JSON.stringify({ type: 'hello', token: `${TOKEN}0`, holds: null }));
    await first;

    let turn = 0;
    const ask = async () => {
      const body = JSON.stringify({ profileId: profileIds[(turn += 1) % 2] });
      const headers = { ...authorization, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
      const answer = await fetch(`${hub.url}/api/session/profile`, { method: 'PUT', headers, body });
      await answer.text();
      if (answer.status !== 200) throw new Error(`switching: ${answer.status}`);
    };
    const timed = async (act: () => Promise<unknown>) => {
      const begun = performance.now();
      await act();
      return performance.now() - begun;
    };
    const settled = async (act: () => Promise<unknown>) => {
      const came = frame();
      const time = await timed(() => act());
      await came;
      return time;
    };
    const samples = await interleave(rounds, {
      'switch, to its answer': () => middle(() => settled(ask)),
      'switch, to the frame': () => middle(() => timed(() => Promise.all([frame(), ask()]))),
      'one UPDATE': () => middle(async () => {
        await pause(1);
        return timed(async () => (await fetch(`${hub.url}/bench/update/${tokens[0].id}`, { method: 'PUT' })).text());
      }),
    });
    socket.close();
    return {
      title: 'Switching the profile, durably: the middle of a round',
      measures: measuresOf(samples, 'ms'),
      targets: [
        { of: 'switch, to its answer', against: 'one UPDATE', by: 'difference', most: 20 },
        { of: 'switch, to the frame', against: 'one UPDATE', by: 'difference', most: 20 },
      ],
      notes: ['On the hub\'s side: what the banner needs to paint comes on top. The UPDATE goes through the same server and pool, without a token.'],
    };
  });
}

export const switchComparison: Comparison = { name: 'switch', about: 'switching the profile, beside one durable UPDATE', run };
