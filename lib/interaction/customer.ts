/** A customer as they leave the hub. */
import type { Customer } from '../api/interaction.ts';
import type { Channel } from '../catalogue/index.ts';
import { masked as maskedValue, type Personal } from '../modules/mask.ts';

/** What is hidden from somebody. */
export type Masks = Readonly<Record<Personal, boolean>>;

/** As much of a customer as may be seen. The reference is no personal data: the record that it opens masks by itself. */
export function masked(customer: Omit<Customer, 'masked' | 'shown'>, masks: Masks, channel: Channel): Customer {
  const kind = channel === 'email' || customer.address.includes('@') ? 'email' : 'phone';
  const shown = (of: Personal, value: string) => (masks[of] ? String(maskedValue(of, value)) : value);
  return { ...customer, name: shown('name', customer.name), address: shown(kind, customer.address), masked: masks.name || masks[kind] };
}
