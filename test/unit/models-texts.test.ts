import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { icons } from '../../components/ui/icons.ts';
import { laterIcons } from '../../components/ui/later-icons.ts';
import { makerIcons } from '../../components/ui/maker-icons.ts';
import { CLIENT_PROBLEMS, PROBLEMS } from '../../lib/api/problem.ts';
import { consoleModules } from '../../lib/catalogue/console.ts';
import { controls, type Place, tabs } from '../../lib/catalogue/index.ts';
import messages from '../../locales/en.json' with { type: 'json' };
import { flatten } from '../fixtures/gallery/messages.ts';

const texts = flatten(messages);
const folder = join(import.meta.dirname, '../../components');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const);
const sourcesIn = (part: string) => {
  const within = join(import.meta.dirname, '../..', part);
  return readdirSync(within, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path)).map((path) => readFileSync(join(within, path), 'utf8'));
};
const nameOf = (key: string) => key.replaceAll('.', '_');

describe('the texts of the components', () => {
  it('are all in the message catalogue', () => {
    const missing = sources.flatMap(([path, source]) => [
      ...[...source.matchAll(/\bt\('([\w.]+)'/g)].filter(([, key]) => !texts.has(nameOf(key!))).map(([, key]) => `${path}: ${key}`),
      ...[...source.matchAll(/\btn\('([\w.]+)'/g)].filter(([, key]) => !texts.has(`${nameOf(key!)}_other`)).map(([, key]) => `${path}: ${key}`),
    ]);
    expect(missing).toEqual([]);
  });

  it('begin like some message where they end in a value', () => {
    const all = [...texts.keys()];
    const missing = sources.flatMap(([path, source]) =>
      [...source.matchAll(/\btn?\(`([\w.]+)\.\$\{/g)].filter(([, key]) => !all.some((name) => name.startsWith(`${nameOf(key!)}_`))).map(([, key]) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('are drawn somewhere, each of the pages\' own', () => {
    const drawn = [...sources.map(([, source]) => source), ...['lib', 'entrypoints'].flatMap(sourcesIn)].join('\n');
    const named = new Set([...drawn.matchAll(/['"]([\w.]+)['"]/g)].map(([, key]) => nameOf(key!)));
    const begun = [...drawn.matchAll(/`(\w+(?:\.\w+)*\.?)\$\{/g)].map(([, key]) => nameOf(key!));
    const isDrawn = (name: string) => named.has(name) || named.has(name.replace(/_(?:one|other)$/, '')) || begun.some((key) => name.startsWith(key));
    expect([...texts.keys()].filter((name) => /^(?:maker|popup|options|ui|common)/.test(name) && !isDrawn(name))).toEqual([]);
  });

  it('have a sentence for every problem the hub or the client can meet', () => {
    const codes = [...Object.keys(PROBLEMS), ...Object.keys(CLIENT_PROBLEMS)];
    expect(codes.filter((code) => !texts.has(nameOf(`problem.${code}`)))).toEqual([]);
  });

  it('are not written in the components themselves', () => {
    const written = sources.flatMap(([path, source]) =>
      [...source.matchAll(/>\s*([A-Z][a-z]+ [a-z]+[^<>{}]*)</g)].map(([, text]) => `${path}: ${text}`),
    );
    expect(written).toEqual([]);
  });
});

describe('the icons', () => {
  it('cover what the catalogue names', () => {
    const named = [...controls, ...tabs].map(({ icon }) => icon);
    expect(named.filter((name) => !Object.hasOwn({ ...icons, ...laterIcons }, name))).toEqual([]);
  });

  it('of what stands in the bar are there when it is first drawn', () => {
    const places: ReadonlySet<Place> = new Set(['flows', 'pools', 'outgoing', 'modules', 'topBar']);
    const named = controls.filter(({ place }) => places.has(place)).map(({ icon }) => icon);
    expect(named.filter((name) => !Object.hasOwn(icons, name))).toEqual([]);
  });

  it('of the Maker\'s menu are there when it is first drawn', () => {
    expect(consoleModules.map(({ icon }) => icon).filter((name) => !Object.hasOwn({ ...icons, ...makerIcons }, name))).toEqual([]);
  });
});
