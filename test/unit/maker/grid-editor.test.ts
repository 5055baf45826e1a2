/** The editor of a grid's criteria: steps that can be taken back, and mistakes where they are. */
import { computed, signal } from '@preact/signals-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGridEditor } from '../../../lib/models/maker/grid-editor.ts';
import { createRecordForm } from '../../../lib/models/maker/record-form.ts';
import { checkResource, orderedIn, type ResourceContent, resourceContentOf } from '../../../lib/models/maker/resources-form.ts';
import type { Sections } from '../../../lib/evaluation/edit.ts';
import { criteriaIn } from '../../../lib/evaluation/grid.ts';
import { sectionsArbitrary } from '../../fixtures/arbitraries.ts';

function editing(first: Sections = []) {
  const sections = signal<Sections>(first);
  let ids = 0;
  const editor = createGridEditor({ sections: computed(() => sections.value), set: (next) => (sections.value = next), newId: () => `new${(ids += 1)}` });
  return { sections, editor };
}

describe('the editor of a grid', () => {
  it('begins a section with a criterion, opened to be named', () => {
    const { sections, editor } = editing();
    const id = editor.addSection();
    expect(sections.value).toMatchObject([{ id, name: '', criteria: [{ kind: 'scale', max: 5, weight: 10 }] }]);
    expect(editor.opened.value.has(criteriaIn(sections.value)[0]!.id)).toBe(true);
  });

  it('takes back every step in turn, and does it again', () => {
    const step = fc.record({ what: fc.constantFrom('add', 'section', 'remove', 'up', 'down', 'weight', 'name'), at: fc.nat() });
    fc.assert(
      fc.property(sectionsArbitrary, fc.array(step, { maxLength: 12 }), (first, steps) => {
        const { sections, editor } = editing(first);
        for (const { what, at } of steps) {
          const all = criteriaIn(sections.peek());
          const { id } = all[at % Math.max(all.length, 1)] ?? { id: 'none' };
          if (what === 'add' && sections.peek()[0]) editor.addCriterion(sections.peek()[0]!.id);
          if (what === 'section') editor.addSection();
          if (what === 'remove') editor.remove(id);
          if (what === 'up' || what === 'down') editor.move(id, what === 'up' ? -1 : 1);
          if (what === 'weight') editor.criterion(id, { weight: (at % 100) + 1 });
          if (what === 'name') editor.criterion(id, { name: `Name ${at}` });
        }
        const last = sections.peek();
        while (editor.canUndo.value) editor.undo();
        expect(sections.peek()).toEqual(first);
        while (editor.canRedo.value) editor.redo();
        expect(sections.peek()).toEqual(last);
      }),
    );
  });

  it('takes typing in one field for one step, and another field for another', () => {
    const { sections, editor } = editing();
    const section = editor.addSection();
    for (const name of ['O', 'Op', 'Opening']) editor.section(section, { name });
    editor.criterion(criteriaIn(sections.value)[0]!.id, { name: 'Greeting' });
    editor.undo();
    expect([sections.value[0]!.name, criteriaIn(sections.value)[0]!.name]).toEqual(['Opening', '']);
    editor.undo();
    expect(sections.value[0]!.name).toBe('');
  });

  it('has nothing to take back once the form is another', () => {
    const { sections, editor } = editing();
    editor.addSection();
    expect(editor.canUndo.value).toBe(true);
    sections.value = [];
    expect([editor.canUndo.value, editor.canRedo.value]).toEqual([false, false]);
    editor.undo();
    expect(sections.value).toEqual([]);
    editor.addSection();
    editor.undo();
    expect(sections.value).toEqual([]);
  });

  it('says where a thing went, and what went away', () => {
    const { sections, editor } = editing();
    const section = editor.addSection();
    editor.section(section, { name: 'Opening' });
    const second = editor.addCriterion(section);
    editor.criterion(second, { name: 'Identity' });
    expect([editor.mayMove(second, 1), editor.mayMove(second, -1)]).toEqual([false, true]);
    editor.move(second, -1);
    expect(editor.told.value).toEqual({ did: 'moved', name: 'Identity', place: 1, of: 2, section: 'Opening' });
    editor.remove(second);
    expect(editor.told.value).toEqual({ did: 'removed', name: 'Identity' });
    editor.undo();
    expect(criteriaIn(sections.value)[0]!.id).toBe(second);
  });

  it('knows what is wrong by what it is wrong of', () => {
    const { editor } = editing();
    const section = editor.addSection();
    const [criterion] = [...editor.opened.value];
    expect([...editor.mistakes.value]).toEqual([[`${section}.name`, 'name'], [`${criterion}.name`, 'name']]);
    editor.remove(criterion!);
    editor.section(section, { name: 'Opening' });
    expect([...editor.mistakes.value]).toEqual([[`${section}.criteria`, 'empty']]);
  });
});

describe('the form of a grid', () => {
  it('is not saved with a mistake, and names the field', () => {
    const content = (sections: unknown): ResourceContent => ({ name: 'Calls', passScore: 70, sections });
    const { sections, editor } = editing();
    editor.addSection();
    expect(checkResource('evaluationGrid', content(sections.value), [])).toEqual({ sections: { key: 'makerResources.error.grid' } });
    expect(checkResource('evaluationGrid', content([]), [])).toEqual({});
    expect(resourceContentOf('evaluationGrid', null)).toEqual({ name: '', passScore: 70, sections: [] });
  });

  it('knows that another order is a change, and what both changed', async () => {
    const { sections, editor } = editing();
    const id = editor.addSection();
    editor.section(id, { name: 'Opening' });
    const second = editor.addCriterion(id);
    for (const { id: each } of criteriaIn(sections.value)) editor.criterion(each, { name: each });
    const base: ResourceContent = { name: 'Calls', passScore: 70, sections: sections.value };
    let held = { id: 'g', value: base, etag: '"1"' };
    let refuse = true;
    const form = createRecordForm<ResourceContent>({
      initial: base,
      ordered: orderedIn('evaluationGrid'),
      check: () => ({}),
      read: async () => ({ ok: true, value: held }),
      create: async () => ({ ok: true, value: held }),
      update: async (change) => {
        if (refuse) return { ok: false, problem: { type: '', title: '', status: 409, code: 'record.conflict' } };
        return { ok: true, value: { ...held, value: { ...held.value, ...change } } };
      },
    });
    await form.read();
    editor.move(second, -1);
    form.set('sections', sections.value as never);
    expect(form.changed.value).toEqual(['sections']);
    held = { ...held, etag: '"2"', value: { ...base, passScore: 80 } };
    await form.save();
    expect(form.conflict.value?.merge).toMatchObject({ meetings: [], taken: ['passScore'] });
    refuse = false;
    const saved = await form.resolve(new Map());
    expect(saved?.value).toEqual({ ...base, passScore: 80, sections: sections.value });
  });
});
