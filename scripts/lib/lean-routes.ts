/**
 * What a route says for the hub's documentation alone (server/http/openapi.ts) stays out of the extension, which calls
 * routes and explains none.
 */
const ROUTES = /\/lib\/api\/routes-[\w-]+\.ts$/;
/** Written one a line, or as a list over several. */
const SAID = /^ {4}(?:summary: (?:'.*'|".*"|`.*`)|tag: '\w+'|problems: \[[^\]]*\]),\n/gm;

export const withoutDocumentation = (code: string): string => code.replace(SAID, '');

/** For Vite, before TypeScript is taken out: code as it is written. */
export const leanRoutes = () => ({
  name: 'pennon:lean-routes',
  enforce: 'pre' as const,
  transform: (code: string, id: string) => (ROUTES.test(id.replaceAll('\\', '/')) ? { code: withoutDocumentation(code), map: null } : null),
});
