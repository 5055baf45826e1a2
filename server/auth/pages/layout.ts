import { createHash } from 'node:crypto';
import { message, type MessageKey } from '../messages.ts';
import { Html, html } from './html.ts';
import { style } from './style.ts';

const MARK = html`<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="#2454d6"/><path d="M10 6v20" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/><path d="M12.5 8 25 12.5 12.5 17z" fill="#fff"/></svg>`;
const ICON = `data:image/svg+xml,${encodeURIComponent(MARK.text.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" '))}`;

/** A whole page. The text of the first heading is the title too. */
export const page = (title: string, hubName: string, content: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${hubName}</title>
<link rel="icon" href="${ICON}">
<style>${new Html(style)}</style>
</head>
<body>
<main>
<div class="brand">${MARK}<span>${hubName}</span></div>
${content}
</main>
</body>
</html>
`.text;

/** A page that says one thing: what happened and what to do. */
export const notice = (hubName: string, title: MessageKey, ...texts: readonly string[]): string =>
  page(
    message(title),
    hubName,
    html`<div class="card"><h1>${message(title)}</h1>${texts.map((text) => html`<p>${text}</p>`)}</div>`,
  );

const STYLE_HASH = createHash('sha256').update(style).digest('base64');

/**
 * Headers of every page. Chromium applies `form-action` to where a form's answer redirects to as well: that is, in the
 * end, the extension.
 *
 * @param redirects addresses that signing in may end at
 */
export function pageHeaders(redirects: readonly string[]): Readonly<Record<string, string>> {
  const targets = [...new Set(redirects.map((address) => originOf(address)))];
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src 'sha256-${STYLE_HASH}'`,
      'img-src data:',
      `form-action ${["'self'", ...targets].join(' ')}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}

function originOf(address: string): string {
  const { origin, protocol } = new URL(address);
  return origin === 'null' ? protocol : origin;
}
