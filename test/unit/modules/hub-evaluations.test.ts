/** Evaluations on grids, against a real hub: what is answered, what it comes to, and what becomes of it when the grid changes. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CriteriaSection, Criterion } from '../../../lib/catalogue/index.ts';
import { criteriaIn } from '../../../lib/evaluation/grid.ts';
import { outcomeOf } from '../../../lib/evaluation/score.ts';
import { sectionsArbitrary } from '../../fixtures/arbitraries.ts';
import { problem, startHubWithoutLinks, type TestHub, type TestPerson } from '../../fixtures/hub.ts';
import { ALL_RIGHTS, makeModuleCentre, type ModuleCentre } from '../../fixtures/modules.ts';

vi.setConfig({ testTimeout: 60_000 });

const criterion = (id: string, more: Partial<Criterion> = {}): Criterion => ({ id, name: `Criterion ${id}`, help: '', kind: 'scale', max: 5, weight: 30, notApplicable: false, critical: false, ...more });
const SECTIONS: readonly CriteriaSection[] = [
  { id: 'opening', name: 'Opening', criteria: [criterion('greeting'), criterion('identity', { kind: 'yesNo', max: 1, weight: 20, critical: true })] },
  { id: 'closing', name: 'Closing', criteria: [criterion('summary', { weight: 50, notApplicable: true })] },
];
const ANSWERS = { greeting: { value: 4, comment: ' Warm. ' }, identity: { value: 1 }, summary: { value: 3 } };

let hub: TestHub;
let centre: ModuleCentre;
let manager: TestPerson;
let looking: TestPerson;
let agent: TestPerson;
let stranger: TestPerson;
let gridId: string;

const setGrid = (sections: unknown, passScore = 70) =>
  hub.db.updateTable('resource').set({ attributes: JSON.stringify({ sections, passScore }) }).where('id', '=', gridId).execute();

beforeAll(async () => {
  hub = await startHubWithoutLinks();
  centre = await makeModuleCentre(hub);
  gridId = centre.resources['evaluationGrids']!;
  manager = await centre.signedIn(ALL_RIGHTS, { name: 'Karin' });
  looking = await centre.signedIn({ 'evaluation.access': true, 'recording.access': true });
  agent = await hub.makePerson(centre.accountId, { name: 'Amira' });
  stranger = await hub.makePerson(centre.accountId, { name: 'Stranger' });
  await centre.team(manager, [agent]);
  await centre.team(looking, [agent]);
}, 60_000);
beforeEach(() => setGrid(SECTIONS));
afterAll(() => hub?.stop(), 60_000);

const add = (values: Record<string, unknown>, person = manager) => centre.command(person, 'eval.add', { values: { owner: agent.id, resourceId: gridId, note: 'Well done', ...values } });
const newest = async (person = manager) => (await centre.row(person, 'mod.evaluations', (await centre.rows(person, 'mod.evaluations'))[0]!.id)).body;
/** An evaluation that was just made. */
const made = async (values: Record<string, unknown> = { answers: ANSWERS }) => {
  expect((await add(values)).status).toBe(202);
  return newest();
};
const edit = ({ id, revision }: { id: string; revision: number }, values: Record<string, unknown>, person = manager) => centre.command(person, 'eval.edit', { id, revision, values });
const issuesOf = (answer: { status: number; body: { code?: string; issues?: { path: unknown[] }[] } }) => [answer.status, answer.body.code, ...(answer.body.issues ?? []).map(({ path }) => path.join('.'))];

describe('an evaluation on criteria', () => {
  it('keeps each answer, and the score and whether it passed follow', async () => {
    const { values } = await made();
    expect(values).toMatchObject({
      owner: { id: agent.id, name: 'Amira' },
      by: { id: manager.id },
      score: 74,
      passed: 'yes',
      answers: { greeting: { value: 4, comment: 'Warm.' }, identity: { value: 1 }, summary: { value: 3 } },
      sections: SECTIONS,
      passScore: 70,
    });
  });

  it('comes to the same on the hub as in a banner, whatever the grid and the answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        sectionsArbitrary.chain((sections) => fc.tuple(fc.constant(sections), fc.record(Object.fromEntries(criteriaIn(sections).map(({ id, max }) => [id, fc.record({ value: fc.integer({ min: 0, max }) })]))))),
        fc.integer({ min: 0, max: 100 }),
        async ([sections, answers], passScore) => {
          await setGrid(sections, passScore);
          const { values } = await made({ answers });
          const expected = outcomeOf({ sections, passScore }, answers);
          expect([values.score, values.passed]).toEqual([expected.score, expected.passed ? 'yes' : 'no']);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('leaves out what does not apply, and fails by what is critical', async () => {
    expect((await made({ answers: { ...ANSWERS, summary: { value: null } } })).values).toMatchObject({ score: 88, passed: 'yes' });
    expect((await made({ answers: { ...ANSWERS, greeting: { value: 5 }, identity: { value: 0 }, summary: { value: 5 } } })).values).toMatchObject({ score: 80, passed: 'no' });
  });

  it.each([
    ['nothing', {}, ['greeting', 'identity', 'summary']],
    ['one left out', { answers: { greeting: { value: 1 }, identity: { value: 1 } } }, ['summary']],
    ['more points than there are', { answers: { ...ANSWERS, greeting: { value: 6 } } }, ['greeting']],
    ['points below none', { answers: { ...ANSWERS, identity: { value: -1 } } }, ['identity']],
    ['what always applies left out', { answers: { ...ANSWERS, greeting: { value: null } } }, ['greeting']],
    ['a criterion of another grid', { answers: { ...ANSWERS, other: { value: 1 } } }, ['other']],
    ['half a point', { answers: { ...ANSWERS, greeting: { value: 0.5 } } }, ['']],
    ['a text', { answers: 'all good' }, ['']],
    ['a list', { answers: [1, 2] }, ['']],
  ] as const)('is refused with %s, each thing at its place', async (_, values, paths) => {
    const before = (await centre.list(manager, 'mod.evaluations')).body.total;
    expect(issuesOf(await add(values))).toEqual([400, 'request.invalid', ...paths.map((path) => ['values', 'answers', path].filter(Boolean).join('.'))]);
    expect((await centre.list(manager, 'mod.evaluations')).body.total).toBe(before);
  });

  it('takes no score from anybody', async () => {
    expect(issuesOf(await add({ answers: ANSWERS, score: 100 }))).toEqual([400, 'request.invalid', 'values.score']);
    expect(issuesOf(await edit(await made(), { score: 100 }))).toEqual([400, 'request.invalid', 'values.score']);
  });

  it('is changed on the criteria that it was made on, whatever the grid is by then', async () => {
    const row = await made();
    await setGrid([{ id: 'other', name: 'Other', criteria: [criterion('new')] }], 95);
    expect((await edit(row, { answers: { ...ANSWERS, summary: { value: 5 } } })).status).toBe(202);
    const again = await newest();
    expect(again.values).toMatchObject({ score: 94, passed: 'yes', sections: SECTIONS, passScore: 70 });
    expect(issuesOf(await edit(again, { answers: { new: { value: 1 } } }))).toEqual([400, 'request.invalid', 'values.answers.new', 'values.answers.greeting', 'values.answers.identity', 'values.answers.summary']);
    expect((await edit(again, { note: 'Only the note' })).status).toBe(202);
    expect((await newest()).values).toMatchObject({ note: 'Only the note', score: 94 });
  });

  it('is of somebody in reach, and by somebody with the right', async () => {
    expect(issuesOf(await add({ owner: stranger.id, answers: ANSWERS }))).toEqual([400, 'request.invalid', 'values.owner']);
    expect(problem(await add({ answers: ANSWERS }, looking))).toEqual([403, 'control.refused']);
    const row = await made();
    const seen = (await centre.row(looking, 'mod.evaluations', row.id)).body;
    expect([seen.may, seen.values.score]).toEqual([[], 74]);
    expect(problem(await edit(row, { note: 'x' }, looking))).toEqual([403, 'control.refused']);
  });

  it('leaves neither comments nor answers in the audit', async () => {
    await made();
    const { entries } = (await hub.call(centre.admin, 'GET', '/api/audit?action=eval.add&limit=1')).body;
    expect(JSON.stringify(entries)).not.toMatch(/Warm|greeting/);
    expect(JSON.stringify(entries)).toContain('74');
  });
});

describe('the list', () => {
  it('says the mean of all that is found, and of what it is narrowed to', async () => {
    const fresh = await centre.signedIn(ALL_RIGHTS, { name: 'Fresh' });
    const empty = (await centre.list(fresh, 'mod.evaluations')).body;
    expect([empty.total, empty.means]).toEqual([0, { score: null }]);
    const keep = (score: number, passed: string) => centre.keep({ module: 'mod.evaluations', ownerId: fresh.id, resourceId: gridId, values: { score, passed, at: 1 } });
    await Promise.all([keep(60, 'no'), keep(81, 'yes'), keep(90, 'yes')]);
    expect((await centre.list(fresh, 'mod.evaluations')).body.means).toEqual({ score: 77 });
    expect((await centre.list(fresh, 'mod.evaluations', { filter: 'passed:yes' })).body.means).toEqual({ score: 85.5 });
    expect((await centre.list(fresh, 'mod.tasks')).body).not.toHaveProperty('means');
  });
});

describe('an evaluation with a score alone', () => {
  it('is made on a grid without criteria, and takes no answers', async () => {
    await setGrid([], 60);
    expect((await made({ score: 64 })).values).toMatchObject({ score: 64, passed: 'yes' });
    expect(issuesOf(await add({ score: 64, answers: ANSWERS }))).toEqual([400, 'request.invalid', 'values.answers']);
    expect(issuesOf(await add({}))).toEqual([400, 'request.invalid', 'values.score']);
  });

  it('stays one once its grid has criteria: read and changed as it was', async () => {
    await setGrid([], 60);
    const row = await made({ score: 64 });
    await setGrid(SECTIONS, 70);
    const { body } = await centre.row(manager, 'mod.evaluations', row.id);
    expect(body.values).toMatchObject({ score: 64, passed: 'yes' });
    expect(body.values).not.toHaveProperty('sections');
    expect((await edit(body, { score: 71 })).status).toBe(202);
    expect((await newest()).values).toMatchObject({ score: 71, passed: 'yes' });
    expect(issuesOf(await edit(await newest(), { answers: ANSWERS }))).toEqual([400, 'request.invalid', 'values.answers']);
  });
});

describe('from a recording', () => {
  const recording = (ownerId: string | null) => centre.keep({ module: 'mod.recordings', ownerId, resourceId: centre.resources['queues']!, values: { customer: 'Camille Martin', phone: '+33199000112', at: 1_700_000_000_000, duration: 90, recorded: 'manual' } });
  const evaluate = (id: string, values: Record<string, unknown> = {}, person = manager) => centre.command(person, 'eval.add', { id, revision: 1, values: { resourceId: gridId, answers: ANSWERS, ...values } });

  it('it is of whom the recording is of, and says which interaction', async () => {
    const id = await recording(agent.id);
    expect((await centre.row(manager, 'mod.recordings', id)).body.may).toContain('eval.add');
    expect((await evaluate(id)).status).toBe(202);
    expect((await newest()).values).toMatchObject({ owner: { id: agent.id }, score: 74, customer: 'Camille Martin', heldAt: 1_700_000_000_000, channel: 'voice' });
    // The recording is as it was.
    expect((await centre.row(manager, 'mod.recordings', id)).body.revision).toBe(1);
  });

  it('it needs both rights, and a recording that one sees', async () => {
    expect((await centre.row(looking, 'mod.recordings', await recording(agent.id))).body.may).toEqual([]);
    expect(problem(await evaluate(await recording(agent.id), {}, looking))).toEqual([403, 'control.refused']);
    expect(problem(await evaluate(await recording(stranger.id)))).toEqual([404, 'notFound']);
    expect(issuesOf(await evaluate(await recording(agent.id), { owner: stranger.id }))).toEqual([400, 'request.invalid', 'values.owner']);
  });
});

describe('a grid', () => {
  it('is kept with its criteria in their order, and refused with a mistake, at its place', async () => {
    const made = await hub.call(centre.admin, 'POST', '/api/resources/evaluationGrid', { name: 'Claim call', attributes: { passScore: 75, sections: SECTIONS } });
    expect([made.status, made.body.attributes]).toEqual([201, { passScore: 75, sections: SECTIONS }]);
    const wrong = [{ ...SECTIONS[0]!, criteria: [criterion('greeting', { name: '', weight: 0 })] }];
    const answer = await hub.call(centre.admin, 'POST', '/api/resources/evaluationGrid', { name: 'Wrong', attributes: { sections: wrong } });
    expect(issuesOf(answer)).toEqual([422, 'document.invalid', 'attributes.sections.0.criteria.0.name', 'attributes.sections.0.criteria.0.weight']);
  });
});
