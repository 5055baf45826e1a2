/** Signing in with the issuer that the hub names: OpenID Connect, code with PKCE, in the browser's own window for it. */
import * as oauth from 'oauth4webapi';
import { clientProblem } from '../api/client-problem.ts';
import type { Problem } from '../api/problem.ts';
import type { HubInfo } from '../api/routes.ts';
import type { Clock } from '../models/clock.ts';
import { isLoopback } from '../settings/schema.ts';
import type { Tokens } from '../store/kept.ts';

export interface SignInEdges {
  readonly fetch: typeof globalThis.fetch;
  readonly identity: {
    getRedirectURL(): string;
    launchWebAuthFlow(details: { url: string; interactive: boolean }): Promise<string | undefined>;
  };
  readonly clock: Clock;
}

export type SignInOutcome =
  | { readonly kind: 'tokens'; readonly tokens: Tokens }
  /** The person closed the window, or would have had to be asked where nobody may be. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'problem'; readonly problem: Problem };

export type RefreshOutcome =
  | { readonly kind: 'tokens'; readonly tokens: Tokens }
  /** The issuer gives no more tokens for this sign-in: it is over. Nothing else is. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface SignInManner {
  /** False: without a window, where the issuer still knows the browser. */
  readonly interactive: boolean;
  /** Asks who it is even where the issuer still knows the browser: after a sign-out, or for somebody else. */
  readonly askAgain: boolean;
}

export interface SignIn {
  signIn(hub: HubInfo, manner: SignInManner): Promise<SignInOutcome>;
  refresh(tokens: Tokens): Promise<RefreshOutcome>;
  /** Best effort; never rejects. */
  revoke(tokens: Tokens): Promise<void>;
}

const ISSUER_TIMEOUT_MS = 10_000;
/** How far a machine's clock may be off without a word, in seconds. */
const TOLERANCE_SEC = 60;
/** A token is renewed a minute before its end or, where it is short-lived, after two thirds of its life. */
const RENEW_BEFORE_MS = 60_000;
/** Where the issuer does not say how long a token lasts; the hub refuses it sooner where it does not. */
const UNSAID_LIFE_SEC = 300;

export function createSignIn(edges: SignInEdges): SignIn {
  const options = (issuer: string) => ({
    [oauth.customFetch]: edges.fetch as (url: string, init: oauth.CustomFetchOptions<string, unknown>) => Promise<Response>,
    [oauth.allowInsecureRequests]: isInsecure(issuer),
    signal: () => AbortSignal.timeout(ISSUER_TIMEOUT_MS),
  });

  return {
    async signIn(hub, manner) {
      if (!mayBeTrusted(hub.issuer)) return problem('client.insecure', hub.issuer);
      const discovered = await discover(hub.issuer, options(hub.issuer), edges.clock);
      if ('problem' in discovered) return { kind: 'problem', problem: discovered.problem };
      const { server, skewSec } = discovered;
      const client: oauth.Client = {
        client_id: hub.clientId,
        [oauth.clockSkew]: skewSec,
        [oauth.clockTolerance]: TOLERANCE_SEC,
      };
      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const redirect = edges.identity.getRedirectURL();
      const address = await authorizationAddress(server, hub, manner, { verifier, state, redirect });
      if (!address) return problem('client.signInFailed', 'the issuer has no authorization endpoint');
      const back = await openWindow(edges, address, manner);
      if (back.kind !== 'address') return back;
      try {
        const callback = oauth.validateAuthResponse(server, client, new URL(back.address), state);
        const response = await oauth.authorizationCodeGrantRequest(server, client, oauth.None(), callback, redirect, verifier, {
          ...options(hub.issuer),
          ...(hub.resource === null ? {} : { additionalParameters: { resource: hub.resource } }),
        });
        const answer = await oauth.processAuthorizationCodeResponse(server, client, response);
        return { kind: 'tokens', tokens: tokensOf(answer, null, server, hub, edges.clock.now()) };
      } catch (error) {
        return isCancelled(error) ? { kind: 'cancelled' } : { kind: 'problem', problem: problemOf(error) };
      }
    },

    async refresh(tokens) {
      const { issuer, tokenEndpoint, clientId, resource } = tokens;
      if (tokens.refresh === null) return { kind: 'refused' };
      const server: oauth.AuthorizationServer = { issuer, token_endpoint: tokenEndpoint };
      const client: oauth.Client = { client_id: clientId };
      try {
        const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), tokens.refresh, {
          ...options(issuer),
          ...(resource === null ? {} : { additionalParameters: { resource } }),
        });
        const answer = await refreshed(server, client, response);
        return { kind: 'tokens', tokens: tokensOf(answer, tokens.refresh, server, { clientId, resource }, edges.clock.now(), tokens) };
      } catch (error) {
        return isRefused(error) ? { kind: 'refused' } : { kind: 'problem', problem: problemOf(error) };
      }
    },

    async revoke({ issuer, revocationEndpoint, clientId, refresh }) {
      if (revocationEndpoint === null || refresh === null) return;
      const server: oauth.AuthorizationServer = { issuer, revocation_endpoint: revocationEndpoint };
      await oauth.revocationRequest(server, { client_id: clientId }, oauth.None(), refresh, options(issuer)).catch(() => {});
    },
  };
}

const problem = (code: 'client.insecure' | 'client.signInFailed', detail: string): { kind: 'problem'; problem: Problem } => ({
  kind: 'problem',
  problem: clientProblem(code, detail),
});

const isInsecure = (address: string): boolean => address.startsWith('http:');

/** Plain http only to this machine: nobody between reads along. */
const mayBeTrusted = (issuer: string): boolean =>
  URL.canParse(issuer) && (!isInsecure(issuer) || isLoopback(new URL(issuer).hostname));

type Options = oauth.DiscoveryRequestOptions;

/** The issuer's endpoints, and how far its clock is from this machine's: else a clock an hour off could not sign in. */
async function discover(
  issuer: string,
  options: Options,
  clock: Clock,
): Promise<{ server: oauth.AuthorizationServer; skewSec: number } | { problem: Problem }> {
  try {
    const response = await oauth.discoveryRequest(new URL(issuer), options);
    const said = Date.parse(response.headers.get('date') ?? '');
    const server = await oauth.processDiscoveryResponse(new URL(issuer), response);
    const skewSec = Number.isNaN(said) ? 0 : Math.round((said - clock.now()) / 1000);
    return { server, skewSec: Math.abs(skewSec) < TOLERANCE_SEC ? 0 : skewSec };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

async function authorizationAddress(
  server: oauth.AuthorizationServer,
  hub: HubInfo,
  { interactive, askAgain }: SignInManner,
  { verifier, state, redirect }: { verifier: string; state: string; redirect: string },
): Promise<string | null> {
  if (!server.authorization_endpoint) return null;
  const address = new URL(server.authorization_endpoint);
  const prompt = interactive ? (askAgain ? 'login' : null) : 'none';
  const parameters = {
    client_id: hub.clientId,
    redirect_uri: redirect,
    response_type: 'code',
    scope: hub.scopes.join(' '),
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(hub.resource === null ? {} : { resource: hub.resource }),
    ...(prompt === null ? {} : { prompt }),
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return address.href;
}

type Returned = { readonly kind: 'address'; readonly address: string } | Exclude<SignInOutcome, { kind: 'tokens' }>;

/** Browsers tell a window that was closed from a page that did not load by the words of the error only. */
const COULD_NOT_LOAD = /could not be loaded|load.*fail|network|invalid|redirect/i;

async function openWindow({ identity }: SignInEdges, url: string, { interactive }: SignInManner): Promise<Returned> {
  try {
    const address = await identity.launchWebAuthFlow({ url, interactive });
    return address ? { kind: 'address', address } : { kind: 'cancelled' };
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (!interactive || !COULD_NOT_LOAD.test(message)) return { kind: 'cancelled' };
    return { kind: 'problem', problem: clientProblem('client.issuerOffline', message) };
  }
}

/** An id token in a refresh answer is not needed: who it is was settled at the sign-in. */
async function refreshed(server: oauth.AuthorizationServer, client: oauth.Client, response: Response) {
  if (!response.ok) return oauth.processRefreshTokenResponse(server, client, response);
  const { id_token: _unread, ...rest } = (await response.json()) as Record<string, unknown>;
  return oauth.processRefreshTokenResponse(server, client, Response.json(rest));
}

function tokensOf(
  answer: oauth.TokenEndpointResponse,
  refresh: string | null,
  server: oauth.AuthorizationServer,
  { clientId, resource }: Pick<HubInfo, 'clientId' | 'resource'>,
  now: number,
  before?: Tokens,
): Tokens {
  const life = (answer.expires_in ?? UNSAID_LIFE_SEC) * 1000;
  return {
    access: answer.access_token,
    expiresAt: now + life,
    renewAt: now + life - Math.min(RENEW_BEFORE_MS, life / 3),
    refresh: answer.refresh_token ?? refresh,
    issuer: server.issuer,
    tokenEndpoint: server.token_endpoint ?? before?.tokenEndpoint ?? '',
    revocationEndpoint: server.revocation_endpoint ?? before?.revocationEndpoint ?? null,
    clientId,
    resource,
  };
}

/** The person said no at the issuer's page, or the issuer would have had to ask. */
const isCancelled = (error: unknown): boolean =>
  error instanceof oauth.AuthorizationResponseError &&
  ['access_denied', 'login_required', 'interaction_required', 'consent_required', 'account_selection_required'].includes(error.error);

const isRefused = (error: unknown): boolean =>
  error instanceof oauth.ResponseBodyError && ['invalid_grant', 'invalid_client', 'unauthorized_client'].includes(error.error);

/** What the issuer answered is a failed sign-in; that it did not answer, or with a server's error, is not. */
function problemOf(error: unknown): Problem {
  const detail = error instanceof Error ? error.message : undefined;
  const status = statusOf(error);
  if (error instanceof TypeError || error instanceof DOMException || (status !== null && status >= 500)) {
    return clientProblem('client.issuerOffline', detail);
  }
  return clientProblem('client.signInFailed', detail);
}

function statusOf(error: unknown): number | null {
  if (error instanceof oauth.ResponseBodyError) return error.status;
  const { cause } = error instanceof Error ? error : { cause: undefined };
  return cause instanceof Response ? cause.status : null;
}
