/** A page as a ticket system draws one: a list long enough that the page itself is work for the browser. */
export const TICKETS = 1500;

const STYLES = `body { font: 14px/1.4 system-ui; margin: 0 }
header { position: sticky; top: 0; background: #fff; padding: 12px }
table { border-collapse: collapse; width: 100% }
td { padding: 6px 8px; border-bottom: 1px solid #ddd; text-align: left }
tr:nth-child(even) { background: #f7f7f9 }`;

/** Runs in the page. The same list each time. */
function draw(count: number): void {
  let seed = 7;
  const number = (below: number) => (seed = (seed * 16807) % 2147483647) % below;
  const about = ['Invoice', 'Delivery', 'Return', 'Damage', 'Contract', 'Question', 'Tariff', 'Meter', 'Address', 'Payment'];
  const table = document.createElement('table');
  for (let id = 0; id < count; id++) {
    const cells = [10_000 + id, `${about[number(10)]}, ${about[number(10)]}`, `Customer ${number(9999)}`, ['open', 'waiting', 'solved'][number(3)], number(4), `Team ${number(12)}`];
    const row = table.insertRow();
    for (const cell of cells) row.insertCell().appendChild(document.createElement('span')).textContent = String(cell);
  }
  document.querySelector('main')!.append(table);
}

export const TICKETS_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tickets</title><style>${STYLES}</style></head>
<body><header><h1>Tickets</h1></header><main></main><script>(${String(draw)})(${TICKETS})</script></body></html>`;
