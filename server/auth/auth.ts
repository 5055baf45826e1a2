/** Signing in, whole: what the hub mounts and calls. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { HubInfo } from '../../lib/api/routes.ts';
import { REDIRECT_ADDRESSES } from '../../lib/extension-id.ts';
import type { Db } from '../db/connect.ts';
import type { Logger } from '../log.ts';
import { CLIENT_ID, forgetGrant, forgetPerson, sweepExpired } from './adapter.ts';
import { authenticateApiToken, isApiToken } from './api-tokens.ts';
import { ATTEMPT_LIMITS, type AttemptLimits, createAttempts } from './attempts.ts';
import type { Authentication, Authenticator } from './authenticator.ts';
import { createFloodGate, FLOOD_LIMITS, type FloodLimits } from './flood.ts';
import type { DemoAccount } from './pages/sign-in.ts';
import { createProvider, MOUNT, type Revocation, SCOPES } from './provider.ts';
import { publicPart, readSecrets } from './secrets.ts';
import { createSignIn } from './sign-in.ts';
import type { AuthDatabase } from './tables.ts';
import { createExternalVerifier } from './verify-external.ts';
import { createOwnVerifier, HUB_RESOURCE } from './verify-own.ts';

const SWEEP_EVERY_MS = 600_000;
/** Long enough not to be asked for all the time, short enough to hold after a sign-out that did not reach the hub. */
const ACCESS_TOKEN_SECONDS = 600;
/** No token that this hub can read is longer. */
const LONGEST_TOKEN = 16_384;

export interface Auth extends Authenticator {
  /** The answer of `GET /api/hub`. */
  hubInfo(): HubInfo;
  /**
   * Answers a request below `/oidc` and returns true; leaves any other alone and returns false. For the raw request
   * listener of the HTTP server, before anything reads the body.
   */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /**
   * Ends every sign-in of the person at the embedded issuer: tokens stop working at once and the next sign-in asks for
   * the password. Nothing to do with an issuer of one's own.
   */
  signOut(db: Db, personId: string): Promise<void>;
  /** Ends timers. */
  stop(): void;
}

export interface AuthConfig {
  /** How browsers reach this hub, without a slash at its end. */
  readonly publicUrl: string;
  readonly hubName: string;
  readonly version: string;
  /** Another issuer instead of the embedded one. */
  readonly external?: {
    readonly issuer: string;
    readonly clientId: string;
    readonly audience: string | null;
    readonly emailClaim: string;
    readonly scopes: readonly string[];
  } | null;
  /** Where a sign-in may end besides the extension's own addresses (`PENNON_REDIRECTS`). */
  readonly redirects?: readonly string[];
  readonly accessTokenSeconds?: number;
  /** The hub stands behind a proxy of one's own, which says the client's address in `X-Forwarded-For`. */
  readonly behindProxy?: boolean;
  readonly attemptLimits?: AttemptLimits;
  readonly floodLimits?: FloodLimits;
}

export interface AuthDependencies {
  readonly db: Db;
  readonly config: AuthConfig;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly clock?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
  /** Who may be signed in as in the demo centre; null where there is none. */
  readonly demo?: () => Promise<{ readonly accounts: readonly DemoAccount[]; readonly password: string } | null>;
  /** The person's last sign-in has been ended at the issuer: the hub's session must end too. */
  readonly onGrantRevoked: (personId: string, because: Revocation) => void | Promise<void>;
}

export async function createAuth(deps: AuthDependencies): Promise<Auth> {
  const { config, clock = Date.now } = deps;
  const db = deps.db as unknown as AuthDatabase;
  const own = config.external ? null : await createEmbedded(deps, db, clock);
  const verify = config.external
    ? createExternalVerifier({
        db,
        clock,
        external: { ...config.external, audience: config.external.audience ?? config.external.clientId },
      })
    : (own as Embedded).verify;

  return {
    async authenticate(token): Promise<Authentication> {
      if (token.length > LONGEST_TOKEN) return { ok: false, code: 'auth.invalid', detail: 'token too long' };
      return isApiToken(token) ? authenticateApiToken(db, token, clock()) : verify(token);
    },
    hubInfo: () => ({
      name: config.hubName,
      version: config.version,
      issuer: config.external?.issuer ?? issuerOf(config),
      clientId: config.external?.clientId ?? CLIENT_ID,
      resource: config.external ? null : HUB_RESOURCE,
      scopes: [...(config.external?.scopes ?? SCOPES)],
    }),
    handle: (request, response) => own?.handle(request, response) ?? false,
    signOut: (within, personId) => forgetPerson(within as unknown as AuthDatabase, personId),
    stop: () => own?.stop(),
  };
}

const issuerOf = ({ publicUrl }: AuthConfig): string => publicUrl + MOUNT;

interface Embedded {
  readonly verify: (token: string) => Promise<Authentication>;
  readonly handle: Auth['handle'];
  readonly stop: () => void;
}

async function createEmbedded(deps: AuthDependencies, db: AuthDatabase, clock: () => number): Promise<Embedded> {
  const { config, log } = deps;
  const { hubName } = config;
  const secrets = await readSecrets(db);
  const issuer = issuerOf(config);
  const redirects = [...REDIRECT_ADDRESSES, ...(config.redirects ?? [])];
  const limits = config.attemptLimits ?? ATTEMPT_LIMITS;
  const provider = createProvider({
    db,
    secrets,
    issuer,
    hubName,
    redirects,
    accessTokenSeconds: config.accessTokenSeconds ?? ACCESS_TOKEN_SECONDS,
    log,
    onGrantRevoked: async (personId, because, grantId) => {
      // Whoever signs out of a browser that was taken over leaves the one that took over alone.
      if (grantId !== undefined && (await forgetGrant(db, grantId, personId))) return;
      await forgetPerson(db, personId);
      await deps.onGrantRevoked(personId, because);
    },
  });
  const addressOf = (request: IncomingMessage) => clientAddress(request, config.behindProxy ?? false);
  provider.use(
    createSignIn({
      db,
      provider,
      attempts: createAttempts(db, limits),
      hubName,
      redirects,
      closedSeconds: limits.seconds,
      wait: deps.wait ?? ((ms) => wait(ms)),
      demo: deps.demo ?? (async () => null),
      addressOf: ({ req }) => addressOf(req),
      log,
    }),
  );
  const listener = provider.callback();
  const pass = createFloodGate(config.floodLimits ?? FLOOD_LIMITS, hubName);
  const sweep = setInterval(() => {
    sweepExpired(db).catch((err: unknown) => log.error({ err }, 'expired sign-ins not swept'));
  }, SWEEP_EVERY_MS);
  sweep.unref();

  return {
    verify: createOwnVerifier({ db, issuer, keys: secrets.keys.map(publicPart), clock }),
    stop: () => clearInterval(sweep),
    handle(request, response) {
      const path = below(request.url ?? '/');
      if (path === null) return false;
      const address = addressOf(request);
      response.setHeader('X-Content-Type-Options', 'nosniff');
      response.setHeader('Referrer-Policy', 'same-origin');
      pass(path.split('?')[0] as string, address, request, response)
        .then((may) => (may ? listener(mounted(request, path, config.publicUrl), response) : undefined))
        .catch((err: unknown) => {
          log.error({ err }, 'issuer failed');
          if (!response.headersSent) response.writeHead(500);
          response.end();
        });
      return true;
    },
  };
}

/** The rest of an address below the mount, with its query; null for any other. */
function below(url: string): string | null {
  if (!url.startsWith(MOUNT)) return null;
  const rest = url.slice(MOUNT.length);
  return rest.startsWith('/') ? rest : null;
}

/** As the issuer must see it: without the mount, and with the host that browsers know the hub by. */
function mounted(request: IncomingMessage, path: string, publicUrl: string): IncomingMessage {
  const { host, protocol, pathname } = new URL(publicUrl);
  Object.assign(request, { originalUrl: pathname.replace(/\/$/, '') + MOUNT + path, url: path });
  request.headers['x-forwarded-host'] = host;
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  return request;
}

/** Behind a proxy the last address it appended is the one it saw itself; the earlier ones anybody can write. */
function clientAddress(request: IncomingMessage, behindProxy: boolean): string {
  const forwarded = behindProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',').at(-1)?.trim() : '';
  return forwarded || request.socket.remoteAddress || '';
}
