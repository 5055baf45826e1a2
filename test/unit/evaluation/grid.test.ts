import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCriterion, changeCriterion, changeSection, moveCriterion, moveSection, newCriterion, newSection, remove, type Sections } from '../../../lib/evaluation/edit.ts';
import { criteriaIn, gridIn, gridMistakes, MOST_CRITERIA, MOST_SECTIONS } from '../../../lib/evaluation/grid.ts';
import { attributeIssues } from '../../../lib/profile/resource.ts';
import { sectionsArbitrary } from '../../fixtures/arbitraries.ts';

const named = (id: string, criterionId: string) => changeCriterion(changeSection([newSection(id, criterionId)], id, { name: 'Opening' }), criterionId, { name: 'Greeting' })[0]!;
const good = [named('s', 'c')];
const kinds = (sections: unknown) => gridMistakes(sections).map(({ path, kind }) => [path.join('.'), kind]);

describe('a grid', () => {
  it('of any sections that can be made has no mistake', () => {
    fc.assert(fc.property(sectionsArbitrary, (sections) => void expect(gridMistakes(sections)).toEqual([])));
  });

  it('may have no criteria at all', () => {
    expect(gridMistakes([])).toEqual([]);
  });

  it.each<readonly [string, unknown, readonly unknown[]]>([
    ['no list', {}, [['', 'shape']]],
    ['something else in it', [1], [['0', 'shape']]],
    ['a criterion without a part', [{ ...good[0]!, criteria: [{ id: 'c', name: 'x' }] }], [['0.criteria.0', 'shape']]],
    ['no name', changeCriterion(changeSection(good, 's', { name: ' ' }), 'c', { name: '' }), [['0.name', 'name'], ['0.criteria.0.name', 'name']]],
    ['a name that is too long', changeSection(good, 's', { name: 'x'.repeat(121) }), [['0.name', 'nameLong']]],
    ['help that is too long', changeCriterion(good, 'c', { help: 'x'.repeat(301) }), [['0.criteria.0.help', 'helpLong']]],
    ['no weight', changeCriterion(good, 'c', { weight: 0 }), [['0.criteria.0.weight', 'weight']]],
    ['more points than stand side by side', changeCriterion(good, 'c', { max: 11 }), [['0.criteria.0.max', 'points']]],
    ['a yes of two points', changeCriterion(changeCriterion(good, 'c', { kind: 'yesNo' }), 'c', { max: 2 }), [['0.criteria.0.max', 'points']]],
    ['a section of nothing', remove(good, 'c'), [['0.criteria', 'empty']]],
    ['an id twice', [...good, named('s', 'd')], [['', 'twice']]],
    ['too many sections', Array.from({ length: MOST_SECTIONS + 1 }, (_, n) => named(`s${n}`, `c${n}`)), [['', 'sections']]],
    ['too many criteria', Array.from({ length: MOST_CRITERIA }, (_, n) => n).reduce<Sections>((sections, n) => addCriterion(sections, 's', { ...newCriterion(`x${n}`), name: 'x' }), good), [['', 'criteria']]],
    ['an id that is every object’s', [{ ...good[0]!, id: '__proto__' }], [['0', 'shape']]],
  ])('with %s says so at its place', (_, sections, expected) => {
    expect(kinds(sections)).toEqual(expected);
    expect(gridIn({ sections }).sections).toEqual([]);
    expect(attributeIssues('evaluationGrid', { sections })).not.toEqual([]);
  });

  it('that nobody can read has no criteria, and the usual pass score', () => {
    expect(gridIn({})).toEqual({ sections: [], passScore: 70 });
    expect(gridIn({ sections: good, passScore: 80 })).toEqual({ sections: good, passScore: 80 });
  });
});

describe('editing', () => {
  const ids = (sections: ReturnType<typeof remove>) => sections.map(({ id, criteria }) => [id, ...criteria.map((criterion) => criterion.id)].join(' '));
  const two = [{ ...named('s', 'a'), criteria: ['a', 'b'].map(newCriterion) }, { ...named('t', 'c'), criteria: [newCriterion('c')] }];

  it.each([
    ['b', -1, ['s b a', 't c']],
    ['b', 1, ['s a', 't b c']],
    ['c', -1, ['s a b c', 't']],
    ['a', -1, ['s a b', 't c']],
    ['c', 1, ['s a b', 't c']],
    ['z', 1, ['s a b', 't c']],
  ] as const)('moves %s by %i, over the edge of a section and never off the grid', (id, by, expected) => {
    expect(ids(moveCriterion(two, id, by))).toEqual(expected);
  });

  it('moves sections', () => {
    expect(ids(moveSection(two, 't', -1))).toEqual(['t c', 's a b']);
    expect(moveSection(two, 't', 1)).toEqual(two);
    expect(moveSection(two, 'z', 1)).toEqual(two);
  });

  it('loses nothing and doubles nothing by moving, and comes back by moving back within a section', () => {
    fc.assert(
      fc.property(sectionsArbitrary, fc.nat(), fc.constantFrom(1 as const, -1 as const), (sections, which, by) => {
        const all = criteriaIn(sections);
        const { id } = all[which % all.length]!;
        const moved = moveCriterion(sections, id, by);
        const sorted = (of: typeof sections) => criteriaIn(of).map((criterion) => criterion.id).toSorted();
        expect(sorted(moved)).toEqual(sorted(sections));
        const end = by > 0 ? all.at(-1) : all[0];
        if (id === end!.id) expect(moved).toEqual(sections);
        else expect(moveCriterion(moved, id, by > 0 ? -1 : 1)).toEqual(sections);
      }),
    );
  });

  it('gives yes or no its one point, and a scale five to begin with', () => {
    const yes = changeCriterion(good, 'c', { kind: 'yesNo' });
    expect(criteriaIn(yes)[0]).toMatchObject({ kind: 'yesNo', max: 1 });
    expect(criteriaIn(changeCriterion(yes, 'c', { kind: 'scale' }))[0]).toMatchObject({ kind: 'scale', max: 5 });
    expect(criteriaIn(changeCriterion(good, 'c', { max: 3, kind: 'scale' }))[0]).toMatchObject({ max: 3 });
  });

  it('removes a criterion, or a section with all of its own', () => {
    expect(ids(remove(two, 'b'))).toEqual(['s a', 't c']);
    expect(ids(remove(two, 's'))).toEqual(['t c']);
  });
});
