/** The hub's clock, turned under the world of the model test. */
import type { FaultBrowser } from './a-browser.ts';
import type { FaultHub } from './a-hub.ts';
import { once } from './insist.ts';
import type { Witness } from './witness.ts';

/** How long a token of the issuer is good for, and by how much two clocks may differ there. */
const TOKEN_SEC = 600 + 5;

/** Past its token's time none is let in with it, however new it was. */
export async function turnHub(hub: FaultHub, browsers: readonly FaultBrowser[], seconds: number, tell: (what: string) => unknown, witness: Witness): Promise<void> {
  const tokens = await Promise.all(browsers.map((browser) => browser.accessToken()));
  await hub.turn(seconds * 1000);
  if (seconds <= TOKEN_SEC) return;
  for (const [at, token] of tokens.entries()) {
    // Asked past its road; no answer while the hub is down.
    const answer = token && (await once(hub.url, { token }, 'GET', '/api/banner'));
    if (!answer || answer.status === 503) continue;
    tell('token past its time');
    if (answer.status !== 401) witness.wrong(`${browsers[at]!.person.id} was let in (${answer.status}) with a token that had run out`);
  }
}
