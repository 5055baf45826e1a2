import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientProblem } from '../../lib/api/client-problem.ts';
import type { Problem } from '../../lib/api/problem.ts';
import { createRecordForm, type FieldErrors, type Held, type RecordEdges } from '../../lib/models/maker/record-form.ts';
import { changedFields, chosenOf, isSame, mergeRecord } from '../../lib/models/maker/record-merge.ts';
import { finder, plain } from '../../lib/search.ts';

interface Team {
  readonly [field: string]: unknown;
  readonly name: string;
  readonly note: string;
  readonly members: readonly string[];
}
const base: Team = { name: 'Claims', note: '', members: ['a', 'b'] };
const conflict: Problem = { ...clientProblem('client.failed'), code: 'record.conflict', status: 412 };

/** A hub of one record, that somebody else may change. */
function hubOf(value: Team) {
  let held: Held<Team> = { id: 't', value, etag: '"1"' };
  const sent: Partial<Team>[] = [];
  const next = (change: Partial<Team>) => (held = { id: 't', value: { ...held.value, ...change } as Team, etag: `"${Number(held.etag.slice(1, -1)) + 1}"` });
  const edges: RecordEdges<Team> = {
    initial: { name: '', note: '', members: [] },
    read: async () => ({ ok: true, value: held }),
    create: async (created) => ({ ok: true, value: next(created) }),
    update: async (change, ifMatch) => {
      sent.push(change);
      return ifMatch === held.etag ? { ok: true, value: next(change) } : { ok: false, problem: conflict };
    },
    check: ({ name }): FieldErrors => (name === '' ? { name: { key: 'missing' } } : {}),
  };
  return { edges, sent, changeElsewhere: next, held: () => held };
}
async function open(value: Team = base) {
  const hub = hubOf(value);
  const form = createRecordForm(hub.edges);
  await form.read();
  return { ...hub, form };
}

describe('what two people changed', () => {
  it('meets only where both changed the same field to something else', () => {
    const merge = mergeRecord(base, { ...base, name: 'Mine', members: ['a'] }, { ...base, name: 'Theirs', note: 'new', members: ['a'] });
    expect(merge.meetings).toEqual([{ field: 'name', base: 'Claims', mine: 'Mine', theirs: 'Theirs' }]);
    expect(merge.taken).toEqual(['note']);
    expect(chosenOf(merge, new Map())).toEqual({ name: 'Mine', note: 'new', members: ['a'] });
    expect(chosenOf(merge, new Map([['name', 'theirs']])).name).toBe('Theirs');
  });
  it('has no order in lists', () => {
    expect(isSame([{ id: 1, on: true }, { id: 2 }], [{ id: 2 }, { on: true, id: 1 }])).toBe(true);
    expect(isSame(['a'], ['a', 'a'])).toBe(false);
  });
  it('keeps every change of one side where the other made none', () => {
    const team = fc.record({ name: fc.string(), note: fc.string(), members: fc.array(fc.string(), { maxLength: 3 }) });
    fc.assert(
      fc.property(team, team, (from, to) => {
        expect(mergeRecord(from, to, from)).toMatchObject({ meetings: [], taken: [] });
        expect(isSame(mergeRecord(from, to, from).value, to)).toBe(true);
        expect(isSame(mergeRecord(from, from, to).value, to)).toBe(true);
        expect(mergeRecord(from, to, to).meetings).toEqual([]);
      }),
    );
  });
});

describe('the form of a record', () => {
  it('sends only what changed, and is clean after it is saved', async () => {
    const { form, sent } = await open();
    form.set('note', 'Night shift');
    expect(form.dirty.value).toBe(true);
    expect(await form.save()).not.toBeNull();
    expect(sent).toEqual([{ note: 'Night shift' }]);
    expect(form.dirty.value).toBe(false);
  });
  it('does not save a mistake, and shows it only once a save is tried or the field is left', async () => {
    const { form, sent } = await open();
    form.set('name', '');
    expect(form.errors.value).toEqual({});
    form.leave('name');
    expect(form.errors.value).toHaveProperty('name');
    expect(await form.save()).toBeNull();
    expect(sent).toEqual([]);
  });
  it('merges silently what only one side changed, once it is resolved', async () => {
    const { form, changeElsewhere, held } = await open();
    changeElsewhere({ note: 'theirs' });
    form.set('name', 'Mine');
    expect(await form.save()).toBeNull();
    expect(form.conflict.value?.merge.meetings).toEqual([]);
    await form.resolve(new Map());
    expect(held().value).toEqual({ ...base, name: 'Mine', note: 'theirs' });
    expect(form.conflict.value).toBeNull();
  });
  it('shows both sides of what both changed and saves the chosen one', async () => {
    const { form, changeElsewhere, held } = await open();
    changeElsewhere({ name: 'Theirs' });
    form.set('name', 'Mine');
    form.set('note', 'mine too');
    await form.save();
    expect(form.conflict.value?.merge.meetings).toMatchObject([{ field: 'name', mine: 'Mine', theirs: 'Theirs' }]);
    await form.resolve(new Map([['name', 'theirs']]));
    expect(held().value).toMatchObject({ name: 'Theirs', note: 'mine too' });
  });
  it('saves nothing where all that is left is theirs', async () => {
    const { form, changeElsewhere, sent } = await open();
    changeElsewhere({ name: 'Theirs' });
    form.set('name', 'Mine');
    await form.save();
    expect(await form.resolve(new Map([['name', 'theirs']]))).toMatchObject({ value: { name: 'Theirs' } });
    expect(sent).toHaveLength(1);
    expect(form.dirty.value).toBe(false);
  });
  it('keeps what is typed while a save is on its way', async () => {
    const { form } = await open();
    form.set('note', 'one');
    const saving = form.save();
    form.set('name', 'Typed meanwhile');
    await saving;
    expect(form.value.value).toMatchObject({ name: 'Typed meanwhile', note: 'one' });
    expect(form.changed.value).toEqual(['name']);
  });
  it('undoes one field or all', async () => {
    const { form } = await open();
    form.set('name', 'x');
    form.set('note', 'y');
    form.undo('name');
    expect(form.changed.value).toEqual(['note']);
    form.undoAll();
    expect(changedFields(base, form.value.value)).toEqual([]);
  });
});

it('finds whatever the case and the accents, each word anywhere', () => {
  expect(plain('Hélène ŁUKASZ')).toBe('helene łukasz');
  expect(finder('mart hel')('Hélène Martin')).toBe(true);
  expect(finder('xyz')('Hélène Martin')).toBe(false);
  expect(finder('  ')('anything')).toBe(true);
});
