/** What every maker of the demo's records needs. */
import type { ControlId } from '../../../lib/catalogue/index.ts';
import type { Values } from '../../../lib/modules/check.ts';
import type { NewRecord } from '../../modules/keep-record.ts';
import { demoId } from '../identity.ts';
import type { PersonKey } from '../people.ts';
import type { DemoKind, ResourceKey } from '../resources.ts';
import { customers, type DemoCustomer } from './customers.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export interface Seed {
  readonly accountId: string;
  readonly now: number;
}

export const personId = (key: PersonKey): string => demoId('person', key);
export const resourceId = <K extends DemoKind>(kind: K, key: ResourceKey<K>): string => demoId(kind, key);

const byNumber = new Map(customers.map((customer) => [customer.number, customer]));
/** @throws where there is none of that number */
export function customerOf(number: string): DemoCustomer {
  const customer = byNumber.get(number);
  if (!customer) throw new Error(`no customer ${number}`);
  return customer;
}
/** How to reach a customer, as rows of work have it. */
export const contactOf = ({ name, mobile, email }: DemoCustomer): Values => ({ customer: name, phone: mobile, email });

/** A record whose id follows from its module and a key. */
export const record = ({ accountId }: Seed, module: ControlId, key: string | number, more: Omit<NewRecord, 'id' | 'accountId' | 'module'>): NewRecord => ({
  id: demoId(module, String(key)),
  accountId,
  module,
  ...more,
});
