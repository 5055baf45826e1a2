/** The form of an evaluation: what it asks follows from the grid, and what it says from the answers. */
import { describe, expect, it } from 'vitest';
import type { ProfileView } from '../../lib/api/snapshot.ts';
import type { CriteriaSection, Criterion } from '../../lib/catalogue/index.ts';
import { readAnswers, writeAnswers } from '../../lib/models/modules/form.ts';
import { recordings } from '../../lib/modules/interactions.ts';
import { evaluations } from '../../lib/modules/quality.ts';
import { problemOf } from '../fixtures/gallery/fake-modules.ts';
import { everything } from '../fixtures/gallery/profiles.ts';
import { opened, type openPanel } from '../fixtures/open-panel.ts';

const criterion = (id: string, more: Partial<Criterion> = {}): Criterion => ({ id, name: id, help: '', kind: 'scale', max: 5, weight: 10, notApplicable: false, critical: false, ...more });
const SECTIONS: readonly CriteriaSection[] = [{ id: 's', name: 'Opening', criteria: [criterion('greeting'), criterion('identity', { kind: 'yesNo', max: 1, notApplicable: true })] }];
const withGrid = (sections: readonly CriteriaSection[], version = 1): ProfileView => ({
  ...everything,
  version: everything.version + version,
  resources: { ...everything.resources, grid: { ...everything.resources['grid']!, attributes: { passScore: 70, sections } } },
});
const MAY = ['eval.edit', 'eval.add'];
const row = (id: string, values: Record<string, unknown>) => ({ id, revision: 1, values: { owner: { id: 'p', name: 'Ana' }, resource: 'Call quality', resourceId: 'grid', ...values }, may: MAY });
const ROWS = {
  'mod.evaluations': [
    row('old', { score: 64, passed: 'no', note: null }),
    row('new', { score: 80, passed: 'yes', note: 'Good', sections: SECTIONS, passScore: 70, answers: { greeting: { value: 3 }, identity: { value: 1, comment: 'At once' } } }),
  ],
  'mod.recordings': [{ id: 'rec', revision: 4, values: { customer: 'Camille', resource: 'Motor claims', resourceId: 'motor', note: 'of the recording' }, may: MAY }],
};
const open = (panel = evaluations, sections = SECTIONS) => opened(panel, { rows: ROWS, active: withGrid(sections) });
const form = async (panel: ReturnType<typeof openPanel>, control: string, ids: readonly string[] = []) => {
  void panel.model.press(panel.verb(control), ids);
  await panel.answer();
  return panel.model.entry.value!;
};
const asked = (entry: Awaited<ReturnType<typeof form>>) => entry.asked.value.map(({ id }) => id);
const submit = async ({ model, answer, sent }: ReturnType<typeof openPanel>) => {
  void model.submit();
  await answer();
  return sent.at(-1)?.body['values'];
};

describe('a new evaluation', () => {
  it('asks for the criteria of the grid that is chosen, the only one at once', async () => {
    const entry = await form(await open(), 'eval.add');
    expect(entry.typed.value['resourceId']).toBe('grid');
    expect(asked(entry)).toEqual(['owner', 'resourceId', 'answers', 'note']);
    expect(entry.touched.value).toBe(false);
    entry.type('resourceId', '');
    expect(asked(entry)).toEqual(['owner', 'resourceId', 'note']);
  });

  it('asks for a score where the grid has no criteria', async () => {
    const panel = await open(evaluations, []);
    const entry = await form(panel, 'eval.add');
    expect(asked(entry)).toEqual(['owner', 'resourceId', 'score', 'note']);
    entry.type('owner', 'p');
    expect(await submit(panel)).toBeUndefined();
    expect(entry.problems.value).toEqual({ score: { kind: 'required' } });
    entry.type('score', '81');
    expect(await submit(panel)).toEqual({ owner: 'p', resourceId: 'grid', score: 81, note: null });
  });

  it('is sent with every criterion answered, and says how many are left', async () => {
    const panel = await open();
    const entry = await form(panel, 'eval.add');
    entry.type('owner', 'p');
    expect(await submit(panel)).toBeUndefined();
    expect(entry.problems.value).toEqual({ answers: { kind: 'unanswered', left: 2 } });
    entry.type('answers', writeAnswers({ greeting: { value: 4, comment: ' Warm ' } }));
    expect(entry.problems.value).toEqual({ answers: { kind: 'unanswered', left: 1 } });
    entry.type('answers', writeAnswers({ greeting: { value: 4, comment: ' Warm ' }, identity: { value: null } }));
    expect(entry.problems.value).toEqual({});
    expect(await submit(panel)).toEqual({ owner: 'p', resourceId: 'grid', answers: { greeting: { value: 4, comment: 'Warm' }, identity: { value: null } }, note: null });
  });

  it('follows a grid that changes meanwhile: what is answered stays, what is new is asked, what went is not sent', async () => {
    const panel = await open();
    const entry = await form(panel, 'eval.add');
    entry.type('owner', 'p');
    entry.type('answers', writeAnswers({ greeting: { value: 4 }, identity: { value: 1 } }));
    panel.publish(withGrid([{ id: 's', name: 'Opening', criteria: [criterion('greeting'), criterion('tone')] }], 2));
    expect(await submit(panel)).toBeUndefined();
    expect(entry.problems.value).toEqual({ answers: { kind: 'unanswered', left: 1 } });
    entry.type('answers', writeAnswers({ ...readAnswers(entry.typed.value['answers']), tone: { value: 5 } }));
    expect(await submit(panel)).toMatchObject({ answers: { greeting: { value: 4 }, tone: { value: 5 } } });
    expect(await submit(panel)).not.toHaveProperty('answers.identity');
  });

  it('says what the hub refused beside the criteria', async () => {
    const panel = await open();
    const entry = await form(panel, 'eval.add');
    entry.type('owner', 'p');
    entry.type('answers', writeAnswers({ greeting: { value: 4 }, identity: { value: 1 } }));
    panel.modules.refuse(problemOf('request.invalid', { issues: [{ path: ['values', 'answers', 'greeting'], message: '' }] }));
    await submit(panel);
    expect(entry.problems.value).toEqual({ answers: { kind: 'refused' } });
  });
});

describe('an evaluation that is changed', () => {
  it('is on the criteria that it was made on, whatever the grid is now', async () => {
    const panel = await open(evaluations, [{ id: 'x', name: 'Other', criteria: [criterion('other')] }]);
    const entry = await form(panel, 'eval.edit', ['new']);
    expect(entry.grid.value).toEqual({ sections: SECTIONS, passScore: 70 });
    expect(readAnswers(entry.typed.value['answers'])).toEqual({ greeting: { value: 3 }, identity: { value: 1, comment: 'At once' } });
    entry.type('answers', writeAnswers({ identity: { value: 1, comment: 'At once' }, greeting: { value: 3 } }));
    expect(entry.touched.value).toBe(false);
    entry.type('answers', writeAnswers({ identity: { value: 0 }, greeting: { value: 3 } }));
    expect(await submit(panel)).toEqual({ answers: { greeting: { value: 3 }, identity: { value: 0 } } });
  });

  it('has its score alone where it was made with one', async () => {
    const panel = await open();
    const entry = await form(panel, 'eval.edit', ['old']);
    expect(asked(entry)).toEqual(['score', 'note']);
    entry.type('score', '71');
    expect(await submit(panel)).toEqual({ score: 71 });
  });
});

describe('a recording', () => {
  it('is evaluated without saying whose it is, and nothing of it stands in the form', async () => {
    const panel = await open(recordings);
    const entry = await form(panel, 'eval.add', ['rec']);
    expect([asked(entry), entry.typed.value['resourceId'], entry.typed.value['note']]).toEqual([['resourceId', 'answers', 'note'], 'grid', '']);
    entry.type('answers', writeAnswers({ greeting: { value: 4 }, identity: { value: 1 } }));
    await submit(panel);
    expect(panel.sent.at(-1)).toMatchObject({ control: 'eval.add', body: { id: 'rec', revision: 4, values: { resourceId: 'grid' } } });
  });

  it('is still when its evaluation is left', async () => {
    const panel = await open(recordings);
    await form(panel, 'eval.add', ['rec']);
    void panel.model.sounds.play('rec');
    await panel.answer();
    expect(panel.model.sounds.sound.value).toMatchObject({ state: 'ready' });
    panel.model.back();
    expect(panel.model.sounds.sound.value).toBeNull();
  });
});
