import { signal } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import type { ProfileSummary } from '../../../lib/api/routes.ts';
import type { Queries } from '../../../lib/console/queries.ts';
import { type ConsoleRights, consoleRightsOf, everyConsoleRight } from '../../../lib/decide/console.ts';
import { NOBODY } from '../../../lib/models/situation.ts';
import { nameOfCopy, ProfilesModel } from '../../../lib/models/maker/profiles.ts';
import { emptyDocument } from '../../../lib/profile/schema.ts';

const profile = (name: string, more: Partial<ProfileSummary> = {}): ProfileSummary => ({
  id: name, name, reference: `R-${name}`, version: 1, people: 0, online: 0, hasDraft: false, archived: false, changedAt: 0, changedBy: null, ...more,
});

function setUp(profiles: readonly ProfileSummary[], { rights = everyConsoleRight, refuse = null as string | null, most = 50 } = {}) {
  const written: [string, unknown][] = [];
  const data = signal({ profiles, most });
  const queries = {
    read: () => ({ data, problem: signal(null), loading: signal(false), etag: signal(null), refresh: async () => {} }),
    async write(name: string, input: unknown) {
      written.push([name, input]);
      if (refuse) return { ok: false, problem: { code: refuse } };
      return { ok: true, value: { value: { profileId: 'made' }, etag: null, notModified: false } };
    },
  } as unknown as Queries;
  return { model: new ProfilesModel({ queries, rights: signal<ConsoleRights>(rights) }), written, data };
}
const namesOf = (rows: readonly ProfileSummary[]) => rows.map(({ name }) => name);

describe('the list of profiles', () => {
  it('is found in by name and reference, whatever the accents and the case', () => {
    const { model } = setUp([profile('Équipe du soir'), profile('Billing', { reference: 'ÉQ-7' }), profile('Sales')]);
    model.typed.value = 'eq';
    expect(namesOf(model.rows.value)).toEqual(['Équipe du soir', 'Billing']);
    model.typed.value = 'soir EQUIPE';
    expect(namesOf(model.rows.value)).toEqual(['Équipe du soir']);
  });

  it('keeps the archived apart, but counts them: they take a place', () => {
    const { model } = setUp([profile('Live'), profile('Old', { archived: true })], { most: 2 });
    expect(namesOf(model.rows.value)).toEqual(['Live']);
    model.archived.value = true;
    expect(namesOf(model.rows.value)).toEqual(['Old']);
    expect(model.full.value).toBe(true);
  });

  it('means only what is seen of what was chosen', () => {
    const { model } = setUp([profile('One'), profile('Two')]);
    model.selected.value = new Set(['One', 'Two']);
    model.typed.value = 'one';
    expect(namesOf(model.chosen.value)).toEqual(['One']);
  });

  it('offers what the rights give, and where they are for some profiles, only of those', () => {
    const document = {
      ...emptyDocument('x'),
      settings: { 'console.type': 'readEditDelete', 'console.profiles.elements': ['Mine'], 'console.profiles.export': 'allow' },
    } as never;
    const rights = consoleRightsOf({ id: 'x', name: 'x', version: 1, document, resources: {} } as never, NOBODY);
    const { model } = setUp([], { rights });
    expect(model.actions(profile('Mine')).remove.allowed).toBe(true);
    expect(model.actions(profile('Mine')).exported.allowed).toBe(true);
    expect(model.actions(profile('Other')).remove).toMatchObject({ allowed: false, code: 'console.elements' });
  });
});

describe('a new profile', () => {
  it('is empty, or made as a copy, without the spaces around its name', async () => {
    const { model, written } = setUp([]);
    model.ask({ kind: 'create' });
    expect(await model.create(' Sales ', null)).toEqual({ id: 'made' });
    expect(model.question.value).toBeNull();
    await model.create('Sales 2', 'p1');
    expect(written).toEqual([
      ['createProfile', { body: { name: 'Sales' } }],
      ['duplicateProfile', { params: { id: 'p1' }, body: { name: 'Sales 2' } }],
    ]);
  });

  it('that is refused leaves the question open', async () => {
    const { model } = setUp([], { refuse: 'profile.nameTaken' });
    model.ask({ kind: 'create' });
    expect(await model.create('Sales', null)).toMatchObject({ problem: { code: 'profile.nameTaken' } });
    expect(model.question.value).toEqual({ kind: 'create' });
    expect(model.busy.value).toBeNull();
  });

  it('of a copy is proposed a name that nobody has', () => {
    expect(nameOfCopy('Sales', ['Sales'])).toBe('Sales 2');
    expect(nameOfCopy('Sales 2', ['Sales', 'sales 2', 'SALES 3'])).toBe('Sales 4');
    expect(nameOfCopy('x'.repeat(80), []).length).toBeLessThanOrEqual(80);
  });
});
