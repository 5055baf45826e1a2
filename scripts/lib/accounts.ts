import type { Demo } from '../../server/demo/accounts.ts';
import type { BrowserKind } from '../browsers.ts';

/** The accounts as a table of three columns. */
export function accountsTable({ accounts, password }: Demo): string {
  const rows = [
    ['Who', 'Email address', 'Profiles, the one at login first'],
    ...accounts.map(({ name, email, profiles, note }) => [name, email, [profiles.join(', ') || '–', note && `(${note})`].filter(Boolean).join(' ')]),
  ] as const;
  const width = (column: number) => Math.max(...rows.map((row) => (row[column] as string).length));
  const lines = rows.map(([who, email, profiles]) => `  ${who!.padEnd(width(0))}  ${email!.padEnd(width(1))}  ${profiles}`);
  const rule = `  ${'─'.repeat(width(0))}  ${'─'.repeat(width(1))}  ${'─'.repeat(32)}`;
  return [lines[0], rule, ...lines.slice(1), '', `  Password of all of them: ${password}`].join('\n');
}

/** How to load the extension where no browser is opened. */
export function byHand(kind: BrowserKind, folder: string, address: string): string {
  const steps =
    kind === 'firefox'
      ? ['Open about:debugging#/runtime/this-firefox in Firefox.', `Choose “Load Temporary Add-on…” and the file ${folder}/manifest.json`]
      : ['Open chrome://extensions in Chrome, Chromium, Edge or Brave and switch on “Developer mode”.', `Choose “Load unpacked” and the folder ${folder}`];
  return ['  To see the banner by hand:', ...[...steps, `Open ${address}`].map((step, at) => `    ${at + 1}. ${step}`)].join('\n');
}
