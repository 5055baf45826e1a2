/** The routes of the sign-in page: shown, sent, cancelled. */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Logger } from '../log.ts';
import type { Attempt, Attempts } from './attempts.ts';
import { message, waitInWords } from './messages.ts';
import { notice, pageHeaders } from './pages/layout.ts';
import { type DemoAccount, type SignInPage, signInPage } from './pages/sign-in.ts';
import { personOfPassword } from './passwords.ts';
import { pathOf } from './provider.ts';
import type { AuthDatabase } from './tables.ts';

/** A form with an email address and a password is far smaller. */
const LARGEST_FORM = 8192;
/** The number of attempts left is said from here on. */
const FEW_LEFT = 3;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

export interface SignInDependencies {
  readonly db: AuthDatabase;
  readonly provider: Provider;
  readonly attempts: Attempts;
  readonly hubName: string;
  readonly redirects: readonly string[];
  /** How long signing in stays closed after too many failures, in seconds. */
  readonly closedSeconds: number;
  readonly wait: (ms: number) => Promise<void>;
  /** Null where there is no demo centre. */
  readonly demo: () => Promise<{ readonly accounts: readonly DemoAccount[]; readonly password: string } | null>;
  readonly addressOf: (ctx: Context) => string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

export type Context = Pick<KoaContextWithOIDC, 'req' | 'res' | 'method' | 'path' | 'query' | 'set' | 'get' | 'redirect'> & {
  status: number;
  body: unknown;
};
type Next = () => Promise<void>;

export function createSignIn(deps: SignInDependencies): (ctx: Context, next: Next) => Promise<void> {
  const { provider, hubName } = deps;
  const headers = pageHeaders(deps.redirects);

  const show = (ctx: Context, status: number, body: string) => {
    // Chromium ends `launchWebAuthFlow` at a page with an error status: a mistyped password would close the window.
    ctx.status = ctx.get('sec-fetch-dest') === 'document' ? 200 : status;
    ctx.set({ ...headers });
    ctx.body = body;
  };

  return async function signIn(ctx, next) {
    const [, uid, action] = /^\/interaction\/([\w-]{1,64})(?:\/(cancel))?$/.exec(ctx.path) ?? [];
    if (!uid) return next();
    const details = await provider.interactionDetails(ctx.req, ctx.res).catch(() => null);
    if (details?.uid !== uid) return show(ctx, 400, notice(hubName, 'expired.title', message('expired.do')));

    const finish = async (result: Parameters<Provider['interactionResult']>[2]) => {
      const returnTo = await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
      ctx.redirect(returnTo);
      ctx.status = 303;
    };
    // Asked for by `prompt=consent`: our own client's grant is made with the sign-in.
    if (details.prompt.name === 'consent') return finish({ consent: {} });

    const address = `${pathOf(provider.issuer)}/interaction/${uid}`;
    if (ctx.method === 'GET' || ctx.method === 'HEAD') {
      const hint = typeof details.params['login_hint'] === 'string' ? details.params['login_hint'] : '';
      return show(ctx, 200, signInPage(await blank(address, hint, ctx.query['as'])));
    }
    if (ctx.method !== 'POST' || ctx.get('sec-fetch-site') === 'cross-site') {
      return show(ctx, 400, notice(hubName, 'expired.title', message('expired.do')));
    }
    if (action === 'cancel') return finish({ error: 'access_denied', error_description: 'cancelled by the person' });
    return submitted(ctx, address, (personId) => finish({ login: { accountId: personId, remember: false, amr: ['pwd'] } }));
  };

  async function blank(address: string, hint: string, as: unknown): Promise<SignInPage> {
    const demo = await deps.demo();
    const chosen = demo?.accounts.find(({ email }) => email === as);
    return { hubName, address, email: chosen?.email ?? hint, demo, ...(chosen ? { password: demo?.password as string } : {}) };
  }

  async function submitted(ctx: Context, address: string, done: (personId: string) => Promise<void>): Promise<void> {
    const form = await readForm(ctx);
    if (!form) return show(ctx, 413, notice(hubName, 'tooLarge.title', message('tooLarge.do')));
    const email = form.get('email')?.trim() ?? '';
    const password = form.get('password') ?? '';
    const again = async (more: Partial<SignInPage>) =>
      show(ctx, 422, signInPage({ ...(await blank(address, '', null)), email, ...more }));

    const errors = missing(email, password);
    if (errors) return again({ errors });

    const attempt = await deps.attempts.begin(email, deps.addressOf(ctx));
    if (!attempt.allowed) return refuse(ctx, attempt.retryAfterSeconds);
    await deps.wait(attempt.delayMs);
    const personId = await personOfPassword(deps.db, email, password);
    if (!personId) {
      deps.log.info({ left: attempt.left }, 'sign-in failed');
      return again({ alert: [message('signIn.mismatch'), ...whatIsLeft(attempt, deps.closedSeconds)] });
    }
    await attempt.succeeded();
    await done(personId);
  }

  function refuse(ctx: Context, seconds: number): void {
    deps.log.warn({ seconds }, 'sign-in refused after too many failures');
    ctx.set('Retry-After', String(seconds));
    show(ctx, 429, notice(hubName, 'tooMany.title', message('tooMany.lead'), message('tooMany.do', waitInWords(seconds))));
  }
}

function missing(email: string, password: string): SignInPage['errors'] {
  const errors = {
    ...(email === '' ? { email: 'signIn.emailMissing' as const } : !EMAIL.test(email) ? { email: 'signIn.emailInvalid' as const } : {}),
    ...(password === '' ? { password: 'signIn.passwordMissing' as const } : {}),
  };
  return Object.keys(errors).length > 0 ? errors : undefined;
}

function whatIsLeft({ left }: Extract<Attempt, { allowed: true }>, closedSeconds: number): string[] {
  const closed = waitInWords(closedSeconds);
  if (left > FEW_LEFT) return [];
  if (left > 1) return [message('signIn.fewLeft', left, closed)];
  return [left === 1 ? message('signIn.oneLeft', closed) : message('signIn.noneLeft', closed)];
}

/** Null for a body that is too large or no form. */
async function readForm({ req }: Context): Promise<URLSearchParams | null> {
  if (!req.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_FORM) return null;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
