import { signal } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { consoleModules } from '../../../lib/catalogue/console.ts';
import { controls } from '../../../lib/catalogue/index.ts';
import type { Queries } from '../../../lib/console/queries.ts';
import { allRights } from '../../../server/who-can/decide.ts';
import { askables, matrixRows, WhoCanModel, type WhoCanAnswer } from '../../../lib/models/maker/who-can.ts';
import { messages, text } from '../../fixtures/english.ts';

const no = { allowed: false, reason: { code: 'profile.right', layer: 'profile', setting: 'recording.delete' } };
const yes = { allowed: true, reason: null };
const ANSWER: WhoCanAnswer = {
  profiles: [{ id: 'f1', name: 'Lead', people: 2, ...yes }, { id: 'f2', name: 'Desk', people: 5, ...no }],
  people: [
    { id: 'p1', name: 'Ana', online: true, through: [{ id: 'f1', name: 'Lead' }], ...yes },
    { id: 'p2', name: 'Élodie', online: false, through: [{ id: 'f1', name: 'Lead' }], ...no },
    { id: 'p3', name: 'Cem', online: false, through: [], ...no },
  ],
};

function setUp() {
  const queries = { read: () => ({ data: signal(ANSWER), problem: signal(null), loading: signal(false) }) } as unknown as Queries;
  return new WhoCanModel({ queries, hub: {} as never, right: signal('rec.delete'), text });
}

describe('what can be asked about', () => {
  it('is every control that somebody may lack and every right of the Maker: what the hub answers for', () => {
    const core = (controls as readonly { id: string; core?: true }[]).filter((control) => control.core).map(({ id }) => id);
    expect(new Set([...askables.map(({ id }) => id), ...core])).toEqual(new Set(allRights));
    expect(askables.filter(({ module }) => module !== null)).toHaveLength(consoleModules.reduce((sum, { verbs }) => sum + verbs.length, 0));
  });

  it('has words for each', () => {
    const keys = askables.flatMap(({ label, group, module }) => [label, group, ...(module ? [module] : [])]);
    expect(keys.filter((key) => !messages.has(key))).toEqual([]);
  });

  it('is found by its name, its module or its id', () => {
    const model = setUp();
    const found = () => model.groups.value.flatMap(({ members }) => members.map(({ id }) => id));
    model.typed.value = 'delete recordings';
    expect(found()).toEqual(['rec.delete']);
    model.typed.value = 'profiles publish';
    expect(found()).toEqual(['profiles.publish']);
  });
});

describe('the answer', () => {
  it('counts as able whoever can by any profile of theirs', () => {
    expect(setUp().counts.value).toEqual({ people: 3, peopleCan: 2, profiles: 2, profilesCan: 1 });
  });

  it('shows who can, who cannot, and whom one looks for', () => {
    const model = setUp();
    const names = () => model.people.value.map(({ name }) => name);
    model.shown.value = 'can';
    expect(names()).toEqual(['Ana', 'Élodie']);
    model.shown.value = 'cannot';
    expect(names()).toEqual(['Cem']);
    expect(model.profiles.value.map(({ name }) => name)).toEqual(['Desk']);
    model.shown.value = 'all';
    model.typedName.value = 'elo';
    expect(names()).toEqual(['Élodie']);
  });
});

it('the matrix is one row a profile and person, one column a right', () => {
  const rows = matrixRows(
    { rights: ['a', 'b'], profiles: [{ id: '1', name: 'Desk', cells: '10' }], people: [{ id: '2', name: 'Ana', profile: 'Desk', cells: '01' }] },
    { head: ['Kind', 'Name', 'At login'], profile: 'P', person: 'H', right: (id) => id.toUpperCase(), yes: 'yes', no: 'no' },
  );
  expect(rows).toEqual([['Kind', 'Name', 'At login', 'A', 'B'], ['P', 'Desk', null, 'yes', 'no'], ['H', 'Ana', 'Desk', 'no', 'yes']]);
});
