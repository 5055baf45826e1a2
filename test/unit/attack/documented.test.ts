/** What docs/security.md and docs/reliability.md say is tested is: each named test is there, under that title. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const rowsOf = (file: string, heading: string): string[][] => {
  const section = readFileSync(file, 'utf8').split(/^## /m).find((part) => part.startsWith(heading))!;
  const rows = section.split('\n').filter((line) => line.startsWith('|')).slice(2);
  return rows.map((row) => row.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()));
};

const isNamed = (place: string): string | null => [`test/${place}.test.ts`, `test/${place}`].find((file) => existsSync(file)) ?? null;
/** Without what stands for the rest of it. */
const beginOf = (title: string): string => title.replace(/^…/, '').replace(/\s*…$/, '').replaceAll('’', "'");
const textOf = (file: string): string => readFileSync(file, 'utf8').replaceAll('’', "'").replaceAll("\\'", "'");

describe.each(['Bad input', 'Attack'])('%s', (heading) => {
  it.each(rowsOf('docs/security.md', heading))('%s', (_what, defends, tests) => {
    expect(defends).not.toBe('');
    const places = [...tests!.matchAll(/`((?:unit|contract|e2e)\/[\w/-]+)`((?:[^`"]*"[^"]*")*)/g)];
    expect(places.length, tests).toBeGreaterThan(0);
    for (const [, place, titles] of places) {
      const file = isNamed(place!);
      expect(file, place).not.toBeNull();
      if (file!.endsWith('.ts')) for (const [, title] of titles!.matchAll(/"([^"]+)"/g)) expect(textOf(file!), `${place}: ${title}`).toContain(beginOf(title!));
    }
  });
});

/** All that the platform notes list. */
const PUBLISHED = ['Flagsmith', 'GrowthBook #1603', 'never reconnect', 'js-core #633', 'java-server-sdk #74', 'RingCentral Embeddable', 'OpenCTI #13908'];
const published = rowsOf('docs/reliability.md', 'What other clients got wrong');

describe('what other clients got wrong', () => {
  it.each(PUBLISHED)('%s has its test, which names it', (reference) => {
    const [, tests] = published.find(([what]) => what!.includes(reference))!;
    const named = [...tests!.matchAll(/`([\w-]+)\.test\.ts`: ([^;`]+)/g)].map(([, file, title]) => [isNamed(`unit/${file}`) ?? isNamed(`contract/${file}`), title!.trim()] as const);
    expect(named.length, tests).toBeGreaterThan(0);
    for (const [file, title] of named) expect(textOf(file!), title).toContain(beginOf(title));
    expect(named.some(([file]) => textOf(file!).includes(reference))).toBe(true);
  });
});
