import { computed, effect, signal } from '@preact/signals-core';
import { describe, expect, it } from 'vitest';
import { type ProfileDocument, type Section, sections } from '../../../lib/catalogue/index.ts';
import { type ConsoleRights, everyConsoleRight } from '../../../lib/decide/console.ts';
import { withField } from '../../../lib/models/maker/editor-document.ts';
import type { Editor } from '../../../lib/models/maker/editor-types.ts';
import { columnGroups, createSettings } from '../../../lib/models/maker/settings.ts';
import { diff } from '../../../lib/profile/diff.ts';
import { lint } from '../../../lib/profile/lint.ts';
import { settingOf } from '../../../lib/profile/value.ts';
import { text } from '../../fixtures/english.ts';

function settingsOf(settings: object, rights: ConsoleRights = everyConsoleRight, configuration: object = {}) {
  const base: ProfileDocument = { schema: 1, settings: { 'general.name': 'x', ...settings }, configuration };
  const document = signal(base);
  const problem = signal<{ code: string; fields?: string[] } | null>(null);
  const editor = {
    document,
    base: signal(base),
    problem,
    changes: computed(() => diff(base, document.value)),
    setField: (id: string, value: unknown) => (document.value = withField(document.value, id, value)),
    undoField: (id: string) => (document.value = withField(document.value, id, settingOf(base, id))),
  };
  const model = createSettings({
    editor: editor as unknown as Editor,
    rights: signal(rights),
    findings: computed(() => lint(document.value, { resources: {} })),
    text: (key) => text(key),
    help: () => null,
  });
  return { model, editor };
}

describe('a field', () => {
  it('is locked while what it depends on is off, and says what that is', () => {
    const { model } = settingsOf({});
    const remove = model.fieldOf('recording.delete');
    expect(remove.lock.value).toEqual({ why: 'needs', need: { on: 'fields', fields: ['recording.access'] } });
    model.fieldOf('recording.access').set(true);
    expect(remove.lock.value).toBeNull();
  });

  it('that is on can be taken away whatever it depends on', () => {
    const { model } = settingsOf({ 'recording.delete': true }, { ...everyConsoleRight, mayGrant: () => false });
    expect(model.fieldOf('recording.delete').lock.value).toBeNull();
    expect(model.fieldOf('recording.delete').need.value).not.toBeNull();
    expect(model.fieldOf('recording.access').lock.value).toEqual({ why: 'grant' });
  });

  it('whose choices widen goes no further than one has it oneself, and back', () => {
    const scopes = ['own', 'team', 'all'];
    const upTo = (most: string): ConsoleRights => ({ ...everyConsoleRight, mayGrant: (id, value) => id !== 'cases.scope' || scopes.indexOf(String(value)) <= scopes.indexOf(most) });
    const open = { 'cases.access': true, 'cases.scope': 'all' };
    const { model } = settingsOf(open, upTo('team'));
    const scope = model.fieldOf('cases.scope');
    expect([scope.lock.value, scopes.map(scope.mayBe)]).toEqual([null, [true, true, true]]);
    scope.set('own');
    expect([scope.lock.value, scopes.map(scope.mayBe)]).toEqual([null, [true, true, false]]);
    expect(settingsOf({ 'cases.access': true }, upTo('own')).model.fieldOf('cases.scope').lock.value).toEqual({ why: 'grant' });
    // An order of that kind is declared, not guessed.
    expect(settingsOf({ 'flow.voice.access': true }, { ...everyConsoleRight, mayGrant: () => false }).model.fieldOf('flow.voice.manage.autoOpen').lock.value).toBeNull();
  });

  it('of countries takes those that one has oneself', () => {
    const only = (codes: readonly string[]): ConsoleRights => ({ ...everyConsoleRight, mayGrant: (_, value) => Array.isArray(value) && value.every((code) => codes.includes(code)) });
    const id = 'flow.voice.out.countries';
    const calls = { 'flow.voice.access': true, 'flow.voice.out.direct': true };
    const some = settingsOf(calls, only(['FR'])).model.fieldOf(id);
    expect([some.lock.value, some.mayBe(['FR']), some.mayBe(['FR', 'DE']), some.mayBe('all')]).toEqual([null, true, false, false]);
    expect(settingsOf(calls, only([])).model.fieldOf(id).lock.value).toEqual({ why: 'grant' });
    const held = settingsOf({ ...calls, [id]: ['DE'] }, only([])).model.fieldOf(id);
    expect([held.lock.value, held.mayBe([]), held.mayBe(['DE', 'FR'])]).toEqual([null, true, false]);
  });

  it('that needs a row says so and can be changed before there is one', () => {
    const { model, editor } = settingsOf({});
    const external = model.fieldOf('transfers.external');
    expect(external.need.value).toEqual({ on: 'row', tab: 'transferRules', where: [] });
    expect(external.lock.value).toBeNull();
    external.set(true);
    expect(external.findings.value.map(({ code }) => code)).toEqual(['transferWithoutRule']);
    editor.document.value = { ...editor.document.value, configuration: { transferRules: { rows: [{ id: 'r' }] } } };
    expect(external.need.value).toBeNull();
  });

  it('is drawn anew only by its own change', () => {
    const { model } = settingsOf({});
    let drawn = 0;
    const { value, changed, lock, findings } = model.fieldOf('recording.access');
    const stop = effect(() => {
      drawn += 1;
      return void [value.value, changed.value, lock.value, findings.value];
    });
    model.fieldOf('general.alias').set('a');
    model.fieldOf('general.alias').set('ab');
    expect(drawn).toBe(1);
    model.fieldOf('recording.access').set(true);
    expect(drawn).toBe(2);
    stop();
  });

  it('that the hub refused says so', () => {
    const { model, editor } = settingsOf({});
    editor.problem.value = { code: 'grant.refused', fields: ['recording.delete'] };
    expect(model.fieldOf('recording.delete').refused.value).toBe('grant');
    expect(model.fieldOf('recording.access').refused.value).toBeNull();
  });
});

describe('the sections', () => {
  it('count their changes and findings, and undo them one section at a time', () => {
    const { model, editor } = settingsOf({ 'voicemail.access': true });
    model.fieldOf('recording.access').set(true);
    model.fieldOf('voicemail.access').set(false);
    model.fieldOf('transfers.blindQueue').set(true);
    expect(model.markOf('recording').changes).toBe(1);
    expect(model.markOf('transfers')).toEqual({ changes: 1, errors: 0, warnings: 1 });
    const putBack = model.undo('recording');
    expect(model.changed.value).toEqual(['transfers.blindQueue', 'voicemail.access']);
    putBack();
    expect(model.changed.value).toContain('recording.access');
    model.undo();
    expect(diff(editor.base.value, editor.document.value).settings).toEqual([]);
  });

  it('are found by name, section, channel and group, without accents or case', () => {
    const { model } = settingsOf({});
    model.query.value = 'MÚTE';
    expect([...model.found.value!]).toEqual(['flow.voice.process.mute']);
    expect(model.isShown('flow')).toBe(true);
    expect(model.isShown('general')).toBe(false);
    model.query.value = 'email access';
    expect(model.found.value).toContain('flow.email.access');
    expect(model.found.value).not.toContain('flow.voice.access');
    model.query.value = ' ';
    expect(model.found.value).toBeNull();
  });

  it('draw their marks and what is found anew, each only its own', () => {
    const { model } = settingsOf({});
    const drawn: string[] = [];
    const stops = ['recording', 'history'].map((section) =>
      effect(() => void drawn.push(`${section} ${model.markOf(section).changes} ${model.isShown(section)}`)),
    );
    model.fieldOf('recording.access').set(true);
    model.query.value = 'interaction history';
    expect(drawn).toEqual(['recording 0 true', 'history 0 true', 'recording 1 true', 'recording 1 false']);
    for (const stop of stops) stop();
  });

  it('in columns have every field in exactly one cell', () => {
    for (const section of sections as readonly Section[]) {
      if (!section.columns) continue;
      const cells = columnGroups(section).flatMap(({ rows }) => rows.flatMap(({ fields }) => Object.values(fields).map(({ id }) => id)));
      expect(cells.toSorted()).toEqual(section.fields.map(({ id }) => id).toSorted());
    }
  });
});
