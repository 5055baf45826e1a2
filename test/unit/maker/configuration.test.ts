import { computed, signal } from '@preact/signals-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResourceRecord } from '../../../lib/api/routes.ts';
import { type Field, type ProfileDocument, type Tab, tabs, type TabId } from '../../../lib/catalogue/index.ts';
import { type ConsoleRights, everyConsoleRight } from '../../../lib/decide/console.ts';
import { ConfigurationModel, tabLines } from '../../../lib/models/maker/configuration.ts';
import {
  addRows,
  type Change,
  contentOf,
  moveRow,
  removeRows,
  setAttribute,
  setDefault,
  setEnabled,
  stepRow,
  undoDefault,
  undoEnabled,
  undoOrder,
  undoRow,
} from '../../../lib/models/maker/configuration-content.ts';
import { blockedBy, changeCount, matches, tabOf } from '../../../lib/models/maker/configuration-rows.ts';
import type { TabContent } from '../../../lib/models/maker/editor-types.ts';
import { isSameDocument } from '../../../lib/profile/canonical.ts';
import { diff } from '../../../lib/profile/diff.ts';
import { documentArbitrary, valueArbitrary } from '../../fixtures/arbitraries.ts';

const documentTabs = (tabs as readonly Tab[]).filter(({ kept }) => kept === 'document');

const withTab = (document: ProfileDocument, tab: string, content: TabContent): ProfileDocument =>
  ({ ...document, configuration: { ...document.configuration, [tab]: content } }) as ProfileDocument;
const documentOf = (tab: string, content: TabContent): ProfileDocument => withTab({ schema: 1, settings: {}, configuration: {} }, tab, content);
const changeOf = (before: ProfileDocument, after: ProfileDocument, tab: string) => diff(before, after).tabs.find((each) => each.tab === tab) ?? null;
const ids = (content: TabContent) => content.rows.map(({ id }) => id).join(' ');
const rows = (...all: (string | TabContent['rows'][number])[]): TabContent => ({ rows: all.map((row) => (typeof row === 'string' ? { id: row } : row)) });

describe('a change to a tab', () => {
  it('adds each resource once, after those that are there', () => {
    expect(ids(addRows(['c', 'a', 'c', 'd'])(rows('a', 'b')))).toBe('a b c d');
  });

  it('takes the activity at login away with its row', () => {
    expect(removeRows(['b'])({ ...rows('a', 'b'), default: 'b' })).toEqual({ ...rows('a'), default: null });
    expect(removeRows(['a'])({ ...rows('a', 'b'), default: 'b' })).toEqual({ ...rows('b'), default: 'b' });
  });

  it('writes no value that is the default', () => {
    const on = setAttribute('queues', ['a', 'c'], 'voice', true)(rows('a', 'b', 'c'));
    expect(on.rows).toEqual([{ id: 'a', voice: true }, { id: 'b' }, { id: 'c', voice: true }]);
    expect(setAttribute('queues', ['a', 'c'], 'voice', false)(on)).toEqual(rows('a', 'b', 'c'));
    expect(setAttribute('queues', ['a'], 'scoreVoice', 50)(rows({ id: 'a', scoreVoice: 80 }))).toEqual(rows('a'));
  });

  it('moves a row to a place, and never past an end', () => {
    const order = rows('a', 'b', 'c', 'd');
    expect(ids(moveRow('a', 2)(order))).toBe('b c a d');
    expect(ids(moveRow('d', 0)(order))).toBe('d a b c');
    expect(ids(moveRow('b', 99)(order))).toBe('a c d b');
    expect(ids(stepRow('a', -1)(order))).toBe('a b c d');
    expect(ids(stepRow('a', 1)(order))).toBe('b a c d');
    expect(moveRow('z', 1)(order)).toBe(order);
  });

  it('is undone row by row: what was removed comes back to its place', () => {
    const published = rows('a', 'b', 'c', 'd');
    const without = removeRows(['b', 'c'])(published);
    expect(ids(undoRow(published, 'c')(without))).toBe('a c d');
    expect(ids(undoRow(published, 'b')(undoRow(published, 'c')(without)))).toBe('a b c d');
    expect(ids(undoRow(published, 'x')(addRows(['x'])(published)))).toBe('a b c d');
  });

  it('gives the default back with the row that was it, but not over another choice', () => {
    const published = { ...rows('a', 'b'), default: 'a' };
    const without = removeRows(['a'])(published);
    expect(undoRow(published, 'a')(without).default).toBe('a');
    expect(undoRow(published, 'a')(setDefault('b')(without)).default).toBe('b');
    expect(undoDefault(published)(without).default).toBeNull();
  });

  it('gives the published order back around new rows', () => {
    const published = rows('a', 'b', 'c');
    expect(ids(undoOrder(published)(moveRow('x', 1)(addRows(['x'])(rows('c', 'b', 'a')))))).toBe('a x b c');
  });
});

const IDS = ['a', 'b', 'c', 'd', 'e'];

function changeArbitrary(tab: Tab): fc.Arbitrary<Change> {
  const some = fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1 });
  const one = fc.constantFrom(...IDS);
  const setting = tab.attributes.map((field: Field) =>
    fc.tuple(some, valueArbitrary(field)).map(([those, value]) => setAttribute(tab.id as TabId, those, field.id, value)),
  );
  return fc.oneof(
    some.map(addRows),
    some.map(removeRows),
    ...(tab.ordered ? [fc.tuple(one, fc.nat(5)).map(([id, to]) => moveRow(id, to))] : []),
    ...(tab.switched ? [fc.boolean().map(setEnabled)] : []),
    ...(tab.choosesDefault ? [one.map((id): Change => (content) => (content.rows.some((row) => row.id === id) ? setDefault(id)(content) : content))] : []),
    ...setting,
  );
}

const scenario = fc.constantFrom(...documentTabs).chain((tab) => {
  const changes = fc.array(changeArbitrary(tab), { maxLength: 12 });
  return fc.record({ tab: fc.constant(tab), before: changes, after: changes, document: documentArbitrary, seed: fc.infiniteStream(fc.nat()) });
});

describe('undoing', () => {
  it('every change of a tab, in any order, gives the published document back', () => {
    fc.assert(
      fc.property(scenario, ({ tab, before, after, document, seed }) => {
        const start = before.reduce((content, change) => change(content), rows('a', 'b', 'c'));
        const published = withTab(document, tab.id, start);
        let content = after.reduce((content, change) => change(content), start);
        for (let undone = 0; undone < 200; undone += 1) {
          const change = changeOf(published, withTab(document, tab.id, content), tab.id);
          if (!change) break;
          const undos: Change[] = [...change.added, ...change.removed, ...change.changed.map(({ row }) => row)].map((id) => undoRow(start, id));
          if (change.reordered) undos.push(undoOrder(start));
          if (change.switched) undos.push(undoEnabled(start));
          if (change.default) undos.push(undoDefault(start));
          content = undos[seed.next().value! % undos.length]!(content);
        }
        expect(isSameDocument(published, withTab(document, tab.id, content))).toBe(true);
      }),
    );
  });

  it('keeps rows unique, and the default a row, whatever is done', () => {
    fc.assert(
      fc.property(scenario, ({ before, after }) => {
        const content = [...before, ...after].reduce((content, change) => change(content), rows('a', 'b'));
        expect(new Set(content.rows.map(({ id }) => id)).size).toBe(content.rows.length);
        if (content.default != null) expect(content.rows.map(({ id }) => id)).toContain(content.default);
      }),
    );
  });
});

const resource = (kind: ResourceRecord['kind'], id: string, attributes: Record<string, unknown> = {}, archived = false): ResourceRecord => ({
  id,
  kind,
  name: `The ${id}`,
  attributes,
  archived,
  revision: 1,
  profiles: 0,
});

interface Bench {
  readonly tab: TabId;
  readonly published: TabContent;
  readonly draft?: TabContent;
  readonly listed?: readonly ResourceRecord[];
  readonly archived?: readonly ResourceRecord[];
  readonly rights?: ConsoleRights;
  readonly settings?: Record<string, unknown>;
}

function bench({ tab, published, draft = published, listed = [], archived = [], rights = everyConsoleRight, settings = {} }: Bench) {
  const before = { ...documentOf(tab, published), settings } as ProfileDocument;
  const document = signal<ProfileDocument>({ ...documentOf(tab, draft), settings } as ProfileDocument);
  const carried = signal({ id: 'p', name: 'P', version: 1, publishedAt: 0, document: before, resources: {} });
  const asked: string[] = [];
  const editor = {
    document,
    published: carried,
    summary: signal(null),
    changes: computed(() => diff(before, document.value)),
    changeTab: (id: TabId, change: Change) => (document.value = withTab(document.value, id, change(contentOf(document.value, id)))),
    undoTab: (id: TabId) => (document.value = withTab(document.value, id, contentOf(before, id))),
  };
  const model = new ConfigurationModel(editor, tab, {
    resources: (kind, old) => {
      asked.push(`${kind}${old ? ' archived' : ''}`);
      return { data: signal({ resources: old ? archived : listed }), problem: signal(null), loading: signal(false) };
    },
    rights: signal(rights),
    compare: (a, b) => a.localeCompare(b),
  });
  return { model, editor, asked, row: (id: string) => model.rows.value.find((row) => row.id === id)! };
}

describe('what one has not oneself', () => {
  const rights = (...paths: readonly string[]): ConsoleRights => ({ ...everyConsoleRight, mayGrant: (path, value) => value !== true || paths.includes(path) });
  const voice = tabOf('queues').attributes.find(({ id }) => id === 'voice')!;
  const score = tabOf('queues').attributes.find(({ id }) => id === 'personScores')!;
  const queue = (id: string) => ({ ...resource('queue', id), attributes: { voice: true } });

  it('cannot be put on in a row, alone or with others, and can be taken off', () => {
    const { model, row } = bench({ tab: 'queues', published: rows('a', 'b', { id: 'c', voice: true }), listed: ['a', 'b', 'c'].map(queue), rights: rights('queues/a/voice') });
    expect(['a', 'b', 'c'].map((id) => model.blocked(voice, row(id)))).toEqual([null, { code: 'grant' }, null]);
    expect(model.blocked(score, row('b'))).toBeNull();
    model.select(['a', 'b', 'c']);
    expect(model.setForChosen(voice, true)).toEqual({ ids: ['a', 'c'], skipped: 1 });
    expect(model.setForChosen(voice, false)).toEqual({ ids: ['a', 'b', 'c'], skipped: 0 });
    expect(model.content.value.rows).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
  });

  it('cannot be switched on for a whole tab, and can be switched off', () => {
    const off = bench({ tab: 'crms', published: rows(), listed: [], rights: rights() }).model;
    expect(off.mayEnable.value).toBe(false);
    const on = bench({ tab: 'crms', published: { ...rows(), enabled: true }, listed: [], rights: rights() }).model;
    expect(on.mayEnable.value).toBe(true);
    expect(bench({ tab: 'crms', published: rows(), listed: [], rights: rights('crms') }).model.mayEnable.value).toBe(true);
  });
});

describe('the rows of a tab', () => {
  it('stand by name where their order means nothing, those without a name last', () => {
    const { model } = bench({
      tab: 'queues',
      published: rows('b', 'lost', 'a'),
      listed: [resource('queue', 'a'), resource('queue', 'b')],
    });
    expect(model.rows.value.map(({ id }) => id)).toEqual(['a', 'b', 'lost']);
  });

  it('stand in their own order where it means something, a removed one where it was', () => {
    const { model } = bench({ tab: 'activities', published: rows('c', 'b', 'a'), draft: rows('a', 'c') });
    expect(model.rows.value.map(({ id, mark }) => `${id} ${mark}`)).toEqual(['a null', 'c null', 'b removed']);
  });

  it('are marked with what was done to them, and say what they were', () => {
    const { row } = bench({
      tab: 'queues',
      published: rows('a', { id: 'b', scoreVoice: 80 }, 'c'),
      draft: rows('a', { id: 'b', voice: true }, 'd'),
    });
    expect([row('a').mark, row('b').mark, row('c').mark, row('d').mark]).toEqual([null, 'changed', 'removed', 'added']);
    expect([...row('b').was]).toEqual([['scoreVoice', 80], ['voice', false]]);
  });

  it('tell the archived from the lost, and ask for the archived only then', () => {
    const listed = [resource('survey', 'a')];
    const whole = bench({ tab: 'surveys', published: rows('a'), listed });
    expect(whole.row('a').presence).toBe('here');
    expect(whole.asked).toEqual(['survey']);
    const { row, asked } = bench({ tab: 'surveys', published: rows('a', 'b', 'c'), listed, archived: [resource('survey', 'b', {}, true)] });
    expect([row('a').presence, row('b').presence, row('c').presence]).toEqual(['here', 'archived', 'gone']);
    expect(asked).toEqual(['survey', 'survey archived']);
  });

  it('do not call lost what one may not see', () => {
    const some: ConsoleRights = { ...everyConsoleRight, elements: () => new Set(['a']) };
    const none: ConsoleRights = { ...everyConsoleRight, may: () => ({ allowed: false, code: null, setting: null }) };
    expect(bench({ tab: 'surveys', published: rows('b'), rights: some }).row('b').presence).toBe('hidden');
    const blind = bench({ tab: 'surveys', published: rows('b'), rights: none });
    expect(blind.row('b').presence).toBe('hidden');
    expect(blind.asked).toEqual([]);
  });

  it('say which settings name them', () => {
    const { row } = bench({ tab: 'activities', published: rows('a', 'b'), settings: { 'interactions.missedActivityId': 'b' } });
    expect(row('a').namedBy).toEqual([]);
    expect(row('b').namedBy).toEqual(['interactions.missedActivityId']);
  });

  it('are found by name and by what is written of them, without accents', () => {
    const { row } = bench({ tab: 'queues', published: rows('a'), listed: [{ ...resource('queue', 'a', { note: 'Vol et dégâts', voice: true }), name: 'Réclamations' }] });
    expect(['reclam', 'DEGATS vol', '', 'true', 'queue'].map((search) => matches(row('a'), search))).toEqual([true, true, true, false, false]);
  });
});

describe('an attribute that says nothing', () => {
  const field = (tab: TabId, id: string) => tabOf(tab).attributes.find((each) => each.id === id)!;
  const why = (tab: TabId, content: TabContent, listed: readonly ResourceRecord[], id: string, attribute: string) =>
    blockedBy(tabOf(tab), content, field(tab, attribute), bench({ tab, published: content, listed }).row(id));

  it('is the score of a channel that is off', () => {
    const listed = [resource('queue', 'a', { voice: true, email: true, messages: true })];
    const content = rows({ id: 'a', email: true });
    expect(why('queues', content, listed, 'a', 'scoreVoice')).toEqual({ code: 'channelOff', channel: 'voice' });
    expect(why('queues', content, listed, 'a', 'scoreEmail')).toBeNull();
  });

  it('is a channel that the queue has not, unless it is on', () => {
    const listed = [resource('queue', 'a', { voice: true })];
    expect(why('queues', rows('a'), listed, 'a', 'email')).toEqual({ code: 'queueWithout', channel: 'email' });
    expect(why('queues', rows({ id: 'a', email: true }), listed, 'a', 'email')).toBeNull();
    expect(why('queues', rows('a'), listed, 'a', 'voice')).toBeNull();
  });

  it('is the single sign-on of a CRM of our own, and everything of a tab that is off', () => {
    const listed = [resource('crm', 'own', { external: false }), resource('crm', 'far', { external: true })];
    const on = { ...rows('own', 'far'), enabled: true };
    expect(why('crms', on, listed, 'own', 'sso')).toEqual({ code: 'notExternal' });
    expect(why('crms', on, listed, 'far', 'sso')).toBeNull();
    expect(why('crms', rows('far'), listed, 'far', 'create')).toEqual({ code: 'tabOff' });
  });
});

describe('a change for many rows', () => {
  const listed = ['a', 'b', 'c'].map((id) => resource('queue', id, { voice: id !== 'c' }));

  it('is made once for all it can be made for, and says how many it cannot', () => {
    const { model, editor } = bench({ tab: 'queues', published: rows('a', 'b', 'c'), listed });
    model.select(['a', 'b', 'c', 'x']);
    expect(model.setForChosen(tabOf('queues').attributes[0]!, true)).toEqual({ ids: ['a', 'b'], skipped: 1 });
    expect(contentOf(editor.document.value, 'queues').rows).toEqual([{ id: 'a', voice: true }, { id: 'b', voice: true }, { id: 'c' }]);
  });

  it('is offered for the rows just added', () => {
    const { model } = bench({ tab: 'queues', published: rows('a'), listed });
    model.add(['b', 'c']);
    expect([...model.selected.value]).toEqual(['b', 'c']);
    model.remove(['c']);
    expect(model.chosen.value.map(({ id }) => id)).toEqual(['b']);
  });

  it('shows changed rows alone where asked, removed ones among them', () => {
    const { model } = bench({ tab: 'queues', published: rows('a', 'b'), listed });
    model.remove(['b']);
    model.onlyChanged.value = true;
    expect(model.shown.value.map(({ id }) => id)).toEqual(['b']);
    model.undo('b');
    expect(model.shown.value).toEqual([]);
  });
});

describe('the list of tabs', () => {
  it('counts rows and changes of each, and says which are switched off', () => {
    const { model, editor } = bench({ tab: 'crms', published: rows('a', 'b') });
    model.remove(['a']);
    const line = () => tabLines(editor).find(({ tab }) => tab.id === 'crms')!;
    expect(line()).toMatchObject({ count: 1, changes: 1, off: true });
    model.setEnabled(true);
    expect(line()).toMatchObject({ count: 1, changes: 2, off: false });
    expect(changeCount(model.change.value!)).toBe(2);
    expect(tabLines(editor).find(({ tab }) => tab.id === 'users')).toMatchObject({ count: null, changes: 0 });
  });
});
