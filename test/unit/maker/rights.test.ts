import { computed, signal } from '@preact/signals-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consoleFields, consoleModules, PERMISSIONS } from '../../../lib/catalogue/console.ts';
import type { ProfileDocument } from '../../../lib/catalogue/index.ts';
import { consoleRightsOf, everyConsoleRight } from '../../../lib/decide/console.ts';
import { grantedBeyond } from '../../../lib/decide/console-grants.ts';
import { withField } from '../../../lib/models/maker/editor-document.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { createRights } from '../../../lib/models/maker/rights.ts';
import { diff } from '../../../lib/profile/diff.ts';
import { emptyDocument } from '../../../lib/profile/schema.ts';
import { settingOf } from '../../../lib/profile/value.ts';
import { valueArbitrary } from '../../fixtures/arbitraries.ts';

/** An editor without a hub. */
function editorOf(base: ProfileDocument): Editor {
  const document = signal(base);
  return {
    document,
    base: signal(base),
    problem: signal(null),
    changes: computed(() => diff(base, document.value)),
    setField: (id: string, value: unknown) => (document.value = withField(document.value, id, value)),
    undoField: (id: string) => (document.value = withField(document.value, id, settingOf(base, id))),
  } as unknown as Editor;
}
const rightsOf = (editor: Editor, may = everyConsoleRight) => createRights({ editor, rights: signal(may), findings: signal([]) });
const consoleDocument = fc
  .record(Object.fromEntries(consoleFields.map((field) => [field.id, valueArbitrary(field)])), { requiredKeys: [] })
  .map((settings): ProfileDocument => ({ schema: 1, settings, configuration: {} }));

describe('the rights of a profile', () => {
  it('show what is inherited from the permission type, and what holds', () => {
    const editor = editorOf(emptyDocument('x'));
    const { type, modules } = rightsOf(editor);
    const queues = modules.find(({ module }) => module.id === 'queues')!;
    const verb = (name: string) => queues.verbs.find((each) => each.verb === name)!;
    expect(verb('delete').allowed.value).toBe(false);
    type.set('readDelete');
    expect([verb('read'), verb('update'), verb('delete')].map(({ allowed }) => allowed.value)).toEqual([true, false, true]);
    verb('delete').field.set('deny');
    expect(verb('delete').inherited.value).toBe(true);
    expect(verb('delete').allowed.value).toBe(false);
    expect(queues.changes.value).toBe(1);
    expect(queues.shown.value).toBe(true);
  });

  it('enable a module in full, take it back to inherit, and put back what was undone', () => {
    const editor = editorOf(emptyDocument('x'));
    const rights = rightsOf(editor);
    const campaigns = rights.modules.find(({ module }) => module.id === 'campaigns')!;
    campaigns.enableInFull();
    expect(campaigns.state.value).toEqual({ full: true, inherited: false, nothing: false });
    expect(settingOf(editor.document.value, 'console.campaigns.dispositions')).toBe('allow');
    campaigns.inherit();
    expect(campaigns.state.value).toMatchObject({ inherited: true, nothing: true });
    const before = editor.document.value;
    const putBack = rights.undo();
    expect(rights.changed.value).toEqual([]);
    putBack();
    expect(editor.document.value).toEqual(before);
  });

  it('let nobody choose what the hub would refuse, and keep nobody from what it would take', () => {
    const elements = consoleModules.flatMap(({ id, listed }) => (listed ? [[`console.${id}.elements`, 'all'] as const] : []));
    fc.assert(
      fc.property(consoleDocument, consoleDocument, (base, own) => {
        // Which elements is chosen apart: here they are all, on both sides.
        const withAll = (document: ProfileDocument) => elements.reduce((next, [id, value]) => withField(next, id, value), document);
        const may = consoleRightsOf({ document: withAll(own), resources: {} }, { licence: 'smart', type: 'manager', allow: [], deny: [], accountOptions: [] });
        const editor = editorOf(withAll(base));
        for (const { verbs } of rightsOf(editor, may).modules) {
          for (const { field, mayChoose } of verbs) {
            for (const permission of PERMISSIONS) {
              const after = withField(editor.document.peek(), field.field.id, permission);
              expect(mayChoose(permission)).toBe(grantedBeyond(may, editor.base.peek(), after).length === 0);
            }
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
