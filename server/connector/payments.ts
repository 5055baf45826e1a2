/** Payments that people ask for, carried out by a connector that takes them: it reads what is asked, and says how each ended. */
import { sql } from 'kysely';
import type { PaymentAsked } from '../../lib/api/connector.ts';
import { isUuid } from '../db/changes.ts';
import type { Db } from '../db/connect.ts';
import type { Handlers } from '../http/handler.ts';
import { ProblemError } from '../http/problem-error.ts';
import { endPayment } from '../modules/pay.ts';
import type { Connector } from './connectors.ts';
import { heard } from './hearing.ts';

export function paymentHandlers(now: () => number): Pick<Handlers, 'connectorPayments' | 'endPayment'> {
  return {
    async connectorPayments({ db, connector }) {
      requirePayments(connector);
      await heard(db, connector.id, now());
      return { answer: { payments: await openPayments(db, connector.accountId) } };
    },
    async endPayment({ db, connector, params: { id }, body: { result } }) {
      requirePayments(connector);
      const found = isUuid(id) && (await db.selectFrom('payment_request').select('id').where('id', '=', id).where('account_id', '=', connector.accountId).executeTakeFirst());
      if (!found) throw new ProblemError('notFound', { detail: 'There is no such payment.' });
      await endPayment(db, id, result, now());
      const { state } = await db.selectFrom('payment_request').select('state').where('id', '=', id).executeTakeFirstOrThrow();
      return { answer: { state: state as 'confirmed' | 'failed' } };
    },
  };
}

function requirePayments({ payments }: Connector): void {
  if (!payments) throw new ProblemError('connector.payments', { detail: 'This connector takes no payments: make it with --payments.' });
}

async function openPayments(db: Db, accountId: string): Promise<PaymentAsked[]> {
  const { rows } = await sql<PaymentAsked>`
    select p.id, p.way, p.amount::float8 as amount, a.currency, p.sent_to as "sentTo", (extract(epoch from p.asked_at) * 1000)::float8 as "askedAt",
      case when m.id is not null then jsonb_build_object('id', m.id, 'name', m.name, 'provider', coalesce(m.attributes->>'provider', '')) end as module,
      jsonb_build_object('id', r.id, 'number', coalesce(r."values"->>'number', ''), 'customer', coalesce(r."values"->>'customer', '')) as invoice,
      case when w.id is not null then jsonb_build_object('id', w.id, 'name', w.name, 'email', w.email) end as agent
    from payment_request p join account a on a.id = p.account_id join record r on r.id = p.invoice_id
      left join resource m on m.id = p.resource_id left join person w on w.id = p.asked_by
    where p.account_id = ${accountId}::uuid and p.state = 'pending' order by p.asked_at, p.id limit 200`.execute(db);
  return rows;
}
