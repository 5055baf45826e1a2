/** What a hub is started with: options given in code, else the environment, else a default. */
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { Fault } from './fault.ts';

const httpUrl = v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//, 'must begin with http:// or https://'));
const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number))]),
    v.number(),
    v.integer(),
    v.minValue(min),
    v.maxValue(max),
  );
const text = v.pipe(v.string(), v.minLength(1));

const schema = v.object({
  /** 0 for any free port. */
  PORT: v.optional(wholeNumber(0, 65535), 7420),
  HOST: v.optional(text, '127.0.0.1'),
  /** Where the embedded database, its password and the signing keys are kept. */
  PENNON_DATA: v.optional(text, fileURLToPath(new URL('../.pennon', import.meta.url))),
  /** A PostgreSQL of one's own; without it one is run under PENNON_DATA. */
  DATABASE_URL: v.optional(v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'))),
  DATABASE_POOL: v.optional(wholeNumber(2, 500), 20),
  /** How browsers reach this hub, where that is not http://HOST:PORT. */
  PENNON_PUBLIC_URL: v.optional(httpUrl),
  PENNON_NAME: v.optional(text, 'Pennon'),
  /** Another OpenID Connect issuer; without it the embedded one is used. */
  OIDC_ISSUER: v.optional(httpUrl),
  OIDC_CLIENT_ID: v.optional(text, 'pennon-extension'),
  /** What `aud` of an access token must hold; by default the client id. */
  OIDC_AUDIENCE: v.optional(text),
  /** Claim of an access token that names the person by email. */
  OIDC_EMAIL_CLAIM: v.optional(text, 'email'),
  OIDC_SCOPES: v.optional(text, 'openid offline_access email'),
  /** Addresses, parted by spaces, at which a sign-in of the embedded issuer may end besides the extension's own. */
  PENNON_REDIRECTS: v.optional(v.string(), ''),
  /** `yes` behind a proxy of one's own: the client's address is then read from X-Forwarded-For. */
  PENNON_BEHIND_PROXY: v.optional(v.picklist(['yes', 'no']), 'no'),
  /** A session of which nothing is heard for so many seconds gives its licence back. */
  PENNON_SESSION_IDLE: v.optional(wholeNumber(60, 86_400), 600),
  /** How many seconds a banner may show what it was told last, without a word from the hub. */
  PENNON_SNAPSHOT_TTL: v.optional(wholeNumber(60, 604_800), 43_200),
  /** Live links taken a second; more are told to come back a little later. */
  PENNON_ACCEPT_RATE: v.optional(wholeNumber(1, 100_000), 1000),
  /** The country that numbers without a country code are of, ISO 3166-1 alpha-2; without it they need one. */
  PENNON_COUNTRY: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'must be two capital letters'))),
  /** How many seconds an offer rings before it goes to the next, and counts as missed. */
  PENNON_RING: v.optional(wholeNumber(3, 300), 20),
  /**
   * Hosts, parted by spaces, that web services of custom buttons may be at though they are not of the open internet: an
   * intranet's, or this machine. Each as `host` or `host:port`.
   */
  PENNON_SERVICE_HOSTS: v.optional(v.pipe(v.string(), v.regex(/^\s*(?:(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?(?:\s+|$))*$/, 'must be hosts, parted by spaces')), ''),
  LOG_LEVEL: v.optional(v.picklist(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
});

export type ConfigName = keyof typeof schema.entries;
export type ConfigOptions = { readonly [N in ConfigName]?: string | number | undefined };

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly databasePool: number;
  /** Without a slash at its end; null until the port is known. */
  readonly publicUrl: string | null;
  readonly name: string;
  readonly oidc: {
    /** Null: the embedded one. */
    readonly issuer: string | null;
    readonly clientId: string;
    readonly audience: string | null;
    readonly emailClaim: string;
    readonly scopes: readonly string[];
    readonly redirects: readonly string[];
  };
  readonly behindProxy: boolean;
  readonly sessionIdleSec: number;
  readonly snapshotTtlSec: number;
  /** A second. */
  readonly acceptRate: number;
  /** ISO 3166-1 alpha-2; empty for none. */
  readonly country: string;
  readonly ringSec: number;
  /** In lower case, each `host` or `host:port`. */
  readonly serviceHosts: ReadonlySet<string>;
  readonly logLevel: string;
}

/** @throws {Fault} naming the first setting that is wrong */
export function readConfig(env: Readonly<Record<string, string | undefined>>, options: ConfigOptions = {}): Config {
  const given = Object.fromEntries(
    Object.keys(schema.entries).map((name) => [name, options[name as ConfigName] ?? (env[name] || undefined)]),
  );
  const result = v.safeParse(schema, given);
  if (!result.success) {
    const { path, message } = result.issues[0];
    throw new Fault(`The setting ${String(path?.[0]?.key)} is wrong: ${message}.`);
  }
  const c = result.output;
  return {
    port: c.PORT,
    host: c.HOST,
    dataFolder: c.PENNON_DATA,
    databaseUrl: c.DATABASE_URL ?? null,
    databasePool: c.DATABASE_POOL,
    publicUrl: c.PENNON_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    name: c.PENNON_NAME,
    oidc: {
      issuer: c.OIDC_ISSUER ?? null,
      clientId: c.OIDC_CLIENT_ID,
      audience: c.OIDC_AUDIENCE ?? null,
      emailClaim: c.OIDC_EMAIL_CLAIM,
      scopes: c.OIDC_SCOPES.split(/\s+/),
      redirects: c.PENNON_REDIRECTS.split(/\s+/).filter(Boolean),
    },
    behindProxy: c.PENNON_BEHIND_PROXY === 'yes',
    sessionIdleSec: c.PENNON_SESSION_IDLE,
    snapshotTtlSec: c.PENNON_SNAPSHOT_TTL,
    acceptRate: c.PENNON_ACCEPT_RATE,
    country: c.PENNON_COUNTRY ?? '',
    ringSec: c.PENNON_RING,
    serviceHosts: new Set(c.PENNON_SERVICE_HOSTS.toLowerCase().split(/\s+/).filter(Boolean)),
    logLevel: c.LOG_LEVEL,
  };
}
