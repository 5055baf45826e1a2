/** The import rules of the house, read from the real import graph: a pattern of the linter sees only the specifier. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseSync } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Import {
  readonly from: string;
  /** A path from the root for an own file, else the specifier as it stands. */
  readonly to: string;
  /** Needed before the file itself can run: neither a type nor imported on demand. */
  readonly eager: boolean;
}

const files = ['components', 'entrypoints', 'lib', 'scripts', 'server', 'test'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    // The peers of the benchmarks have a folder of their own, where they are installed.
    .filter((file) => /\.tsx?$/.test(file) && !file.split(sep).includes('node_modules'))
    .map((file) => join(folder, file).replaceAll(sep, '/')),
);

function importsOf(from: string): Import[] {
  const source = readFileSync(join(root, from), 'utf8');
  const { module } = parseSync(from, source);
  const found = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      eager: entries.length === 0 || !entries.every(({ isType }) => isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest ? [{ specifier: moduleRequest.value, eager: !isType }] : [])),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      specifier: source.slice(moduleRequest.start + 1, moduleRequest.end - 1),
      eager: false,
    })),
  ];
  return found.map(({ specifier, eager }) => ({
    from,
    to: specifier.startsWith('.') ? relative(root, join(root, dirname(from), specifier)).replaceAll(sep, '/') : specifier,
    eager,
  }));
}

const imports = files.flatMap(importsOf);
const within = (...folders: string[]) => (path: string) => folders.some((folder) => path.startsWith(`${folder}/`));
const isPackage = (...names: string[]) => (path: string) => names.some((name) => path === name || path.startsWith(`${name}/`));
const isOwn = (path: string) => within('components', 'entrypoints', 'lib', 'locales', 'public', 'scripts', 'server', 'test')(path);

const BROWSER_API = isPackage('wxt/browser', 'wxt/utils', 'wxt/storage', 'webextension-polyfill', '@wxt-dev/browser', '#imports', '#i18n');

type Rule = readonly [folders: readonly string[], says: string, allows: (to: string) => boolean];
const RULES: readonly Rule[] = [
  [['lib/catalogue', 'lib/decide'], 'import nothing but each other', within('lib/catalogue', 'lib/decide')],
  [['lib'], 'imports neither components, entrypoints nor server', (to) => !isOwn(to) || within('lib', 'locales')(to)],
  [['lib'], 'runs in a browser too', (to) => !to.startsWith('node:')],
  [['lib'], 'draws nothing', (to) => !isPackage('preact')(to)],
  [['components'], 'import lib and components', (to) => !isOwn(to) || within('lib', 'components')(to)],
  [['entrypoints'], 'import lib and components', (to) => !isOwn(to) || within('lib', 'components', 'entrypoints')(to)],
  [['components', 'entrypoints'], 'run in a browser', (to) => !to.startsWith('node:')],
  [['server'], 'imports lib', (to) => !isOwn(to) || within('lib', 'server', 'locales')(to)],
  [['server'], 'knows no browser', (to) => !BROWSER_API(to) && !isPackage('preact', '@preact/signals')(to)],
];

describe.each(RULES)('%s', (folders, says, allows) => {
  test(says, () => {
    const broken = imports.filter(({ from, to }) => within(...folders)(from) && !allows(to));
    expect(broken).toEqual([]);
  });
});

test('the browser API is for entrypoints and the edges of lib', () => {
  const pure = imports.filter(({ from }) => within('lib')(from) && !within('lib/live', 'lib/store', 'lib/session', 'lib/frame')(from));
  expect(pure.filter(({ to }) => BROWSER_API(to))).toEqual([]);
});

test('what the product runs on imports no test', () => {
  expect(imports.filter(({ from, to }) => !within('test')(from) && within('test')(to))).toEqual([]);
});

test('own files are imported by their relative path and their extension', () => {
  const own = imports.filter(({ to }) => /^[~@]{1,2}\//.test(to) || (isOwn(to) && !/\.[a-z]+(\?[a-z]+)?$/.test(to)));
  expect(own).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const next = Map.groupBy(
    imports.filter(({ eager }) => eager),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file]);
    else if (!done.has(file)) {
      for (const { to } of next.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  expect(cycles).toEqual([]);
});

test('the banner carries nothing of the rights of the Maker, which it never asks for', () => {
  const next = Map.groupBy(
    imports.filter(({ eager }) => eager),
    ({ from }) => from,
  );
  const reached = new Set(['entrypoints/banner/main.tsx', 'lib/catalogue/index.ts', 'lib/decide/index.ts']);
  for (const file of reached) for (const { to } of next.get(file) ?? []) reached.add(to);
  expect(reached).toContain('lib/catalogue/sections.ts');
  expect([...reached].filter((file) => /^lib\/(?:catalogue|decide)\/(?:(?:explain-)?console|resources|grants|lasting)/.test(file))).toEqual([]);
});

test('the graph is read: the catalogue is seen to import its own sections', () => {
  expect(imports).toContainEqual({ from: 'lib/catalogue/index.ts', to: 'lib/catalogue/sections.ts', eager: true });
  expect(files.length).toBeGreaterThan(30);
});
