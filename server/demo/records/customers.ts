/** Customers of the insurer. The first are those of the demo CRM; telephone numbers are of ranges kept for fiction. */
import { createRandom } from '../random.ts';

export interface DemoCustomer {
  readonly number: string;
  readonly name: string;
  readonly town: string;
  readonly phone: string;
  readonly mobile: string;
  readonly email: string;
  readonly speaks: string;
  readonly contracts: string;
}

type Row = readonly [number: string, name: string, town: string, phone: string, mobile: string, speaks: string, contracts: string];

const KNOWN: readonly Row[] = [
  ['20418', 'Camille Besson', 'Lyon', '+33 1 99 00 47 12', '+33 6 39 98 20 41', 'French', 'HM-204-11 Motor, all risks\nHM-204-37 Home'],
  ['20433', 'Théo Marchetti', 'Grenoble', '+33 4 65 71 02 33', '+33 6 39 98 31 07', 'French', 'HM-119-02 Motor, third party'],
  ['20467', 'Hannah Vogel', 'Strasbourg', '+33 3 53 01 40 67', '+33 6 39 98 44 90', 'German', 'HM-220-18 Home\nHM-220-19 Personal liability\nHM-231-70 Bicycle'],
  ['20502', 'Omar Benali', 'Marseille', '+33 4 65 71 18 02', '+33 6 39 98 57 12', 'French', 'HM-302-44 Motor, all risks\nHM-302-45 Legal protection'],
  ['20518', 'Júlia Nogueira', 'Nantes', '+33 2 61 91 25 18', '+33 6 39 98 60 33', 'Portuguese', 'HM-318-09 Home'],
  ['20544', 'Lucas Petit', 'Lille', '+33 3 53 01 55 44', '+33 6 39 98 71 25', 'French', 'HM-088-31 Motor, all risks\nHM-088-32 Home\nHM-144-05 Travel, yearly'],
  ['20571', 'Aisha Diallo', 'Paris', '+33 1 99 00 62 71', '+33 6 39 98 82 14', 'French', 'HM-410-27 Home'],
  ['20596', 'Piet de Vries', 'Lille', '+33 3 53 01 77 96', '+33 6 39 98 95 08', 'Dutch', 'HM-041-63 Motor, all risks\nHM-041-64 Caravan'],
  ['20610', 'Margaux Leroy', 'Bordeaux', '+33 5 36 49 06 10', '+33 6 39 98 11 76', 'French', 'HM-502-12 Motor, third party'],
  ['20637', 'Nikos Andreou', 'Nice', '+33 4 65 71 36 37', '+33 6 39 98 23 59', 'English', 'HM-207-90 Boat\nHM-207-91 Personal liability'],
  ['20655', 'Sofía Álvarez', 'Toulouse', '+33 5 36 49 16 55', '+33 6 39 98 35 82', 'Spanish', 'HM-333-21 Home\nHM-333-22 Legal protection'],
  ['20679', 'Émile Garnier', 'Rennes', '+33 2 61 91 46 79', '+33 6 39 98 48 66', 'French', 'HM-012-77 Motor, all risks\nHM-012-78 Home'],
];

const OTHERS = [
  'Agnès Fournier', 'Benedikt Krämer', 'Clara Moreau', 'Dario Conti', 'Elena Ruiz', 'Fatou Ndiaye', 'Gaspard Morel', 'Helga Brandt', 'Ismaël Touré', 'Jeanne Roussel',
  'Kenji Mori', 'Lena Hofmann', 'Marc-Antoine Girard', 'Nadia Cherif', 'Oscar Lindgren', 'Pauline Mercier', 'Quentin Faure', 'Rosa Giménez', 'Samuel Abitbol', 'Tove Dahl',
  'Ugo Ferrari', 'Valérie Perrin', 'Wim Jansen', 'Xavier Colin', 'Yasmine Bouzid', 'Zoé Lambert', 'Andreas Keller', 'Carmen Ortega',
] as const;
const TOWNS = ['Lyon', 'Paris', 'Nantes', 'Lille', 'Marseille', 'Bordeaux', 'Annecy', 'Metz', 'Dijon', 'Tours'];
const CONTRACTS = ['Motor, all risks', 'Motor, third party', 'Home', 'Travel, yearly', 'Legal protection', 'Personal liability', 'Boat'];
const SPEAKS: Readonly<Record<string, string>> = {
  'Benedikt Krämer': 'German', 'Helga Brandt': 'German', 'Lena Hofmann': 'German', 'Andreas Keller': 'German', 'Elena Ruiz': 'Spanish', 'Rosa Giménez': 'Spanish',
  'Carmen Ortega': 'Spanish', 'Dario Conti': 'Italian', 'Ugo Ferrari': 'Italian', 'Oscar Lindgren': 'English', 'Tove Dahl': 'English', 'Kenji Mori': 'English', 'Wim Jansen': 'Dutch',
};

function others(): DemoCustomer[] {
  const random = createRandom('customers');
  const two = () => String(random.within(0, 99)).padStart(2, '0');
  return OTHERS.map((name, n) =>
    customerOf([
      String(20_700 + n * 13),
      name,
      random.of(TOWNS),
      `+33 1 99 00 ${two()} ${two()}`,
      `+33 6 39 98 ${two()} ${two()}`,
      SPEAKS[name] ?? 'French',
      `HM-${random.within(100, 599)}-${two()} ${random.of(CONTRACTS)}`,
    ]),
  );
}

function customerOf([number, name, town, phone, mobile, speaks, contracts]: Row): DemoCustomer {
  const mailbox = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(' ')[0];
  return { number, name, town, phone, mobile, email: `${mailbox}@example.org`, speaks, contracts };
}

export const customers: readonly DemoCustomer[] = [...KNOWN.map(customerOf), ...others()];
