/** Signing in, as a part of the hub. */
import { readDemo } from '../demo/accounts.ts';
import type { HubContext } from '../parts.ts';
import { closeSessionsOf } from '../session/close.ts';
import { type Auth, createAuth } from './auth.ts';

/** A sign-in that ends at the issuer ends the person's session as well, in whatever browser it is. */
export function createAuthPart({ config, db, log, now }: HubContext, { version }: { readonly version: string }): Promise<Auth> {
  const { issuer, redirects } = config.oidc;
  return createAuth({
    db,
    log,
    clock: now,
    config: {
      publicUrl: config.publicUrl,
      hubName: config.name,
      version,
      external: issuer === null ? null : { ...config.oidc, issuer },
      redirects,
      behindProxy: config.behindProxy,
    },
    onGrantRevoked: (personId, because) =>
      db.transaction().execute(async (trx) => {
        await closeSessionsOf(trx, personId, because);
      }),
    demo: () => readDemo(db),
  });
}
