/** How a cost grows, drawn: a panel for each thing that grows, both axes logarithmic, so that what is flat is flat and what is linear climbs as the dashed line. */

export interface GrowthPanel {
  readonly title: string;
  /** How many there are at each point, growing. */
  readonly sizes: readonly number[];
  /** Milliseconds at each size. */
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[];
}

const PANEL = { width: 330, height: 230 };
const INSET = { left: 50, right: 12, top: 34, bottom: 44 };
const ACROSS = 2;
const LEGEND = 34;
/** Told apart on white and on near-black, by the colour-blind too: beside the colour each line has a mark of its own. */
const COLOURS = ['#3b7dd8', '#d9742b', '#2f9e6e', '#a463c9', '#8a8f3a', '#2a9db3'];
const MARKS = ['circle', 'square', 'diamond', 'triangle', 'ring', 'cross'] as const;
const TEXT = '#808691';
const GRID = '#80869140';

/** @returns an SVG without a background: it stands on whatever the page has */
export function growthPlot(panels: readonly GrowthPanel[]): string {
  const names = [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
  const all = panels.flatMap(({ lines }) => lines.flatMap(({ values }) => values));
  const low = Math.floor(Math.log10(Math.min(...all)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...all))));
  const width = PANEL.width * ACROSS;
  const height = PANEL.height * Math.ceil(panels.length / ACROSS) + LEGEND;
  const drawn = panels.map((panel, at) => {
    const [x, y] = [(at % ACROSS) * PANEL.width, Math.floor(at / ACROSS) * PANEL.height + LEGEND];
    return `<g transform="translate(${x} ${y})">${drawPanel(panel, names, low, high)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif" font-size="11" fill="${TEXT}" role="img">
<title>${escaped(`Milliseconds as ${panels.map(({ title }) => title).join(', ')} grow`)}</title>
${legend(names)}
${drawn.join('\n')}
</svg>
`;
}

function drawPanel({ title, sizes, lines }: GrowthPanel, names: readonly string[], low: number, high: number): string {
  const [left, right, top, bottom] = [INSET.left, PANEL.width - INSET.right, INSET.top, PANEL.height - INSET.bottom];
  const least = Math.log10(sizes[0]!);
  const x = (size: number) => left + ((Math.log10(size) - least) / (Math.log10(sizes.at(-1)!) - least)) * (right - left);
  const y = (exponent: number) => bottom - ((exponent - low) / (high - low)) * (bottom - top);
  const up = Array.from({ length: high - low + 1 }, (_, at) => low + at).map(
    (exponent) => `<path d="M${left} ${round(y(exponent))}H${right}" stroke="${GRID}"/>${text(left - 6, y(exponent) + 4, label(10 ** exponent), 'end')}`,
  );
  const along = sizes.map((size) => `<path d="M${round(x(size))} ${top}V${bottom}" stroke="${GRID}"/>${text(x(size), bottom + 15, label(size), size === sizes.at(-1) ? 'end' : 'middle')}`);
  const drawn = lines.map(({ name, values }) => {
    const at = names.indexOf(name);
    const points = values.map((value, step): Point => [x(sizes[step]!), y(Math.log10(value))]);
    return `<path d="M${points.map(([px, py]) => `${round(px)} ${round(py)}`).join('L')}" fill="none" stroke="${colour(at)}" stroke-width="2"/>${points.map((point) => mark(at, point)).join('')}`;
  });
  return [
    `<text x="${left}" y="20" font-size="13" font-weight="600">As ${escaped(title)} grow</text>`,
    ...up,
    ...along,
    linear(sizes, low, high, x, y),
    ...drawn,
    text((left + right) / 2, bottom + 32, title, 'middle'),
    `<text transform="translate(12 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">ms</text>`,
  ].join('');
}

/** What would grow as its size does, as far as there is room. */
function linear(sizes: readonly number[], low: number, high: number, x: (size: number) => number, y: (exponent: number) => number): string {
  const first = sizes[0]!;
  const last = Math.min(sizes.at(-1)!, first * 10 ** (high - low));
  return `<path d="M${round(x(first))} ${round(y(low))}L${round(x(last))} ${round(y(low + Math.log10(last / first)))}" fill="none" stroke="${TEXT}" stroke-dasharray="4 4"/>`;
}

function legend(names: readonly string[]): string {
  const wide = (PANEL.width * ACROSS - 20) / (names.length + 1);
  const entries = names.map((name, at) => `${mark(at, [20 + at * wide, 16])}${text(28 + at * wide, 20, name, 'start')}`);
  const x = 14 + names.length * wide;
  return [...entries, `<path d="M${round(x)} 16h22" stroke="${TEXT}" stroke-dasharray="4 4"/>`, text(x + 28, 20, 'linear', 'start')].join('');
}

type Point = readonly [x: number, y: number];

function mark(at: number, [px, py]: Point): string {
  const [x, y, fill] = [round(px), round(py), colour(at)];
  switch (MARKS[at % MARKS.length]!) {
    case 'circle':
      return `<circle cx="${x}" cy="${y}" r="3.5" fill="${fill}"/>`;
    case 'square':
      return `<path d="M${x} ${y}m-3 -3h6v6h-6z" fill="${fill}"/>`;
    case 'diamond':
      return `<path d="M${x} ${y}m0 -4.5l4.5 4.5l-4.5 4.5l-4.5 -4.5z" fill="${fill}"/>`;
    case 'triangle':
      return `<path d="M${x} ${y}m0 -4l4 7h-8z" fill="${fill}"/>`;
    case 'ring':
      return `<circle cx="${x}" cy="${y}" r="3" fill="none" stroke="${fill}" stroke-width="2"/>`;
    case 'cross':
      return `<path d="M${x} ${y}m-3 -3l6 6m0 -6l-6 6" fill="none" stroke="${fill}" stroke-width="2"/>`;
  }
}

const colour = (at: number): string => COLOURS[at % COLOURS.length]!;
const text = (x: number, y: number, said: string, anchor: 'start' | 'middle' | 'end'): string => `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(said)}</text>`;
const label = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 3 });
const round = (value: number): number => Math.round(value * 10) / 10;
const escaped = (said: string): string => said.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
