/**
 * How the scripts of the pages are cut. Left alone, what any two pages share is a file of its own: two dozen small ones,
 * which compress worse than one. Here what all pages draw with is one file, and what the bar is made of another.
 */
/** What a page begins with, while the rest is still on its way. */
const EARLY = ['preload-helper', 'wxt-html-plugins', '/webextension-polyfill/', '/wxt/dist/browser', '/lib/frame/ticket', '/lib/frame/tell', '/lib/models/clock', '/lib/store/appearance', '/lib/store/mirror'];
const CORE = [
  '/node_modules/preact/',
  '/node_modules/@preact/',
  '/lib/catalogue/',
  '/lib/decide/',
  '/lib/session/port',
  '/lib/api/client-problem',
  ...['changes', 'situation', 'view'].map((name) => `/lib/models/${name}.ts`),
  ...['icon.tsx', 'icons.ts', 'text.ts', 'keyboard.ts', 'avatar.tsx', 'trusted.ts', 'page.ts'].map((name) => `/components/ui/${name}`),
  ...['words', 'link', 'step'].map((name) => `/components/banner/${name}.ts`),
];
/** Of the same folders, and read by the Maker alone. */
const MAKER = ['/lib/catalogue/console', '/lib/catalogue/resources', '/lib/decide/console', '/lib/decide/explain-console', '/lib/decide/grants', '/lib/decide/lasting', '/lib/decide/readers'];

/** What opens over the bar or comes beside it comes after it (components/banner/later.ts). */
const LATER = ['surface.tsx', 'surfaces.tsx', 'tip.tsx', 'toast.tsx', 'notice-words.ts', 'switcher.tsx', 'identity-menus.tsx', 'why.tsx', 'connection-menu.tsx', 'place-chooser.tsx', 'panel.tsx', 'more.tsx', 'really-visible.ts', 'withheld.tsx', 'modules-later.ts', 'modules/', 'supervision/', 'asking/', 'interaction/', 'outgoing/'].map((name) => `/components/banner/${name}`);
const BAR = ['/components/banner/', ...['arrangement', 'banner', 'fit', 'news', 'notices', 'switching', 'items'].map((name) => `/lib/models/${name}.ts`)];

/** What the Maker and the panels of the banner both read the hub's answers by, and draw with. */
const SHARED = [
  '/node_modules/valibot/',
  ...['shapes.ts', 'live.ts', 'snapshot.ts', 'problem.ts', 'client-call.ts'].map((name) => `/lib/api/${name}`),
  '/lib/profile/schema.ts',
  ...['button.tsx', 'reason.tsx', 'tips.tsx', 'place.ts', 'format.ts', 'problem.ts', 'focus-kept.ts'].map((name) => `/components/ui/${name}`),
];

const isIn = (places: readonly string[], id: string): boolean => places.some((place) => id.replaceAll('\\', '/').includes(place));

/** The first that takes a module has it. */
export const chunkGroups = [
  { name: 'early', test: (id: string) => isIn(EARLY, id), minShareCount: 2, priority: 3 },
  { name: 'core', test: (id: string) => isIn(CORE, id) && !isIn(MAKER, id), minShareCount: 3, priority: 2 },
  { name: 'bar', test: (id: string) => isIn(BAR, id) && !isIn(LATER, id) && !id.endsWith('.css'), minShareCount: 2, priority: 1 },
  { name: 'shared', test: (id: string) => isIn(SHARED, id), minShareCount: 2, priority: 1 },
];
