/** What the pages show, as elements. */
import { customers, find, tariffs } from '/demo/customers.js';

const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** `h('a', { href }, 'text', child)`; `null` children leave nothing. */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

const link = (href, ...children) => h('a', { href, 'data-link': true }, ...children);
const telephone = (number) => h('a', { href: `tel:${number.replace(/\s/g, '')}` }, number);
const head = (title, quiet, ...actions) =>
  h('div', { class: 'head' }, h('div', {}, h('h1', {}, title), h('p', { class: 'quiet' }, quiet)), h('div', { class: 'actions' }, ...actions));
const table = (columns, rows) =>
  h(
    'div',
    { class: 'scroll' },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, columns.map(([text, kind]) => h('th', { scope: 'col', class: kind ?? null }, text)))),
      h('tbody', {}, rows.map((cells) => h('tr', {}, cells.map((cell, at) => h('td', { class: columns[at][1] ?? null }, cell))))),
    ),
  );

export function listPage(query) {
  const found = find(query);
  return {
    title: 'Customers',
    content: [
      head('Customers', query ? `${found.length} of ${customers.length} for “${query}”` : `${customers.length} customers`),
      h(
        'section',
        { class: 'card', 'aria-label': 'Customers' },
        found.length > 0
          ? table(
              [['Number', 'whole'], ['Name'], ['City', 'optional'], ['Telephone', 'whole'], ['Contracts', 'number optional'], ['Claims', 'optional']],
              found.map((customer) => [
                link(`/demo/customers/${customer.id}`, customer.id),
                customer.name,
                customer.city,
                telephone(customer.phone),
                String(customer.contracts.length),
                stateOf(customer),
              ]),
            )
          : h('p', {}, 'Nobody like that. ', link('/demo/', 'Show all customers')),
      ),
    ],
  };
}

const tag = (state) => h('span', { class: state === 'open' ? 'tag open' : 'tag' }, state);
const stateOf = ({ claims }) => (claims.some(({ state }) => state === 'open') ? tag('open') : '–');

export function customerPage(customer, entries) {
  const { id, contracts, claims } = customer;
  const added = entries.filter((entry) => entry.kind === 'claim').map((entry) => ({ number: 'new', what: entry.text, on: entry.at, state: 'open' }));
  const notes = entries.filter((entry) => entry.kind === 'note');
  return {
    title: `Customer ${id}`,
    content: [
      head(
        `Customer ${id}`,
        'Harbour Mutual · CRM',
        h('button', { type: 'button', 'data-new': 'note', 'aria-keyshortcuts': 'n' }, 'New note'),
        h('button', { type: 'button', class: 'plain', 'data-new': 'claim', 'aria-keyshortcuts': 'c' }, 'New claim'),
      ),
      h(
        'div',
        { class: 'cards' },
        h('div', {}, contractsCard(contracts), claimsCard([...added, ...claims])),
        h('div', {}, contactCard(customer), notesCard(notes)),
      ),
    ],
  };
}

const card = (title, ...children) => h('section', { class: 'card' }, h('h2', {}, title), ...children);

const contractsCard = (contracts) =>
  card(
    'Contracts',
    table(
      [['Number', 'whole'], ['Product'], ['Since', 'optional'], ['Premium', 'number']],
      contracts.map((each) => [each.number, each.product, String(each.since), money.format(each.premium)]),
    ),
  );

const claimsCard = (claims) =>
  card(
    'Claims',
    claims.length > 0
      ? table(
          [['Number', 'whole'], ['What'], ['On', 'whole optional'], ['State', 'whole']],
          claims.map((each) => [each.number, each.what, day.format(new Date(each.on)), tag(each.state)]),
        )
      : h('p', { class: 'quiet' }, 'None so far.'),
  );

const contactCard = ({ name, phone, mobile, email, city, language, since }) =>
  card(
    'Contact',
    h('p', {}, name),
    h('p', {}, telephone(phone)),
    h('p', {}, telephone(mobile)),
    h('p', {}, h('a', { href: `mailto:${email}` }, email)),
    h('p', { class: 'quiet' }, `${city} · speaks ${language} · customer since ${since}`),
  );

const notesCard = (notes) =>
  card(
    'Notes',
    h('div', { id: 'entry' }),
    notes.length > 0
      ? h('ul', { class: 'lines' }, notes.map((note) => h('li', {}, note.text, h('p', { class: 'quiet' }, day.format(new Date(note.at))))))
      : h('p', { class: 'quiet' }, 'None so far. Press ', h('kbd', {}, 'n'), ' to write one.'),
  );

/** The form for a note or a claim. */
export function entryForm(kind) {
  const words = kind === 'claim' ? { title: 'New claim', text: 'What happened' } : { title: 'New note', text: 'Note' };
  return h(
    'form',
    { class: 'entry', 'aria-label': words.title, 'data-kind': kind },
    h('label', {}, words.text, h('textarea', { name: 'text', required: true, maxlength: '2000' })),
    kind === 'claim'
      ? h('div', { class: 'row' }, h('label', {}, 'On', h('input', { type: 'date', name: 'on', required: true })))
      : null,
    h(
      'div',
      { class: 'actions' },
      h('button', { 'aria-keyshortcuts': 'Control+Enter' }, 'Save'),
      h('button', { type: 'button', class: 'plain', 'data-away': true, 'aria-keyshortcuts': 'Escape' }, 'Put away'),
    ),
  );
}

export const tariffsPage = () => ({
  title: 'Tariffs',
  content: [
    head('Tariffs', 'What new contracts cost today'),
    h('section', { class: 'card', 'aria-label': 'Tariffs' }, table([['Product'], ['Price'], ['Covers']], tariffs)),
  ],
});

export const missingPage = () => ({
  title: 'Not here',
  content: [head('Not here', 'There is no such page.'), h('p', {}, link('/demo/', 'Show all customers'))],
});
