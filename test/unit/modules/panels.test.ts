/** The panels and the catalogue say the same; every word of a panel has a message. */
import { describe, expect, it } from 'vitest';
import { type Control, controls, fieldById, tabById } from '../../../lib/catalogue/index.ts';
import { panelByModule, panels } from '../../../lib/modules/panels.ts';
import type { Panel } from '../../../lib/modules/types.ts';
import english from '../../../locales/en.json' with { type: 'json' };
import { flatten } from '../../fixtures/gallery/messages.ts';

const all = controls as readonly Control[];
const modules = all.filter(({ place, id }) => place === 'modules' && id !== 'mod.supervision');
const texts = flatten(english);
const has = (key: string): boolean => Boolean(texts.get(key.replaceAll('.', '_'))?.trim());
const named = panels.map((panel) => [panel.module, panel] as const);
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
const twice = (list: readonly string[]) => list.filter((id, at) => list.indexOf(id) !== at);

describe('the panels', () => {
  it('are one for each module', () => {
    expect([...panelByModule.keys()].toSorted()).toEqual(ids(modules).toSorted());
    expect(panels).toHaveLength(panelByModule.size);
  });

  it.each(named)('of %s has a verb for each control of the module, and of another one only to evaluate', (module, { verbs, rowsOf = module }) => {
    // Custom buttons are no verbs of a panel: what they do is not for it to say.
    const own = all.filter((control) => control.module === rowsOf && !control.forEach);
    const used = [...new Set(verbs.filter(({ does }) => does !== 'evaluate').map(({ control }) => control as string))];
    expect(used.filter((control) => control !== module).toSorted()).toEqual(ids(own).toSorted());
  });

  it.each(named)('of %s names what the catalogue has', (_, { reach, ofTab, verbs }) => {
    if (typeof reach === 'object') expect(fieldById.get(reach.field)).toMatchObject({ type: 'choice', choices: ['own', 'team', 'all'] });
    const tabs = [...(ofTab ? [ofTab] : []), ...verbs.flatMap(({ form = [] }) => form.flatMap(({ tab }) => tab ?? []))];
    for (const tab of tabs) expect(tabById.has(tab)).toBe(true);
  });

  it.each(named)('of %s has no column and no field twice', (_, { columns, verbs }) => {
    expect(twice(ids(columns))).toEqual([]);
    for (const { form = [] } of verbs) expect(twice(ids(form))).toEqual([]);
  });

  it.each(named)('of %s orders, filters and asks by what it shows', (_, panel) => {
    const { columns, order, verbs } = panel;
    expect(columns.find(({ id }) => id === order.by)?.sorts).toBe(true);
    // Keys of choices are all as long: so another may stand behind them.
    for (const { thenBy, type } of columns.filter((column) => column.thenBy)) expect([type, columns.some(({ id }) => id === thenBy)]).toEqual(['choice', true]);
    for (const { type, choices, filters } of columns) {
      if (type === 'choice' || filters) expect([type, choices?.length ?? 0]).toEqual(['choice', expect.any(Number)]);
    }
    for (const { where = {} } of verbs) for (const [id, values] of Object.entries(where)) expect(choicesIn(panel, id)).toEqual(expect.arrayContaining([...values]));
    for (const { form = [] } of verbs) for (const field of form.filter(({ type }) => type === 'choice')) expect(choicesIn(panel, field.id)).toEqual(expect.arrayContaining([...field.choices!]));
  });

  it.each(named)('of %s keeps what a verb sets in its columns', (_, panel) => {
    const kept = new Set([...ids(panel.columns), 'owner', 'way']);
    for (const { sets = {} } of panel.verbs) expect(Object.keys(sets).filter((id) => !kept.has(id))).toEqual([]);
  });

  it.each(named)('of %s is confirmed or undone where the catalogue says that it cannot be undone by itself', (_, { verbs }) => {
    // A link that is sent can be left alone: nothing is taken.
    const destroying = verbs.filter(({ control }) => all.find(({ id }) => id === control)?.irreversible && !/\.link/.test(control));
    expect(destroying.filter(({ destroys }) => !destroys)).toEqual([]);
  });

  it.each(named)('of %s has a text for everything', (_, { columns, verbs }) => {
    const fields = [...columns, ...verbs.flatMap(({ form = [] }) => form)];
    const keys = fields.flatMap(({ label, choices = [] }) => [label, ...choices.map((choice) => `${label}.${choice}`)]);
    expect([...keys, ...verbs.flatMap(({ label }) => label ?? [])].filter((key) => !has(key))).toEqual([]);
  });

  it('tell verbs of one control apart by a name', () => {
    for (const { module, verbs } of panels) {
      for (const verb of verbs) if (verb.control === module) expect(verb.label).toBeDefined();
      expect(twice(verbs.map(({ control, label = '' }) => `${control} ${label}`))).toEqual([]);
    }
  });

  it('leave no text unused', () => {
    const used = new Set(
      panels.flatMap(({ columns, verbs }) =>
        [...columns, ...verbs.flatMap(({ form = [] }) => form)]
          .flatMap(({ label, choices = [] }) => [label, ...choices.map((choice) => `${label}.${choice}`)])
          .concat(verbs.flatMap(({ label }) => label ?? [])),
      ).map((key) => key.replaceAll('.', '_')),
    );
    expect([...texts.keys()].filter((key) => /^modules_(?!audit_)/.test(key) && !used.has(key))).toEqual([]);
  });
});

const choicesIn = ({ columns }: Panel, id: string) => columns.find((column) => column.id === id)?.choices ?? [];
