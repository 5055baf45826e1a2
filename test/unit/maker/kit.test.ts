import { describe, expect, it } from 'vitest';
import { numberOf } from '../../../components/ui/fields.tsx';
import { sortRows } from '../../../components/ui/table.tsx';
import { ToastsModel } from '../../../lib/models/maker/toasts.ts';
import { finder, fold } from '../../../lib/search.ts';
import { createHandClock } from '../../fixtures/hand-clock.ts';

describe('a search', () => {
  it('sees through accents, case and spaces, and takes words in any order', () => {
    expect(fold('  Élodie   BÉRARD ')).toBe('elodie berard');
    const finds = finder('berard elo');
    expect(finds('Élodie Bérard')).toBe(true);
    expect(finds('Élodie', 'berard@example.com')).toBe(true);
    expect(finds('Élodie', null)).toBe(false);
    expect(finder('  ')('anything')).toBe(true);
  });
});

describe('a number that is typed', () => {
  const range = { min: 0, max: 300 };
  it.each([
    ['20', 20], [' 0 ', 0], ['300', 300], ['301', undefined], ['-1', undefined], ['2.5', undefined], ['', undefined], ['1e2', undefined], ['٣', undefined],
  ])('%j', (typed, value) => {
    expect(numberOf(typed, range)).toBe(value);
  });

  it('may be none where none is a value', () => {
    expect(numberOf('', { ...range, nullable: true })).toBeNull();
  });
});

describe('a table', () => {
  const columns = [{ id: 'name', sort: ({ name }: { name: string }) => name }, { id: 'count', sort: ({ count }: { count: number }) => count }];
  const rows = [{ name: 'b2', count: 1 }, { name: 'B10', count: 3 }, { name: 'á', count: 1 }];
  const names = (column: string, descending = false) => sortRows(rows, columns, { column, descending }).map(({ name }) => name);

  it('sorts names as people do, numbers in them by their value', () => {
    globalThis.document = { documentElement: { lang: 'en' } } as Document;
    expect(names('name')).toEqual(['á', 'b2', 'B10']);
    expect(names('name', true)).toEqual(['B10', 'b2', 'á']);
  });

  it('keeps rows that compare alike in the order they came in, both ways', () => {
    expect(names('count')).toEqual(['b2', 'á', 'B10']);
    expect(names('count', true)).toEqual(['B10', 'b2', 'á']);
    expect(names('nothing')).toEqual(['b2', 'B10', 'á']);
  });
});

describe('what the Maker says of its own accord', () => {
  it('stands a while, longer where something is to be done, and not while somebody reads it', () => {
    const clock = createHandClock(0);
    const toasts = new ToastsModel(clock);
    toasts.say({ text: 'Saved', tone: 'good' });
    toasts.say({ text: 'Failed', tone: 'bad' });
    clock.pass(5000);
    expect(toasts.shown.value.map(({ text }) => text)).toEqual(['Failed']);
    toasts.hold();
    clock.pass(60_000);
    expect(toasts.shown.value).toHaveLength(1);
    toasts.release();
    clock.pass(12_000);
    expect(toasts.shown.value).toEqual([]);
  });

  it('is said once where it is the same, and three at most at once', () => {
    const toasts = new ToastsModel(createHandClock(0));
    for (const text of ['One', 'Two', 'Two', 'Three', 'Four']) toasts.say({ text });
    expect(toasts.shown.value.map(({ text }) => text)).toEqual(['Two', 'Three', 'Four']);
  });
});
