/** The demo CRM: pages without reloading, notes kept in this browser, and keyboard shortcuts of its own. */
import { customers } from '/demo/customers.js';
import { customerPage, entryForm, listPage, missingPage, tariffsPage } from '/demo/views.js';

const main = document.querySelector('#main');
const search = document.querySelector('#search');
const shortcuts = document.querySelector('#shortcuts');
const say = (text) => (document.querySelector('#status').textContent = text);

const KEY = 'harbour-crm-entries';
const entries = () => JSON.parse(localStorage.getItem(KEY) ?? '{}');
const entriesOf = (id) => entries()[id] ?? [];
const keep = (id, entry) => localStorage.setItem(KEY, JSON.stringify({ ...entries(), [id]: [entry, ...entriesOf(id)] }));

const customerHere = () => customers.find(({ id }) => location.pathname === `/demo/customers/${id}`);

function pageHere() {
  const { pathname, search: query } = location;
  const customer = customerHere();
  if (customer) return customerPage(customer, entriesOf(customer.id));
  if (pathname === '/demo/' || pathname === '/demo') return listPage(new URLSearchParams(query).get('q') ?? '');
  return pathname === '/demo/tariffs' ? tariffsPage() : missingPage();
}

function show() {
  const { title, content } = pageHere();
  document.title = `${title} · Harbour Mutual · CRM`;
  main.replaceChildren(...content);
  search.value = new URLSearchParams(location.search).get('q') ?? '';
  for (const link of document.querySelectorAll('[data-section]')) {
    const here = (link.dataset.section === 'tariffs') === location.pathname.endsWith('/tariffs');
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (location.hash.startsWith('#new-')) open(location.hash.slice('#new-'.length));
}

function go(address) {
  history.pushState(null, '', address);
  show();
  say(document.title);
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
}

/** Opens the form for a note or a claim of the customer shown. */
function open(kind) {
  const place = document.querySelector('#entry');
  if (!place) return;
  place.replaceChildren(entryForm(kind));
  place.querySelector('textarea').focus();
}

function putAway() {
  const place = document.querySelector('#entry');
  if (!place?.firstChild) return;
  place.replaceChildren();
  document.querySelector('[data-new]')?.focus();
}

function save(form) {
  const customer = customerHere();
  const { text, on } = Object.fromEntries(new FormData(form));
  keep(customer.id, { kind: form.dataset.kind, text, at: on || new Date().toISOString() });
  if (location.hash) history.replaceState(null, '', location.pathname);
  show();
  say(form.dataset.kind === 'claim' ? 'Claim saved' : 'Note saved');
  document.querySelector('[data-new]')?.focus();
}

function step(by) {
  const at = customers.indexOf(customerHere());
  const next = at < 0 ? customers[0] : customers[(at + by + customers.length) % customers.length];
  go(`/demo/customers/${next.id}`);
}

const KEYS = {
  '/': () => search.focus(),
  n: () => open('note'),
  c: () => open('claim'),
  j: () => step(1),
  k: () => step(-1),
  g: () => go('/demo/'),
  '?': () => shortcuts.showModal(),
};

addEventListener('keydown', (event) => {
  const field = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return field?.form?.requestSubmit();
  if (event.key === 'Escape' && !shortcuts.open) return field === search ? search.blur() : putAway();
  if (field || event.ctrlKey || event.metaKey || event.altKey || shortcuts.open) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-link]');
  if (link && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    return go(link.href);
  }
  const { new: kind, away } = event.target.closest?.('button')?.dataset ?? {};
  if (kind) open(kind);
  if (away !== undefined) putAway();
  if (event.target.closest?.('#keys')) shortcuts.showModal();
});

addEventListener('submit', (event) => {
  if (event.target.matches('.search')) {
    event.preventDefault();
    go(`/demo/?q=${encodeURIComponent(search.value)}`);
  } else if (event.target.matches('.entry')) {
    event.preventDefault();
    save(event.target);
  }
});

addEventListener('popstate', show);
show();
