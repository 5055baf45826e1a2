/** The embedded issuer: oidc-provider, set up for one public client of our own. */
import { type Configuration, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { CHROMIUM_ID } from '../../lib/extension-id.ts';
import type { Logger } from '../log.ts';
import { CLIENT_ID, createAdapter } from './adapter.ts';
import { message } from './messages.ts';
import { Html } from './pages/html.ts';
import { notice, pageHeaders } from './pages/layout.ts';
import { signOutPage } from './pages/sign-in.ts';
import { type Secrets, SIGNING_ALGORITHM } from './secrets.ts';
import type { AuthDatabase } from './tables.ts';
import { GRANT_CLAIM, HUB_RESOURCE } from './verify-own.ts';

export const SCOPES = ['openid', 'offline_access', 'profile', 'email'] as const;
/** Everything of the issuer lives below this path of the hub. */
export const MOUNT = '/oidc';
/** The same as a browser sees it: a proxy may put the hub below a path of its own. */
export const pathOf = (issuer: string): string => new URL(issuer).pathname;

const MINUTES = 60;
const HOURS = 3600;
const DAYS = 24 * HOURS;

export interface ProviderDependencies {
  readonly db: AuthDatabase;
  readonly secrets: Secrets;
  /** The hub's public address and `/oidc`. */
  readonly issuer: string;
  readonly hubName: string;
  /** Where a sign-in may end: the extension's own addresses and what the deployer adds. */
  readonly redirects: readonly string[];
  readonly accessTokenSeconds: number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** A grant is gone before its time. Without `grantId` all of the person's are to go. */
  readonly onGrantRevoked: (personId: string, because: Revocation, grantId?: string) => Promise<void>;
}

/** `tokenReused`: a code or refresh token came back that had been used, so somebody else may have a copy. */
export type Revocation = 'signedOut' | 'tokenReused';

export function createProvider(deps: ProviderDependencies): Provider {
  const { db, log } = deps;
  const revoked = async (personId: string | null | undefined, because: Revocation, grantId?: string) => {
    if (!personId) return;
    if (because === 'tokenReused') log.warn({ personId }, 'a used token came back');
    await deps.onGrantRevoked(personId, because, grantId).catch((err: unknown) => log.error({ err }, 'sign-in not ended after a revocation'));
  };
  const provider = new Provider(deps.issuer, {
    ...configuration(deps),
    adapter: createAdapter({ db, onReplay: (personId) => revoked(personId, 'tokenReused') }),
  });
  // Addresses in answers come from the configuration, not from what a request says of its host.
  provider.proxy = true;
  provider.on('grant.revoked', (ctx, grantId) => {
    const { RefreshToken, AuthorizationCode, Grant, Session } = ctx.oidc.entities;
    const personId = (RefreshToken ?? AuthorizationCode ?? Grant ?? Session)?.accountId;
    if (ctx.oidc.route === 'token') void revoked(personId, 'tokenReused');
    else void revoked(personId, 'signedOut', grantId);
  });
  provider.on('end_session.success', (ctx) => {
    if (ctx.oidc.params?.['logout']) void revoked(ctx.oidc.session?.accountId, 'signedOut');
  });
  provider.on('server_error', (_ctx, err) => log.error({ err }, 'issuer failed'));
  return provider;
}

function configuration(deps: ProviderDependencies): Configuration {
  const { db, secrets, redirects, hubName } = deps;
  const path = pathOf(deps.issuer);
  const showPage = (ctx: KoaContextWithOIDC, body: string) => {
    ctx.set({ ...pageHeaders(redirects) });
    ctx.body = body;
  };
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        client_name: hubName,
        application_type: 'web',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [...redirects],
        post_logout_redirect_uris: [...redirects],
        id_token_signed_response_alg: SIGNING_ALGORITHM,
      },
    ],
    jwks: { keys: [...secrets.keys] },
    cookies: {
      keys: [...secrets.cookieSecrets],
      names: { session: 'pennon_session', interaction: 'pennon_sign_in', resume: 'pennon_resume' },
      long: { httpOnly: true, sameSite: 'lax', path },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    scopes: [...SCOPES],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin) => origin === `chrome-extension://${CHROMIUM_ID}` || origin.startsWith('moz-extension://'),
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => HUB_RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== HUB_RESOURCE) throw new errors.InvalidTarget();
          return {
            scope: 'openid profile email',
            audience: HUB_RESOURCE,
            accessTokenFormat: 'jwt',
            accessTokenTTL: deps.accessTokenSeconds,
            jwt: { sign: { alg: SIGNING_ALGORITHM } },
          };
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => showPage(ctx, signOutPage(hubName, new Html(form))),
        postLogoutSuccessSource: (ctx) => showPage(ctx, notice(hubName, 'signedOut.title', message('signedOut.do'))),
      },
    },
    extraTokenClaims: (_ctx, token) => ('grantId' in token ? { [GRANT_CLAIM]: token.grantId } : undefined),
    findAccount: (_ctx, sub) => accountOf(db, sub),
    loadExistingGrant: grantOfOurOwn,
    // Every sign-in is refreshed until the person signs out: the banner is open all day.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    // The refresh token's life is counted from the sign-in: rotating does not lengthen it.
    ttl: {
      AccessToken: () => deps.accessTokenSeconds,
      AuthorizationCode: 60,
      Grant: 14 * DAYS,
      IdToken: 10 * MINUTES,
      Interaction: 30 * MINUTES,
      RefreshToken: (ctx) => ctx?.oidc.entities.RotatedRefreshToken?.remainingTTL ?? 14 * DAYS,
      Session: 12 * HOURS,
    },
    interactions: { url: (_ctx, { uid }) => `${path}/interaction/${uid}` },
    renderError: (ctx, out) => {
      showPage(ctx, notice(hubName, 'refused.title', message('refused.do', String(out['error']))));
    },
  };
}

/** Our own client needs nobody's consent: what it asks for is granted with the sign-in. */
async function grantOfOurOwn(ctx: KoaContextWithOIDC) {
  const { provider, client, session } = ctx.oidc;
  const { clientId } = client as NonNullable<typeof client>;
  const held = session?.grantIdFor(clientId);
  const found = held && (await provider.Grant.find(held));
  if (found) return found;
  if (!session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId, accountId: session.accountId });
  grant.addOIDCScope(SCOPES.join(' '));
  grant.addResourceScope(HUB_RESOURCE, 'openid profile email');
  await grant.save();
  return grant;
}

async function accountOf(db: AuthDatabase, sub: string) {
  const person = await db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('id', '=', sub)
    .where('disabled', '=', false)
    .executeTakeFirst();
  if (!person) return undefined;
  return {
    accountId: person.id,
    claims: async () => ({ sub: person.id, name: person.name, email: person.email, email_verified: true }),
  };
}
