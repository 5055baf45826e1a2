/** Customers of an insurer that does not exist. Telephone numbers are of ranges kept for fiction. */
const contract = (number, product, since, premium) => ({ number, product, since, premium });
const claim = (number, what, on, state) => ({ number, what, on, state });

export const customers = [
  {
    id: '20418', name: 'Camille Besson', city: 'Lyon', phone: '+33 1 99 00 47 12', mobile: '+33 6 39 98 20 41', email: 'camille@example.org', language: 'French', since: 2021,
    contracts: [contract('HM-204-11', 'Motor, all risks', 2021, 612), contract('HM-204-37', 'Home', 2023, 288)],
    claims: [claim('S-8841', 'Windscreen, stone on the A6', '2026-11-02', 'open')],
  },
  {
    id: '20433', name: 'Théo Marchetti', city: 'Grenoble', phone: '+33 4 65 71 02 33', mobile: '+33 6 39 98 31 07', email: 'theo@example.org', language: 'French', since: 2019,
    contracts: [contract('HM-119-02', 'Motor, third party', 2019, 341)],
    claims: [claim('S-8719', 'Hit while parked', '2026-09-14', 'settled')],
  },
  {
    id: '20467', name: 'Hannah Vogel', city: 'Strasbourg', phone: '+33 3 53 01 40 67', mobile: '+33 6 39 98 44 90', email: 'hannah@example.org', language: 'German', since: 2020,
    contracts: [contract('HM-220-18', 'Home', 2020, 264), contract('HM-220-19', 'Personal liability', 2020, 74), contract('HM-231-70', 'Bicycle', 2024, 96)],
    claims: [claim('S-8850', 'Water through the kitchen ceiling', '2026-11-12', 'open'), claim('S-8102', 'Bicycle stolen', '2025-06-03', 'settled')],
  },
  {
    id: '20502', name: 'Omar Benali', city: 'Marseille', phone: '+33 4 65 71 18 02', mobile: '+33 6 39 98 57 12', email: 'omar@example.org', language: 'French', since: 2022,
    contracts: [contract('HM-302-44', 'Motor, all risks', 2022, 588), contract('HM-302-45', 'Legal protection', 2022, 88)],
    claims: [],
  },
  {
    id: '20518', name: 'Júlia Nogueira', city: 'Nantes', phone: '+33 2 61 91 25 18', mobile: '+33 6 39 98 60 33', email: 'julia@example.org', language: 'Portuguese', since: 2023,
    contracts: [contract('HM-318-09', 'Home', 2023, 312)],
    claims: [claim('S-8847', 'Burglary, cellar', '2026-11-09', 'open')],
  },
  {
    id: '20544', name: 'Lucas Petit', city: 'Lille', phone: '+33 3 53 01 55 44', mobile: '+33 6 39 98 71 25', email: 'lucas@example.org', language: 'French', since: 2018,
    contracts: [contract('HM-088-31', 'Motor, all risks', 2018, 702), contract('HM-088-32', 'Home', 2018, 275), contract('HM-144-05', 'Travel, yearly', 2022, 119)],
    claims: [claim('S-8533', 'Suitcase lost in Lisbon', '2026-04-21', 'settled')],
  },
  {
    id: '20571', name: 'Aisha Diallo', city: 'Paris', phone: '+33 1 99 00 62 71', mobile: '+33 6 39 98 82 14', email: 'aisha@example.org', language: 'French', since: 2024,
    contracts: [contract('HM-410-27', 'Home', 2024, 246)],
    claims: [],
  },
  {
    id: '20596', name: 'Piet de Vries', city: 'Lille', phone: '+33 3 53 01 77 96', mobile: '+33 6 39 98 95 08', email: 'piet@example.org', language: 'Dutch', since: 2017,
    contracts: [contract('HM-041-63', 'Motor, all risks', 2017, 655), contract('HM-041-64', 'Caravan', 2019, 148)],
    claims: [claim('S-8855', 'Storm, awning torn', '2026-11-18', 'open')],
  },
  {
    id: '20610', name: 'Margaux Leroy', city: 'Bordeaux', phone: '+33 5 36 49 06 10', mobile: '+33 6 39 98 11 76', email: 'margaux@example.org', language: 'French', since: 2025,
    contracts: [contract('HM-502-12', 'Motor, third party', 2025, 398)],
    claims: [],
  },
  {
    id: '20637', name: 'Nikos Andreou', city: 'Nice', phone: '+33 4 65 71 36 37', mobile: '+33 6 39 98 23 59', email: 'nikos@example.org', language: 'English', since: 2021,
    contracts: [contract('HM-207-90', 'Boat', 2021, 431), contract('HM-207-91', 'Personal liability', 2021, 74)],
    claims: [claim('S-8801', 'Collision in the harbour', '2026-10-11', 'open')],
  },
  {
    id: '20655', name: 'Sofía Álvarez', city: 'Toulouse', phone: '+33 5 36 49 16 55', mobile: '+33 6 39 98 35 82', email: 'sofia@example.org', language: 'Spanish', since: 2022,
    contracts: [contract('HM-333-21', 'Home', 2022, 259), contract('HM-333-22', 'Legal protection', 2022, 88)],
    claims: [],
  },
  {
    id: '20679', name: 'Émile Garnier', city: 'Rennes', phone: '+33 2 61 91 46 79', mobile: '+33 6 39 98 48 66', email: 'emile@example.org', language: 'French', since: 2016,
    contracts: [contract('HM-012-77', 'Motor, all risks', 2016, 540), contract('HM-012-78', 'Home', 2016, 231)],
    claims: [claim('S-8790', 'Hail, roof and bonnet', '2026-10-02', 'settled')],
  },
];

export const tariffs = [
  ['Motor, third party', 'from 29 € a month', 'Liability, legal help'],
  ['Motor, all risks', 'from 48 € a month', 'Own damage, theft, glass, roadside assistance'],
  ['Home', 'from 19 € a month', 'Water, fire, burglary, glass, liability'],
  ['Travel, yearly', '119 € a year', 'Luggage, cancellation, medical abroad'],
  ['Legal protection', '88 € a year', 'Advice by telephone, costs of a lawsuit'],
  ['Boat', 'by survey', 'Hull, liability, towing'],
];

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const digits = (text) => text.replace(/\D/g, '').replace(/^(00)?33|^0/, '');

/** Customers whose name, city, number, contract or telephone holds what is looked for. */
export function find(query) {
  const wanted = plain(query.trim());
  const number = digits(query);
  if (!wanted) return customers;
  return customers.filter((customer) => {
    const words = [customer.id, customer.name, customer.city, customer.email, ...customer.contracts.map((each) => each.number)];
    const dialled = number.length >= 4 && [customer.phone, customer.mobile].some((phone) => digits(phone).includes(number));
    return dialled || words.some((word) => plain(word).includes(wanted));
  });
}
