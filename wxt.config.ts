import { defineConfig } from 'wxt';
import { EARLY_EDGES, roomSheet } from './lib/frame/drawing.ts';
import { CHROMIUM_KEY, GECKO_ID } from './lib/extension-id.ts';
import { chunkGroups } from './scripts/lib/chunks.ts';
import { leanRoutes } from './scripts/lib/lean-routes.ts';
import { polyfillModule } from './scripts/lib/polyfill-module.ts';
import { preloadPage } from './scripts/lib/preload-page.ts';

/** The hub this build is for: what a person or a company sets goes before it. */
const hub = process.env.PENNON_HUB ?? 'http://127.0.0.1:7420';
/** Where the banner is without anybody having to allow it: match patterns, comma separated. */
const sites = process.env.PENNON_SITES ?? `${hub}/demo/*`;
/** For tests: no prompt for a permission can be answered in a browser without a window. */
const forTests = process.env.PENNON_TEST === '1';

/** The oldest browsers it is built for: Chromium with anchor positioning, Firefox with consent to data collection. */
const OLDEST = { chrome: 125, firefox: 142 } as const;

const LOOPBACK = ['http://127.0.0.1/*', 'http://localhost/*'];
const siteOf = (address: string): string => address.replace(/^([^:]+:\/\/[^/:]+)(?::\d+)?(\/.*)?$/, '$1/*');
const listed = sites.split(',').map((site) => site.trim()).filter(Boolean);
const unique = <T>(...lists: readonly T[][]): T[] => [...new Set(lists.flat())];

/**
 * Said in full, so that Firefox does not add its own `upgrade-insecure-requests`, which would turn a local hub's `ws:`
 * into `wss:`. A hub elsewhere is always reached by TLS.
 */
const policy = (dev: boolean): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // Vite's hot reload puts styles into the page.
    `style-src 'self'${dev ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data: https:",
    "font-src 'self'",
    // Recordings and voice messages, which come as bytes.
    "media-src 'self' blob:",
    `connect-src 'self' https: wss: http://127.0.0.1:* ws://127.0.0.1:* http://localhost:* ws://localhost:* ${hub} ${hub.replace(/^http/, 'ws')}`,
    // The Maker's preview is a page of the extension's own, as wide as its box.
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
  ].join('; ');

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  manifestVersion: 3,
  imports: false,
  outDir: process.env.PENNON_OUT ?? (forTests ? '.output/test' : '.output'),
  // `npm run dev` prints the folder to load: no browser is started with a profile of its own choosing.
  webExt: { disabled: true },
  manifest: ({ browser, command }) => {
    const hosts = unique([siteOf(hub)], listed.map(siteOf), forTests ? LOOPBACK : []);
    return {
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    permissions: ['storage', 'alarms', 'identity', 'scripting', 'activeTab', ...(forTests ? (['notifications'] as const) : [])],
    // Asked for where a person turns notifications on: nobody grants at installation what they may never use.
    optional_permissions: forTests ? [] : ['notifications'],
    host_permissions: hosts,
    optional_host_permissions: ['https://*/*', ...LOOPBACK].filter((site) => !hosts.includes(site)),
    content_security_policy: { extension_pages: policy(command === 'serve') },
    // Only the page itself: its own scripts and styles are loaded by it, not by the site.
    web_accessible_resources: [{ resources: ['banner.html'], matches: ['<all_urls>'] }],
    storage: { managed_schema: 'managed-schema.json' },
    action: { default_title: '__MSG_extension_name__' },
    // Not B and P: Chromium has those for its bookmarks and tab groups, and leaves a suggestion of them unset, unsaid.
    commands: {
      'focus-banner': { suggested_key: { default: 'Alt+Shift+J' }, description: '__MSG_command_focusBanner__' },
      'collapse-banner': { suggested_key: { default: 'Alt+Shift+H' }, description: '__MSG_command_collapseBanner__' },
      'switch-profile': { suggested_key: { default: 'Alt+Shift+S' }, description: '__MSG_command_switchProfile__' },
      'accept-offer': { suggested_key: { default: 'Alt+Shift+U' }, description: '__MSG_command_acceptOffer__' },
      // Without keys of its own: whoever wants to hang up by a slip of the hand chooses them.
      'hang-up': { description: '__MSG_command_hangUp__' },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: GECKO_ID,
              strict_min_version: `${OLDEST.firefox}.0`,
              data_collection_permissions: { required: ['authenticationInfo', 'personallyIdentifyingInfo'] },
            },
          },
        }
      : { key: CHROMIUM_KEY, minimum_chrome_version: `${OLDEST.chrome}` }),
    };
  },
  hooks: {
    /**
     * The script on host pages is built as a bare script: WXT's wrapper for content scripts is half of the 3 kB it may
     * have, and tells the page of itself by `window.postMessage` (docs/decisions/0010).
     */
    'entrypoints:found': (_, entrypoints) => {
      for (const entrypoint of entrypoints) if (entrypoint.name === 'frame') entrypoint.type = 'unlisted-script';
    },
    'build:publicAssets': (_, files) => {
      // The room on a page before the script on it runs: said where it is said for that script.
      for (const edge of EARLY_EDGES) files.push({ relativeDest: `room-${edge}.css`, contents: roomSheet(edge) });
      // Texts, which come with a line and indents for each.
      for (const file of files) if ('contents' in file && file.relativeDest.endsWith('.json')) file.contents = JSON.stringify(JSON.parse(file.contents));
    },
    /** The side panel is the banner page, where no page of its own is there for it. */
    'build:manifestGenerated': (wxt, manifest) => {
      if (wxt.config.browser === 'firefox') {
        manifest.sidebar_action ??= { default_panel: 'banner.html' };
        manifest.sidebar_action.open_at_install = false;
        manifest.sidebar_action.default_title ??= '__MSG_extension_name__';
        // Firefox reads a policy without a schema.
        delete (manifest as { storage?: unknown }).storage;
      } else {
        manifest.side_panel ??= { default_path: 'banner.html' };
        manifest.permissions = [...new Set([...(manifest.permissions ?? []), 'sidePanel' as const])];
      }
    },
  },
  vite: ({ mode, browser }) => ({
    plugins: [leanRoutes(), polyfillModule(), preloadPage(/\/entrypoints\/banner\/page\.tsx$/)],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define: {
      'import.meta.env.PENNON_HUB': JSON.stringify(hub),
      'import.meta.env.PENNON_SITES': JSON.stringify(sites),
    },
    build: {
      sourcemap: mode === 'production' ? false : 'inline',
      // What the manifest asks for: nothing is rewritten for older ones.
      target: browser === 'firefox' ? `firefox${OLDEST.firefox}` : `chrome${OLDEST.chrome}`,
      modulePreload: { polyfill: false },
      rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } },
    },
  }),
});
