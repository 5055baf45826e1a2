/** The demo centre's own web service: what stands behind its button “Escalate”. It knows the hub by the secret, as any does. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { createServiceSecret, serviceSecrets, SIGNATURE_HEADER } from '../buttons/sign.ts';
import type { Db } from '../db/connect.ts';
import type { HubContext } from '../parts.ts';
import { demoId } from './identity.ts';

const ACCOUNT = demoId('account', 'harbour');
/** Older than this a request is none of now. */
const MOST_AGE_SEC = 300;

interface Asked {
  readonly variables: Readonly<Record<string, string>>;
  readonly person: { readonly name: string };
}

export function demoServices({ db, now }: Pick<HubContext, 'db' | 'now'>): Hono {
  /** What was done, by the key it was asked under: asked twice it is done once. */
  const done = new Map<string, { readonly message: string }>();
  return new Hono().post('/demo/services/escalate', async (context) => {
    const body = await context.req.text();
    const secrets = await serviceSecrets(db, ACCOUNT, now());
    if (!isSigned(context.req.header(SIGNATURE_HEADER) ?? '', body, secrets, now())) return context.json({ message: 'Not signed.' }, 401);
    const key = context.req.header('idempotency-key') ?? '';
    const { variables, person } = JSON.parse(body) as Asked;
    const answer = done.get(key) ?? { message: `The duty manager has the case${variables['customer.name'] ? ` of ${variables['customer.name']}` : ''}, and calls ${person.name} within the hour.` };
    done.set(key, answer);
    return context.json(answer);
  });
}

function isSigned(header: string, body: string, secrets: readonly string[], now: number): boolean {
  const parts = header.split(',').map((part) => part.split('=') as [string, string]);
  const at = Number(parts.find(([name]) => name === 't')?.[1]);
  if (!(Math.abs(now / 1000 - at) < MOST_AGE_SEC)) return false;
  const expected = secrets.map((secret) => createHmac('sha256', secret).update(`${at}.${body}`).digest());
  const given = parts.filter(([name]) => name === 'v1').map(([, hex]) => Buffer.from(hex, 'hex'));
  return expected.some((mark) => given.some((each) => each.length === mark.length && timingSafeEqual(each, mark)));
}

/** Where the demo centre has none yet. */
export async function giveDemoSecret(db: Db, now: number): Promise<void> {
  if ((await serviceSecrets(db, ACCOUNT, now)).length === 0) await createServiceSecret(db, ACCOUNT, now);
}
