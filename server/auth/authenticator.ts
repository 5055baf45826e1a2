/** Whom a bearer token stands for: the one question that the rest of the hub asks of signing in. */
import type { PersonType } from '../../lib/catalogue/index.ts';

export interface Authenticated {
  readonly personId: string;
  readonly accountId: string;
  readonly type: PersonType;
  /** `apiToken`: one made for scripts by `server/main.ts token`. */
  readonly via: 'oidc' | 'apiToken';
  /** When the token runs out; milliseconds since the epoch. */
  readonly expiresAt: number;
}

export type Authentication =
  | ({ readonly ok: true } & Authenticated)
  | {
      readonly ok: false;
      /** `hub.notReady`: the issuer could not be asked; the token may well be right. */
      readonly code: 'auth.invalid' | 'auth.unknownPerson' | 'hub.notReady';
      /** Why, for the log; without personal data. */
      readonly detail: string;
    };

export interface Authenticator {
  /** Reads the token of an `Authorization: Bearer` header or of a live link's first message. Never throws for a bad one. */
  authenticate(token: string): Promise<Authentication>;
}
