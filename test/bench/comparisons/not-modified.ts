/** Asking whether anything is new, where nothing is: the hub has to know who asks and what they have, a plain server nothing. */
import { Agent, request } from 'node:http';
import { type Comparison, interleave, measuresOf, type Options, type Result } from '../harness/comparison.ts';
import { TOKEN, withHub } from '../harness/hub-program.ts';
import { startProgram } from '../harness/program.ts';

const AT_ONCE = 20;
const REQUESTS = 1500;

/** Answers of 304 a second, over connections that are kept. */
async function perSecond(url: string, headersOf: (at: number) => Record<string, string>): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let next = 0;
  const ask = (at: number) =>
    new Promise<void>((resolve, reject) => {
      request(url, { agent, headers: headersOf(at) }, (response) => {
        if (response.statusCode !== 304) reject(new Error(`${url}: ${response.statusCode}`));
        response.resume().on('end', resolve);
      }).on('error', reject).end();
    });
  const begun = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, async (_, at) => {
    while (next++ < REQUESTS) await ask(at);
  }));
  agent.destroy();
  return REQUESTS / ((performance.now() - begun) / 1000);
}

async function* run({ rounds, say }: Options): AsyncGenerator<Result> {
  const plain = await startProgram('plain-server.ts');
  try {
    yield await withHub({ people: AT_ONCE }, async (hub) => {
      say(`${REQUESTS} requests of ${AT_ONCE} people`);
      const authorization = (at: number) => ({ authorization: `Bearer ${TOKEN}${at}` });
      const etags = await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, at) => {
          const answer = await fetch(`${hub.url}/api/banner`, { headers: authorization(at) });
          await answer.arrayBuffer();
          return answer.headers.get('etag')!;
        }),
      );
      const runs = {
        'the hub': () => perSecond(`${hub.url}/api/banner`, (at) => ({ ...authorization(at), 'if-none-match': etags[at]! })),
        'plain node:http': () => perSecond(plain.ready.url, () => ({ 'if-none-match': '"1-2-3-4"' })),
      };
      for (const warm of Object.values(runs)) await warm();
      return {
        title: 'A conditional GET of the banner, answered 304',
        measures: measuresOf(await interleave(rounds, runs), 'a second'),
        targets: [{ of: 'the hub', against: 'plain node:http', by: 'ratio', least: 0.75 }],
        notes: ['Whose the token is, whether the session is open and how new its documents are, the hub has in memory until a change is read.'],
      };
    });
  } finally {
    await plain.stop();
  }
}

export const notModifiedComparison: Comparison = { name: 'not-modified', about: 'a conditional GET, beside a plain node:http server', run };
