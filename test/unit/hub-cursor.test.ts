import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUuid } from '../../server/db/changes.ts';
import { readCursor, writeCursor } from '../../server/http/cursor.ts';

const LIST = ['people', 'account 1'] as const;
/** As PostgreSQL gives it: without zero bytes and halves of characters. */
const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0') && each.isWellFormed());
const last = fc.record({ key: text, id: fc.uuid() });
const refused = expect.objectContaining({ code: 'request.invalid', extras: { issues: [{ path: ['after'], message: expect.any(String) }] } });
const thrown = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('the cursor of a page', () => {
  it('says again what was written into it', () => {
    fc.assert(fc.property(last, (row) => void expect(readCursor(LIST, writeCursor(LIST, row), isUuid)).toEqual(row)));
  });

  it('goes into an address as it is', () => {
    fc.assert(fc.property(last, (row) => void expect(encodeURIComponent(writeCursor(LIST, row))).toBe(writeCursor(LIST, row))));
  });

  it.each([['of another account', ['people', 'account 2']], ['of another list', ['profiles', 'account 1']], ['of a longer one', ['people', 'account 1', 'x']], ['of a shorter one', ['people']]])(
    '%s is refused',
    (_, other) => fc.assert(fc.property(last, (row) => void expect(thrown(() => readCursor(LIST, writeCursor(other, row)))).toEqual(refused))),
  );

  it('whose row cannot be one of the list is refused', () => {
    for (const row of [{ key: 'a', id: 'not an id' }, { key: 'a\0', id: crypto.randomUUID() }, { key: '\ud800', id: crypto.randomUUID() }]) {
      expect(thrown(() => readCursor(LIST, writeCursor(LIST, row), isUuid))).toEqual(refused);
    }
  });

  it('that was not written here is refused, whatever it is', () => {
    const made = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url')),
      fc.tuple(last, fc.string({ minLength: 1 })).map(([row, more]) => writeCursor(LIST, row) + more),
    );
    fc.assert(fc.property(made, (it) => void expect(thrown(() => readCursor(LIST, it))).toEqual(refused)));
  });
});
