/**
 * The polyfill is a script for every kind of module but the one that is used here. Taken for CommonJS, all that it exports is
 * looked at one by one as a page begins: that is the browser's whole API, each part of which is made when it is first
 * looked at. As a module of its own it is asked for what is used.
 */
const POLYFILL = /\/webextension-polyfill\/dist\/browser-polyfill(?:\.min)?\.js$/;

export const asModule = (code: string): string => `const module = { exports: {} };\nconst exports = module.exports;\n${code}\nexport default module.exports;\n`;

export const polyfillModule = () => ({
  name: 'pennon:polyfill-module',
  apply: 'build' as const,
  transform: (code: string, id: string) => (POLYFILL.test(id.replaceAll('\\', '/')) ? { code: asModule(code), map: null } : null),
});
