/** Who comes next, with what, and where to. */
import type { ConnectorOffer } from '../../../lib/api/connector.ts';
import type { Channel } from '../../../lib/catalogue/types.ts';
import { type Customer, customers } from './customers.ts';
import { DIRECT_SHARE } from './habits.ts';
import { oneOf, type Random } from './random.ts';
import { type CallTheme, type ChatTheme, type Mail, type MailTheme, texts } from './texts/index.ts';

export interface Queue {
  readonly id: string;
  readonly name: string;
  readonly channels: readonly Channel[];
}

export interface Places {
  readonly queues: readonly Queue[];
  readonly people: readonly { readonly id: string; readonly email: string }[];
}

/** An offer without its name, and what the customer will write later. */
export interface Coming {
  readonly offer: Omit<ConnectorOffer, 'ref'>;
  readonly replies: readonly string[];
  /** By email, some time after an answer. */
  readonly afterAnswer: string | null;
}

type Theme = CallTheme | MailTheme | ChatTheme;

/** What the queues of the demo centre are about; of any other queue, what may be asked of anybody. */
const THEMES: Readonly<Record<string, Theme>> = {
  'Motor claims': 'motor',
  'Home claims': 'home',
  'New customers': 'newCustomer',
  Documents: 'documents',
  Complaints: 'complaint',
  'Website chat': 'chat',
  Billing: 'billing',
};
const ELSE = { voice: 'billing', email: 'documents', messages: 'chat' } as const satisfies Readonly<Record<Channel, Theme>>;

/**
 * @param hasRoom whether one more may wait in a queue
 * @returns null where no queue of the channel has room
 */
export function nextOf(channel: Channel, { queues, people }: Places, hasRoom: (queue: Queue) => boolean, random: Random): Coming | null {
  const queue = oneOf(queues.filter((each) => each.channels.includes(channel) && hasRoom(each)), random);
  if (!queue) return null;
  const coming = comingTo(queue, channel, random);
  const person = channel === 'voice' && random() < DIRECT_SHARE ? oneOf(people, random) : undefined;
  return { ...coming, offer: { ...coming.offer, ...(person ? { personId: person.id } : { queueId: queue.id }) } };
}

function comingTo(queue: Queue, channel: Channel, random: Random): Coming {
  const theme = THEMES[queue.name] ?? ELSE[channel];
  const customer = oneOf(customersWith(theme), random) as Customer;
  const said = texts[customer.language];
  const fill = (text: string) => filled(text, customer, theme);
  const choose = <T>(list: readonly T[] | undefined): T | undefined => oneOf((list ?? []).filter((each) => customer.claim !== null || !JSON.stringify(each).includes('{claim}')), random);
  const about = { name: customer.name, reference: customer.reference, language: customer.language };
  const nothingMore = { replies: [], afterAnswer: null };
  switch (channel) {
    case 'voice': {
      const subject = choose(said.calls[theme as CallTheme] ?? said.calls[ELSE.voice]) ?? '';
      const address = random() < 0.5 ? customer.phone : customer.mobile;
      return { offer: { channel, customer: { ...about, address }, subject }, ...nothingMore };
    }
    case 'email': {
      const { subject, text } = choose(said.mails[theme as MailTheme] ?? said.mails[ELSE.email]) as Mail;
      const offer = { channel, customer: { ...about, address: customer.email }, subject: fill(subject), text: fill(text) };
      return { offer, replies: [], afterAnswer: fill(oneOf(said.afterAnswer, random) as string) };
    }
    case 'messages': {
      const { opening, replies } = choose(said.chats[theme as ChatTheme] ?? said.chats[ELSE.messages])!;
      const offer = { channel, customer: { ...about, address: customer.mobile }, text: fill(opening) };
      return { offer, replies: replies.map(fill), afterAnswer: null };
    }
  }
}

/** Nobody reports an accident of a car that is not insured. */
const PRODUCTS: Partial<Readonly<Record<Theme, string>>> = { motor: 'Motor', home: 'Home' };

function customersWith(theme: Theme): readonly Customer[] {
  const product = PRODUCTS[theme];
  return product ? customers.filter(({ contracts }) => contracts.some((contract) => contract.product.startsWith(product))) : customers;
}

function filled(text: string, customer: Customer, theme: Theme): string {
  const contract = customer.contracts.find(({ product }) => product.startsWith(PRODUCTS[theme] ?? '')) ?? customer.contracts[0];
  const values: Readonly<Record<string, string>> = { name: customer.name, city: customer.city, contract: contract?.number ?? '', claim: customer.claim ?? '' };
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
