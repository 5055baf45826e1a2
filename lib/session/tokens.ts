/** The access token of the moment. Two renewals never run at once: the second would bring back a token that is used up. */
import { clientProblem } from '../api/client-problem.ts';
import type { TokenAnswer } from '../api/client.ts';
import type { Clock } from '../models/clock.ts';
import type { KeptStore } from '../store/kept.ts';
import type { SignIn } from './sign-in.ts';

export interface TokensEdges {
  readonly kept: KeptStore;
  readonly signIn: Pick<SignIn, 'refresh'>;
  readonly clock: Clock;
  /** A new token, for the link to pass on. */
  readonly onRenewed: (token: string) => void;
  /** The issuer gives no more: the sign-in is over. A network that is down is no such answer. */
  readonly onRefused: () => void;
}

export interface TokenKeeper {
  /** One that is valid and another than `rejected`; else why there is none. */
  token(rejected?: string): Promise<TokenAnswer>;
  /** Renews before the end from now on, as long as the background lives. */
  watch(): void;
}

/** After a renewal that failed for the network, the next try. */
const RETRY_MS = 15_000;

export function createTokenKeeper({ kept, signIn, clock, onRenewed, onRefused }: TokensEdges): TokenKeeper {
  let renewing: Promise<TokenAnswer> | null = null;
  let callOff: (() => void) | null = null;

  const watch = (notBefore = 0) => {
    callOff?.();
    const { tokens } = kept.get();
    callOff = tokens ? clock.after(Math.max(notBefore, tokens.renewAt - clock.now()), () => void renewInTime()) : null;
  };
  const renewInTime = async () => {
    const { tokens } = kept.get();
    if (tokens && !(await renewOnce()).ok) watch(RETRY_MS);
  };

  const renew = async (): Promise<TokenAnswer> => {
    const { tokens } = kept.get();
    if (!tokens) return signedOut();
    const outcome = await signIn.refresh(tokens);
    // Signed out, or in as somebody else, in the meantime: not ours any more.
    if (kept.get().tokens !== tokens) return signedOut();
    if (outcome.kind === 'problem') return { ok: false, problem: outcome.problem };
    if (outcome.kind === 'refused') {
      onRefused();
      return signedOut();
    }
    await kept.save({ tokens: outcome.tokens });
    watch();
    onRenewed(outcome.tokens.access);
    return { ok: true, value: outcome.tokens.access };
  };
  const renewOnce = () =>
    (renewing ??= renew().finally(() => {
      renewing = null;
    }));

  return {
    async token(rejected) {
      const { tokens } = kept.get();
      if (!tokens) return signedOut();
      const now = clock.now();
      if (tokens.access !== rejected && now < tokens.renewAt) return { ok: true, value: tokens.access };
      const answer = await renewOnce();
      // Not renewed for the network, but good for a little longer.
      const stillGood = tokens.access !== rejected && now < tokens.expiresAt && kept.get().tokens === tokens;
      return !answer.ok && stillGood ? { ok: true, value: tokens.access } : answer;
    },
    watch: () => watch(),
  };
}

const signedOut = (): TokenAnswer => ({ ok: false, problem: clientProblem('client.signedOut') });
