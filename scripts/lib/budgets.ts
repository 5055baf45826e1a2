/** What the built extension may weigh, in bytes gzipped: the loader is paid by every page, the banner by every tab. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Weight {
  readonly name: string;
  readonly bytes: number;
  readonly limit: number;
}

const KB = 1000;

/** @param folder of a production build */
export function weigh(folder: string): readonly Weight[] {
  const gzipped = (file: string): number => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;
  const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + gzipped(file), 0);
  const banner = loadedBy(folder, 'banner.html');
  return [
    { name: 'script on a page', bytes: gzipped('frame.js'), limit: 3 * KB },
    { name: 'banner page', bytes: sum([...banner].filter((file) => !file.endsWith('.css'))), limit: 45 * KB },
    // What it has to have before it asks for ticket and state: the rest comes meanwhile.
    { name: 'banner begins with', bytes: sum(withImports(folder, scriptsOf(folder, 'banner.html'))), limit: 6 * KB },
    { name: 'banner styles', bytes: sum([...banner].filter((file) => file.endsWith('.css'))), limit: 8 * KB },
    // What the Maker loads before its first page is drawn; each page comes when it is opened.
    { name: 'maker page', bytes: sum(loadedBy(folder, 'maker.html')), limit: 70 * KB },
    { name: 'background', bytes: gzipped('background.js'), limit: 40 * KB },
    { name: 'whole package', bytes: sum(filesIn(folder)), limit: 400 * KB },
  ];
}

const found = (folder: string, file: string, what: RegExp): string[] =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(what)].map(([, name]) => name!);

/** A page, the scripts and styles it names, and what those import. */
const loadedBy = (folder: string, page: string): Set<string> =>
  withImports(folder, [page, ...found(folder, page, /(?:src|href)="\/([^"]+\.(?:js|css))"/g)]);

const scriptsOf = (folder: string, page: string): string[] => found(folder, page, /<script[^>]* src="\/([^"]+\.js)"/g);

/** Files, and the scripts that they import and cannot run without. */
function withImports(folder: string, of: readonly string[]): Set<string> {
  const files = new Set(of);
  for (const file of files) {
    if (!file.endsWith('.js')) continue;
    for (const name of found(folder, file, /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) files.add(`chunks/${name}`);
  }
  return files;
}

const filesIn = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((file) => statSync(join(folder, file)).isFile());
