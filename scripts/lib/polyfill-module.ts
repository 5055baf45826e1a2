/**
 * The polyfill is a script for every kind of module but the one that is used here. Taken for CommonJS, all that it exports is
 * looked at one by one as a page begins: that is the browser's whole API, each part of which is made when it is first
 * looked at. As a module of its own it is asked for what is used.
 */
const POLYFILL = /\/webextension-polyfill\/dist\/browser-polyfill(?:\.min)?\.js$/;

/** What the extension calls of the browser; the rest of the polyfill's table of calls is left out of it. */
export const USED: ReadonlySet<string> = new Set(['alarms', 'commands', 'i18n', 'identity', 'notifications', 'permissions', 'runtime', 'storage', 'tabs', 'windows']);

/** In the file as it is published: JSON, put in when it was made. */
const TABLE = /(?<=const apiMetadata = )\{.*?\n {6}\}(?=;)/s;

/** @throws Error where the polyfill has no such table any more: nothing would be left out, and nobody would know */
export function withUsed(code: string, used = USED): string {
  if (!TABLE.test(code)) throw new Error('The polyfill has no table of calls where it was: see scripts/lib/polyfill-module.ts.');
  return code.replace(TABLE, (table) => {
    const calls = Object.entries(JSON.parse(table) as Record<string, unknown>);
    return JSON.stringify(Object.fromEntries(calls.filter(([name]) => used.has(name))));
  });
}

export const asModule = (code: string): string => `const module = { exports: {} };\nconst exports = module.exports;\n${code}\nexport default module.exports;\n`;

export const polyfillModule = () => ({
  name: 'pennon:polyfill-module',
  apply: 'build' as const,
  transform: (code: string, id: string) => (POLYFILL.test(id.replaceAll('\\', '/')) ? { code: asModule(withUsed(code)), map: null } : null),
});
