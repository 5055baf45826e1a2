/** Who calls and writes: the customers of the demo CRM, and some whom it does not know. */
import type { Language } from './texts/index.ts';

interface Contract {
  readonly number: string;
  /** `Motor, all risks`, `Home` and so on. */
  readonly product: string;
}

export interface Customer {
  /** In the CRM; null of one whom it does not know. */
  readonly reference: string | null;
  readonly name: string;
  readonly city: string;
  /** E.164. */
  readonly phone: string;
  readonly mobile: string;
  readonly email: string;
  readonly language: Language;
  readonly contracts: readonly Contract[];
  /** Of an open claim. */
  readonly claim: string | null;
}

interface CrmCustomer extends Omit<Customer, 'reference' | 'language' | 'claim'> {
  readonly id: string;
  readonly language: string;
  readonly claims: readonly { readonly number: string; readonly state: string }[];
}

/** In what they write: who speaks none of these writes English. */
const LANGUAGES: Readonly<Record<string, Language>> = { French: 'fr', German: 'de', Spanish: 'es', Portuguese: 'fr' };

/** The CRM's page reads the same file: so a caller is found there by the number. It is a script for browsers, without types. */
const crm = (await import(new URL('../crm/customers.js', import.meta.url).href)) as { customers: readonly CrmCustomer[] };

const compact = (number: string): string => number.replaceAll(' ', '');

const known = crm.customers.map(({ id, name, city, phone, mobile, email, language, contracts, claims }): Customer => ({
  reference: id,
  name,
  city,
  phone: compact(phone),
  mobile: compact(mobile),
  email,
  language: LANGUAGES[language] ?? 'en',
  contracts,
  claim: claims.find(({ state }) => state === 'open')?.number ?? null,
}));

const stranger = (name: string, language: Language, city: string, [phone, mobile]: readonly [string, string], email: string, ...contracts: readonly [string, string][]): Customer => ({
  reference: null,
  name,
  city,
  phone: compact(phone),
  mobile: compact(mobile),
  email,
  language,
  contracts: contracts.map(([number, product]) => ({ number, product })),
  claim: null,
});

/** Of brokers, or not insured here yet. Their numbers are of ranges kept for fiction. */
const strangers: readonly Customer[] = [
  stranger('נועה לוי', 'he', 'פריז', ['+33 1 99 00 71 18', '+33 6 39 98 14 18'], 'noa@example.org', ['HM-611-04', 'Home'], ['HM-611-05', 'Motor, third party']),
  stranger('תמר אזולאי', 'he', 'מרסיי', ['+33 4 65 71 80 26', '+33 6 39 98 52 26'], 'tamar@example.org', ['HM-612-30', 'Motor, all risks'], ['HM-612-31', 'Home']),
  stranger('Eleanor Whitcombe', 'en', 'Bordeaux', ['+33 5 36 49 31 85', '+33 6 39 98 66 85'], 'eleanor@example.org', ['HM-613-12', 'Home'], ['HM-613-13', 'Motor, third party']),
  stranger('Samuel Adeleke', 'en', 'Paris', ['+33 1 99 00 83 52', '+33 6 39 98 77 52'], 'samuel@example.org', ['HM-614-77', 'Motor, all risks']),
  stranger('Jürgen Böhme', 'de', 'Straßburg', ['+33 3 53 01 92 14', '+33 6 39 98 88 14'], 'juergen@example.org', ['HM-615-20', 'Motor, all risks'], ['HM-615-21', 'Home']),
  stranger('Lucía Ferrer', 'es', 'Perpiñán', ['+33 4 65 71 64 73', '+33 6 39 98 90 73'], 'lucia@example.org', ['HM-616-08', 'Motor, third party'], ['HM-616-09', 'Home']),
  stranger('Yasmine Cherkaoui', 'fr', 'Montpellier', ['+33 4 65 71 22 36', '+33 6 39 98 93 36'], 'yasmine@example.org', ['HM-617-41', 'Motor, third party'], ['HM-617-42', 'Home']),
];

export const customers: readonly Customer[] = [...known, ...strangers];
