/** What answers come to: the same properties hold for any grid and any answers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CriteriaSection, Criterion } from '../../../lib/catalogue/index.ts';
import { answerMistakes, type Answers, areAnswers, tidied } from '../../../lib/evaluation/answers.ts';
import { criteriaIn, type Grid } from '../../../lib/evaluation/grid.ts';
import { outcomeOf, sectionScore } from '../../../lib/evaluation/score.ts';
import { sectionsArbitrary } from '../../fixtures/arbitraries.ts';

const gridArbitrary: fc.Arbitrary<Grid> = fc.record({ sections: sectionsArbitrary, passScore: fc.integer({ min: 0, max: 100 }) });
const valueFor = ({ max, notApplicable }: Criterion) => (notApplicable ? fc.option(fc.integer({ min: 0, max })) : fc.integer({ min: 0, max }));
/** A grid with an answer to each of its criteria, one of which applies. */
const answered: fc.Arbitrary<readonly [Grid, Answers]> = gridArbitrary
  .chain((grid) =>
    fc.tuple(
      fc.constant(grid),
      fc.record(Object.fromEntries(criteriaIn(grid.sections).map((criterion) => [criterion.id, fc.record({ value: valueFor(criterion) })]))) as fc.Arbitrary<Answers>,
    ),
  )
  .filter(([, answers]) => Object.values(answers).some(({ value }) => value !== null));

const giving = (answers: Answers, id: string, value: number | null): Answers => ({ ...answers, [id]: { value } });
const every = (sections: readonly CriteriaSection[], change: (criterion: Criterion) => Criterion) => sections.map((section) => ({ ...section, criteria: section.criteria.map(change) }));
const without = (sections: readonly CriteriaSection[], id: string) => sections.map((section) => ({ ...section, criteria: section.criteria.filter((each) => each.id !== id) }));
const one = (more: Partial<Criterion> & { id: string }): Criterion => ({ name: 'It', help: '', kind: 'scale', max: 5, weight: 10, notApplicable: false, critical: false, ...more });
const grid = (...criteria: Criterion[]): Grid => ({ passScore: 70, sections: [{ id: 'all', name: 'All', criteria }] });

describe('a score', () => {
  it('is a whole number from 0 to 100, and passes at the pass score alone', () => {
    fc.assert(
      fc.property(answered, ([grid, answers]) => {
        const { score, failing, passed, answered, of } = outcomeOf(grid, answers);
        expect(Number.isInteger(score) && score! >= 0 && score! <= 100).toBe(true);
        expect(passed).toBe(score! >= grid.passScore && failing.length === 0);
        expect(answered).toBe(of);
      }),
    );
  });

  it('is 100 with all points and 0 with none', () => {
    fc.assert(
      fc.property(gridArbitrary, (grid) => {
        const all = (points: (criterion: Criterion) => number) => Object.fromEntries(criteriaIn(grid.sections).map((each) => [each.id, { value: points(each) }]));
        expect(outcomeOf(grid, all(({ max }) => max))).toMatchObject({ score: 100, passed: true, failing: [] });
        expect(outcomeOf(grid, all(() => 0)).score).toBe(0);
      }),
    );
  });

  it('never falls where one answer gets more points, and nobody who passed fails by it', () => {
    fc.assert(
      fc.property(answered, fc.nat(), fc.nat(), ([grid, answers], which, more) => {
        const applying = criteriaIn(grid.sections).filter(({ id }) => answers[id]!.value !== null);
        const { id, max } = applying[which % applying.length]!;
        const was = answers[id]!.value!;
        const [before, after] = [outcomeOf(grid, answers), outcomeOf(grid, giving(answers, id, was + (more % (max - was + 1))))];
        expect(after.score!).toBeGreaterThanOrEqual(before.score!);
        expect(before.passed && !after.passed).toBe(false);
      }),
    );
  });

  it('counts what does not apply as if it were not asked', () => {
    fc.assert(
      fc.property(answered, fc.nat(), ([grid, answers], which) => {
        const criteria = criteriaIn(grid.sections);
        const { id } = criteria[which % criteria.length]!;
        const allowed = { ...grid, sections: every(grid.sections, (each) => ({ ...each, notApplicable: true })) };
        const { [id]: _gone, ...rest } = answers;
        const [left, never] = [outcomeOf(allowed, giving(answers, id, null)), outcomeOf({ ...allowed, sections: without(allowed.sections, id) }, rest)];
        expect([left.score, left.passed, left.failing]).toEqual([never.score, never.passed, never.failing]);
      }),
    );
  });

  it('follows weights against each other, not their size', () => {
    fc.assert(
      fc.property(answered, fc.integer({ min: 2, max: 50 }), ([grid, answers], times) => {
        const heavier = { ...grid, sections: every(grid.sections, (each) => ({ ...each, weight: each.weight * times })) };
        expect(outcomeOf(heavier, answers).score).toBe(outcomeOf(grid, answers).score);
      }),
    );
  });

  it('comes nearer to a criterion that weighs more', () => {
    fc.assert(
      fc.property(answered, fc.nat(), fc.integer({ min: 1, max: 1000 }), ([grid, answers], which, more) => {
        const applying = criteriaIn(grid.sections).filter(({ id }) => answers[id]!.value !== null);
        const { id, max } = applying[which % applying.length]!;
        const own = (100 * answers[id]!.value!) / max;
        const heavier = { ...grid, sections: every(grid.sections, (each) => (each.id === id ? { ...each, weight: each.weight + more } : each)) };
        // Of what is rounded, half a point on either side is nobody's doing.
        expect(Math.abs(outcomeOf(heavier, answers).score! - own)).toBeLessThanOrEqual(Math.abs(outcomeOf(grid, answers).score! - own) + 1);
      }),
    );
  });

  it('is the same in any order, and after a way through JSON', () => {
    fc.assert(
      fc.property(answered, ([grid, answers]) => {
        const around = { ...grid, sections: grid.sections.toReversed().map((section) => ({ ...section, criteria: section.criteria.toReversed() })) };
        const backwards = Object.fromEntries(Object.entries(answers).toReversed());
        const expected = outcomeOf(grid, answers);
        expect({ ...outcomeOf(around, backwards), failing: expected.failing }).toEqual(expected);
        expect(outcomeOf(JSON.parse(JSON.stringify(grid)), JSON.parse(JSON.stringify(answers)))).toEqual(expected);
      }),
    );
  });

  it('lies between those of its sections', () => {
    fc.assert(
      fc.property(answered, ([grid, answers]) => {
        const sections = grid.sections.flatMap((section) => sectionScore(section, answers) ?? []);
        const { score } = outcomeOf(grid, answers);
        expect(score!).toBeGreaterThanOrEqual(Math.min(...sections));
        expect(score!).toBeLessThanOrEqual(Math.max(...sections));
      }),
    );
  });

  it('weighs: a third of the points at a weight of 30, all of them at 10', () => {
    expect(outcomeOf(grid(one({ id: 'a', weight: 30, max: 3 }), one({ id: 'b', kind: 'yesNo', max: 1 })), { a: { value: 1 }, b: { value: 1 } }).score).toBe(50);
  });

  it('stays where a critical criterion fails the whole', () => {
    const strict = grid(one({ id: 'a', weight: 90 }), one({ id: 'b', kind: 'yesNo', max: 1, critical: true }));
    expect(outcomeOf(strict, { a: { value: 5 }, b: { value: 0 } })).toMatchObject({ score: 90, failing: ['b'], passed: false });
    expect(outcomeOf(strict, { a: { value: 5 }, b: { value: 1 } })).toMatchObject({ score: 100, failing: [], passed: true });
  });

  it('is of what is answered so far, and none before', () => {
    const two = grid(one({ id: 'a' }), one({ id: 'b' }));
    expect(outcomeOf(two, {})).toMatchObject({ score: null, passed: false, answered: 0, of: 2 });
    expect(outcomeOf(two, { a: { value: 4 }, b: { comment: 'later' } })).toMatchObject({ score: 80, answered: 1 });
    expect(outcomeOf(two, { a: { value: 4 }, b: { value: 6 } })).toMatchObject({ score: 80, answered: 1 });
  });
});

describe('answers', () => {
  it('to every criterion, each within its scale, are right', () => {
    fc.assert(fc.property(answered, ([{ sections }, answers]) => void expect(answerMistakes(sections, answers)).toEqual([])));
  });

  it('are wrong with one missing, too many, or out of its scale', () => {
    fc.assert(
      fc.property(answered, fc.nat(), fc.constantFrom('missing', 'above', 'below', 'between', 'strange'), ([{ sections }, answers], which, how) => {
        const criteria = criteriaIn(sections);
        const { id, max } = criteria[which % criteria.length]!;
        const { [id]: _gone, ...rest } = answers;
        const broken = { missing: rest, above: giving(answers, id, max + 1), below: giving(answers, id, -1), between: giving(answers, id, 0.5), strange: giving(answers, 'constructor', 1) }[how];
        expect(answerMistakes(sections, broken).map(({ path }) => path[0])).toEqual([how === 'strange' ? 'constructor' : id]);
      }),
    );
  });

  it.each([
    ['what always applies left out', { a: { value: null }, b: { value: 1 } }, [['a']]],
    ['nothing that applies', { a: { value: 1 }, b: { value: null } }, []],
  ] as const)('with %s', (_, answers, paths) => {
    const { sections } = grid(one({ id: 'a' }), one({ id: 'b', notApplicable: true }));
    expect(answerMistakes(sections, answers).map(({ path }) => path)).toEqual(paths);
  });

  it('none of which applies are no evaluation', () => {
    expect(answerMistakes(grid(one({ id: 'a', notApplicable: true })).sections, { a: { value: null } })).toEqual([{ path: [], message: expect.any(String) }]);
  });

  it('are kept in one form, and only where they say something', () => {
    const { sections } = grid(one({ id: 'a' }), one({ id: 'b' }), one({ id: 'c' }));
    expect(JSON.stringify(tidied(sections, { b: { comment: '  Warm. ', value: 3 }, a: { value: 2, comment: ' ' }, c: { comment: '' } }))).toBe('{"a":{"value":2},"b":{"value":3,"comment":"Warm."}}');
  });

  it.each([[{}, true], [{ a: { value: 1, comment: 'x' } }, true], [[], false], ['text', false], [{ a: 1 }, false], [{ a: { value: '1' } }, false], [{ a: { value: 0.5 } }, false], [{ a: { points: 1 } }, false], [{ a: { comment: 'x'.repeat(1001) } }, false]])(
    'are read for what they are: %j',
    (value, are) => expect(areAnswers(value)).toBe(are),
  );
});
