import type { Customer } from '../../lib/api/interaction.ts';
import { formatNumber } from '../../lib/numbers/hub.ts';

/** With how a number is read. Made of what may be seen of it, so that it says no more. @param country the hub's own; empty for none */
export function readable(customer: Customer, country: string): Customer {
  const shown = formatNumber(customer.address, country);
  return shown === customer.address ? customer : { ...customer, shown };
}
