import { describe, expect, it } from 'vitest';
import { problemOf } from '../fixtures/gallery/fake-modules.ts';
import { cases, opened, without } from '../fixtures/open-panel.ts';

describe('a form', () => {
  const editing = async () => {
    const open = await opened(cases);
    void open.model.press(open.verb('case.edit'), ['case-1']);
    await open.answer();
    return open;
  };

  it('begins with what the row is now, details and all', async () => {
    const { model, asked } = await editing();
    expect(asked).toEqual(['/api/modules/mod.cases/case-1']);
    expect(model.entry.value!.typed.value).toMatchObject({ title: 'Renewal: driver under 25 on the contract, documents missing', email: 'camille@example.org' });
  });

  it('sends what was touched, and goes back once the hub has confirmed it', async () => {
    const { model, answer, sent, row } = await editing();
    model.entry.value!.type('title', 'Renewal');
    void model.submit();
    expect(row('case-1').values['title']).not.toBe('Renewal');
    await answer();
    expect(sent).toEqual([{ control: 'case.edit', body: { id: 'case-1', revision: 1, values: { title: 'Renewal' } } }]);
    expect([model.step.value.at, row('case-1').values['title'], model.deeds.said.value?.kind]).toEqual(['list', 'Renewal', 'done']);
  });

  it('asks the hub nothing while something is wrong, and says what', async () => {
    const { model, sent } = await editing();
    model.entry.value!.type('title', ' ');
    expect(model.entry.value!.problems.value).toEqual({});
    await model.submit();
    expect(model.entry.value!.problems.value).toEqual({ title: { kind: 'required' } });
    model.entry.value!.type('title', 'Again');
    expect([model.entry.value!.problems.value, sent]).toEqual([{}, []]);
  });

  it('puts what the hub refuses beside its field, until that is mended', async () => {
    const { model, modules, answer } = await editing();
    model.entry.value!.type('phone', '+33 1');
    modules.refuse(problemOf('request.invalid', { issues: [{ path: ['values', 'phone'], message: 'no telephone number' }] }));
    void model.submit();
    await answer();
    expect([model.entry.value!.problems.value, model.entry.value!.problem.value]).toEqual([{ phone: { kind: 'refused' } }, null]);
    model.entry.value!.type('phone', '+33 1 23 45');
    expect(model.entry.value!.problems.value).toEqual({});
  });

  it('keeps what was typed when somebody else was first, shows the newer row, and is sent by that', async () => {
    const { model, modules, answer, sent } = await editing();
    model.entry.value!.type('title', 'Mine');
    modules.change('mod.cases', 'case-1', { title: 'Theirs', priority: 'low' });
    void model.submit();
    await answer();
    const entry = model.entry.value!;
    expect(entry.typed.value).toMatchObject({ title: 'Mine', priority: 'low' });
    expect([entry.newer.value?.values['title'], entry.clashes.value, entry.problem.value]).toEqual(['Theirs', ['title'], null]);
    void model.submit();
    await answer();
    expect(sent.at(-1)!.body).toEqual({ id: 'case-1', revision: 2, values: { title: 'Mine' } });
    expect(model.step.value.at).toBe('list');
  });

  it('stays with what was typed where the hub cannot be reached', async () => {
    const { model, modules, answer } = await editing();
    model.entry.value!.type('title', 'Mine');
    modules.refuse(problemOf('client.offline'));
    void model.submit();
    await answer();
    expect([model.entry.value!.typed.value['title'], model.entry.value!.problem.value?.code, model.step.value.at]).toEqual(['Mine', 'client.offline', 'form']);
  });

  it('keeps what was typed also where the row is gone, and says so', async () => {
    const { model, modules, answer, ids } = await editing();
    model.entry.value!.type('title', 'Mine');
    modules.take('mod.cases', 'case-1');
    void model.submit();
    await answer();
    expect([model.step.value.at, model.entry.value!.typed.value['title'], model.entry.value!.problem.value?.code]).toEqual(['form', 'Mine', 'notFound']);
    expect(ids()).not.toContain('case-1');
  });

  it('asks before what was typed is dropped, also where the whole panel is closed', async () => {
    const { model } = await editing();
    expect(model.mayLeave()).toBe(true);
    model.entry.value!.type('title', 'Mine');
    expect([model.mayLeave(), model.leaving.value, model.mayLeave()]).toEqual([false, true, true]);
  });

  it('is not sent any more once a publish took the right, and keeps what was typed', async () => {
    const { model, publish, sent, answer } = await editing();
    model.entry.value!.type('title', 'Mine');
    publish(without('cases.edit'));
    await answer();
    await model.submit();
    expect([sent, model.step.value.at, model.entry.value?.typed.value['title']]).toEqual([[], 'form', 'Mine']);
  });

  it('is dropped only by going back twice where something was typed', async () => {
    const { model } = await editing();
    expect(model.back()).toBe(true);
    expect(model.step.value.at).toBe('list');
    const again = await editing();
    again.model.entry.value!.type('title', 'Mine');
    again.model.back();
    expect([again.model.step.value.at, again.model.leaving.value]).toEqual(['form', true]);
    again.model.stay();
    again.model.back();
    again.model.back();
    expect([again.model.step.value.at, again.model.leaving.value]).toEqual(['list', false]);
    expect(again.model.back()).toBe(false);
  });

  it('makes a new row, and the list is read again', async () => {
    const { model, verb, answer, sent } = await opened(cases);
    void model.press(verb('case.create'), []);
    model.entry.value!.type('title', 'Broken glass');
    void model.submit();
    await answer();
    expect(sent[0]!.body).toEqual({ values: expect.objectContaining({ title: 'Broken glass', priority: 'low', phone: null }) });
    expect(model.list.total.value).toBe(131);
  });

  it('for several rows is one command, with all that is asked', async () => {
    const { model, verb, answer, sent } = await opened(cases);
    void model.press(verb('case.assign'), ['case-1', 'case-2']);
    model.entry.value!.type('owner', 'marc');
    void model.submit();
    await answer();
    expect(sent[0]!.body).toEqual({ rows: [{ id: 'case-1', revision: 1 }, { id: 'case-2', revision: 1 }], values: { owner: 'marc' } });
  });

  it('names people whom one may see: oneself first, then those of the rows and one’s colleagues', async () => {
    const { model, verb, answer } = await opened(cases);
    void model.press(verb('case.assign'), ['case-1', 'case-2']);
    await answer();
    expect(model.people.all.value.map(({ id }) => id)).toEqual(['camille', 'amira', 'jose', 'marc', 'noa']);
  });

  it('does not take people who could not be read for all there are: they are read again with the next form', async () => {
    const { model, verb, answer, modules } = await opened(cases);
    modules.refuse(problemOf('client.offline'));
    void model.press(verb('case.assign'), ['case-1', 'case-2']);
    expect(model.people.whole.value).toBe(false);
    await answer();
    expect(model.people.whole.value).toBe(false);
    modules.refuse(null);
    model.back();
    void model.press(verb('case.assign'), ['case-1', 'case-2']);
    await answer();
    expect([model.people.whole.value, model.people.all.value.length]).toEqual([true, 5]);
  });
});
