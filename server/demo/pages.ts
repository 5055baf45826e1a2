/** The demo CRM at /demo/: plain files, the same page for every address that is not one of them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';

const FOLDER = fileURLToPath(new URL('./crm/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const HEADERS = {
  'cache-control': 'no-cache',
  'content-security-policy': "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'self'",
};

interface File {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** @param onVisit hears of each page that is asked for */
export function demoPages(onVisit: () => void = () => {}): Hono {
  const files = new Map(readdirSync(FOLDER).map((name) => [name, readPage(name)]));
  const index = files.get('index.html') as File;
  const app = new Hono();
  app.get('/demo', (context) => context.redirect('/demo/'));
  app.get('/demo/*', (context) => {
    const name = context.req.path.slice('/demo/'.length);
    const { body, headers } = files.get(name) ?? index;
    if (body === index.body) onVisit();
    return context.req.header('if-none-match') === headers['etag'] ? context.body(null, 304, headers) : context.body(body, 200, headers);
  });
  return app;
}

function readPage(name: string): File {
  const body = readFileSync(join(FOLDER, name), 'utf8');
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, headers: { ...HEADERS, 'content-type': TYPES[extname(name)] as string, etag } };
}
